// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/candidates.h"

#include "common/resources/record_access.h"
#include "common/taxonomy/region.h"
#include "services/push/campaigns/campaign_rules.h"

namespace duijie::push {

struct CandidateGatherer::Subject {
  std::string enterprise;  // "" if it is not published
  std::string park;
  bool in_hebei = false;
  bool opted_out = false;
};

// Needs that the principal sees in full, and enterprises.
StatusOr<std::map<std::string, CandidateGatherer::Subject>> CandidateGatherer::SubjectsOf(
    const SubjectResults& results) const {
  std::set<std::string> names;
  for (const v1::MatchResult& result : results) names.insert(result.need());
  DUIJIE_ASSIGN_OR_RETURN(RecordMap records, records_.Read(names));
  std::map<std::string, Subject> subjects;
  std::set<std::string> enterprises;
  for (const auto& [name, record] : records) {
    if (record.has_need()) {
      if (VisibilityOf(principal_, AccessOf(record.need())) != Visibility::kFull) continue;
      subjects[name] = {record.need().enterprise(), record.need().park_code(),
                        IsHebei(record.need().region_code()), false};
      enterprises.insert(record.need().enterprise());
    } else if (record.has_enterprise()) {
      subjects[name].enterprise = name;
    }
  }
  DUIJIE_ASSIGN_OR_RETURN(RecordMap of_needs, records_.Read(enterprises));
  records.merge(of_needs);
  for (auto& [name, subject] : subjects) {
    const auto found = records.find(subject.enterprise);
    if (found == records.end() || !found->second.has_enterprise() ||
        found->second.enterprise().state() != v1::RECORD_STATE_PUBLISHED) {
      subject.enterprise.clear();
      continue;
    }
    const v1::Enterprise& enterprise = found->second.enterprise();
    if (!enterprise.park_code().empty()) subject.park = enterprise.park_code();
    subject.in_hebei = subject.in_hebei || IsHebei(enterprise.region_code());
    subject.opted_out = enterprise.push_opt_out();
  }
  return subjects;
}

v1::CampaignLineRule CandidateGatherer::Judge(const Subject& subject, const v1::MatchResult& result) const {
  const AchievementFacts& facts = records_.FactsOf(result.achievement());
  if (!facts.published) return v1::CAMPAIGN_LINE_RULE_NOT_AVAILABLE;
  if (subject.enterprise.empty()) return v1::CAMPAIGN_LINE_RULE_NO_ADDRESSEE;
  if (rule_.only_jing_jin_to_ji() && !(subject.in_hebei && IsBeijingTianjin(facts.region_code))) {
    return v1::CAMPAIGN_LINE_RULE_DIRECTION;
  }
  if (!result.eligible()) return v1::CAMPAIGN_LINE_RULE_NOT_ELIGIBLE;
  const v1::CampaignLineRule score = CheckScore(rule_, result.score(), result.level());
  if (score != v1::CAMPAIGN_LINE_RULE_UNSPECIFIED) return score;
  return subject.opted_out ? v1::CAMPAIGN_LINE_RULE_NO_CONSENT : v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;
}

Status CandidateGatherer::Add(const SubjectResults& results) {
  if (results.empty()) return OkStatus();
  DUIJIE_ASSIGN_OR_RETURN(const auto subjects, SubjectsOf(results));
  std::set<std::string> achievements;
  for (const v1::MatchResult& result : results) achievements.insert(result.achievement());
  DUIJIE_RETURN_IF_ERROR(records_.LoadFacts(achievements));
  for (const v1::MatchResult& result : results) {
    const auto subject = subjects.find(result.need());
    if (subject == subjects.end()) continue;
    Candidate& candidate = candidates_.emplace_back();
    candidate.subject = result.need();
    candidate.achievement = result.achievement();
    candidate.enterprise = subject->second.enterprise;
    candidate.park = subject->second.park;
    candidate.score = result.score();
    candidate.total =
        result.score() + BonusOf(rule_, records_.FactsOf(result.achievement()).supported, result.score());
    candidate.level = result.level();
    candidate.probability = result.probability();
    candidate.left_out = Judge(subject->second, result);
  }
  return OkStatus();
}

}  // namespace duijie::push
