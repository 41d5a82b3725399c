// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/campaigns.h"

#include <algorithm>
#include <array>

#include "tests/bench/report/report.h"
#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using Stub = v1::CampaignService::Stub;

constexpr int kFirstDay = 5;   // of a month
constexpr int kDecideDay = 8;  // of a month
constexpr int kKinds = 3;
constexpr std::array<size_t, kKinds> kParksOfKind = {1, 3, 0};  // 0: all
constexpr int kCalledOff = 4;                                   // every so many
constexpr uint64_t kWantedNeeds = 300;                          // about so many are looked at, if there are
constexpr uint64_t kWantedFirms = 100;
constexpr uint64_t kMostCodes = 20;  // of one rule
constexpr uint64_t kLeastSubjects = 10;
constexpr double kDropped = 0.1;  // of the lines
constexpr double kTooLargeBonus = 0.2;

// "40108；60302" → both.
std::vector<std::string> CodesIn(const std::string& cell) {
  constexpr std::string_view kBetween = "；";
  std::vector<std::string> codes;
  for (size_t at = 0; at < cell.size();) {
    const size_t end = std::min(cell.find(kBetween, at), cell.size());
    codes.push_back(cell.substr(at, end - at));
    at = end + kBetween.size();
  }
  return codes;
}

v1::ApproveCampaignRequest Approval(const v1::Campaign& campaign) {
  v1::ApproveCampaignRequest request;
  request.set_name(campaign.name());
  request.set_digest(campaign.preview().digest());
  return request;
}

v1::PreviewCampaignRequest PreviewOf(const v1::Campaign& campaign) {
  v1::PreviewCampaignRequest request;
  request.set_name(campaign.name());
  return request;
}

// The first line in the state.
std::optional<v1::CampaignLine> FirstIn(v1::CampaignLineState state, const CampaignLines& lines) {
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.state() == state; });
  return found == lines.end() ? std::nullopt : std::optional(*found);
}

v1::DropCampaignLinesRequest DropOf(const v1::CampaignLine& line) {
  v1::DropCampaignLinesRequest request;
  request.set_campaign(line.campaign());
  request.add_lines(line.name());
  return request;
}

}  // namespace

// How many needs of the parks (all, if there are none), or enterprises, have each topic as their first.
std::vector<uint64_t> Campaigns::SubjectsByTopic(bool enterprises,
                                                 const std::vector<std::string>& parks) const {
  const World& world = stage_.world;
  std::vector<uint64_t> counts(world.topics().size(), 0);
  const uint64_t rows = enterprises ? world.scale().enterprises : world.scale().needs;
  for (uint64_t row = 0; row < rows; ++row) {
    const std::string& park = world.ParkOf(enterprises ? row : world.EnterpriseOf(row));
    if (!parks.empty() && std::find(parks.begin(), parks.end(), park) == parks.end()) continue;
    const int topic = enterprises ? world.maker().EnterpriseTopic(row) : world.maker().NeedTopics(row).first;
    ++counts[static_cast<size_t>(topic)];
  }
  return counts;
}

// Adds codes until about `wanted` subjects have one of them; none if hardly any would be left.
void Campaigns::NarrowTo(bool by_field, const std::vector<uint64_t>& by_topic, uint64_t wanted,
                         Random* random, v1::RecordFilter* filter) const {
  const std::vector<Topic>& topics = stage_.world.topics();
  const auto codes_of = [&](const Topic& topic) {
    return CodesIn(by_field ? topic.field_codes : topic.industry_codes);
  };
  auto* const chosen = by_field ? filter->mutable_field_codes() : filter->mutable_industry_codes();
  const auto is_chosen = [&](const std::string& code) {
    return std::find(chosen->begin(), chosen->end(), code) != chosen->end();
  };
  uint64_t found = 0;
  for (uint64_t i = 0; i < kMostCodes && found < wanted; ++i) {
    const std::vector<std::string> drawn = codes_of(topics[random->Below(topics.size())]);
    if (!drawn.empty() && !is_chosen(drawn.front())) chosen->Add(std::string(drawn.front()));
    found = 0;
    for (size_t topic = 0; topic < topics.size(); ++topic) {
      const std::vector<std::string> codes = codes_of(topics[topic]);
      if (std::any_of(codes.begin(), codes.end(), is_chosen)) found += by_topic[topic];
    }
  }
  if (found < kLeastSubjects) chosen->Clear();
}

v1::CampaignRule Campaigns::RuleOf(int month, const std::vector<std::string>& parks) const {
  Random random = stage_.Stream(kCampaignStream, static_cast<uint64_t>(month));
  v1::CampaignRule rule;
  v1::RecordFilter& filter = *rule.mutable_subject_filter();
  switch (month % kKinds) {
    case 0:  // the park is left to be filled in: that of who makes the campaign
      rule.set_max_per_enterprise(1);
      rule.set_max_per_park(20);
      rule.set_min_score(0.4);
      NarrowTo(false, SubjectsByTopic(false, parks), kWantedNeeds, &random, &filter);
      break;
    case 1:
      rule.set_only_jing_jin_to_ji(true);
      rule.set_max_per_enterprise(2);
      rule.set_max_per_park(15);
      rule.set_total_limit(40);
      rule.set_min_level(v1::MATCH_LEVEL_FAIR);
      rule.set_bonus_share(0.1);
      for (const std::string& park : parks) filter.add_park_codes(park);
      NarrowTo(true, SubjectsByTopic(false, parks), kWantedNeeds, &random, &filter);
      break;
    default:
      rule.set_subject(v1::CAMPAIGN_SUBJECT_ENTERPRISES);
      rule.set_only_jing_jin_to_ji(true);
      rule.set_max_per_enterprise(2);
      rule.set_max_per_park(4);
      rule.set_min_level(v1::MATCH_LEVEL_FAIR);
      rule.set_total_limit(30);
      rule.set_bonus_share(0.02);
      NarrowTo(false, SubjectsByTopic(true, {}), kWantedFirms, &random, &filter);
  }
  return rule;
}

StatusOr<bool> Campaigns::Work(int day, uint64_t published) {
  const int of_month = std::stoi(DateOf(day).substr(8));
  if (of_month == kFirstDay && published > 0) {
    DUIJIE_RETURN_IF_ERROR(Begin(std::stoi(DateOf(day).substr(5, 2)) - 1));
  } else if (of_month == kDecideDay && running_) {
    DUIJIE_RETURN_IF_ERROR(Decide());
    return true;
  }
  return false;
}

Status Campaigns::Begin(int month) {
  const auto& parks = stage_.world.taxonomies().parks;
  const auto turn = static_cast<size_t>(month);
  std::vector<std::string> scope;
  for (size_t i = 0; i < kParksOfKind[turn % kParksOfKind.size()]; ++i) {
    scope.push_back(parks[(turn + i) % parks.size()].code);
  }
  Running running;
  running.month = month;
  DUIJIE_ASSIGN_OR_RETURN(running.maker, stage_.parties.Staff("who makes campaigns", scope));
  DUIJIE_ASSIGN_OR_RETURN(running.other, stage_.parties.Staff("who approves campaigns", scope));
  DUIJIE_ASSIGN_OR_RETURN(running.stranger,
                          stage_.parties.Staff(parks[(turn + parks.size() - 1) % parks.size()].code));
  v1::CreateCampaignRequest create;
  create.mutable_campaign()->set_title(std::to_string(month + 1) + "月定向推送");
  *create.mutable_campaign()->mutable_rule() = RuleOf(month, scope);
  DUIJIE_ASSIGN_OR_RETURN(auto created, running.maker->Call(&Stub::CreateCampaign, create));
  running.campaign = std::move(*created.mutable_campaign());
  ++counts_.made;
  TryAtBegin(running);
  DUIJIE_RETURN_IF_ERROR(MakeList(&running));
  TryWithList(running);
  DUIJIE_RETURN_IF_ERROR(Drop(&running));
  running_ = std::move(running);
  return OkStatus();
}

StatusOr<v1::Campaign> Campaigns::Watch(const Party& party, const std::string& name) const {
  const auto context = party.Context();
  v1::WatchCampaignRequest request;
  request.set_name(name);
  const auto stream = stage_.system.stub<Stub>()->WatchCampaign(context.get(), request);
  v1::WatchCampaignResponse last;
  for (v1::WatchCampaignResponse response; stream->Read(&response);) last = response;
  DUIJIE_RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  return last.campaign();
}

StatusOr<v1::Campaign> Campaigns::Preview(const Running& running, int64_t snapshot) {
  v1::PreviewCampaignRequest request = PreviewOf(running.campaign);
  request.set_snapshot_revision(snapshot);
  const Stopwatch watch;
  DUIJIE_RETURN_IF_ERROR(running.maker->Call(&Stub::PreviewCampaign, request).status());
  DUIJIE_ASSIGN_OR_RETURN(v1::Campaign campaign, Watch(*running.maker, running.campaign.name()));
  counts_.preview_ms.push_back(watch.Milliseconds());
  if (campaign.state() == v1::CAMPAIGN_STATE_PREVIEWED) return campaign;
  return Error(StatusCode::kInternal, "NO_LIST", "a preview failed: " + campaign.error());
}

StatusOr<CampaignLines> Campaigns::LinesOf(const Running& running) const {
  v1::ListCampaignLinesRequest request;
  request.set_campaign(running.campaign.name());
  request.set_page_size(kPageSize);
  CampaignLines lines;
  do {
    DUIJIE_ASSIGN_OR_RETURN(auto page, running.maker->Call(&Stub::ListCampaignLines, request));
    std::move(page.mutable_lines()->begin(), page.mutable_lines()->end(), std::back_inserter(lines));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return lines;
}

Status Campaigns::MakeList(Running* running) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Campaign first, Preview(*running, 0));
  DUIJIE_ASSIGN_OR_RETURN(const CampaignLines lines, LinesOf(*running));
  DUIJIE_ASSIGN_OR_RETURN(running->campaign, Preview(*running, first.preview().snapshot_revision()));
  DUIJIE_ASSIGN_OR_RETURN(running->lines, LinesOf(*running));
  oracle_.See(running->campaign, running->lines);
  oracle_.SeeAgain(first, lines, running->campaign, running->lines);
  const v1::CampaignPreview& preview = running->campaign.preview();
  counts_.subjects += static_cast<uint64_t>(preview.subjects_done());
  counts_.pairs += static_cast<uint64_t>(preview.pairs());
  counts_.proposed += static_cast<uint64_t>(preview.proposed());
  for (const v1::CampaignRuleCount& left_out : preview.left_out()) {
    counts_.left_out_by[left_out.rule()] += static_cast<uint64_t>(left_out.count());
  }
  return OkStatus();
}

Status Campaigns::Drop(Running* running) {
  Random random = stage_.Stream(kCampaignStream, static_cast<uint64_t>(kDaysOfYear + running->month));
  v1::DropCampaignLinesRequest drop;
  drop.set_campaign(running->campaign.name());
  drop.set_reason("与企业现状不符");
  for (const v1::CampaignLine& line : running->lines) {
    const bool drops = random.Chance(kDropped) && drop.lines_size() < kPageSize;
    if (line.state() == v1::CAMPAIGN_LINE_STATE_PROPOSED && drops) drop.add_lines(line.name());
  }
  if (drop.lines().empty()) return OkStatus();
  DUIJIE_RETURN_IF_ERROR(running->maker->Call(&Stub::DropCampaignLines, drop).status());
  counts_.dropped += static_cast<uint64_t>(drop.lines_size());
  DUIJIE_ASSIGN_OR_RETURN(running->lines, LinesOf(*running));
  return OkStatus();
}

Status Campaigns::Decide() {
  Running running = *std::move(running_);
  running_.reset();
  if (running.month % kCalledOff == kCalledOff - 1) return CallOff(running);
  return Approve(&running);
}

Status Campaigns::CallOff(const Running& running) {
  v1::CancelCampaignRequest request;
  request.set_name(running.campaign.name());
  request.set_reason("清单不合适");
  DUIJIE_RETURN_IF_ERROR(running.other->Call(&Stub::CancelCampaign, request).status());
  Attempt("approving a campaign that was called off",
          running.other->Call(&Stub::ApproveCampaign, Approval(running.campaign)).status(),
          {"ILLEGAL_TRANSITION"});
  return OkStatus();
}

// Both press the button at once; the list is pushed once.
Status Campaigns::Approve(Running* running) {
  oracle_.Approve(running->campaign, running->lines, stage_.system.clock().Now());
  DUIJIE_RETURN_IF_ERROR(InParallel(2, [&](size_t i) -> Status {
    const Party& party = i == 0 ? *running->other : *running->maker;
    const Status status = party.Call(&Stub::ApproveCampaign, Approval(running->campaign)).status();
    return ReasonOf(status) == "STALE_ETAG" ? OkStatus() : status;
  }));
  DUIJIE_ASSIGN_OR_RETURN(running->campaign, Watch(*running->other, running->campaign.name()));
  DUIJIE_ASSIGN_OR_RETURN(running->lines, LinesOf(*running));
  if (running->campaign.state() != v1::CAMPAIGN_STATE_DONE) {
    return Error(StatusCode::kInternal, "NOT_DONE", "an approved campaign is not done");
  }
  TryAtEnd(*running);
  oracle_.Finish(running->campaign, running->lines);
  ++counts_.approved;
  counts_.pushed += static_cast<uint64_t>(running->campaign.pushed());
  counts_.kept_back += static_cast<uint64_t>(running->campaign.kept_back());
  for (const v1::CampaignLine& line : running->lines) {
    if (line.state() == v1::CAMPAIGN_LINE_STATE_KEPT_BACK) ++counts_.kept_back_by[line.rule()];
  }
  return OkStatus();
}

void Campaigns::Attempt(const std::string& what, const Status& answer,
                        const std::vector<std::string>& reasons) const {
  const std::string reason = answer.ok() ? "accepted" : std::string(ReasonOf(answer));
  stage_.oracle.Attempt(what + ": " + reason,
                        std::find(reasons.begin(), reasons.end(), reason) != reasons.end());
}

void Campaigns::TryAtBegin(const Running& running) const {
  v1::CreateCampaignRequest create;
  *create.mutable_campaign() = running.campaign;
  create.mutable_campaign()->mutable_rule()->set_bonus_share(kTooLargeBonus);
  Attempt("a bonus beyond its bound", running.maker->Call(&Stub::CreateCampaign, create).status(),
          {"INVALID_FIELD"});
  *create.mutable_campaign() = running.campaign;
  create.mutable_campaign()->mutable_rule()->mutable_subject_filter()->clear_park_codes();
  const auto& parks = stage_.world.taxonomies().parks;
  create.mutable_campaign()->mutable_rule()->mutable_subject_filter()->add_park_codes(
      parks[static_cast<size_t>(running.month) % parks.size()].code);
  Attempt("a campaign for a park of others", running.stranger->Call(&Stub::CreateCampaign, create).status(),
          {"INVALID_FIELD"});
  Attempt("approving what has no list",
          running.other->Call(&Stub::ApproveCampaign, Approval(running.campaign)).status(),
          {"ILLEGAL_TRANSITION"});
}

void Campaigns::TryWithList(const Running& running) const {
  v1::ApproveCampaignRequest other_list = Approval(running.campaign);
  other_list.set_digest(std::string(other_list.digest().rbegin(), other_list.digest().rend()));
  Attempt("approving another list than was looked at",
          running.other->Call(&Stub::ApproveCampaign, other_list).status(), {"WRONG_STATE"});
  Attempt("approving a campaign of other parks",
          running.stranger->Call(&Stub::ApproveCampaign, Approval(running.campaign)).status(),
          {"RECORD_NOT_FOUND"});
  v1::ListCampaignLinesRequest look;
  look.set_campaign(running.campaign.name());
  Attempt("looking at a list of other parks", running.stranger->Call(&Stub::ListCampaignLines, look).status(),
          {"RECORD_NOT_FOUND"});
  if (const auto line = FirstIn(v1::CAMPAIGN_LINE_STATE_LEFT_OUT, running.lines)) {
    Attempt("taking off what is not on the list",
            running.maker->Call(&Stub::DropCampaignLines, DropOf(*line)).status(), {"WRONG_STATE"});
  }
}

void Campaigns::TryAtEnd(const Running& running) const {
  const auto again = running.other->Call(&Stub::ApproveCampaign, Approval(running.campaign));
  stage_.oracle.Attempt("a second approval that pushes again",
                        again.ok() && again->campaign().pushed() == running.campaign.pushed() &&
                            again->campaign().state() == v1::CAMPAIGN_STATE_DONE);
  Attempt("a new list for what was pushed",
          running.maker->Call(&Stub::PreviewCampaign, PreviewOf(running.campaign)).status(),
          {"ILLEGAL_TRANSITION"});
  if (const auto line = FirstIn(v1::CAMPAIGN_LINE_STATE_PUSHED, running.lines)) {
    Attempt("taking off what was pushed",
            running.maker->Call(&Stub::DropCampaignLines, DropOf(*line)).status(), {"WRONG_STATE"});
  }
  v1::CancelCampaignRequest cancel;
  cancel.set_name(running.campaign.name());
  Attempt("calling off what was pushed", running.other->Call(&Stub::CancelCampaign, cancel).status(),
          {"ILLEGAL_TRANSITION"});
}

}  // namespace duijie::bench
