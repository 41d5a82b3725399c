// SPDX-License-Identifier: GPL-3.0-or-later
// The source of enterprises: each is matched as a need made of its profile. See subject_source.h.
#include "common/resources/record_access.h"
#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/subject_source.h"

namespace duijie::push {
namespace {

using internal::v1::ScanRecordsResponse;
using internal::v1::StoredCampaign;

constexpr int kEnterprisesPerScan = 50;

AccessFacts AccessOfEnterprise(const v1::Enterprise& enterprise) {
  const bool unset = enterprise.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED;
  return {enterprise.state(), unset ? v1::CONFIDENTIALITY_TIER_PUBLIC : enterprise.tier(),
          enterprise.park_code(), enterprise.name()};
}

class EnterpriseSource final : public SubjectSource {
 public:
  EnterpriseSource(const SourceParts& parts, const StoredCampaign& campaign)
      : parts_(parts), campaign_(campaign), parameters_(campaign.campaign().preview().parameters()) {}

  Status ForEach(const Visit& visit) override {
    DUIJIE_RETURN_IF_ERROR(Count());
    std::string after;
    int64_t done = 0;
    for (bool last = false; !last;) {
      DUIJIE_ASSIGN_OR_RETURN(const ScanRecordsResponse page, Scan(after));
      for (const internal::v1::Record& record : page.records()) {
        DUIJIE_RETURN_IF_ERROR(parts_.stopper.CheckGoesOn());
        if (!IsSeen(record)) continue;
        DUIJIE_ASSIGN_OR_RETURN(const SubjectResults results, Match(record.enterprise()));
        DUIJIE_RETURN_IF_ERROR(visit(results));
        ++done;
      }
      after = page.last_id();
      last = page.done();
      DUIJIE_RETURN_IF_ERROR(UpdatePreview(parts_.store, campaign_, [&](StoredCampaign* stored) {
        stored->mutable_campaign()->mutable_preview()->set_subjects_done(done);
      }));
    }
    return OkStatus();
  }

  StatusOr<SubjectResults> ResultsOf(const std::string& subject) override {
    internal::v1::ReadRecordsRequest request;
    request.add_names(subject);
    request.set_at_revision(snapshot());
    DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse response,
                            parts_.peers.read_records(EngineCall(SystemPrincipal()), request));
    if (response.records_size() != 1 || !IsSeen(response.records(0))) return SubjectResults();
    return Match(response.records(0).enterprise());
  }

  const v1::MatchParameters& parameters() const override { return parameters_; }
  void Close() override {}

 private:
  int64_t snapshot() const { return campaign_.campaign().preview().snapshot_revision(); }

  bool IsSeen(const internal::v1::Record& record) const {
    return record.has_enterprise() &&
           VisibilityOf(campaign_.previewer(), AccessOfEnterprise(record.enterprise())) == Visibility::kFull;
  }

  StatusOr<ScanRecordsResponse> Scan(const std::string& after) const {
    internal::v1::ScanRecordsRequest request;
    request.set_collection(v1::COLLECTION_ENTERPRISES);
    *request.mutable_filter() = SubjectFilterOf(campaign_.campaign().rule());
    request.set_at_revision(snapshot());
    request.set_after_id(after);
    request.set_limit(kEnterprisesPerScan);
    return parts_.peers.scan_records(EngineCall(SystemPrincipal()), request);
  }

  Status Count() {
    int64_t total = 0;
    std::string after;
    for (bool last = false; !last;) {
      DUIJIE_RETURN_IF_ERROR(parts_.stopper.CheckGoesOn());
      DUIJIE_ASSIGN_OR_RETURN(const ScanRecordsResponse page, Scan(after));
      for (const internal::v1::Record& record : page.records()) total += IsSeen(record) ? 1 : 0;
      after = page.last_id();
      last = page.done();
    }
    return UpdatePreview(parts_.store, campaign_, [&](StoredCampaign* stored) {
      stored->mutable_campaign()->mutable_preview()->set_subjects_total(total);
    });
  }

  StatusOr<SubjectResults> Match(const v1::Enterprise& enterprise) {
    const std::optional<v1::Need> need = NeedOfProfile(enterprise);
    if (!need) return SubjectResults();
    v1::MatchNeedRequest request;
    *request.mutable_need() = *need;
    *request.mutable_filter() = AchievementFilterOf(campaign_.campaign().rule());
    *request.mutable_parameters() = parameters_;
    request.set_min_revision(snapshot());
    request.set_view(v1::MATCH_VIEW_EVIDENCE);  // what pushes cite
    DUIJIE_ASSIGN_OR_RETURN(v1::MatchNeedResponse response,
                            parts_.peers.match_need(EngineCall(campaign_.previewer()), request));
    parameters_.set_model_version(response.model_version());  // the same for all that follow
    SubjectResults results;
    for (v1::MatchResult& result : *response.mutable_results()) {
      result.set_need(enterprise.name());
      results.push_back(std::move(result));
    }
    return results;
  }

  const SourceParts parts_;
  const StoredCampaign campaign_;
  v1::MatchParameters parameters_;
};

}  // namespace

std::unique_ptr<SubjectSource> NewEnterpriseSource(const SourceParts& parts, const StoredCampaign& campaign) {
  return std::make_unique<EnterpriseSource>(parts, campaign);
}

}  // namespace duijie::push
