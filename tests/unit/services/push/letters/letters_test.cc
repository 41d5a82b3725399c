// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/letters/letters.h"

#include <gmock/gmock.h>

#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class LettersTest : public PushFixture {
 protected:
  LettersTest() {
    AddEnterprise("a");
    AddNeed("n", "a");
    AddAchievement("x");
    AddAchievement("y").set_title("<b>镀锌</b>");
  }

  std::string Push(const std::string& achievement, const std::string& need = "") {
    return pushes_->Create(Admin(), {Asked("a", achievement, need)}).value()[0].push.name();
  }

  StatusOr<v1::ExportPushLetterResponse> Export(const rpc::CallContext& call,
                                                v1::LetterFormat format = v1::LETTER_FORMAT_HTML) const {
    v1::ExportPushLetterRequest request;
    request.set_enterprise("enterprises/a");
    request.set_format(format);
    request.set_sender("衡水市科学技术局");
    return Letters(*store_, peers_, *desk_).Export(call, request);
  }
};

TEST_F(LettersTest, NamesEachAchievementWithItsReasons) {
  const std::string first = Push("x", "n");
  clock_.Advance(std::chrono::seconds(1));
  const std::string second = Push("y");
  const auto letter = Export(Admin());
  ASSERT_THAT(letter, IsOk());
  EXPECT_THAT(letter->pushes(), ElementsAre(second, first));
  for (const char* text : {"企业a：", "金属网在线检测装备", "“漏检率高”", "对应需求：断丝自动检测",
                           "衡水市科学技术局", "2026 年 11 月 2 日", "&lt;b&gt;镀锌&lt;/b&gt;"}) {
    EXPECT_THAT(letter->content(), HasSubstr(text));
  }
}

TEST_F(LettersTest, WhatTheEnterpriseMayNotSeeIsLeftOut) {
  const std::string first = Push("x");
  Push("y");
  achievement_of("y").set_state(v1::RECORD_STATE_WITHDRAWN);
  const auto letter = Export(Admin());
  ASSERT_THAT(letter, IsOk());
  EXPECT_THAT(letter->pushes(), ElementsAre(first));
  EXPECT_THAT(letter->content(), Not(HasSubstr("镀锌")));
}

TEST_F(LettersTest, IsForTheEnterpriseAndItsStaffOnly) {
  Push("x");
  EXPECT_THAT(Export(Staff(kPark)), IsOk());
  EXPECT_THAT(Export(Owner("enterprises/a")), IsOk());
  EXPECT_THAT(Export(Staff(kOtherPark)), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(Export(Owner("enterprises/b")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(LettersTest, AnEnterpriseWithoutPushesGetsNoLetter) {
  EXPECT_THAT(Export(Admin()), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(LettersTest, ComesAsAWordDocumentToo) {
  Push("x");
  const auto letter = Export(Admin(), v1::LETTER_FORMAT_DOCX);
  ASSERT_THAT(letter, IsOk());
  EXPECT_THAT(letter->content(), StartsWith("PK"));
}

}  // namespace
}  // namespace duijie::push::testing
