// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/error_output.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "duijie/v1/errors.pb.h"
#include "services/duijie/client.h"
#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

TEST(ErrorOutputTest, NamesFieldsAndRulesInChinese) {
  const Status status =
      InvalidFields({{"title", "TOO_SHORT", "名称至少 2 个字"}, {"tier", "UNKNOWN", "级别未知\x1b[2J"}});
  EXPECT_EQ(ErrorText(status),
            "错误：有字段不符合要求（INVALID_FIELD）\n"
            "  字段 title：名称至少 2 个字（TOO_SHORT）\n"
            "  字段 tier：级别未知\uFFFD[2J（UNKNOWN）\n");
}

TEST(ErrorOutputTest, EnglishMessagesAreLeftOutWhereTheReasonSaysAll) {
  const auto text = [](std::string_view reason, std::string_view message) {
    return ErrorText(Error(StatusCode::kPermissionDenied, reason, std::string(message)));
  };
  EXPECT_EQ(text("FORBIDDEN", "this role may not"), "错误：没有权限（FORBIDDEN）\n");
  EXPECT_EQ(text("FORBIDDEN", "不是本单位的记录"), "错误：没有权限（FORBIDDEN）\n  说明：不是本单位的记录\n");
  EXPECT_EQ(text("NEW_REASON", "told nowhere else"),
            "错误：PERMISSION_DENIED（NEW_REASON）\n  说明：told nowhere else\n");
}

TEST(ErrorOutputTest, EveryReasonOfTheApiHasChineseWords) {
  const auto& reasons = *v1::ErrorReason_descriptor();
  const std::string prefix = "ERROR_REASON_";
  for (int i = 1; i < reasons.value_count(); ++i) {
    const std::string reason = reasons.value(i)->name().substr(prefix.size());
    const std::string text = ErrorText(Error(StatusCode::kInternal, reason, "m"));
    EXPECT_NE(text.find("（" + reason + "）"), std::string::npos) << text;
    EXPECT_EQ(text.find("错误：INTERNAL（"), std::string::npos) << text;
  }
}

TEST(ErrorOutputTest, JsonHoldsTheSame) {
  const auto json = nlohmann::json::parse(ErrorJson(InvalidField("title", "TOO_SHORT", "太短")));
  EXPECT_EQ(json["error"]["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(json["error"]["reason"], "INVALID_FIELD");
  EXPECT_EQ(json["error"]["field_violations"][0]["field"], "title");
}

TEST(ErrorOutputTest, ExitCodesAreThoseOfTheManual) {
  const auto code = [](StatusCode status) { return static_cast<int>(ExitCodeOf(Error(status, "X", "m"))); };
  EXPECT_EQ(static_cast<int>(ExitCodeOf(OkStatus())), 0);
  EXPECT_EQ(code(StatusCode::kInvalidArgument), 1);
  EXPECT_EQ(code(StatusCode::kInternal), 1);
  EXPECT_EQ(static_cast<int>(ExitCodeOf(UsageError("m"))), 2);
  EXPECT_EQ(code(StatusCode::kNotFound), 4);
  EXPECT_EQ(code(StatusCode::kPermissionDenied), 5);
  EXPECT_EQ(code(StatusCode::kUnauthenticated), 5);
  EXPECT_EQ(code(StatusCode::kUnavailable), 6);
  EXPECT_EQ(code(StatusCode::kDeadlineExceeded), 6);
  EXPECT_EQ(code(StatusCode::kAborted), 7);
  EXPECT_EQ(static_cast<int>(ExitCodeOf(LocalError("m"))), 1);
}

TEST(ClientTest, BackoffDoublesHonoursTheServerAndIsBounded) {
  const Status plain = Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "m");
  EXPECT_EQ(BackoffBefore(1, plain).count(), 200);
  EXPECT_EQ(BackoffBefore(3, plain).count(), 800);
  EXPECT_EQ(BackoffBefore(1, WithRetryAfter(plain, 1500)).count(), 1500);
  EXPECT_EQ(BackoffBefore(1, WithRetryAfter(plain, 3'600'000)).count(), 5000);
}

TEST(ClientTest, UuidsAreVersionFourAndDiffer) {
  const std::string uuid = NewUuid();
  ASSERT_EQ(uuid.size(), 36u) << uuid;
  EXPECT_EQ(uuid[14], '4') << uuid;
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
  EXPECT_NE(uuid, NewUuid());
}

}  // namespace
}  // namespace duijie
