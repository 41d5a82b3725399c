// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/need_access.h"

#include "common/auth/digest.h"
#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/text/encoding.h"

namespace duijie::mining {
namespace {

StatusOr<internal::v1::Record> ReadRecord(const Peers& peers, const rpc::CallContext& call,
                                          const std::string& name) {
  internal::v1::ReadRecordsRequest request;
  request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response, peers.read_records(call, request));
  if (response.records_size() != 1) return NoSuchResource();
  return std::move(*response.mutable_records(0));
}

}  // namespace

StatusOr<v1::Need> ReadNeed(const Peers& peers, const rpc::CallContext& call, const std::string& name) {
  if (!IdIn("needs", name)) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::Record record, ReadRecord(peers, call, name));
  if (!record.has_need()) return NoSuchResource();
  if (VisibilityOf(call.principal(), AccessOf(record.need())) != Visibility::kFull) return NoSuchResource();
  return std::move(*record.mutable_need());
}

StatusOr<v1::Need> ReadOwnNeed(const Peers& peers, const rpc::CallContext& call, const std::string& name) {
  DUIJIE_ASSIGN_OR_RETURN(v1::Need need, ReadNeed(peers, call, name));
  if (MayEdit(call.principal(), AccessOf(need))) return need;
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "无权修改这条需求");
}

StatusOr<v1::Enterprise> ReadEnterprise(const Peers& peers, const rpc::CallContext& call,
                                        const std::string& name) {
  if (!IdIn("enterprises", name)) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::Record record, ReadRecord(peers, call, name));
  if (!record.has_enterprise()) return NoSuchResource();
  const v1::Enterprise& enterprise = record.enterprise();
  if (!SeesStaffMatter(call.principal(), enterprise.park_code(), name)) return NoSuchResource();
  return enterprise;
}

bool SeesStaffMatter(const Principal& caller, const std::string& park_code, const std::string& enterprise) {
  return VisibilityOf(caller, {v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_STAFF_ONLY, park_code,
                               enterprise}) == Visibility::kFull;
}

void CheckNoteText(std::string_view text, bool required, size_t most, const std::string& field,
                   std::vector<FieldViolation>* wrong) {
  if (required && text.empty()) wrong->push_back({field, "REQUIRED", "必填"});
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7f) || c == '\n' || c == '\t' || c == '\r') continue;
    wrong->push_back({field, "CONTROL_CHARACTER", "含有控制字符"});
    break;
  }
  const size_t length = CountCodePoints(text);
  if (length <= most) return;
  wrong->push_back({field, "TOO_LONG",
                    "最多 " + std::to_string(most) + " 个字符，现有 " + std::to_string(length) + " 个"});
}

Status IllegalStep(std::string_view from, std::string_view to) {
  return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "没有这一步",
               {{"from", std::string(from)}, {"to", std::string(to)}});
}

}  // namespace duijie::mining
