// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_events.h"

#include <google/protobuf/util/message_differencer.h>

namespace duijie::push {
namespace {

using google::protobuf::util::MessageDifferencer;
using internal::v1::Record;

v1::Achievement MaterialOf(const v1::Achievement& achievement) {
  v1::Achievement material;
  material.set_title(achievement.title());
  material.set_summary(achievement.summary());
  material.set_problem_solved(achievement.problem_solved());
  material.set_advantage(achievement.advantage());
  *material.mutable_indicators() = achievement.indicators();
  *material.mutable_keywords() = achievement.keywords();
  return material;
}

v1::Need MaterialOf(const v1::Need& need) {
  v1::Need material;
  material.set_title(need.title());
  material.set_description(need.description());
  material.set_current_practice(need.current_practice());
  *material.mutable_targets() = need.targets();
  if (need.has_import_substitution()) {
    *material.mutable_import_substitution() = need.import_substitution();
  }
  *material.mutable_keywords() = need.keywords();
  material.mutable_consents()->set_push(need.consents().push());
  return material;
}

template <typename Message>
bool IsEvent(bool was, const Message& before, const Message& now) {
  if (now.state() != v1::RECORD_STATE_PUBLISHED) return false;
  if (!was || before.state() != v1::RECORD_STATE_PUBLISHED) return true;
  return !MessageDifferencer::Equals(MaterialOf(before), MaterialOf(now));
}

}  // namespace

bool IsStandingEvent(const Record& before, const Record& now) {
  if (now.has_achievement()) {
    return IsEvent(before.has_achievement(), before.achievement(), now.achievement());
  }
  return now.has_need() && IsEvent(before.has_need(), before.need(), now.need());
}

}  // namespace duijie::push
