// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_store.h"

#include <charconv>
#include <cstdio>

#include "common/storage/key_codec.h"

namespace duijie::push {
namespace {

using Stored = internal::v1::StoredCampaign;

constexpr size_t kPurgeBatch = 500;
constexpr int kUpdateAttempts = 10;  // each lost race means that somebody else got on

bool IsActive(const v1::Campaign& campaign) {
  return campaign.state() == v1::CAMPAIGN_STATE_PREVIEWING ||
         campaign.state() == v1::CAMPAIGN_STATE_APPROVING;
}

std::vector<IndexKey> KeysOf(const Stored& stored) {
  std::vector<IndexKey> keys = {
      {std::string(kCampaignsByTime), LatestFirstKey(MicrosOf(stored.create_time())), false}};
  if (IsActive(stored.campaign())) {
    keys.push_back({std::string(kCampaignsActive),
                    KeyBuilder().U64(static_cast<uint64_t>(stored.queued_micros())).Take(), false});
  }
  return keys;
}

KeyBuilder PreviewPrefix(std::string_view campaign_id, int preview) {
  KeyBuilder key;
  key.Str(campaign_id).U64(static_cast<uint64_t>(preview));
  return key;
}

std::vector<IndexKey> KeysOfLine(const v1::CampaignLine& line) {
  const std::optional<LinePlace> place = LinePlace::Of(line.name());
  if (!place) return {};
  const auto number = static_cast<uint64_t>(place->number);
  return {{std::string(kLinesByNumber), PreviewPrefix(place->campaign_id, place->preview).U64(number).Take(),
           false},
          {std::string(kLinesByState),
           PreviewPrefix(place->campaign_id, place->preview)
               .U64(static_cast<uint64_t>(line.state()))
               .U64(number)
               .Take(),
           false}};
}

bool ReadNumber(std::string_view digits, int* number) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), *number);
  return error == std::errc() && end == digits.data() + digits.size() && *number >= 0;
}

}  // namespace

std::string LinePlace::Id() const {
  char text[32];
  std::snprintf(text, sizeof(text), "-%d-%05d", preview, number);
  return campaign_id + text;
}

std::optional<LinePlace> LinePlace::Of(std::string_view line_name) {
  const auto id = IdIn(kCampaignLines, line_name);
  if (!id) return std::nullopt;
  const size_t second = id->rfind('-');
  if (second == std::string_view::npos || second == 0) return std::nullopt;
  const size_t first = id->rfind('-', second - 1);
  if (first == std::string_view::npos) return std::nullopt;
  LinePlace place;
  place.campaign_id = std::string(id->substr(0, first));
  if (!ReadNumber(id->substr(first + 1, second - first - 1), &place.preview)) return std::nullopt;
  if (!ReadNumber(id->substr(second + 1), &place.number)) return std::nullopt;
  return place;
}

CampaignStore::CampaignStore(RoleStore& store)
    : store_(store),
      campaigns_(store.log(), std::string(kCampaigns), &KeysOf),
      lines_(store.log(), std::string(kCampaignLines), &KeysOfLine) {}

StatusOr<Stored> CampaignStore::Update(const std::string& name, const Change& change) const {
  for (int attempt = 1;; ++attempt) {
    DUIJIE_ASSIGN_OR_RETURN(Stored stored, campaigns_.Get(name));
    DUIJIE_RETURN_IF_ERROR(change(&stored));
    const StatusOr<Revision> revision = store_.Commit({campaigns_.Replace(stored, store_.Now())});
    if (revision.ok()) return campaigns_.Get(name, *revision);
    if (ReasonOf(revision.status()) != "STALE_ETAG" || attempt == kUpdateAttempts) return revision.status();
  }
}

StatusOr<std::vector<Stored>> CampaignStore::Active(size_t limit) const {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<Stored> page, campaigns_.ListByIndex(kCampaignsActive, "", "", limit));
  return std::move(page.items);
}

StatusOr<ResourcePage<v1::CampaignLine>> CampaignStore::Lines(const Stored& campaign,
                                                              v1::CampaignLineState state,
                                                              std::string_view position, size_t limit) const {
  if (!HasList(campaign.campaign())) return ResourcePage<v1::CampaignLine>();
  const std::string_view id = IdIn(kCampaigns, campaign.name()).value_or("");
  KeyBuilder prefix = PreviewPrefix(id, campaign.campaign().preview().number());
  if (state == v1::CAMPAIGN_LINE_STATE_UNSPECIFIED) {
    return lines_.ListByIndex(kLinesByNumber, prefix.Take(), position, limit);
  }
  prefix.U64(static_cast<uint64_t>(state));
  return lines_.ListByIndex(kLinesByState, prefix.Take(), position, limit);
}

Status CampaignStore::PurgeLines(const std::string& campaign_name) const {
  const std::string prefix = KeyBuilder().Str(IdIn(kCampaigns, campaign_name).value_or("")).Take();
  for (;;) {
    DUIJIE_ASSIGN_OR_RETURN(const IndexPage page,
                            store_.log().ListByIndex(kLinesByNumber, prefix, "", kPurgeBatch));
    if (page.entries.empty()) return OkStatus();
    std::vector<Mutation> deletions;
    for (const IndexEntry& entry : page.entries) {
      Mutation& deletion = deletions.emplace_back();
      deletion.collection = std::string(kCampaignLines);
      deletion.id = entry.id;
      deletion.tombstone = true;
    }
    DUIJIE_RETURN_IF_ERROR(store_.Commit(std::move(deletions)).status());
  }
}

bool HasList(const v1::Campaign& campaign) { return campaign.preview().has_end_time(); }

v1::Campaign ToClient(const Stored& stored) {
  v1::Campaign campaign = stored.campaign();
  campaign.set_name(stored.name());
  campaign.set_etag(stored.etag());
  *campaign.mutable_create_time() = stored.create_time();
  *campaign.mutable_update_time() = stored.update_time();
  return campaign;
}

}  // namespace duijie::push
