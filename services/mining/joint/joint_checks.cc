// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_checks.h"

#include <set>

#include "common/text/encoding.h"

namespace duijie::mining {
namespace {

constexpr size_t kShortText = 200;    // code points
constexpr size_t kLongText = 20'000;  // code points
constexpr int kMostCodes = 50;
constexpr size_t kMaxViolationsTold = 20;

}  // namespace

v1::JointNeed InputOf(const v1::JointNeed& joint) {
  v1::JointNeed input;
  input.set_title(joint.title());
  input.set_description(joint.description());
  *input.mutable_field_codes() = joint.field_codes();
  *input.mutable_industry_codes() = joint.industry_codes();
  for (const v1::JointNeedMember& member : joint.members()) input.add_members()->set_need(member.need());
  return input;
}

Status CheckInput(const v1::JointNeed& joint) {
  std::vector<FieldViolation> wrong;
  const auto check_text = [&](const std::string& field, const std::string& text, size_t most) {
    const size_t length = CountCodePoints(text);
    if (length == 0) wrong.push_back({"joint_need." + field, "REQUIRED", "必填"});
    if (length > most)
      wrong.push_back({"joint_need." + field, "TOO_LONG", "最多 " + std::to_string(most) + " 字"});
  };
  check_text("title", joint.title(), kShortText);
  check_text("description", joint.description(), kLongText);
  if (joint.field_codes_size() > kMostCodes || joint.industry_codes_size() > kMostCodes) {
    wrong.push_back({"joint_need.field_codes", "TOO_MANY", "领域、行业代码各最多 50 个"});
  }
  if (joint.members().empty() || joint.members_size() > kMostJointMembers) {
    wrong.push_back({"joint_need.members", "OUT_OF_RANGE", "成员须为 3 至 50 条需求"});
  }
  std::set<std::string> seen;
  for (int i = 0; i < joint.members_size() && wrong.size() < kMaxViolationsTold; ++i) {
    const std::string field = "joint_need.members[" + std::to_string(i) + "].need";
    const std::string& need = joint.members(i).need();
    if (!need.starts_with("needs/")) wrong.push_back({field, "BAD_NAME", "应为 needs/{id}"});
    if (!seen.insert(need).second) wrong.push_back({field, "DUPLICATE", "同一需求只能列一次"});
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

Status IllegalStep(v1::JointNeedState from, v1::JointNeedState to) {
  return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "共性需求的当前状态不允许这一步",
               {{"from", v1::JointNeedState_Name(from)}, {"to", v1::JointNeedState_Name(to)}});
}

Status CheckStep(v1::JointNeedState from, v1::JointNeedState to) {
  const bool opens = from == v1::JOINT_NEED_STATE_PROPOSED && to == v1::JOINT_NEED_STATE_OPEN;
  const bool closes = from != v1::JOINT_NEED_STATE_CLOSED && to == v1::JOINT_NEED_STATE_CLOSED;
  return opens || closes ? OkStatus() : IllegalStep(from, to);
}

}  // namespace duijie::mining
