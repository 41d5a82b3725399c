// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of campaigns. Who may see one: MaySeeCampaign; to anybody else it does not exist.
// Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "common/resources/paging.h"
#include "duijie/v1/campaign_service.pb.h"
#include "services/push/campaigns/campaign_store.h"
#include "services/push/peers.h"

namespace duijie::push {

inline constexpr size_t kMaxActiveCampaigns = 20;  // that work or wait
inline constexpr int kMaxDroppedLines = 500;       // of one call
inline constexpr PageLimits kCampaignPages{50, 200};
inline constexpr PageLimits kCampaignLinePages{50, 500};

class Campaigns {
 public:
  // `store` and `peers` must outlive this; `wake_engine` is called when there is work.
  Campaigns(const CampaignStore& store, const Peers& peers, std::function<void()> wake_engine)
      : store_(store), peers_(peers), wake_engine_(std::move(wake_engine)) {}

  StatusOr<v1::CreateCampaignResponse> Create(const rpc::CallContext& call,
                                              const v1::CreateCampaignRequest& request);
  StatusOr<v1::GetCampaignResponse> Get(const rpc::CallContext& call,
                                        const v1::GetCampaignRequest& request) const;
  StatusOr<v1::ListCampaignsResponse> List(const rpc::CallContext& call,
                                           const v1::ListCampaignsRequest& request) const;
  StatusOr<v1::PreviewCampaignResponse> Preview(const rpc::CallContext& call,
                                                const v1::PreviewCampaignRequest& request);
  StatusOr<v1::ListCampaignLinesResponse> ListLines(const rpc::CallContext& call,
                                                    const v1::ListCampaignLinesRequest& request) const;
  StatusOr<v1::DropCampaignLinesResponse> DropLines(const rpc::CallContext& call,
                                                    const v1::DropCampaignLinesRequest& request);
  StatusOr<v1::ApproveCampaignResponse> Approve(const rpc::CallContext& call,
                                                const v1::ApproveCampaignRequest& request);
  StatusOr<v1::CancelCampaignResponse> Cancel(const rpc::CallContext& call,
                                              const v1::CancelCampaignRequest& request);

  // Calls `send` with the campaign now and whenever it changes, at most every 250 ms, until nothing works on
  // it, `send` returns false, or the caller goes away. UNAVAILABLE at a drain: watch again.
  Status Watch(const rpc::CallContext& call, const std::string& name,
               const std::function<bool(const v1::Campaign&)>& send) const;

  // Ends all watches; for the beginning of a drain.
  void AskToStop() { stopping_ = true; }

  // The campaign if the caller may see it. NOT_FOUND else.
  StatusOr<internal::v1::StoredCampaign> Visible(const rpc::CallContext& call, const std::string& name) const;

  // One page of lines as the caller may see them now: those whose need or enterprise he does not see in full
  // are left out; what an achievement that he may not see says is blanked.
  struct LinePage {
    std::vector<v1::CampaignLine> lines;
    std::string next;
  };
  StatusOr<LinePage> VisibleLines(const rpc::CallContext& call, const internal::v1::StoredCampaign& campaign,
                                  v1::CampaignLineState state, const std::string& position,
                                  size_t limit) const;

 private:
  using Stored = internal::v1::StoredCampaign;
  using Change = std::function<Status(Stored*)>;
  // One write: answers a repeated request, else checks, changes and commits with `more`.
  StatusOr<Stored> Write(const rpc::CallContext& call, const WriteRequest& request, const std::string& name,
                         const Change& change, const std::function<std::vector<Mutation>()>& more = nullptr);
  Status CheckFilters(const rpc::CallContext& call, const v1::CampaignRule& rule) const;
  StatusOr<int64_t> CurrentRevision(const rpc::CallContext& call) const;
  Status CheckQueue() const;
  StatusOr<std::vector<v1::CampaignLine>> LinesToDrop(const v1::DropCampaignLinesRequest& request) const;

  const CampaignStore& store_;
  const Peers& peers_;
  const std::function<void()> wake_engine_;
  std::atomic<bool> stopping_{false};
};

}  // namespace duijie::push
