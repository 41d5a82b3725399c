// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_records.h"

#include <set>

#include "common/resources/record_access.h"
#include "services/push/delivery/push_access.h"

namespace duijie::push {
namespace {

constexpr size_t kRecordsPerRead = 500;  // ReadRecords takes 2,000; records may be large

Status WrongState(const char* message) {
  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", message);
}

bool IsGone(v1::RecordState state) {
  return state == v1::RECORD_STATE_WITHDRAWN || state == v1::RECORD_STATE_EXPIRED ||
         state == v1::RECORD_STATE_CLOSED;
}

}  // namespace

Status PushRecords::ReadNames(const Peers& peers, const rpc::CallContext& call,
                              const std::vector<std::string>& names) {
  const std::set<std::string> distinct(names.begin(), names.end());
  for (auto next = distinct.begin(); next != distinct.end();) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    internal::v1::ReadRecordsRequest request;
    request.set_at_revision(revision_);
    for (size_t i = 0; i < kRecordsPerRead && next != distinct.end(); ++i, ++next) request.add_names(*next);
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse read, peers.read_records(call, request));
    if (revision_ == 0) revision_ = read.revision();
    for (int i = 0; i < std::min(request.names_size(), read.records_size()); ++i) {
      records_[request.names(i)] = std::move(*read.mutable_records(i));
    }
  }
  return OkStatus();
}

StatusOr<PushRecords> PushRecords::Read(const Peers& peers, const rpc::CallContext& call,
                                        const std::vector<v1::Push>& pushes) {
  std::vector<std::string> names;
  for (const v1::Push& push : pushes) {
    names.push_back(push.enterprise());
    names.push_back(push.achievement());
    if (!push.need().empty()) names.push_back(push.need());
  }
  PushRecords records;
  DUIJIE_RETURN_IF_ERROR(records.ReadNames(peers, call, names));
  return records;
}

StatusOr<PushRecords> PushRecords::ReadAchievements(const Peers& peers, const rpc::CallContext& call,
                                                    const std::vector<v1::Push>& pushes) {
  std::vector<std::string> names;
  for (const v1::Push& push : pushes) names.push_back(push.achievement());
  PushRecords records;
  DUIJIE_RETURN_IF_ERROR(records.ReadNames(peers, call, names));
  return records;
}

CitedRecords PushRecords::Of(const v1::Push& push) const {
  CitedRecords cited;
  const auto find = [this](const std::string& name) -> const internal::v1::Record* {
    const auto found = records_.find(name);
    return found == records_.end() ? nullptr : &found->second;
  };
  const internal::v1::Record* enterprise = find(push.enterprise());
  if (enterprise != nullptr && enterprise->has_enterprise()) cited.enterprise = &enterprise->enterprise();
  const internal::v1::Record* need = push.need().empty() ? nullptr : find(push.need());
  if (need != nullptr && need->has_need()) cited.need = &need->need();
  const internal::v1::Record* achievement = find(push.achievement());
  if (achievement != nullptr && achievement->has_achievement()) {
    cited.achievement = &achievement->achievement();
  }
  return cited;
}

Status CheckAllowed(const v1::PushRules& rules, const v1::Push& push, const CitedRecords& records) {
  if (records.enterprise->push_opt_out()) {
    return Error(StatusCode::kFailedPrecondition, "NO_CONSENT", "企业已退订推送");
  }
  if (IsGone(records.enterprise->state())) return WrongState("企业已撤回、过期或关闭");
  if (records.need != nullptr) {
    if (records.need->state() != v1::RECORD_STATE_PUBLISHED) return WrongState("需求不是已发布状态");
    if (rules.need_consent_required() && !records.need->consents().push()) {
      return Error(StatusCode::kFailedPrecondition, "NO_CONSENT", "企业没有同意就这条需求定向推送");
    }
  }
  if (records.achievement->state() != v1::RECORD_STATE_PUBLISHED) return WrongState("成果不是已发布状态");
  const Principal reader = EnterprisePrincipal(push.enterprise());
  if (VisibilityOf(reader, AccessOf(*records.achievement)) == Visibility::kNone) {
    return WrongState("成果没有对企业公开");
  }
  return OkStatus();
}

}  // namespace duijie::push
