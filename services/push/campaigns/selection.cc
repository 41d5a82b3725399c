// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/selection.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace duijie::push {
namespace {

bool IsFull(int bound, int taken) { return bound > 0 && taken >= bound; }

class Selector {
 public:
  explicit Selector(const Quotas& quotas) : quotas_(quotas) {}

  v1::CampaignLineRule Offer(const Candidate& candidate) {
    if (candidate.left_out != v1::CAMPAIGN_LINE_RULE_UNSPECIFIED) return candidate.left_out;
    if (IsFull(quotas_.total, total_)) return v1::CAMPAIGN_LINE_RULE_TOTAL_LIMIT;
    std::set<std::string>& achievements = of_enterprise_[candidate.enterprise];
    if (achievements.contains(candidate.achievement)) return v1::CAMPAIGN_LINE_RULE_SAME_ACHIEVEMENT;
    const int taken = static_cast<int>(achievements.size());
    const auto own = quotas_.of_enterprise.find(candidate.enterprise);
    if (own != quotas_.of_enterprise.end() && taken >= own->second) {
      return v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP;
    }
    if (IsFull(quotas_.per_enterprise, taken)) return v1::CAMPAIGN_LINE_RULE_ENTERPRISE_QUOTA;
    if (!candidate.park.empty() && IsFull(quotas_.per_park, of_park_[candidate.park])) {
      return v1::CAMPAIGN_LINE_RULE_PARK_QUOTA;
    }
    achievements.insert(candidate.achievement);
    if (!candidate.park.empty()) ++of_park_[candidate.park];
    ++total_;
    return v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;
  }

 private:
  const Quotas& quotas_;
  std::map<std::string, std::set<std::string>> of_enterprise_;
  std::map<std::string, int> of_park_;
  int total_ = 0;
};

}  // namespace

void SortByTotal(std::vector<Candidate>* candidates) {
  std::sort(candidates->begin(), candidates->end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(b.total, a.subject, a.achievement) < std::tie(a.total, b.subject, b.achievement);
  });
}

std::vector<v1::CampaignLineRule> Select(const std::vector<Candidate>& candidates, const Quotas& quotas) {
  Selector selector(quotas);
  std::vector<v1::CampaignLineRule> verdicts;
  verdicts.reserve(candidates.size());
  for (const Candidate& candidate : candidates) verdicts.push_back(selector.Offer(candidate));
  return verdicts;
}

}  // namespace duijie::push
