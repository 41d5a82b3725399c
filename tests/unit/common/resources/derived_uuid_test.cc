// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/derived_uuid.h"

#include <gmock/gmock.h>

#include "common/resources/request_memory.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

TEST(DerivedUuid, FollowsFromTheTextAlone) {
  EXPECT_EQ(DerivedUuid("push/1"), DerivedUuid("push/1"));
  EXPECT_NE(DerivedUuid("push/1"), DerivedUuid("push/2"));
}

// SHA-256 of the empty text begins e3b0c44298fc1c149afbf4c8996fb924.
TEST(DerivedUuid, IsVersionEightOfTheRfc) {
  EXPECT_EQ(DerivedUuid(""), "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
  EXPECT_TRUE(CheckRequestId(DerivedUuid("any")).ok());
}

}  // namespace
}  // namespace duijie
