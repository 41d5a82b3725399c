// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_schedule.h"

#include <algorithm>

namespace duijie::mining {
namespace {

constexpr int kMonths = 12;

int MonthKey(Day day) { return YearOf(day) * kMonths + MonthOf(day); }

}  // namespace

ExpertCalendar::ExpertCalendar(const std::vector<Day>& working_days, const std::set<Day>& busy,
                               int per_month) {
  for (const Day day : working_days) {
    if (!busy.contains(day)) months_[MonthKey(day)].free.push_back(day);
  }
  for (const Day day : busy) {
    if (const auto month = months_.find(MonthKey(day)); month != months_.end()) ++month->second.load;
  }
  for (auto& [key, month] : months_) {
    month.room = std::clamp(per_month - month.load, 0, static_cast<int>(month.free.size()));
    capacity_ += month.room;
  }
}

std::vector<Day> ExpertCalendar::Spread(int visits) const {
  std::map<int, int> shares;
  for (int i = 0; i < visits; ++i) {
    // The month with the fewest visits that has room, the earliest of equals.
    const Month* best = nullptr;
    int best_key = 0;
    for (const auto& [key, month] : months_) {
      const int taken = shares[key];
      if (taken == month.room) continue;
      if (best != nullptr && taken + month.load >= shares[best_key] + best->load) continue;
      best = &month;
      best_key = key;
    }
    if (best == nullptr) break;
    ++shares[best_key];
  }
  std::vector<Day> days;
  for (const auto& [key, month] : months_) {
    const auto count = static_cast<size_t>(shares[key]);
    for (size_t i = 0; i < count; ++i)
      days.push_back(month.free[(2 * i + 1) * month.free.size() / (2 * count)]);
  }
  return days;
}

}  // namespace duijie::mining
