// SPDX-License-Identifier: GPL-3.0-or-later
// The days that one expert can still give, and how visits are spread over them. At most one visit a day and
// expert. Pure.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "services/mining/visits/visit_days.h"

namespace duijie::mining {

class ExpertCalendar {
 public:
  // `working_days` in order. `busy`: every day on which the expert has a visit already, also outside of the
  // period; they count towards the month. `per_month`: at most so many visits in a month, all together.
  ExpertCalendar(const std::vector<Day>& working_days, const std::set<Day>& busy, int per_month);

  // Visits that still fit.
  int capacity() const { return capacity_; }

  // Days for `visits` visits, in order: months are filled evenly, earlier ones first, and the days lie evenly
  // within a month. `visits` must not exceed capacity().
  std::vector<Day> Spread(int visits) const;

 private:
  struct Month {
    std::vector<Day> free;
    int load = 0;  // visits that are there already
    int room = 0;  // visits that still fit
  };
  std::map<int, Month> months_;  // by year * 12 + month
  int capacity_ = 0;
};

}  // namespace duijie::mining
