// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/state_machine.h"

#include <set>
#include <utility>

#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

using testing::IsOk;
using testing::StatusIs;

const std::set<std::pair<v1::RecordState, v1::RecordState>> kLegal = {
    {v1::RECORD_STATE_DRAFT, v1::RECORD_STATE_SUBMITTED},
    {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_RETURNED},
    {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_PUBLISHED},
    {v1::RECORD_STATE_RETURNED, v1::RECORD_STATE_SUBMITTED},
    {v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_WITHDRAWN},
    {v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_EXPIRED},
    {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_WITHDRAWN},
    {v1::RECORD_STATE_WITHDRAWN, v1::RECORD_STATE_SUBMITTED},
    {v1::RECORD_STATE_EXPIRED, v1::RECORD_STATE_SUBMITTED},
    {v1::RECORD_STATE_DRAFT, v1::RECORD_STATE_CLOSED},
    {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_CLOSED},
    {v1::RECORD_STATE_RETURNED, v1::RECORD_STATE_CLOSED},
    {v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_CLOSED},
    {v1::RECORD_STATE_WITHDRAWN, v1::RECORD_STATE_CLOSED},
    {v1::RECORD_STATE_EXPIRED, v1::RECORD_STATE_CLOSED},
};

TEST(StateMachineTest, ExactlyTheDocumentedStepsAreLegal) {
  for (int from = 1; from <= v1::RecordState_MAX; ++from) {
    for (int to = 1; to <= v1::RecordState_MAX; ++to) {
      const auto f = static_cast<v1::RecordState>(from);
      const auto t = static_cast<v1::RecordState>(to);
      const Status status = CheckStep(f, t, "理由");
      if (kLegal.count({f, t}) > 0) {
        EXPECT_THAT(status, IsOk()) << from << " to " << to;
      } else {
        EXPECT_THAT(status, StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"))
            << from << " to " << to;
        EXPECT_EQ(MetadataOf(status)["from"], v1::RecordState_Name(f));
        EXPECT_EQ(MetadataOf(status)["to"], v1::RecordState_Name(t));
      }
    }
  }
}

TEST(StateMachineTest, ReturningWithdrawingAndClosingNeedAReason) {
  EXPECT_THAT(CheckStep(v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_RETURNED, ""),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(CheckStep(v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_WITHDRAWN, ""),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(CheckStep(v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_CLOSED, ""),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(CheckStep(v1::RECORD_STATE_DRAFT, v1::RECORD_STATE_SUBMITTED, ""), IsOk());
}

TEST(StateMachineTest, KeepsTheLatestHundredSteps) {
  AnyRecord record = SomeAchievement();
  for (int i = 0; i < 105; ++i) TakeStep(&record, v1::RECORD_STATE_SUBMITTED, std::to_string(i), "me", i);
  const auto& achievement = std::get<v1::Achievement>(record);
  ASSERT_EQ(achievement.state_changes_size(), 100);
  EXPECT_EQ(achievement.state_changes(0).reason(), "5");
  EXPECT_EQ(achievement.state_changes(99).reason(), "104");
}

TEST(StateMachineTest, ExpiresOnTheDayAfterTheLastDayOfValidity) {
  v1::Achievement achievement = SomeAchievement();
  achievement.set_state(v1::RECORD_STATE_PUBLISHED);
  achievement.set_valid_until("2023-11-15");
  EXPECT_FALSE(HasExpired(achievement, "2023-11-15"));
  EXPECT_TRUE(HasExpired(achievement, "2023-11-16"));
  achievement.set_state(v1::RECORD_STATE_DRAFT);
  EXPECT_FALSE(HasExpired(achievement, "2023-11-16"));
}

TEST(ChinaDateTest, TheDayChangesAtFourInTheAfternoonUtc) {
  constexpr UnixMicros kMidnightUtc = 1'700'006'400'000'000;  // 2023-11-15T00:00:00Z
  constexpr UnixMicros kHour = 3'600'000'000;
  EXPECT_EQ(DateInChina(kMidnightUtc + 16 * kHour - 1), "2023-11-15");
  EXPECT_EQ(DateInChina(kMidnightUtc + 16 * kHour), "2023-11-16");
}

TEST(ChinaDateTest, ReadsTheUsualForms) {
  for (const char* text :
       {"2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "2026-01-05 00:00:00"}) {
    EXPECT_EQ(ParseDate(text), "2026-01-05") << text;
  }
  for (const char* text :
       {"2026-13-05", "2026-02-30", "5.1.2026", "明天", "2026-1", "2026-01-05x", "2026-01-05 12:00:00"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

TEST(ChinaDateTest, TimesRoundTrip) {
  for (const UnixMicros time :
       {UnixMicros{0}, UnixMicros{1'700'000'000'000'000}, UnixMicros{1'700'000'000'000'123}}) {
    EXPECT_EQ(ParseTime(FormatTime(time)), time);
  }
  EXPECT_EQ(ParseTime("2023-11-15T00:00:00Z"), 1'700'006'400'000'000);
  EXPECT_EQ(ParseTime("2023-11-15T08:00:00+08:00"), 1'700'006'400'000'000);
}

}  // namespace
}  // namespace duijie::catalog
