// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publication_table.h"

#include "common/storage/key_codec.h"
#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

constexpr char kLatestIndex[] = "publications_latest";
constexpr char kByAchievementIndex[] = "publications_by_achievement";
constexpr char kByYearIndex[] = "publications_by_year";

std::string YearKey(int year) { return KeyBuilder().U64(static_cast<uint64_t>(year)).Take(); }

std::vector<IndexKey> KeysOf(const v1::Publication& publication) {
  const std::string latest = LatestFirstKey(MicrosOf(publication.publish_time()));
  return {{kLatestIndex, latest, false},
          {kByAchievementIndex, KeyBuilder().Str(publication.achievement()).Take() + latest, false},
          {kByYearIndex, YearKey(YearOf(publication.published_on())) + latest, false}};
}

}  // namespace

PublicationTable::PublicationTable(RoleStore& store)
    : rows_(store.log(), std::string(kPublications), &KeysOf) {}

StatusOr<ResourcePage<v1::Publication>> PublicationTable::Latest(const Filter& filter,
                                                                 std::string_view position,
                                                                 size_t limit) const {
  const auto keep = [&filter](const v1::Publication& p) {
    return (filter.year == 0 || YearOf(p.published_on()) == filter.year) &&
           (filter.channel == v1::PUBLICATION_CHANNEL_UNSPECIFIED || p.channel() == filter.channel);
  };
  if (!filter.achievement.empty()) {
    return rows_.ListByIndex(kByAchievementIndex, KeyBuilder().Str(filter.achievement).Take(), position,
                             limit, keep);
  }
  if (filter.year != 0) return rows_.ListByIndex(kByYearIndex, YearKey(filter.year), position, limit, keep);
  return rows_.ListByIndex(kLatestIndex, "", position, limit, keep);
}

}  // namespace duijie::push
