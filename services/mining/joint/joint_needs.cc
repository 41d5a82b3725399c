// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_needs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "common/resources/paging.h"
#include "common/resources/record_access.h"
#include "services/mining/joint/joint_checks.h"
#include "services/mining/joint/joint_view.h"
#include "services/mining/records/catalog_view.h"

namespace duijie::mining {
namespace {

constexpr char kCollection[] = "jointNeeds";
constexpr char kLatestIndex[] = "joint_needs_latest";
constexpr int kScanPage = 1'000;
constexpr int kDefaultProblems = 20;
constexpr int kMostProblems = 100;

Status TooFewEnterprises() {
  return Error(StatusCode::kFailedPrecondition, "GROUP_TOO_SMALL",
               "共性技术需求至少要三家不同的企业（按统一社会信用代码）");
}

// What a person wrote of the problem; not who has it.
std::string BodyOf(const v1::Need& need) {
  std::string body = need.description() + "\n" + need.current_practice();
  for (const v1::Indicator& target : need.targets()) body += "\n" + target.name();
  return body;
}

}  // namespace

JointNeeds::JointNeeds(RoleStore& store, const Peers& peers, const NeedSimilarity& similarity)
    : store_(store),
      peers_(peers),
      similarity_(similarity),
      table_(store.log(), kCollection, [](const v1::JointNeed& joint) {
        return std::vector<IndexKey>{{kLatestIndex, LatestFirstKey(MicrosOf(joint.create_time())), false}};
      }) {}

// Published needs that the caller is responsible for, with the credit codes of their enterprises.
struct JointNeeds::Candidates {
  std::vector<v1::Need> needs;
  std::vector<std::string> owners;
};

StatusOr<JointNeeds::Candidates> JointNeeds::ReadNeeds(const rpc::CallContext& call,
                                                       const v1::RecordFilter& filter) const {
  Candidates candidates;
  std::set<std::string> enterprises;
  internal::v1::ScanRecordsRequest request;
  request.set_collection(v1::COLLECTION_NEEDS);
  *request.mutable_filter() = filter;
  if (filter.states().empty()) request.mutable_filter()->add_states(v1::RECORD_STATE_PUBLISHED);
  request.set_limit(kScanPage);
  for (bool done = false; !done;) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(auto page, peers_.scan_records(call, request));
    for (internal::v1::Record& record : *page.mutable_records()) {
      if (!MayEdit(call.principal(), AccessOf(record))) continue;
      enterprises.insert(record.need().enterprise());
      candidates.needs.push_back(std::move(*record.mutable_need()));
    }
    if (candidates.needs.size() > kMaxComparedNeeds) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE",
                   "一次最多比较 5000 条需求，请用筛选条件缩小范围");
    }
    request.set_at_revision(page.revision());
    request.set_after_id(page.last_id());
    done = page.done();
  }
  enterprises.erase("");
  DUIJIE_ASSIGN_OR_RETURN(const auto records, CatalogView(peers_, call).AllEnterprises(enterprises));
  for (const v1::Need& need : candidates.needs) {
    const auto found = records.find(need.enterprise());
    candidates.owners.push_back(found == records.end() ? "" : found->second.credit_code());
  }
  return candidates;
}

StatusOr<v1::FindCommonProblemsResponse> JointNeeds::Find(
    const rpc::CallContext& call, const v1::FindCommonProblemsRequest& request) const {
  const double least = request.min_similarity() == 0 ? kDefaultSimilarity : request.min_similarity();
  if (!(least >= kLowestSimilarity && least <= 1)) {
    return InvalidField("min_similarity", "OUT_OF_RANGE", "相似度下限须在 0.05 至 1 之间");
  }
  const int limit = request.limit() == 0 ? kDefaultProblems : request.limit();
  if (limit < 1 || limit > kMostProblems) {
    return InvalidField("limit", "OUT_OF_RANGE", "个数须为 1 至 100");
  }
  DUIJIE_ASSIGN_OR_RETURN(const Candidates candidates, ReadNeeds(call, request.filter()));
  std::vector<NeedText> texts;
  for (const v1::Need& need : candidates.needs) texts.push_back({need.title(), BodyOf(need)});
  v1::FindCommonProblemsResponse response;
  response.set_compared(static_cast<int>(texts.size()));
  for (const ProblemGroup& group : GroupProblems(candidates.owners, similarity_.Pairs(texts, least))) {
    if (response.problems_size() == limit) break;
    v1::CommonProblem& problem = *response.add_problems();
    for (const auto& member : group.members) {
      problem.add_needs(candidates.needs[member.need].name());
      problem.add_titles(candidates.needs[member.need].title());
      problem.add_similarities(member.similarity);
    }
    problem.set_enterprise_count(static_cast<int>(group.enterprises));
  }
  return response;
}

// What each member's need and enterprise tell. The caller must be responsible for every need.
Status JointNeeds::FillMembers(const rpc::CallContext& call, v1::JointNeed* joint) const {
  internal::v1::ReadRecordsRequest request;
  for (const v1::JointNeedMember& member : joint->members()) request.add_names(member.need());
  DUIJIE_ASSIGN_OR_RETURN(const auto needs, peers_.read_records(call, request));
  std::set<std::string> names;
  for (const internal::v1::Record& record : needs.records()) names.insert(record.need().enterprise());
  names.erase("");
  DUIJIE_ASSIGN_OR_RETURN(const auto enterprises, CatalogView(peers_, call).AllEnterprises(names));
  std::vector<FieldViolation> wrong;
  for (int i = 0; i < joint->members_size(); ++i) {
    const internal::v1::Record& record = needs.records(i);
    if (!record.has_need() || !MayEdit(call.principal(), AccessOf(record))) return NoSuchResource();
    const std::string field = "joint_need.members[" + std::to_string(i) + "].need";
    const auto found = enterprises.find(record.need().enterprise());
    if (record.need().state() != v1::RECORD_STATE_PUBLISHED) {
      wrong.push_back({field, "NOT_PUBLISHED", "需求尚未发布"});
    } else if (found == enterprises.end() || found->second.credit_code().empty()) {
      wrong.push_back({field, "NO_CREDIT_CODE", "需求的企业没有统一社会信用代码"});
    } else {
      v1::JointNeedMember& member = *joint->mutable_members(i);
      member.set_enterprise(found->second.name());
      member.set_enterprise_name(found->second.title());
      member.set_credit_code(found->second.credit_code());
      member.set_park_code(record.need().park_code());
      member.set_consent(v1::JOINT_CONSENT_PENDING);
    }
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

StatusOr<v1::CreateJointNeedResponse> JointNeeds::Create(const rpc::CallContext& call,
                                                         const v1::CreateJointNeedRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateJointNeed", request);
  v1::CreateJointNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store_.AnswerOf<v1::JointNeed>(write));
  if (answered) {
    const auto view = ViewOf(call.principal(), *answered);
    if (!view) return NoSuchResource();
    *response.mutable_joint_need() = *view;
    return response;
  }
  v1::JointNeed joint = InputOf(request.joint_need());
  DUIJIE_RETURN_IF_ERROR(CheckInput(joint));
  DUIJIE_RETURN_IF_ERROR(FillMembers(call, &joint));
  if (CountEnterprises(joint) < static_cast<int>(kFewestEnterprises)) return TooFewEnterprises();
  joint.set_name(table_.NameOf(store_.NewId()));
  joint.set_state(v1::JOINT_NEED_STATE_PROPOSED);
  joint.set_creator(call.principal().key_id());
  DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.Create(joint, store_.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_joint_need(), Shown(call, joint.name()));
  return response;
}

StatusOr<v1::JointNeed> JointNeeds::Shown(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::JointNeed joint, table_.Get(name));
  auto view = ViewOf(call.principal(), joint);
  if (!view) return NoSuchResource();
  return *std::move(view);
}

StatusOr<v1::GetJointNeedResponse> JointNeeds::Get(const rpc::CallContext& call,
                                                   const v1::GetJointNeedRequest& request) const {
  v1::GetJointNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_joint_need(), Shown(call, request.name()));
  return response;
}

StatusOr<v1::ListJointNeedsResponse> JointNeeds::List(const rpc::CallContext& call,
                                                      const v1::ListJointNeedsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request, kListPages));
  const auto keep = [&](const v1::JointNeed& joint) {
    return (request.state() == v1::JOINT_NEED_STATE_UNSPECIFIED || request.state() == joint.state()) &&
           ViewOf(call.principal(), joint).has_value();
  };
  DUIJIE_ASSIGN_OR_RETURN(const auto found,
                          table_.ListByIndex(kLatestIndex, "", page.position(), page.size(), keep));
  v1::ListJointNeedsResponse response;
  for (const v1::JointNeed& joint : found.items) {
    *response.add_joint_needs() = *ViewOf(call.principal(), joint);
  }
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::AnswerJointNeedResponse> JointNeeds::Answer(const rpc::CallContext& call,
                                                         const v1::AnswerJointNeedRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "AnswerJointNeed", request);
  v1::AnswerJointNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store_.AnswerOf<v1::JointNeed>(write));
  if (request.consent() != v1::JOINT_CONSENT_GIVEN && request.consent() != v1::JOINT_CONSENT_REFUSED) {
    return InvalidField("consent", "REQUIRED", "请答复同意公开（GIVEN）或不参加（REFUSED）");
  }
  DUIJIE_RETURN_IF_ERROR(Shown(call, request.name()).status());
  DUIJIE_ASSIGN_OR_RETURN(v1::JointNeed joint, table_.Get(request.name()));
  const auto member = std::find_if(joint.mutable_members()->begin(), joint.mutable_members()->end(),
                                   [&](const auto& m) { return m.need() == request.need(); });
  if (member == joint.mutable_members()->end() || !MayEditMember(call.principal(), *member)) {
    return NoSuchResource();
  }
  if (!answered) {
    if (joint.state() == v1::JOINT_NEED_STATE_CLOSED) return IllegalStep(joint.state(), joint.state());
    member->set_consent(request.consent());
    member->set_answered_by(call.principal().key_id());
    *member->mutable_answer_time() = TimestampOf(store_.Now());
    const bool too_small = CountEnterprises(joint) < static_cast<int>(kFewestEnterprises);
    if (too_small && joint.state() == v1::JOINT_NEED_STATE_OPEN) {
      joint.set_state(v1::JOINT_NEED_STATE_PROPOSED);
    }
    DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.Replace(joint, store_.Now())}).status());
  }
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_joint_need(), Shown(call, request.name()));
  return response;
}

StatusOr<v1::TransitionJointNeedResponse> JointNeeds::Transition(
    const rpc::CallContext& call, const v1::TransitionJointNeedRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "TransitionJointNeed", request);
  v1::TransitionJointNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store_.AnswerOf<v1::JointNeed>(write));
  DUIJIE_RETURN_IF_ERROR(Shown(call, request.name()).status());
  DUIJIE_ASSIGN_OR_RETURN(v1::JointNeed joint, table_.Get(request.name()));
  if (!MayManage(call.principal(), joint)) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "须由负责全部成员的工作人员办理");
  }
  if (!answered) {
    DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(joint, request.etag()));
    DUIJIE_RETURN_IF_ERROR(CheckStep(joint.state(), request.to()));
    if (request.to() == v1::JOINT_NEED_STATE_OPEN &&
        CountEnterprises(joint) < static_cast<int>(kFewestEnterprises)) {
      return TooFewEnterprises();
    }
    joint.set_state(request.to());
    DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.Replace(joint, store_.Now())}).status());
  }
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_joint_need(), Shown(call, request.name()));
  return response;
}

}  // namespace duijie::mining
