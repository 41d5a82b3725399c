// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaigns.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "common/base/calendar.h"
#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/line_visibility.h"
#include "services/push/campaigns/subject_source.h"

namespace duijie::push {
namespace {

constexpr std::chrono::milliseconds kWatchInterval{250};

Status WrongState(const v1::Campaign& campaign, const char* message) {
  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", message,
               {{"from", v1::CampaignState_Name(campaign.state())}});
}

bool IsWorkedOn(const v1::Campaign& campaign) {
  return campaign.state() == v1::CAMPAIGN_STATE_PREVIEWING ||
         campaign.state() == v1::CAMPAIGN_STATE_APPROVING;
}

template <typename Response>
Response ResponseWith(const internal::v1::StoredCampaign& stored) {
  Response response;
  *response.mutable_campaign() = ToClient(stored);
  return response;
}

// The catalog names fields of "filter"; the client knows them as `path`.
Status UnderPath(const Status& status, const std::string& path) {
  std::vector<FieldViolation> violations = ViolationsOf(status);
  if (violations.empty()) return status;
  constexpr std::string_view kFilter = "filter";
  for (FieldViolation& violation : violations) {
    if (violation.field.starts_with(kFilter)) violation.field = path + violation.field.substr(kFilter.size());
  }
  return InvalidFields(violations);
}

}  // namespace

StatusOr<int64_t> Campaigns::CurrentRevision(const rpc::CallContext& call) const {
  internal::v1::ScanRecordsRequest request;
  request.set_collection(v1::COLLECTION_ENTERPRISES);
  request.set_limit(1);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ScanRecordsResponse response,
                          peers_.scan_records(call, request));
  return response.revision();
}

Status Campaigns::CheckFilters(const rpc::CallContext& call, const v1::CampaignRule& rule) const {
  const auto check = [&](v1::Collection collection, const v1::RecordFilter& filter,
                         const std::string& path) -> Status {
    internal::v1::ScanRecordsRequest request;
    request.set_collection(collection);
    *request.mutable_filter() = filter;
    request.set_limit(1);
    return UnderPath(peers_.scan_records(call, request).status(), path);
  };
  DUIJIE_RETURN_IF_ERROR(check(IsOnEnterprises(rule) ? v1::COLLECTION_ENTERPRISES : v1::COLLECTION_NEEDS,
                               SubjectFilterOf(rule), "campaign.rule.subject_filter"));
  return check(v1::COLLECTION_ACHIEVEMENTS, AchievementFilterOf(rule), "campaign.rule.achievement_filter");
}

StatusOr<internal::v1::StoredCampaign> Campaigns::Visible(const rpc::CallContext& call,
                                                          const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(Stored stored, store_.table().Get(name));
  if (!MaySeeCampaign(call.principal(), stored.campaign())) return NoSuchResource();
  return stored;
}

StatusOr<v1::CreateCampaignResponse> Campaigns::Create(const rpc::CallContext& call,
                                                       const v1::CreateCampaignRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateCampaign", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto answer, store_.store().AnswerOf<Stored>(write));
  if (answer) return ResponseWith<v1::CreateCampaignResponse>(*answer);
  Stored stored;
  DUIJIE_ASSIGN_OR_RETURN(*stored.mutable_campaign(), NewCampaign(call.principal(), request.campaign()));
  DUIJIE_RETURN_IF_ERROR(CheckFilters(call, stored.campaign().rule()));
  const UnixMicros now = store_.store().Now();
  stored.set_name(store_.table().NameOf(store_.store().NewId()));
  stored.mutable_campaign()->set_creator(call.principal().key_id());
  Move(v1::CAMPAIGN_STATE_DRAFT, call.principal().key_id(), "", TimestampOf(now), stored.mutable_campaign());
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision,
                          store_.store().Commit(write, {store_.table().Create(stored, now)}));
  DUIJIE_ASSIGN_OR_RETURN(const Stored created, store_.table().Get(stored.name(), revision));
  return ResponseWith<v1::CreateCampaignResponse>(created);
}

StatusOr<v1::GetCampaignResponse> Campaigns::Get(const rpc::CallContext& call,
                                                 const v1::GetCampaignRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const Stored stored, Visible(call, request.name()));
  return ResponseWith<v1::GetCampaignResponse>(stored);
}

StatusOr<v1::ListCampaignsResponse> Campaigns::List(const rpc::CallContext& call,
                                                    const v1::ListCampaignsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page, PageOfList::Open(store_.store().tokens(), call.principal(),
                                                                  request, kCampaignPages));
  const auto keep = [&](const Stored& stored) {
    const v1::Campaign& campaign = stored.campaign();
    return MaySeeCampaign(call.principal(), campaign) &&
           (request.state() == v1::CAMPAIGN_STATE_UNSPECIFIED || request.state() == campaign.state());
  };
  DUIJIE_ASSIGN_OR_RETURN(
      const ResourcePage<Stored> found,
      store_.table().ListByIndex(kCampaignsByTime, "", page.position(), page.size(), keep));
  v1::ListCampaignsResponse response;
  for (const Stored& stored : found.items) *response.add_campaigns() = ToClient(stored);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<internal::v1::StoredCampaign> Campaigns::Write(const rpc::CallContext& call,
                                                        const WriteRequest& request, const std::string& name,
                                                        const Change& change,
                                                        const std::function<std::vector<Mutation>()>& more) {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id));
  DUIJIE_ASSIGN_OR_RETURN(const auto answer, store_.store().AnswerOf<Stored>(request));
  if (answer) return *answer;
  DUIJIE_ASSIGN_OR_RETURN(Stored stored, Visible(call, name));
  DUIJIE_RETURN_IF_ERROR(change(&stored));
  std::vector<Mutation> mutations = {store_.table().Replace(stored, store_.store().Now())};
  if (more != nullptr) {
    for (Mutation& mutation : more()) mutations.push_back(std::move(mutation));
  }
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision, store_.store().Commit(request, std::move(mutations)));
  if (IsWorkedOn(stored.campaign())) wake_engine_();
  return store_.table().Get(name, revision);
}

Status Campaigns::CheckQueue() const {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<Stored> active, store_.Active(kMaxActiveCampaigns));
  if (active.size() < kMaxActiveCampaigns) return OkStatus();
  return Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "同时进行的推送活动过多，请稍后再试");
}

StatusOr<v1::PreviewCampaignResponse> Campaigns::Preview(const rpc::CallContext& call,
                                                         const v1::PreviewCampaignRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const int64_t current, CurrentRevision(call));
  if (request.snapshot_revision() < 0 || request.snapshot_revision() > current) {
    return InvalidField("snapshot_revision", "OUT_OF_RANGE", "没有这个版本的库");
  }
  const int64_t snapshot = request.snapshot_revision() == 0 ? current : request.snapshot_revision();
  const UnixMicros now = store_.store().Now();
  const auto change = [&](Stored* stored) -> Status {
    v1::Campaign* const campaign = stored->mutable_campaign();
    DUIJIE_RETURN_IF_ERROR(ResourceTable<Stored>::CheckEtag(*stored, request.etag()));
    DUIJIE_RETURN_IF_ERROR(CheckStep(campaign->state(), v1::CAMPAIGN_STATE_PREVIEWING));
    DUIJIE_RETURN_IF_ERROR(CheckQueue());
    const v1::CampaignPreview before = campaign->preview();
    v1::CampaignPreview preview;
    preview.set_number(before.number() + 1);
    preview.set_snapshot_revision(snapshot);
    v1::MatchParameters* const parameters = preview.mutable_parameters();
    if (before.snapshot_revision() == snapshot) {
      *parameters = before.parameters();
    } else {
      parameters->set_top_k(campaign->rule().candidates());
      parameters->set_model_version(campaign->rule().model_version());
      parameters->set_as_of(FormatDay(DayInChina(now)));
    }
    *campaign->mutable_preview() = preview;
    campaign->set_dropped(0);
    campaign->clear_error();
    *stored->mutable_previewer() = call.principal();
    stored->clear_match_run();
    stored->set_approved_to(0);
    stored->set_queued_micros(now);
    Move(v1::CAMPAIGN_STATE_PREVIEWING, call.principal().key_id(), "", TimestampOf(now), campaign);
    return OkStatus();
  };
  DUIJIE_ASSIGN_OR_RETURN(const Stored stored,
                          Write(call, DescribeRequest(call.principal().key_id(), "PreviewCampaign", request),
                                request.name(), change));
  return ResponseWith<v1::PreviewCampaignResponse>(stored);
}

StatusOr<Campaigns::LinePage> Campaigns::VisibleLines(const rpc::CallContext& call, const Stored& campaign,
                                                      v1::CampaignLineState state,
                                                      const std::string& position, size_t limit) const {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<v1::CampaignLine> page,
                          store_.Lines(campaign, state, position, limit));
  DUIJIE_RETURN_IF_ERROR(HideUnseen(call, peers_, &page.items));
  return LinePage{std::move(page.items), std::move(page.next)};
}

StatusOr<v1::ListCampaignLinesResponse> Campaigns::ListLines(
    const rpc::CallContext& call, const v1::ListCampaignLinesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page, PageOfList::Open(store_.store().tokens(), call.principal(),
                                                                  request, kCampaignLinePages));
  DUIJIE_ASSIGN_OR_RETURN(const Stored campaign, Visible(call, request.campaign()));
  DUIJIE_ASSIGN_OR_RETURN(LinePage found,
                          VisibleLines(call, campaign, request.state(), page.position(), page.size()));
  v1::ListCampaignLinesResponse response;
  for (v1::CampaignLine& line : found.lines) *response.add_lines() = std::move(line);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

// Those of the request that are not dropped yet.
StatusOr<std::vector<v1::CampaignLine>> Campaigns::LinesToDrop(
    const v1::DropCampaignLinesRequest& request) const {
  if (request.lines().empty() || request.lines_size() > kMaxDroppedLines) {
    return InvalidField("lines", "OUT_OF_RANGE", "应为 1 至 500 条");
  }
  std::vector<v1::CampaignLine> lines;
  std::set<std::string> named;
  for (const std::string& name : request.lines()) {
    const std::optional<LinePlace> place = LinePlace::Of(name);
    if (!place || store_.table().NameOf(place->campaign_id) != request.campaign()) return NoSuchResource();
    if (!named.insert(name).second) continue;
    DUIJIE_ASSIGN_OR_RETURN(v1::CampaignLine line, store_.lines().Get(name));
    if (line.state() == v1::CAMPAIGN_LINE_STATE_DROPPED) continue;
    if (line.state() != v1::CAMPAIGN_LINE_STATE_PROPOSED) {
      return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "只能移除拟推送的行",
                   {{"from", v1::CampaignLineState_Name(line.state())}});
    }
    line.set_state(v1::CAMPAIGN_LINE_STATE_DROPPED);
    lines.push_back(std::move(line));
  }
  return lines;
}

StatusOr<v1::DropCampaignLinesResponse> Campaigns::DropLines(const rpc::CallContext& call,
                                                             const v1::DropCampaignLinesRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckStepReason(request.reason()));
  std::vector<v1::CampaignLine> lines;
  const UnixMicros now = store_.store().Now();
  const auto change = [&](Stored* stored) -> Status {
    v1::Campaign* const campaign = stored->mutable_campaign();
    if (campaign->state() != v1::CAMPAIGN_STATE_PREVIEWED) {
      return WrongState(*campaign, "只有待批准的活动可以移除行");
    }
    DUIJIE_ASSIGN_OR_RETURN(lines, LinesToDrop(request));
    campaign->set_dropped(campaign->dropped() + static_cast<int32_t>(lines.size()));
    const std::string reason = "移除 " + std::to_string(lines.size()) + " 行" +
                               (request.reason().empty() ? "" : "：" + request.reason());
    Move(v1::CAMPAIGN_STATE_PREVIEWED, call.principal().key_id(), reason, TimestampOf(now), campaign);
    return OkStatus();
  };
  const auto more = [&] {
    std::vector<Mutation> mutations;
    for (const v1::CampaignLine& line : lines) mutations.push_back(store_.lines().Replace(line, now));
    return mutations;
  };
  DUIJIE_ASSIGN_OR_RETURN(
      const Stored stored,
      Write(call, DescribeRequest(call.principal().key_id(), "DropCampaignLines", request),
            request.campaign(), change, more));
  return ResponseWith<v1::DropCampaignLinesResponse>(stored);
}

StatusOr<v1::ApproveCampaignResponse> Campaigns::Approve(const rpc::CallContext& call,
                                                         const v1::ApproveCampaignRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const Stored before, Visible(call, request.name()));
  const v1::CampaignState state = before.campaign().state();
  if (!request.digest().empty() && request.digest() != before.campaign().preview().digest()) {
    return WrongState(before.campaign(), "清单已有变化，请重新查看后批准");
  }
  if (state == v1::CAMPAIGN_STATE_APPROVING || state == v1::CAMPAIGN_STATE_DONE) {
    return ResponseWith<v1::ApproveCampaignResponse>(before);
  }
  const UnixMicros now = store_.store().Now();
  const auto change = [&](Stored* stored) -> Status {
    v1::Campaign* const campaign = stored->mutable_campaign();
    DUIJIE_RETURN_IF_ERROR(ResourceTable<Stored>::CheckEtag(*stored, before.etag()));
    DUIJIE_RETURN_IF_ERROR(CheckStep(campaign->state(), v1::CAMPAIGN_STATE_APPROVING));
    DUIJIE_RETURN_IF_ERROR(CheckQueue());
    *stored->mutable_approver() = call.principal();
    stored->set_queued_micros(now);
    Move(v1::CAMPAIGN_STATE_APPROVING, call.principal().key_id(), "", TimestampOf(now), campaign);
    return OkStatus();
  };
  DUIJIE_ASSIGN_OR_RETURN(const Stored stored,
                          Write(call, DescribeRequest(call.principal().key_id(), "ApproveCampaign", request),
                                request.name(), change));
  return ResponseWith<v1::ApproveCampaignResponse>(stored);
}

StatusOr<v1::CancelCampaignResponse> Campaigns::Cancel(const rpc::CallContext& call,
                                                       const v1::CancelCampaignRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckStepReason(request.reason()));
  const auto change = [&](Stored* stored) -> Status {
    v1::Campaign* const campaign = stored->mutable_campaign();
    DUIJIE_RETURN_IF_ERROR(CheckStep(campaign->state(), v1::CAMPAIGN_STATE_CANCELLED));
    Move(v1::CAMPAIGN_STATE_CANCELLED, call.principal().key_id(), request.reason(),
         TimestampOf(store_.store().Now()), campaign);
    return OkStatus();
  };
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CancelCampaign", request);
  // The engine writes progress all the time; a cancel must not lose against it.
  for (int attempt = 1;; ++attempt) {
    const StatusOr<Stored> stored = Write(call, write, request.name(), change);
    if (stored.ok()) return ResponseWith<v1::CancelCampaignResponse>(*stored);
    constexpr int kAttempts = 10;
    if (ReasonOf(stored.status()) != "STALE_ETAG" || attempt == kAttempts) return stored.status();
  }
}

Status Campaigns::Watch(const rpc::CallContext& call, const std::string& name,
                        const std::function<bool(const v1::Campaign&)>& send) const {
  std::string sent;
  auto next_send = std::chrono::steady_clock::time_point::min();
  const RecordLog& log = store_.store().log();
  while (true) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    if (stopping_) return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the server is stopping");
    const Revision seen = log.CurrentRevision();
    DUIJIE_ASSIGN_OR_RETURN(const Stored stored, Visible(call, name));
    const bool ended = !IsWorkedOn(stored.campaign());
    const auto now = std::chrono::steady_clock::now();
    if (stored.etag() != sent && (ended || now >= next_send)) {
      if (!send(ToClient(stored))) return OkStatus();
      sent = stored.etag();
      next_send = now + kWatchInterval;
    }
    if (ended) return OkStatus();
    log.WaitForChange(seen, kWatchInterval);
  }
}

}  // namespace duijie::push
