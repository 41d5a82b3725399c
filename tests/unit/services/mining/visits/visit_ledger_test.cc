// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_ledger.h"

#include <iostream>
#include <random>
#include <set>

#include "services/mining/visits/visit_schedule.h"
#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

using mining::LedgerOf;
using mining::ParseVisitDay;

v1::Visit Of(int enterprise, const std::string& date, v1::VisitState state = v1::VISIT_STATE_SIGNED) {
  static int next = 0;
  v1::Visit visit;
  visit.set_name("visits/" + std::to_string(1000 + next++));
  visit.set_enterprise("enterprises/" + std::to_string(enterprise));
  visit.set_credit_code(CreditCode(enterprise));
  visit.set_date(date);
  visit.set_state(state);
  return visit;
}

TEST(VisitLedgerTest, AYearEndsAfterItsLastDay) {
  const std::vector<v1::Visit> visits = {Of(1, "2025-12-31"), Of(2, "2026-01-01"), Of(3, "2026-12-31"),
                                         Of(4, "2027-01-01")};
  EXPECT_EQ(LedgerOf(2025, 100, visits).enterprises(), 1);
  EXPECT_EQ(LedgerOf(2026, 100, visits).enterprises(), 2);
  EXPECT_EQ(LedgerOf(2027, 100, visits).enterprises(), 1);
}

TEST(VisitLedgerTest, OneEnterpriseCountsOnceAYearByCreditCode) {
  std::vector<v1::Visit> visits = {Of(1, "2026-03-01"), Of(1, "2026-02-01"), Of(1, "2027-02-01"),
                                   Of(2, "2026-04-01")};
  visits[0].set_enterprise("enterprises/renamed");
  const v1::VisitLedger ledger = LedgerOf(2026, 100, visits);
  EXPECT_EQ(ledger.enterprises(), 2);
  EXPECT_EQ(ledger.signed_visits(), 3);
  ASSERT_EQ(ledger.entries_size(), 3);
  EXPECT_TRUE(ledger.entries(0).counted());
  EXPECT_EQ(ledger.entries(0).date(), "2026-02-01");
  EXPECT_EQ(ledger.entries(1).not_counted_because(), "本年已计数");
  EXPECT_EQ(ledger.entries(2).number(), 2);
}

TEST(VisitLedgerTest, OnlySignedVisitsCount) {
  v1::Visit without_code = Of(6, "2026-05-06");
  without_code.clear_credit_code();
  const v1::VisitLedger ledger =
      LedgerOf(2026, 100,
               {Of(1, "2026-05-01", v1::VISIT_STATE_PLANNED), Of(2, "2026-05-02", v1::VISIT_STATE_AGREED),
                Of(3, "2026-05-03", v1::VISIT_STATE_HELD), Of(4, "2026-05-04", v1::VISIT_STATE_CANCELLED),
                without_code});
  EXPECT_EQ(ledger.enterprises(), 0);
  EXPECT_EQ(ledger.entries_size(), 4) << "cancelled ones are not listed";
  for (const auto& entry : ledger.entries()) EXPECT_FALSE(entry.not_counted_because().empty());
}

TEST(VisitLedgerTest, RandomYearsCountEachSignedCreditCodeOnce) {
  const unsigned seed = 99;
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int round = 0; round < 100; ++round) {
    std::vector<v1::Visit> visits;
    std::map<int, std::set<std::string>> expected;
    for (int i = 0; i < 60; ++i) {
      const auto day = *ParseVisitDay("2025-12-20") + std::chrono::days(random() % 400);
      const auto state = static_cast<v1::VisitState>(1 + random() % 5);
      visits.push_back(Of(static_cast<int>(random() % 20), FormatDay(day), state));
      if (state == v1::VISIT_STATE_SIGNED) expected[mining::YearOf(day)].insert(visits.back().credit_code());
    }
    for (int year = 2025; year <= 2027; ++year) {
      const v1::VisitLedger ledger = LedgerOf(year, 100, visits);
      EXPECT_EQ(ledger.enterprises(), static_cast<int>(expected[year].size())) << "round " << round;
      std::set<int> numbers;
      for (const auto& entry : ledger.entries()) {
        if (entry.counted()) numbers.insert(entry.number());
      }
      EXPECT_EQ(static_cast<int>(numbers.size()), ledger.enterprises());
    }
  }
}

TEST(VisitDaysTest, OnlyRealDaysInOneFormAreDays) {
  EXPECT_TRUE(ParseVisitDay("2028-02-29"));
  for (const char* wrong :
       {"", "2026-02-29", "2026-13-01", "2026-1-05", "2026/01/05", "1999-12-31", "2026-01-05 "}) {
    EXPECT_FALSE(ParseVisitDay(wrong)) << wrong;
  }
}

TEST(VisitDaysTest, WorkingDaysLeaveOutWeekendsAndDaysOff) {
  v1::VisitDemands demands;
  demands.set_starts_on("2026-02-13");  // a Friday
  demands.set_ends_on("2026-02-17");
  demands.add_days_off("2026-02-16");
  demands.add_extra_days("2026-02-14");
  std::vector<std::string> days;
  for (const auto day : mining::WorkingDays(demands, 2026, *ParseVisitDay("2026-01-01")))
    days.push_back(FormatDay(day));
  EXPECT_EQ(days, (std::vector<std::string>{"2026-02-13", "2026-02-14", "2026-02-17"}));
  EXPECT_EQ(mining::WorkingDays(demands, 2026, *ParseVisitDay("2026-02-15")).size(), 1u);
}

TEST(VisitScheduleTest, MonthsFillEvenlyAndBusyDaysCount) {
  v1::VisitDemands demands;
  demands.set_starts_on("2026-03-01");
  demands.set_ends_on("2026-05-31");
  const auto days = mining::WorkingDays(demands, 2026, *ParseVisitDay("2026-01-01"));
  const std::set<Day> busy = {*ParseVisitDay("2026-03-02"), *ParseVisitDay("2026-03-03")};
  const mining::ExpertCalendar calendar(days, busy, 3);
  EXPECT_EQ(calendar.capacity(), 7);
  std::map<int, int> months;
  std::set<Day> seen;
  for (const Day day : calendar.Spread(5)) {
    ++months[mining::MonthOf(day)];
    EXPECT_TRUE(seen.insert(day).second);
    EXPECT_FALSE(busy.contains(day));
  }
  EXPECT_EQ(months, (std::map<int, int>{{3, 1}, {4, 2}, {5, 2}}));
  EXPECT_EQ(calendar.Spread(7).size(), 7u);
}

}  // namespace
}  // namespace duijie::testing
