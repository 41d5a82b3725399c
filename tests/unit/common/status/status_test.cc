// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/status/status.h"

#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::StatusIs;

TEST(StatusTest, AnErrorKeepsItsReason) {
  EXPECT_THAT(Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no such need"),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST(StatusTest, FieldViolationsTravelWithFieldRuleAndDescription) {
  const auto violations = ViolationsOf(InvalidField("need.title", "REQUIRED", "必填"));
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "need.title");
  EXPECT_EQ(violations[0].rule, "REQUIRED");
  EXPECT_EQ(violations[0].description, "必填");
}

TEST(StatusTest, AnnotatingKeepsReasonAndDetails) {
  const Status status =
      Annotate(WithRetryAfter(Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "full"), 1500), "import");
  EXPECT_EQ(MessageOf(status), "import: full");
  EXPECT_THAT(status, StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
  EXPECT_EQ(RetryAfterMsOf(status), 1500);
}

TEST(StatusTest, AnErrorKeepsItsMetadata) {
  const ErrorMetadata metadata = {{"column", "2"}, {"row", "7"}};
  EXPECT_EQ(MetadataOf(Error(StatusCode::kInvalidArgument, "BAD", "text", metadata)), metadata);
  EXPECT_TRUE(MetadataOf(absl::InternalError("x")).empty());
}

TEST(StatusTest, AStatusWithoutDetailsHasNoReason) { EXPECT_EQ(ReasonOf(absl::InternalError("x")), ""); }

}  // namespace
}  // namespace duijie
