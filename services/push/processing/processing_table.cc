// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_table.h"

#include "common/storage/key_codec.h"

namespace duijie::push {
namespace {

constexpr char kLatestIndex[] = "processings_latest";
constexpr char kByAchievementIndex[] = "processings_by_achievement";
constexpr char kInForceIndex[] = "processings_in_force";
// Unique, so that the catalog is never asked for two processings of one achievement at a time.
constexpr char kInFlightIndex[] = "processings_in_flight";

std::vector<IndexKey> KeysOf(const v1::Processing& processing) {
  const std::string latest = LatestFirstKey(MicrosOf(processing.create_time()));
  const std::string achievement = KeyBuilder().Str(processing.achievement()).Take();
  std::vector<IndexKey> keys = {{kLatestIndex, latest, false},
                                {kByAchievementIndex, achievement + latest, false}};
  const bool signing = processing.state() == v1::PROCESSING_STATE_SIGNING;
  const bool reverting = processing.state() == v1::PROCESSING_STATE_REVERTING;
  if (signing || reverting) keys.push_back({kInFlightIndex, achievement, true});
  if (reverting || processing.state() == v1::PROCESSING_STATE_SIGNED) {
    keys.push_back({kInForceIndex, achievement, false});
  }
  return keys;
}

}  // namespace

ProcessingTable::ProcessingTable(RoleStore& store) : rows_(store.log(), std::string(kProcessings), &KeysOf) {}

StatusOr<ResourcePage<v1::Processing>> ProcessingTable::Latest(const std::string& achievement,
                                                               v1::ProcessingState state,
                                                               std::string_view position,
                                                               size_t limit) const {
  const auto keep = [state](const v1::Processing& processing) {
    return state == v1::PROCESSING_STATE_UNSPECIFIED || processing.state() == state;
  };
  if (achievement.empty()) return rows_.ListByIndex(kLatestIndex, "", position, limit, keep);
  return rows_.ListByIndex(kByAchievementIndex, KeyBuilder().Str(achievement).Take(), position, limit, keep);
}

StatusOr<std::optional<v1::Processing>> ProcessingTable::InForce(const std::string& achievement) const {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<v1::Processing> page,
                          rows_.ListByIndex(kInForceIndex, KeyBuilder().Str(achievement).Take(), "", 1));
  if (page.items.empty()) return std::optional<v1::Processing>();
  return std::optional<v1::Processing>(std::move(page.items.front()));
}

}  // namespace duijie::push
