// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/campaign_oracle.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "common/base/proto_time.h"

namespace duijie::bench {
namespace {

constexpr double kRounding = 1e-9;
constexpr double kPercent = 100;
constexpr double kMostBonus = 0.1;  // of a score, whatever the rule asks for
constexpr std::string_view kBonusWord = "加分";

constexpr char kQuotas[] = "a campaign keeps its quotas: per enterprise, per park, in all";
constexpr char kRule[] = "a campaign lists only what its rule allows, the best first";
constexpr char kBonus[] = "the bonus is for awards and programmes, within its bound, and disclosed";
constexpr char kSameList[] = "a preview of the same snapshot gives the same list";
constexpr char kOnlyApproved[] = "a campaign pushes what stood on the approved list, each line once";
constexpr char kNotBefore[] = "a campaign pushes nothing before its approval";
constexpr char kAnswered[] = "an approved line is pushed, or kept back by a rule that holds";

template <typename LineOrPush>
std::string PairOf(const LineOrPush& of) {
  return (of.need().empty() ? of.enterprise() : of.need()) + " " + of.achievement();
}

// What a line says, without what differs between two lists.
std::string Words(v1::CampaignLine line) {
  line.clear_name();
  line.clear_campaign();
  line.clear_etag();
  line.clear_create_time();
  line.clear_update_time();
  return line.SerializeAsString();
}

}  // namespace

void CampaignOracle::Check(const char* rule, bool held, const std::string& example) {
  oracle_.book().Check(rule, held, example);
}

std::string CampaignOracle::TextOf(const std::string& record, const std::string& field) const {
  const std::vector<std::string> texts = texts_.Of(record, field);
  return texts.empty() ? std::string() : texts.front();
}

// The award and the programme that the achievement names.
std::vector<std::string> CampaignOracle::SupportOf(const std::string& achievement) const {
  std::vector<std::string> support;
  for (const char* field : {"award", "programme_number"}) {
    std::string text = TextOf(achievement, field);
    if (!text.empty()) support.push_back(std::move(text));
  }
  return support;
}

void CampaignOracle::Take(const std::string& enterprise, Taken* taken) const {
  ++taken->of_enterprise[enterprise];
  ++taken->of_park[TextOf(enterprise, "park_code")];
  ++taken->all;
}

bool CampaignOracle::IsWithin(const v1::CampaignRule& rule, const Taken& taken) {
  const auto below = [](const std::map<std::string, int>& counts, int bound) {
    return std::all_of(counts.begin(), counts.end(),
                       [&](const auto& entry) { return entry.second <= bound; });
  };
  return below(taken.of_enterprise, rule.max_per_enterprise()) && taken.all <= rule.total_limit() &&
         (rule.max_per_park() == 0 || below(taken.of_park, rule.max_per_park()));
}

// Whether the need or enterprise has one of these codes, or one below them.
bool CampaignOracle::HasCode(const v1::CampaignLine& line, const std::string& field,
                             const google::protobuf::RepeatedPtrField<std::string>& wanted) const {
  if (wanted.empty()) return true;
  for (const std::string& cell : texts_.Of(line.need().empty() ? line.enterprise() : line.need(), field)) {
    std::string_view rest = cell;
    while (!rest.empty()) {
      for (const std::string& code : wanted) {
        if (rest.starts_with(code)) return true;
      }
      constexpr std::string_view kBetween = "；";
      const size_t end = rest.find(kBetween);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + kBetween.size());
    }
  }
  return false;
}

bool CampaignOracle::FitsRule(const v1::CampaignRule& rule, const v1::CampaignLine& line) const {
  const v1::RecordFilter& filter = rule.subject_filter();
  const auto& parks = filter.park_codes();
  const bool in_park = parks.empty() || std::find(parks.begin(), parks.end(),
                                                  TextOf(line.enterprise(), "park_code")) != parks.end();
  const std::string from = TextOf(line.achievement(), "region_code").substr(0, 2);
  const std::string to = TextOf(line.enterprise(), "region_code").substr(0, 2);
  const bool right_way = !rule.only_jing_jin_to_ji() || ((from == "11" || from == "12") && to == "13");
  const bool on_needs = rule.subject() != v1::CAMPAIGN_SUBJECT_ENTERPRISES;
  return in_park && right_way && on_needs == !line.need().empty() && line.score() >= rule.min_score() &&
         line.level() >= rule.min_level() && HasCode(line, "field_codes", filter.field_codes()) &&
         HasCode(line, "industry_codes", filter.industry_codes());
}

bool CampaignOracle::HasItsBonus(const v1::CampaignRule& rule, const v1::CampaignLine& line) const {
  const double share = SupportOf(line.achievement()).empty() ? 0 : rule.bonus_share();
  const double bonus = std::min(share * line.score(), 1 - line.score());
  return rule.bonus_share() <= kMostBonus && std::abs(line.bonus() - bonus) <= kRounding &&
         std::abs(line.total() - line.score() - bonus) <= kRounding;
}

bool CampaignOracle::TellsItsBonus(const v1::CampaignRule& rule, const v1::CampaignLine& line) const {
  std::ostringstream percent;
  percent << kPercent * rule.bonus_share() << "%";
  std::vector<std::string> wanted = SupportOf(line.achievement());
  wanted.push_back(percent.str());
  const auto tells = [&](const std::string& remark) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const std::string& word) { return remark.find(word) != std::string::npos; });
  };
  const auto& remarks = line.reasons().remarks();
  if (line.bonus() > kRounding) return std::any_of(remarks.begin(), remarks.end(), tells);
  return std::none_of(remarks.begin(), remarks.end(),
                      [](const std::string& remark) { return remark.find(kBonusWord) != std::string::npos; });
}

void CampaignOracle::See(const v1::Campaign& campaign, const CampaignLines& lines) {
  const v1::CampaignRule& rule = campaign.rule();
  Taken taken;
  double lowest = 1 + kRounding;  // total of the line before
  for (const v1::CampaignLine& line : lines) {
    if (line.state() != v1::CAMPAIGN_LINE_STATE_PROPOSED) continue;
    const std::string where = line.name() + " " + PairOf(line);
    Check(kRule, FitsRule(rule, line) && line.total() <= lowest + kRounding, where);
    Check(kBonus, HasItsBonus(rule, line) && TellsItsBonus(rule, line), where);
    lowest = line.total();
    Take(line.enterprise(), &taken);
  }
  Check(kQuotas, IsWithin(rule, taken), campaign.name() + ": its list");
}

void CampaignOracle::SeeAgain(const v1::Campaign& before, const CampaignLines& lines_before,
                              const v1::Campaign& campaign, const CampaignLines& lines) {
  const bool same = std::equal(lines.begin(), lines.end(), lines_before.begin(), lines_before.end(),
                               [](const auto& a, const auto& b) { return Words(a) == Words(b); });
  Check(kSameList, same && before.preview().digest() == campaign.preview().digest(), campaign.name());
}

void CampaignOracle::Approve(const v1::Campaign& campaign, const CampaignLines& lines, UnixMicros at) {
  Approved& approved = approved_[campaign.name()];
  approved.rule = campaign.rule();
  approved.at = at;
  for (const v1::CampaignLine& line : lines) {
    if (line.state() == v1::CAMPAIGN_LINE_STATE_PROPOSED) approved.lines[PairOf(line)] = line;
  }
}

void CampaignOracle::Finish(const v1::Campaign& campaign, const CampaignLines& lines) {
  std::map<std::string, v1::CampaignLine> left = approved_[campaign.name()].lines;
  int pushed = 0;
  for (const v1::CampaignLine& line : lines) {
    const bool was_approved = left.erase(PairOf(line)) > 0;
    if (line.state() == v1::CAMPAIGN_LINE_STATE_PUSHED) {
      ++pushed;
      told_[line.push()] = line.name();
      Check(kOnlyApproved, was_approved, line.name() + " was pushed and not approved");
    } else if (line.state() == v1::CAMPAIGN_LINE_STATE_KEPT_BACK) {
      kept_back_.push_back(line);
    } else if (was_approved) {
      Check(kAnswered, false, line.name() + " was approved and has no answer");
    }
  }
  Check(kAnswered, left.empty() && pushed == campaign.pushed(),
        campaign.name() + ": lines are missing or its count is wrong");
}

void CampaignOracle::Judge(const v1::Push& push) {
  const UnixMicros made = MicrosOf(push.create_time());
  sent_[push.enterprise()].push_back({made, PairOf(push)});
  const auto found = approved_.find(push.campaign());
  if (found == approved_.end()) {
    Check(kNotBefore, push.campaign().empty() && push.origin() != v1::PUSH_ORIGIN_CAMPAIGN,
          push.name() + " is of a campaign that was not approved");
    return;
  }
  Approved& campaign = found->second;
  Check(kNotBefore, made >= campaign.at, push.name());
  const auto line = campaign.lines.find(PairOf(push));
  const bool as_approved = line != campaign.lines.end() && line->second.enterprise() == push.enterprise() &&
                           line->second.score() == push.score() &&
                           line->second.reasons().SerializeAsString() == push.reasons().SerializeAsString();
  const bool first = campaign.pushed.emplace(PairOf(push), push.enterprise()).second;
  Check(kOnlyApproved, as_approved && first && told_.erase(push.name()) == 1, push.name());
}

// What kept it back held at that time, by our own books.
bool CampaignOracle::IsKeptBackRightly(const v1::CampaignLine& line) const {
  const UnixMicros at = MicrosOf(line.update_time());
  const auto sent = sent_.find(line.enterprise());
  const auto within = [&](int days, const auto& counts) {
    if (sent == sent_.end()) return 0;
    return static_cast<int>(std::count_if(sent->second.begin(), sent->second.end(), [&](const Sent& push) {
      return push.time <= at && push.time > at - days * kMicrosPerDay && counts(push);
    }));
  };
  switch (line.rule()) {
    case v1::CAMPAIGN_LINE_RULE_NO_CONSENT:
      return oracle_.Refuses(line.enterprise(), at) ||
             (!line.need().empty() && !texts_.HasConsent(line.need()));
    case v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE:
      return within(oracle_.rules().pair_interval_days(),
                    [&](const Sent& push) { return push.pair == PairOf(line); }) > 0;
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP:
      return within(oracle_.rules().cap_days(), [](const Sent&) { return true; }) >=
             oracle_.rules().cap_pushes();
    default:
      return false;  // nothing is withdrawn or reworded in this world
  }
}

void CampaignOracle::Close() {
  for (const auto& [name, campaign] : approved_) {
    Taken taken;
    for (const auto& [pair, enterprise] : campaign.pushed) Take(enterprise, &taken);
    Check(kQuotas, IsWithin(campaign.rule, taken), name + ": its pushes");
  }
  for (const v1::CampaignLine& line : kept_back_) {
    Check(kAnswered, IsKeptBackRightly(line), line.name() + " " + v1::CampaignLineRule_Name(line.rule()));
  }
  for (const auto& [push, line] : told_) Check(kOnlyApproved, false, line + " names no push: " + push);
}

}  // namespace duijie::bench
