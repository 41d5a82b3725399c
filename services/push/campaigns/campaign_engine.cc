// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_engine.h"

#include "common/log/log.h"
#include "services/push/campaigns/campaign_rules.h"

namespace duijie::push {
namespace {

using internal::v1::StoredCampaign;

constexpr std::chrono::milliseconds kRetryPause{1'000};

// A peer that is away, restarting or busy.
bool WorthRetrying(const Status& status) {
  switch (status.code()) {
    case StatusCode::kUnavailable:
    case StatusCode::kResourceExhausted:
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kCancelled:
    case StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

bool IsPreviewing(const StoredCampaign& campaign) {
  return campaign.campaign().state() == v1::CAMPAIGN_STATE_PREVIEWING;
}

}  // namespace

void CampaignEngine::Start() {
  stopping_ = false;
  thread_ = std::thread([this] { Loop(); });
}

void CampaignEngine::AskToStop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

void CampaignEngine::Stop() {
  AskToStop();
  if (thread_.joinable()) thread_.join();
}

void CampaignEngine::Wake() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

bool CampaignEngine::Pause(std::chrono::milliseconds time) {
  std::unique_lock<std::mutex> lock(mutex_);
  wake_.wait_for(lock, time, [this] { return stopping_.load(); });
  return !stopping_;
}

void CampaignEngine::Loop() {
  while (!stopping_) {
    if (WorkOnce()) continue;
    std::unique_lock<std::mutex> lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || woken_; });
    woken_ = false;
  }
}

bool CampaignEngine::WorkOnce() {
  const auto active = store_.Active(1);
  if (!active.ok()) {
    log::Error("campaigns_not_read", {{"error", active.status()}});
    return Pause(kRetryPause);
  }
  if (active->empty()) return false;
  const StoredCampaign& campaign = active->front();
  const Status status =
      IsPreviewing(campaign) ? previewer_.Run(campaign, *this) : approver_.Run(campaign.name(), *this);
  if (!stopping_) Handle(campaign, status);
  return true;
}

void CampaignEngine::Handle(const StoredCampaign& campaign, const Status& status) {
  if (status.ok() || ReasonOf(status) == "WRONG_STATE") {
    tries_.erase(campaign.name());
    if (!status.ok()) ForgetRun(campaign);
    return;
  }
  log::Warn("campaign_interrupted", {{"campaign", campaign.name()}, {"error", status}});
  const int tries = ++tries_[campaign.name()];
  if (IsPreviewing(campaign) && (!WorthRetrying(status) || tries >= kMaxPreviewTries)) {
    tries_.erase(campaign.name());
    GiveUpPreview(campaign, status);
    return;
  }
  Requeue(campaign);
  Pause(kRetryPause);
}

void CampaignEngine::GiveUpPreview(const StoredCampaign& campaign, const Status& status) {
  ForgetRun(campaign);
  const std::string reason = ReasonOf(status);
  const Status stored = UpdatePreview(store_, campaign, [&](StoredCampaign* failed) {
    failed->clear_match_run();
    v1::Campaign* const shown = failed->mutable_campaign();
    shown->set_error("预览未能完成（" + (reason.empty() ? std::string("INTERNAL") : reason) +
                     "），可重新预览");
    Move(v1::CAMPAIGN_STATE_DRAFT, "system", reason, TimestampOf(store_.store().Now()), shown);
  });
  if (!stored.ok())
    log::Error("campaign_state_not_stored", {{"campaign", campaign.name()}, {"error", stored}});
}

void CampaignEngine::Requeue(const StoredCampaign& campaign) {
  const auto queued = store_.Update(campaign.name(), [&](StoredCampaign* stored) -> Status {
    stored->set_queued_micros(store_.store().Now());
    return OkStatus();
  });
  if (!queued.ok())
    log::Error("campaign_not_queued", {{"campaign", campaign.name()}, {"error", queued.status()}});
}

// The match run of a preview that nobody waits for. What is not deleted is in the way of nothing.
void CampaignEngine::ForgetRun(const StoredCampaign& campaign) {
  const auto now = store_.table().Get(campaign.name());
  const std::string run = now.ok() && !now->match_run().empty() ? now->match_run() : campaign.match_run();
  if (run.empty()) return;
  v1::CancelMatchRunRequest cancel;
  cancel.set_name(run);
  const auto cancelled = peers_.cancel_match_run(EngineCall(campaign.previewer()), cancel);
  v1::DeleteMatchRunRequest remove;
  remove.set_name(run);
  const auto removed = peers_.delete_match_run(EngineCall(campaign.previewer()), remove);
  if (!removed.ok()) {
    log::Warn("campaign_run_not_deleted",
              {{"run", run}, {"error", removed.status()}, {"cancelled", cancelled.ok()}});
  }
}

}  // namespace duijie::push
