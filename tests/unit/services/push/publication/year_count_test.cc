// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/year_count.h"

#include <gmock/gmock.h>

#include <iostream>
#include <random>
#include <set>

#include "common/resources/resource_table.h"
#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

// 2026-12-31T16:00:00Z is midnight in China.
constexpr UnixMicros kFirstOf2027 = 1'798'732'800 * kMicrosPerSecond;

v1::Publication At(const std::string& id, const std::string& achievement, UnixMicros time) {
  v1::Publication p;
  p.set_name("publications/" + id);
  p.set_achievement("achievements/" + achievement);
  p.set_owner_name("单位" + achievement.substr(0, 1));
  *p.mutable_publish_time() = TimestampOf(time);
  p.set_published_on(ChinaDay(time));
  return p;
}

int CountOf(const std::vector<v1::Publication>& publications, int year) {
  YearCount count(year);
  for (const v1::Publication& publication : publications) count.Add(publication);
  return count.Progress(100).achievements();
}

TEST(YearCountTest, TheYearTurnsAtMidnightInChina) {
  EXPECT_EQ(ChinaDay(kFirstOf2027 - 1), "2026-12-31");
  EXPECT_EQ(ChinaDay(kFirstOf2027), "2027-01-01");
  const std::vector<v1::Publication> publications = {At("1", "a", kFirstOf2027 - 1),
                                                     At("2", "b", kFirstOf2027)};
  EXPECT_EQ(CountOf(publications, 2026), 1);
  EXPECT_EQ(CountOf(publications, 2027), 1);
}

TEST(YearCountTest, PublishingAgainDoesNotCountAgainUnlessInAnotherYear) {
  const std::vector<v1::Publication> publications = {
      At("1", "a", kFirstOf2027 - 2), At("2", "a", kFirstOf2027 - 1), At("3", "a", kFirstOf2027)};
  EXPECT_EQ(CountOf(publications, 2026), 1);
  EXPECT_EQ(CountOf(publications, 2027), 1);
}

TEST(YearCountTest, AWithdrawnPublicationDoesNotCountAndALaterOneThenDoes) {
  v1::Publication mistaken = At("1", "a", kFirstOf2027);
  mistaken.set_withdrawn(true);
  EXPECT_EQ(CountOf({mistaken}, 2027), 0);
  YearCount count(2027);
  count.Add(mistaken);
  count.Add(At("2", "a", kFirstOf2027 + kMicrosPerSecond));
  ASSERT_EQ(count.Lines().size(), 1u);
  EXPECT_EQ(count.Lines()[0].first.name(), "publications/2");
}

TEST(YearCountTest, UnitsAreToldApartByCreditCodeAndElseByName) {
  YearCount count(2027);
  const auto add = [&](const std::string& id, const std::string& name, const std::string& code) {
    v1::Publication p = At(id, id, kFirstOf2027 + std::stoi(id));
    p.set_owner_name(name);
    p.set_owner_credit_code(code);
    count.Add(p);
  };
  add("1", "燕山大学", "X");
  add("2", "燕山大学（秦皇岛）", "X");
  add("3", "燕山大学", "");
  add("4", "某所", "");
  add("5", "", "");
  const auto progress = count.Progress(100);
  ASSERT_EQ(progress.units_size(), 3);
  EXPECT_EQ(progress.units(0).credit_code(), "X");
  EXPECT_EQ(progress.units(0).achievements(), 3);
}

// Against the definition: distinct pairs of achievement and calendar year of the local time, whose calendar
// is taken from the standard library's time zone arithmetic on whole days.
TEST(YearCountTest, CountsAreThoseOfTheDefinitionForAnyPublications) {
  const uint32_t seed = std::random_device{}();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::vector<v1::Publication> publications;
    std::set<std::pair<int, std::string>> expected;
    std::set<std::string> counted_names;
    const size_t size = random() % 60;
    for (size_t i = 0; i < size; ++i) {
      // Within three seconds of a new year in half of the cases, anywhere in three years else.
      const int64_t year_start = kFirstOf2027 + (random() % 2 == 0 ? 0 : 365LL * 86'400 * kMicrosPerSecond);
      const int64_t near = static_cast<int64_t>(random() % 7) - 3;
      const int64_t far = static_cast<int64_t>(random() % (3 * 365)) * 86'400 - 365LL * 86'400;
      const UnixMicros time = year_start + (random() % 2 == 0 ? near : far) * kMicrosPerSecond;
      const std::string achievement(1, static_cast<char>('a' + random() % 8));
      publications.push_back(At(std::to_string(i), achievement, time));
      publications.back().set_withdrawn(random() % 5 == 0);
      if (publications.back().withdrawn()) continue;
      const std::time_t local =
          static_cast<std::time_t>((time + 8LL * 3600 * kMicrosPerSecond) / kMicrosPerSecond);
      std::tm calendar{};
      gmtime_r(&local, &calendar);
      expected.emplace(calendar.tm_year + 1900, achievement);
    }
    std::vector<v1::Publication> shuffled = publications;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (int year = 2025; year <= 2031; ++year) {
      YearCount count(year);
      for (const v1::Publication& publication : shuffled) count.Add(publication);
      const auto progress = count.Progress(100);
      const auto wanted = std::count_if(expected.begin(), expected.end(),
                                        [&](const auto& entry) { return entry.first == year; });
      ASSERT_EQ(progress.achievements(), wanted) << "round " << round << " year " << year;
      int by_unit = 0, by_month = 0, publications_by_unit = 0;
      for (const auto& unit : progress.units()) {
        by_unit += unit.achievements();
        publications_by_unit += unit.publications();
      }
      for (const int month : progress.new_by_month()) by_month += month;
      ASSERT_EQ(by_unit, wanted);
      ASSERT_EQ(by_month, wanted);
      ASSERT_EQ(publications_by_unit, progress.publications());
      ASSERT_EQ(count.Lines().size(), static_cast<size_t>(wanted));
    }
  }
}

TEST(ChinaDayTest, DaysAreRealAndMonthsAreClamped) {
  EXPECT_TRUE(IsDay("2024-02-29"));
  for (const char* wrong :
       {"", "2026-02-29", "2026-13-01", "2026-1-01", "1899-12-31", "2026/01/01", "2026-01-0x"}) {
    EXPECT_FALSE(IsDay(wrong)) << wrong;
  }
  EXPECT_EQ(AddMonths("2026-01-31", 1), "2026-02-28");
  EXPECT_EQ(AddMonths("2024-02-29", 12), "2025-02-28");
  EXPECT_EQ(AddMonths("2026-11-22", 24), "2028-11-22");
}

}  // namespace
}  // namespace duijie::push
