// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/preview.h"

#include <algorithm>
#include <tuple>

#include "common/auth/crypto.h"
#include "common/auth/digest.h"
#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/candidates.h"

namespace duijie::push {
namespace {

using internal::v1::StoredCampaign;

constexpr size_t kLinesPerCommit = 200;  // of a few KiB each
constexpr size_t kTitlesPerRead = 500;

Quotas QuotasOf(const v1::CampaignRule& rule) {
  return {rule.max_per_enterprise(), rule.max_per_park(), rule.total_limit(), {}};
}

bool IsTaken(v1::CampaignLineRule verdict) { return verdict == v1::CAMPAIGN_LINE_RULE_UNSPECIFIED; }

std::string TitleOf(const internal::v1::Record& record) {
  if (record.has_need()) return record.need().title();
  if (record.has_enterprise()) return record.enterprise().title();
  return record.has_achievement() ? record.achievement().title() : "";
}

// By name; a few records at a time, so that memory holds titles only.
StatusOr<std::map<std::string, std::string>> TitlesOf(const SnapshotRecords& records,
                                                      const std::set<std::string>& names) {
  std::map<std::string, std::string> titles;
  std::set<std::string> some;
  for (auto name = names.begin(); name != names.end();) {
    some.insert(*name);
    if (++name != names.end() && some.size() < kTitlesPerRead) continue;
    DUIJIE_ASSIGN_OR_RETURN(const RecordMap read, records.Read(some));
    for (const auto& [named, record] : read) titles[named] = TitleOf(record);
    some.clear();
  }
  return titles;
}

// A push without what its line does not say.
NewPush PushOf(const StoredCampaign& campaign, const Candidate& candidate, const v1::PushReasons& reasons) {
  const v1::CampaignPreview& preview = campaign.campaign().preview();
  NewPush push;
  push.set_enterprise(candidate.enterprise);
  if (!IsOnEnterprises(campaign.campaign().rule())) push.set_need(candidate.subject);
  push.set_achievement(candidate.achievement);
  push.set_origin(v1::PUSH_ORIGIN_CAMPAIGN);
  push.set_campaign(campaign.name());
  push.set_score(candidate.score);
  push.set_level(candidate.level);
  push.set_probability(candidate.probability);
  push.set_model_version(preview.parameters().model_version());
  push.set_snapshot_revision(preview.snapshot_revision());
  *push.mutable_reasons() = reasons;
  return push;
}

// A chain over what the lines say, without what differs between two previews of the same.
std::string DigestOf(const std::vector<v1::CampaignLine>& lines) {
  std::string chain(crypto::kSha256Bytes, '\0');
  for (v1::CampaignLine line : lines) {
    line.clear_name();
    line.clear_campaign();
    chain = crypto::Sha256(chain + crypto::Sha256(line.SerializeAsString()));
  }
  return crypto::ToHex(chain);
}

}  // namespace

// The pairs by total, and what was decided of each.
struct Previewer::List {
  std::vector<Candidate> candidates;
  std::vector<v1::CampaignLineRule> verdicts;

  std::vector<size_t> Chosen() const {
    std::vector<size_t> chosen;
    for (size_t i = 0; i < verdicts.size(); ++i) {
      if (IsTaken(verdicts[i])) chosen.push_back(i);
    }
    return chosen;
  }
};

v1::CampaignLineRule RuleOf(const Status& kept_back) {
  const std::string reason = ReasonOf(kept_back);
  if (reason == "NO_CONSENT") return v1::CAMPAIGN_LINE_RULE_NO_CONSENT;
  if (reason == "ALREADY_PUSHED") return v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE;
  if (reason == "PUSH_LIMIT") return v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP;
  if (reason == "INCOMPLETE") return v1::CAMPAIGN_LINE_RULE_NOT_CITABLE;
  if (reason == "WRONG_STATE" || reason == "RECORD_NOT_FOUND" || reason == "INVALID_FIELD") {
    return v1::CAMPAIGN_LINE_RULE_NOT_AVAILABLE;
  }
  return v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;
}

NewPush PushOfLine(const StoredCampaign& campaign, const v1::CampaignLine& line) {
  Candidate candidate;
  candidate.subject = line.need();
  candidate.achievement = line.achievement();
  candidate.enterprise = line.enterprise();
  candidate.score = line.score();
  candidate.level = line.level();
  candidate.probability = line.probability();
  return PushOf(campaign, candidate, line.reasons());
}

Status Previewer::Run(const StoredCampaign& campaign, Stopper& stopper) const {
  DUIJIE_RETURN_IF_ERROR(store_.PurgeLines(campaign.name()));
  const v1::CampaignRule& rule = campaign.campaign().rule();
  const SourceParts parts{store_, peers_, stopper};
  const std::unique_ptr<SubjectSource> source =
      IsOnEnterprises(rule) ? NewEnterpriseSource(parts, campaign) : NewNeedSource(parts, campaign);
  SnapshotRecords records(peers_, campaign.previewer(), campaign.campaign().preview().snapshot_revision());
  CandidateGatherer gatherer(rule, campaign.previewer(), records);
  DUIJIE_RETURN_IF_ERROR(
      source->ForEach([&](const SubjectResults& results) { return gatherer.Add(results); }));
  List list{gatherer.Take(), {}};
  SortByTotal(&list.candidates);
  StoredCampaign scored = campaign;
  *scored.mutable_campaign()->mutable_preview()->mutable_parameters() = source->parameters();
  CampaignCitations citations(rule, records, *source, stopper);
  DUIJIE_RETURN_IF_ERROR(Choose(scored, &citations, &list));
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::CampaignLine> lines, LinesOf(scored, records, citations, list));
  DUIJIE_RETURN_IF_ERROR(stopper.CheckGoesOn());
  DUIJIE_RETURN_IF_ERROR(Store(scored, std::move(lines), list, source->parameters()));
  source->Close();
  return OkStatus();
}

Status Previewer::Choose(const StoredCampaign& campaign, CampaignCitations* citations, List* list) const {
  Quotas quotas = QuotasOf(campaign.campaign().rule());
  for (int round = 0;; ++round) {
    list->verdicts = Select(list->candidates, quotas);
    if (round == kMaxSelectionRounds) return OkStatus();  // the rules are asked again at the push
    const std::vector<size_t> chosen = list->Chosen();
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<size_t> uncited, citations->Cite(list->candidates, chosen));
    for (const size_t i : uncited) list->candidates[i].left_out = v1::CAMPAIGN_LINE_RULE_NOT_CITABLE;
    if (!uncited.empty()) continue;
    DUIJIE_ASSIGN_OR_RETURN(const bool dropped, DropKeptBack(campaign, *citations, chosen, &quotas, list));
    if (!dropped) return OkStatus();
  }
}

// Asks the rules of pushing about the chosen pairs, all of an enterprise in one call, because its cap counts
// them together. True if some are kept back.
StatusOr<bool> Previewer::DropKeptBack(const StoredCampaign& campaign, const CampaignCitations& citations,
                                       const std::vector<size_t>& chosen, Quotas* quotas, List* list) const {
  std::map<std::string, std::vector<size_t>> by_enterprise;
  for (const size_t i : chosen) by_enterprise[list->candidates[i].enterprise].push_back(i);
  bool dropped = false;
  std::vector<size_t> asked;
  const auto ask = [&]() -> Status {
    std::vector<NewPush> pushes;
    for (const size_t i : asked) {
      pushes.push_back(PushOf(campaign, list->candidates[i], citations.ReasonsOf(list->candidates[i])));
    }
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<PushOutcome> outcomes,
                            pushes_.Preview(EngineCall(campaign.previewer()), std::move(pushes)));
    std::map<std::string, int> passed;
    for (size_t n = 0; n < asked.size(); ++n) {
      Candidate& candidate = list->candidates[asked[n]];
      if (outcomes[n].kept_back.ok()) {
        ++passed[candidate.enterprise];
        continue;
      }
      const v1::CampaignLineRule rule = RuleOf(outcomes[n].kept_back);
      if (rule == v1::CAMPAIGN_LINE_RULE_UNSPECIFIED) return outcomes[n].kept_back;
      dropped = true;
      if (rule == v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP) {
        quotas->of_enterprise[candidate.enterprise] = passed[candidate.enterprise];
      } else {
        candidate.left_out = rule;
      }
    }
    asked.clear();
    return OkStatus();
  };
  for (const auto& [enterprise, pairs] : by_enterprise) {
    if (asked.size() + pairs.size() > kMaxPushesPerCreate) DUIJIE_RETURN_IF_ERROR(ask());
    asked.insert(asked.end(), pairs.begin(), pairs.end());
  }
  if (!asked.empty()) DUIJIE_RETURN_IF_ERROR(ask());
  return dropped;
}

StatusOr<std::vector<v1::CampaignLine>> Previewer::LinesOf(const StoredCampaign& campaign,
                                                           const SnapshotRecords& records,
                                                           const CampaignCitations& citations,
                                                           const List& list) const {
  std::vector<size_t> shown = list.Chosen();
  for (size_t i = 0, left = 0; i < list.verdicts.size() && left < kMaxLeftOutLines; ++i) {
    if (IsTaken(list.verdicts[i])) continue;
    shown.push_back(i);
    ++left;
  }
  std::set<std::string> names;
  for (const size_t i : shown) {
    const Candidate& candidate = list.candidates[i];
    names.insert({candidate.subject, candidate.enterprise, candidate.achievement});
  }
  DUIJIE_ASSIGN_OR_RETURN(auto titles, TitlesOf(records, names));
  std::vector<v1::CampaignLine> lines;
  for (const size_t i : shown) {
    const Candidate& candidate = list.candidates[i];
    const bool taken = IsTaken(list.verdicts[i]);
    v1::CampaignLine& line = lines.emplace_back();
    line.set_number(static_cast<int32_t>(lines.size()));
    line.set_state(taken ? v1::CAMPAIGN_LINE_STATE_PROPOSED : v1::CAMPAIGN_LINE_STATE_LEFT_OUT);
    line.set_rule(list.verdicts[i]);
    if (!IsOnEnterprises(campaign.campaign().rule())) {
      line.set_need(candidate.subject);
      line.set_need_title(titles[candidate.subject]);
    }
    line.set_enterprise(candidate.enterprise);
    line.set_enterprise_title(titles[candidate.enterprise]);
    line.set_park_code(candidate.park);
    line.set_achievement(candidate.achievement);
    line.set_achievement_title(titles[candidate.achievement]);
    line.set_score(candidate.score);
    line.set_bonus(candidate.total - candidate.score);
    line.set_total(candidate.total);
    line.set_level(candidate.level);
    line.set_probability(candidate.probability);
    if (taken) *line.mutable_reasons() = citations.ReasonsOf(candidate);
  }
  return lines;
}

Status Previewer::Store(const StoredCampaign& campaign, std::vector<v1::CampaignLine> lines, const List& list,
                        const v1::MatchParameters& parameters) const {
  const std::string digest = DigestOf(lines);
  const std::string id(IdIn(kCampaigns, campaign.name()).value_or(""));
  const int number = campaign.campaign().preview().number();
  const UnixMicros now = store_.store().Now();
  std::vector<Mutation> batch;
  for (v1::CampaignLine& line : lines) {
    line.set_campaign(campaign.name());
    line.set_name(store_.lines().NameOf(LinePlace{id, number, line.number()}.Id()));
    batch.push_back(store_.lines().Create(line, now));
    if (batch.size() < kLinesPerCommit && &line != &lines.back()) continue;
    DUIJIE_RETURN_IF_ERROR(store_.store().Commit(std::move(batch)).status());
    batch.clear();
  }
  const std::vector<size_t> chosen = list.Chosen();
  std::map<v1::CampaignLineRule, int64_t> left_out;
  for (const v1::CampaignLineRule verdict : list.verdicts) {
    if (!IsTaken(verdict)) ++left_out[verdict];
  }
  double total = 0;
  for (const size_t i : chosen) total += list.candidates[i].total;
  return UpdatePreview(store_, campaign, [&](StoredCampaign* stored) {
    v1::CampaignPreview* const preview = stored->mutable_campaign()->mutable_preview();
    *preview->mutable_parameters() = parameters;
    preview->set_pairs(static_cast<int64_t>(list.candidates.size()));
    preview->set_proposed(static_cast<int32_t>(chosen.size()));
    preview->clear_left_out();
    for (const auto& [rule, count] : left_out) {
      v1::CampaignRuleCount* const entry = preview->add_left_out();
      entry->set_rule(rule);
      entry->set_count(count);
    }
    preview->set_left_out_lines(static_cast<int32_t>(lines.size() - chosen.size()));
    preview->set_total(total);
    preview->set_digest(digest);
    *preview->mutable_end_time() = TimestampOf(store_.store().Now());
    stored->clear_match_run();
    stored->mutable_campaign()->clear_error();
    Move(v1::CAMPAIGN_STATE_PREVIEWED, "system", "", preview->end_time(), stored->mutable_campaign());
  });
}

}  // namespace duijie::push
