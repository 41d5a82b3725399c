// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_rules.h"

namespace duijie::push {
namespace {

constexpr UnixMicros kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr UnixMicros kChinaOffset = 8 * 3'600 * kMicrosPerSecond;  // UTC+8, no summer time
constexpr int64_t kDaysPerWeek = 7;
constexpr int64_t kWeekdayOfDayZero = 4;  // 1970-01-01 was a Thursday; Monday is 1

// Days since 1970-01-01 in China.
int64_t DayInChina(UnixMicros time) { return (time + kChinaOffset) / kMicrosPerDay; }

int64_t WeekdayOf(int64_t day) { return (day + kWeekdayOfDayZero - 1) % kDaysPerWeek + 1; }

void CheckRange(int value, int least, int most, const std::string& field,
                std::vector<FieldViolation>* wrong) {
  if (value >= least && value <= most) return;
  wrong->push_back(
      {field, "OUT_OF_RANGE", "应在 " + std::to_string(least) + " 至 " + std::to_string(most) + " 之间"});
}

}  // namespace

v1::PushRules DefaultRules() {
  v1::PushRules rules;
  rules.set_pair_interval_days(180);
  rules.set_cap_pushes(5);
  rules.set_cap_days(30);
  rules.set_need_consent_required(true);
  rules.set_digest_minute(9 * 60);
  rules.set_digest_weekday(1);
  rules.set_default_cadence(v1::PUSH_CADENCE_AT_ONCE);
  return rules;
}

void CheckRules(const v1::PushRules& rules, const std::string& prefix, std::vector<FieldViolation>* wrong) {
  CheckRange(rules.pair_interval_days(), 1, kMaxPairIntervalDays, prefix + "pair_interval_days", wrong);
  CheckRange(rules.cap_pushes(), 1, kMaxCapPushes, prefix + "cap_pushes", wrong);
  CheckRange(rules.cap_days(), 1, kMaxCapDays, prefix + "cap_days", wrong);
  CheckRange(rules.digest_minute(), 0, kMinutesPerDay - 1, prefix + "digest_minute", wrong);
  CheckRange(rules.digest_weekday(), 1, static_cast<int>(kDaysPerWeek), prefix + "digest_weekday", wrong);
  const bool known = v1::PushCadence_IsValid(rules.default_cadence()) &&
                     rules.default_cadence() != v1::PUSH_CADENCE_UNSPECIFIED;
  if (!known) wrong->push_back({prefix + "default_cadence", "UNKNOWN_VALUE", "未知的取值"});
}

v1::PushCadence CadenceOf(const v1::PushRules& rules, v1::PushCadence chosen) {
  return chosen == v1::PUSH_CADENCE_UNSPECIFIED ? rules.default_cadence() : chosen;
}

UnixMicros DueTime(const v1::PushRules& rules, v1::PushCadence cadence, UnixMicros now) {
  if (cadence != v1::PUSH_CADENCE_DAILY && cadence != v1::PUSH_CADENCE_WEEKLY) return now;
  int64_t day = DayInChina(now);
  const auto digest_of = [&rules](int64_t of_day) {
    return of_day * kMicrosPerDay + rules.digest_minute() * kMicrosPerMinute - kChinaOffset;
  };
  if (digest_of(day) <= now) ++day;
  if (cadence == v1::PUSH_CADENCE_WEEKLY) {
    day += (rules.digest_weekday() - WeekdayOf(day) + kDaysPerWeek) % kDaysPerWeek;
  }
  return digest_of(day);
}

bool IsWithinPairInterval(const v1::PushRules& rules, UnixMicros then, UnixMicros now) {
  return then + rules.pair_interval_days() * kMicrosPerDay > now;
}

bool IsWithinCapWindow(const v1::PushRules& rules, UnixMicros then, UnixMicros now) {
  return then + rules.cap_days() * kMicrosPerDay > now;
}

}  // namespace duijie::push
