// SPDX-License-Identifier: GPL-3.0-or-later
// The source of needs: a match run. See subject_source.h.
#include <algorithm>

#include "common/log/log.h"
#include "common/resources/derived_uuid.h"
#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/subject_source.h"

namespace duijie::push {
namespace {

using internal::v1::StoredCampaign;
using std::chrono::milliseconds;

constexpr int kResultsPerPage = 500;
constexpr milliseconds kFirstPoll{20};
constexpr milliseconds kLongestPoll{1'000};

bool HasEnded(v1::MatchRunState state) {
  return state == v1::MATCH_RUN_STATE_SUCCEEDED || state == v1::MATCH_RUN_STATE_FAILED ||
         state == v1::MATCH_RUN_STATE_CANCELLED;
}

class NeedSource final : public SubjectSource {
 public:
  NeedSource(const SourceParts& parts, const StoredCampaign& campaign)
      : parts_(parts), campaign_(campaign), run_(campaign.match_run()) {}

  Status ForEach(const Visit& visit) override {
    if (run_.empty()) DUIJIE_RETURN_IF_ERROR(CreateRun());
    DUIJIE_RETURN_IF_ERROR(WaitForRun());
    // Pages may end within a need; a need is visited whole.
    v1::ListMatchRunResultsRequest request;
    request.set_name(run_);
    request.set_page_size(kResultsPerPage);
    SubjectResults pending;
    do {
      DUIJIE_RETURN_IF_ERROR(parts_.stopper.CheckGoesOn());
      DUIJIE_ASSIGN_OR_RETURN(v1::ListMatchRunResultsResponse page,
                              parts_.peers.list_match_run_results(Call(), request));
      for (v1::MatchResult& result : *page.mutable_results()) pending.push_back(std::move(result));
      request.set_page_token(page.next_page_token());
      const size_t whole = request.page_token().empty() ? pending.size() : EndOfWholeNeeds(pending);
      DUIJIE_RETURN_IF_ERROR(visit({pending.begin(), pending.begin() + static_cast<ptrdiff_t>(whole)}));
      pending.erase(pending.begin(), pending.begin() + static_cast<ptrdiff_t>(whole));
    } while (!request.page_token().empty());
    return OkStatus();
  }

  StatusOr<SubjectResults> ResultsOf(const std::string& subject) override {
    v1::ListMatchRunResultsRequest request;
    request.set_name(run_);
    request.set_record(subject);
    request.set_page_size(kMaxCampaignCandidates);
    SubjectResults results;
    do {
      DUIJIE_ASSIGN_OR_RETURN(v1::ListMatchRunResultsResponse page,
                              parts_.peers.list_match_run_results(Call(), request));
      for (v1::MatchResult& result : *page.mutable_results()) results.push_back(std::move(result));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return results;
  }

  const v1::MatchParameters& parameters() const override { return parameters_; }

  void Close() override {
    if (run_.empty()) return;
    v1::DeleteMatchRunRequest request;
    request.set_name(run_);
    const auto deleted = parts_.peers.delete_match_run(Call(), request);
    if (!deleted.ok()) log::Warn("campaign_run_not_deleted", {{"run", run_}, {"error", deleted.status()}});
  }

 private:
  rpc::CallContext Call() const { return EngineCall(campaign_.previewer()); }

  static size_t EndOfWholeNeeds(const SubjectResults& results) {
    size_t end = results.size();
    while (end > 0 && results[end - 1].need() == results.back().need()) --end;
    return end;
  }

  Status CreateRun() {
    const v1::Campaign& campaign = campaign_.campaign();
    v1::CreateMatchRunRequest request;
    v1::MatchRun* const run = request.mutable_match_run();
    run->set_title("推送活动 " + campaign_.name());
    run->set_direction(v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS);
    *run->mutable_need_filter() = SubjectFilterOf(campaign.rule());
    *run->mutable_achievement_filter() = AchievementFilterOf(campaign.rule());
    *run->mutable_parameters() = campaign.preview().parameters();
    run->set_snapshot_revision(campaign.preview().snapshot_revision());
    // Repeated after a crash, it gives the run of then.
    request.set_request_id(DerivedUuid(campaign_.name() + "/" + std::to_string(campaign.preview().number())));
    DUIJIE_ASSIGN_OR_RETURN(const v1::CreateMatchRunResponse created,
                            parts_.peers.create_match_run(Call(), request));
    run_ = created.match_run().name();
    return UpdatePreview(parts_.store, campaign_, [&](StoredCampaign* stored) {
      stored->set_match_run(run_);
      *stored->mutable_campaign()->mutable_preview()->mutable_parameters() = created.match_run().parameters();
    });
  }

  Status WaitForRun() {
    v1::GetMatchRunRequest request;
    request.set_name(run_);
    int64_t shown = -1;
    for (milliseconds wait = kFirstPoll;; wait = std::min(wait * 2, kLongestPoll)) {
      DUIJIE_ASSIGN_OR_RETURN(const v1::GetMatchRunResponse response,
                              parts_.peers.get_match_run(Call(), request));
      const v1::MatchRun& run = response.match_run();
      parameters_ = run.parameters();
      const bool ended = HasEnded(run.state());
      if (ended || run.records_done() != shown) {
        shown = run.records_done();
        DUIJIE_RETURN_IF_ERROR(UpdatePreview(parts_.store, campaign_, [&](StoredCampaign* stored) {
          stored->mutable_campaign()->mutable_preview()->set_subjects_total(run.records_total());
          stored->mutable_campaign()->mutable_preview()->set_subjects_done(run.records_done());
        }));
      }
      if (run.state() == v1::MATCH_RUN_STATE_SUCCEEDED) return OkStatus();
      if (ended) return Error(StatusCode::kFailedPrecondition, "RUN_STATE", "the match run did not succeed");
      if (!parts_.stopper.Pause(wait)) return parts_.stopper.CheckGoesOn();
    }
  }

  const SourceParts parts_;
  const StoredCampaign campaign_;
  std::string run_;
  v1::MatchParameters parameters_;
};

}  // namespace

std::unique_ptr<SubjectSource> NewNeedSource(const SourceParts& parts, const StoredCampaign& campaign) {
  return std::make_unique<NeedSource>(parts, campaign);
}

}  // namespace duijie::push
