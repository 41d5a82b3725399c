// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_view.h"

#include <algorithm>
#include <set>

#include "common/auth/visibility.h"
#include "services/mining/joint/common_problems.h"

namespace duijie::mining {

bool MayEditMember(const Principal& caller, const v1::JointNeedMember& member) {
  return MayEdit(caller, {v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_STAFF_ONLY, member.park_code(),
                          member.enterprise()});
}

bool MayManage(const Principal& caller, const v1::JointNeed& joint) {
  if (caller.role() != v1::ROLE_ADMIN && caller.role() != v1::ROLE_STAFF) return false;
  return std::all_of(joint.members().begin(), joint.members().end(),
                     [&](const auto& member) { return MayEditMember(caller, member); });
}

int CountEnterprises(const v1::JointNeed& joint, std::optional<v1::JointConsent> consent) {
  std::set<std::string> distinct;
  for (const v1::JointNeedMember& member : joint.members()) {
    if (member.consent() == v1::JOINT_CONSENT_REFUSED) continue;
    if (!consent || member.consent() == *consent) distinct.insert(member.credit_code());
  }
  return static_cast<int>(distinct.size());
}

std::optional<v1::JointNeed> ViewOf(const Principal& caller, const v1::JointNeed& joint) {
  v1::JointNeed view = joint;
  view.set_enterprise_count(CountEnterprises(joint));
  view.set_consented_count(CountEnterprises(joint, v1::JOINT_CONSENT_GIVEN));
  if (MayManage(caller, joint)) return view;
  const bool large = view.enterprise_count() >= static_cast<int>(kFewestEnterprises);
  const bool open = large && joint.state() == v1::JOINT_NEED_STATE_OPEN;
  bool own = false;
  view.clear_members();
  for (const v1::JointNeedMember& member : joint.members()) {
    const bool mine = MayEditMember(caller, member);
    own = own || (mine && caller.role() == v1::ROLE_ENTERPRISE);
    if (mine || (open && member.consent() == v1::JOINT_CONSENT_GIVEN)) *view.add_members() = member;
  }
  if (!open && !own) return std::nullopt;
  view.clear_creator();
  if (!large) {  // a count of one or two would tell a member who refused
    view.clear_enterprise_count();
    view.clear_consented_count();
  }
  for (v1::JointNeedMember& member : *view.mutable_members()) {
    if (MayEditMember(caller, member)) continue;
    member.clear_answered_by();
    member.clear_answer_time();
  }
  return view;
}

}  // namespace duijie::mining
