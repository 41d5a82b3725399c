// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/approval.h"

#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/preview.h"

namespace duijie::push {
namespace {

using internal::v1::StoredCampaign;

}  // namespace

Status Approver::Run(const std::string& name, const Stopper& stopper) const {
  for (bool done = false; !done;) {
    DUIJIE_RETURN_IF_ERROR(stopper.CheckGoesOn());
    StatusOr<bool> step = Step(name);
    if (!step.ok() && ReasonOf(step.status()) == "STALE_ETAG") continue;  // e.g. cancelled meanwhile
    DUIJIE_RETURN_IF_ERROR(step.status());
    done = *step;
  }
  return OkStatus();
}

StatusOr<bool> Approver::Step(const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(const StoredCampaign campaign, store_.table().Get(name));
  if (campaign.campaign().state() != v1::CAMPAIGN_STATE_APPROVING) return true;
  const v1::CampaignPreview& preview = campaign.campaign().preview();
  std::vector<v1::CampaignLine> lines;
  std::vector<NewPush> asked;
  int to = campaign.approved_to();
  while (to < preview.proposed() && lines.size() < kLinesPerApproval) {
    const LinePlace place{std::string(IdIn(kCampaigns, name).value_or("")), preview.number(), ++to};
    DUIJIE_ASSIGN_OR_RETURN(v1::CampaignLine line, store_.lines().GetById(place.Id()));
    if (line.state() != v1::CAMPAIGN_LINE_STATE_PROPOSED) continue;
    asked.push_back(PushOfLine(campaign, line));
    lines.push_back(std::move(line));
  }
  const bool last = to == preview.proposed();
  const auto record = [&](const std::vector<PushOutcome>& outcomes) {
    return Record(campaign, lines, to, last, outcomes);
  };
  const auto made = pushes_.Create(EngineCall(campaign.approver()), std::move(asked), {}, record);
  DUIJIE_RETURN_IF_ERROR(made.status());
  return last;
}

StatusOr<Pushes::Also> Approver::Record(const StoredCampaign& before, std::vector<v1::CampaignLine> lines,
                                        int approved_to, bool last,
                                        const std::vector<PushOutcome>& outcomes) const {
  const UnixMicros now = store_.store().Now();
  StoredCampaign campaign = before;
  v1::Campaign* const shown = campaign.mutable_campaign();
  Pushes::Also also;
  std::vector<Mutation> changed;
  for (size_t i = 0; i < lines.size() && i < outcomes.size(); ++i) {
    const PushOutcome& outcome = outcomes[i];
    v1::CampaignLine& line = lines[i];
    if (outcome.kept_back.ok()) {
      line.set_state(v1::CAMPAIGN_LINE_STATE_PUSHED);
      line.set_push(outcome.push.name());
      shown->set_pushed(shown->pushed() + 1);
    } else {
      const v1::CampaignLineRule rule = RuleOf(outcome.kept_back);
      if (rule == v1::CAMPAIGN_LINE_RULE_UNSPECIFIED) return outcome.kept_back;
      line.set_state(v1::CAMPAIGN_LINE_STATE_KEPT_BACK);
      line.set_rule(rule);
      shown->set_kept_back(shown->kept_back() + 1);
    }
    changed.push_back(store_.lines().Replace(line, now));
  }
  campaign.set_approved_to(approved_to);
  if (last) Move(v1::CAMPAIGN_STATE_DONE, "system", "", TimestampOf(now), shown);
  also.mutations.push_back(store_.table().Replace(campaign, now));
  also.mutations.insert(also.mutations.end(), changed.begin(), changed.end());
  return also;
}

}  // namespace duijie::push
