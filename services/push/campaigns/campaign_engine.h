// SPDX-License-Identifier: GPL-3.0-or-later
// Works on campaigns in the background, one at a time, oldest first: previews and approvals. What is under
// way goes on after a restart. A campaign that fails because a peer is away goes to the end of the queue and
// is tried again; a preview that cannot succeed, or failed kMaxPreviewTries times, goes back to DRAFT with an
// error; an approval is tried until it is done or cancelled.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "services/push/campaigns/approval.h"
#include "services/push/campaigns/preview.h"

namespace duijie::push {

inline constexpr int kMaxPreviewTries = 30;

class CampaignEngine final : private Stopper {
 public:
  // All must outlive the engine.
  CampaignEngine(const CampaignStore& store, const Peers& peers, Pushes& pushes)
      : store_(store), peers_(peers), previewer_(store, peers, pushes), approver_(store, pushes) {}
  ~CampaignEngine() override { Stop(); }
  CampaignEngine(const CampaignEngine&) = delete;
  CampaignEngine& operator=(const CampaignEngine&) = delete;

  void Start();
  void AskToStop();  // returns at once; for the beginning of a drain
  void Stop();       // waits for the call under way
  void Wake();       // there is something to do

  // Works on the oldest campaign; false if there is none. For tests, instead of Start.
  bool WorkOnce();

 private:
  bool Stopping() const override { return stopping_; }
  bool Pause(std::chrono::milliseconds time) override;
  void Loop();
  void Handle(const internal::v1::StoredCampaign& campaign, const Status& status);
  void GiveUpPreview(const internal::v1::StoredCampaign& campaign, const Status& status);
  void Requeue(const internal::v1::StoredCampaign& campaign);
  void ForgetRun(const internal::v1::StoredCampaign& campaign);

  const CampaignStore& store_;
  const Peers& peers_;
  const Previewer previewer_;
  const Approver approver_;
  std::map<std::string, int> tries_;  // of campaigns that failed; only the engine's thread

  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;                 // protected by mutex_
  std::atomic<bool> stopping_{false};  // set under mutex_
  std::thread thread_;
};

}  // namespace duijie::push
