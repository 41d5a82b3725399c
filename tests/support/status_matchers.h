// SPDX-License-Identifier: GPL-3.0-or-later
// EXPECT_THAT(F(), IsOk()); EXPECT_THAT(F(), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
// ASSERT_OK_AND_ASSIGN(auto x, F());
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/status.h"

namespace duijie::testing {

inline const Status& StatusOf(const Status& status) { return status; }
template <typename T>
const Status& StatusOf(const StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P(StatusIs, code, "has status code " + ::testing::PrintToString(static_cast<int>(code))) {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

MATCHER_P2(StatusIs, code, reason, std::string("has reason ") + reason) {
  *result_listener << StatusOf(arg).ToString() << " reason " << ReasonOf(StatusOf(arg));
  return StatusOf(arg).code() == code && ReasonOf(StatusOf(arg)) == reason;
}

}  // namespace duijie::testing

#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_(DUIJIE_CONCAT_(duijie_result_, __LINE__), lhs, expr)
#define ASSERT_OK_AND_ASSIGN_(tmp, lhs, expr)       \
  auto tmp = (expr);                                \
  ASSERT_TRUE(tmp.ok()) << tmp.status().ToString(); \
  lhs = *std::move(tmp)
