// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/citations.h"

#include <cstdio>

#include "common/text/encoding.h"
#include "services/push/reasons/reasons.h"

namespace duijie::push {
namespace {

constexpr size_t kMaxAwardCodePoints = 200;

// At most `decimals` decimals, without trailing zeros.
std::string Decimal(double number, int decimals) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, number);
  std::string shown = text;
  if (shown.find('.') != std::string::npos) {
    shown.erase(shown.find_last_not_of('0') + 1);
    if (shown.back() == '.') shown.pop_back();
  }
  return shown;
}

v1::PushReasons Reasons(const internal::v1::Record& subject, const v1::Achievement& achievement,
                        const v1::MatchExplanation& explanation) {
  return subject.has_need() ? ReasonsFor(subject.need(), achievement, explanation, MatchSource::kTaker)
                            : ReasonsFor(subject.enterprise(), achievement, explanation, MatchSource::kTaker);
}

}  // namespace

std::string BonusRemark(const v1::Achievement& achievement, const v1::CampaignRule& rule,
                        const Candidate& candidate) {
  std::string what;
  if (!achievement.award().empty()) {
    what = "科技奖励成果（" + TruncateCodePoints(achievement.award(), kMaxAwardCodePoints) + "）";
  }
  if (!achievement.programme_number().empty()) {
    what += (what.empty() ? "" : "、") + ("财政科技计划成果（" + achievement.programme_number() + "）");
  }
  return "本成果为" + what + "，排序时按活动规则加分" + Decimal(rule.bonus_share() * 100, 2) + "%：得分" +
         Decimal(candidate.score, 4) + "，计" + Decimal(candidate.total, 4) + "。";
}

StatusOr<std::vector<size_t>> CampaignCitations::Cite(const std::vector<Candidate>& candidates,
                                                      const std::vector<size_t>& chosen) {
  std::map<std::string, std::vector<size_t>> by_subject;
  for (const size_t i : chosen) {
    if (!reasons_.contains({candidates[i].subject, candidates[i].achievement})) {
      by_subject[candidates[i].subject].push_back(i);
    }
  }
  std::vector<size_t> uncited;
  for (const auto& [subject, of_subject] : by_subject) {
    DUIJIE_RETURN_IF_ERROR(stopper_.CheckGoesOn());
    DUIJIE_RETURN_IF_ERROR(CiteSubject(candidates, of_subject));
    for (const size_t i : of_subject) {
      if (ReasonsOf(candidates[i]).achievement_sentences().empty()) uncited.push_back(i);
    }
  }
  return uncited;
}

Status CampaignCitations::CiteSubject(const std::vector<Candidate>& candidates,
                                      const std::vector<size_t>& of_subject) {
  const std::string& subject = candidates[of_subject.front()].subject;
  DUIJIE_ASSIGN_OR_RETURN(const SubjectResults results, source_.ResultsOf(subject));
  std::set<std::string> names = {subject};
  for (const size_t i : of_subject) names.insert(candidates[i].achievement);
  DUIJIE_ASSIGN_OR_RETURN(const RecordMap records, records_.Read(names));
  const auto taker = records.find(subject);
  for (const size_t i : of_subject) {
    const Candidate& candidate = candidates[i];
    v1::PushReasons& reasons = reasons_[{subject, candidate.achievement}];
    for (const v1::MatchResult& result : results) {
      const auto achievement = records.find(candidate.achievement);
      if (result.achievement() != candidate.achievement) continue;
      if (taker == records.end() || achievement == records.end()) continue;
      reasons = Reasons(taker->second, achievement->second.achievement(), result.explanation());
      if (candidate.total > candidate.score) {
        reasons.add_remarks(BonusRemark(achievement->second.achievement(), rule_, candidate));
      }
    }
  }
  return OkStatus();
}

const v1::PushReasons& CampaignCitations::ReasonsOf(const Candidate& candidate) const {
  static const v1::PushReasons kNone;
  const auto found = reasons_.find({candidate.subject, candidate.achievement});
  return found == reasons_.end() ? kNone : found->second;
}

}  // namespace duijie::push
