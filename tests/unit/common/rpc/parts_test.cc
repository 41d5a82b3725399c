// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/call_slots.h"
#include "common/rpc/edge.h"
#include "common/rpc/metadata.h"
#include "common/rpc/remote_keys.h"
#include "tests/support/status_matchers.h"

namespace duijie::rpc {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;

TEST(GrpcStatusTest, EveryCodeSurvivesTheTrip) {
  for (int code = 1; code <= 16; ++code) {
    const auto sent = static_cast<StatusCode>(code);
    const Status back = FromGrpc(ToGrpc(Error(sent, "SOME_REASON", "text")));
    const bool ours = sent == StatusCode::kInternal || sent == StatusCode::kUnknown;
    EXPECT_THAT(back, StatusIs(ours ? StatusCode::kInternal : sent, ours ? "INTERNAL" : "SOME_REASON"));
  }
  EXPECT_THAT(FromGrpc(ToGrpc(OkStatus())), IsOk());
}

TEST(GrpcStatusTest, ErrorsOfTheTransportGetAReason) {
  EXPECT_THAT(FromGrpc({grpc::StatusCode::UNAVAILABLE, "connection refused"}),
              StatusIs(StatusCode::kUnavailable, "PEER_UNAVAILABLE"));
  EXPECT_THAT(FromGrpc({grpc::StatusCode::DEADLINE_EXCEEDED, ""}),
              StatusIs(StatusCode::kDeadlineExceeded, "CALLER_GONE"));
  EXPECT_THAT(FromGrpc({grpc::StatusCode::RESOURCE_EXHAUSTED, "message larger than max"}),
              StatusIs(StatusCode::kResourceExhausted, "TOO_LARGE"));
  EXPECT_THAT(FromGrpc({grpc::StatusCode::ABORTED, "x", "\xff not a status"}),
              StatusIs(StatusCode::kAborted, "INTERNAL"));
}

TEST(GrpcStatusTest, LongMessagesAreCutBetweenCharacters) {
  std::string message;
  while (message.size() < 4000) message += "错";
  const grpc::Status sent = ToGrpc(Error(StatusCode::kAborted, "R", message));
  EXPECT_LE(sent.error_message().size(), 516u);
  EXPECT_EQ(sent.error_message().substr(0, 510), message.substr(0, 510));
  EXPECT_EQ(sent.error_message().substr(510), "…");
}

TEST(CallSlotsTest, LongCallsGetHalfAndQuickOnesTheRest) {
  CallSlots slots(4);
  auto a = slots.Take(CallLength::kLong);
  auto b = slots.Take(CallLength::kLong);
  EXPECT_TRUE(a);
  EXPECT_TRUE(b);
  EXPECT_FALSE(slots.Take(CallLength::kLong));
  auto c = slots.Take(CallLength::kQuick);
  auto d = slots.Take(CallLength::kQuick);
  EXPECT_TRUE(c);
  EXPECT_TRUE(d);
  EXPECT_FALSE(slots.Take(CallLength::kQuick));
}

TEST(CallSlotsTest, ASlotComesBackOnceWhenItsHolderGoes) {
  CallSlots slots(1);
  for (int round = 0; round < 3; ++round) {
    auto held = slots.Take(CallLength::kLong);
    EXPECT_TRUE(held);
    auto moved = std::move(held);
    EXPECT_FALSE(slots.Take(CallLength::kQuick));
  }
  EXPECT_TRUE(slots.Take(CallLength::kQuick));
}

TEST(RequestIdTest, OnlyHarmlessTextIsTakenOver) {
  EXPECT_TRUE(IsRequestId("0f8fad5b-d9cb-469f-a165-70867728950e"));
  for (const std::string& bad :
       {std::string(), std::string("a_b"), std::string("a\nb"), std::string("需"), std::string(65, 'a')}) {
    EXPECT_FALSE(IsRequestId(bad)) << bad;
  }
  EXPECT_TRUE(IsRequestId(NewRequestId()));
  EXPECT_NE(NewRequestId(), NewRequestId());
}

TEST(PrincipalCacheTest, RemembersForTwoSecondsOnly) {
  FakeClock clock;
  PrincipalCache cache(clock);
  EXPECT_EQ(cache.Find("h"), std::nullopt);
  cache.Put("h", SystemPrincipal());
  clock.Advance(std::chrono::milliseconds(1999));
  EXPECT_NE(cache.Find("h"), std::nullopt);
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(cache.Find("h"), std::nullopt);
}

TEST(PrincipalCacheTest, IsBoundedAndReplacesEntries) {
  FakeClock clock;
  PrincipalCache cache(clock);
  for (size_t i = 0; i <= PrincipalCache::kMaxEntries; ++i) cache.Put(std::to_string(i), SystemPrincipal());
  EXPECT_EQ(cache.Find("0"), std::nullopt);
  EXPECT_NE(cache.Find("1"), std::nullopt);
  Principal other;
  other.set_key_id("other");
  cache.Put("1", other);
  EXPECT_EQ(cache.Find("1")->key_id(), "other");
  EXPECT_NE(cache.Find("2"), std::nullopt);
}

}  // namespace
}  // namespace duijie::rpc
