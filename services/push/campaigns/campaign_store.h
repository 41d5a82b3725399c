// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns and their lines in the role's store; see docs/formats/campaigns.md. Thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/resources/role_store.h"
#include "duijie/internal/v1/stored_campaign.pb.h"

namespace duijie::push {

inline constexpr std::string_view kCampaigns = "campaigns";
inline constexpr std::string_view kCampaignLines = "campaignLines";
// Index keys. Of a campaign: LatestFirstKey of create_time; queued_micros, only while PREVIEWING or
// APPROVING. Of a line: campaign id, preview, number; campaign id, preview, state, number.
inline constexpr std::string_view kCampaignsByTime = "campaigns.time";
inline constexpr std::string_view kCampaignsActive = "campaigns.active";
inline constexpr std::string_view kLinesByNumber = "campaignLines.number";
inline constexpr std::string_view kLinesByState = "campaignLines.state";

// The id of a line says where it belongs: "{campaign id}-{preview}-{number}".
struct LinePlace {
  std::string campaign_id;
  int preview = 0;
  int number = 0;

  std::string Id() const;
  static std::optional<LinePlace> Of(std::string_view line_name);
};

class CampaignStore {
 public:
  using Stored = internal::v1::StoredCampaign;

  // `store` must outlive this.
  explicit CampaignStore(RoleStore& store);

  RoleStore& store() const { return store_; }
  const ResourceTable<Stored>& table() const { return campaigns_; }
  const ResourceTable<v1::CampaignLine>& lines() const { return lines_; }

  // Applies `change` to the stored campaign and commits it, again if somebody else was quicker. Nothing is
  // stored if `change` fails. Returns it as stored.
  using Change = std::function<Status(Stored*)>;
  StatusOr<Stored> Update(const std::string& name, const Change& change) const;

  // Campaigns that the engine has to work on, oldest first; at most `limit`.
  StatusOr<std::vector<Stored>> Active(size_t limit) const;

  // Lines of the campaign's latest finished preview, by number; empty while there is none.
  StatusOr<ResourcePage<v1::CampaignLine>> Lines(const Stored& campaign, v1::CampaignLineState state,
                                                 std::string_view position, size_t limit) const;
  // Deletes all lines of a campaign, in bounded commits; harmless to repeat.
  Status PurgeLines(const std::string& campaign_name) const;

 private:
  RoleStore& store_;
  const ResourceTable<Stored> campaigns_;
  const ResourceTable<v1::CampaignLine> lines_;
};

// Whether there is a list to look at.
bool HasList(const v1::Campaign& campaign);

// As clients see it: with name, etag and times.
v1::Campaign ToClient(const internal::v1::StoredCampaign& stored);

}  // namespace duijie::push
