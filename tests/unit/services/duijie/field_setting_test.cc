// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/field_setting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/need.pb.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

TEST(FieldSettingTest, SetsEveryKindOfField) {
  v1::Achievement record;
  google::protobuf::FieldMask mask;
  for (const char* setting :
       {"title=石墨烯=散热膜", "技术成熟度=7", "price_min_wan_yuan=120.5", "team_travels=是",
        "合作方式=转让；许可", "keywords=石墨烯、散热|导热", "tier=仅工作人员",
        "indicators=[{\"name\":\"导热系数\",\"comparator\":\"COMPARATOR_AT_LEAST\",\"value\":1500}]"}) {
    EXPECT_THAT(ApplySetting(setting, &record, &mask), IsOk()) << setting;
  }
  EXPECT_EQ(record.title(), "石墨烯=散热膜");
  EXPECT_EQ(record.maturity_level(), 7);
  EXPECT_EQ(record.price_min_wan_yuan(), 120.5);
  EXPECT_TRUE(record.team_travels());
  EXPECT_THAT(record.cooperation_modes(),
              ElementsAre(v1::COOPERATION_MODE_TRANSFER, v1::COOPERATION_MODE_LICENSE));
  EXPECT_THAT(record.keywords(), ElementsAre("石墨烯", "散热", "导热"));
  EXPECT_EQ(record.tier(), v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_EQ(record.indicators_size(), 1);
  EXPECT_EQ(record.indicators(0).value(), 1500);
  EXPECT_THAT(mask.paths(), ElementsAre("title", "maturity_level", "price_min_wan_yuan", "team_travels",
                                        "cooperation_modes", "keywords", "tier", "indicators"));
}

TEST(FieldSettingTest, AnEmptyValueClearsAndStaysInTheMask) {
  v1::Achievement record;
  record.add_keywords("旧");
  google::protobuf::FieldMask mask;
  EXPECT_THAT(ApplySetting("keywords=", &record, &mask), IsOk());
  EXPECT_EQ(record.keywords_size(), 0);
  EXPECT_THAT(mask.paths(), ElementsAre("keywords"));
}

TEST(FieldSettingTest, ADotGoesIntoAMessageAndTheMaskNamesTheTop) {
  v1::Need need;
  need.mutable_import_substitution()->set_maker("甲");
  google::protobuf::FieldMask mask;
  EXPECT_THAT(ApplySetting("import_substitution.product=减速器", &need, &mask), IsOk());
  EXPECT_THAT(ApplySetting("consents.push=是", &need, &mask), IsOk());
  EXPECT_EQ(need.import_substitution().product(), "减速器");
  EXPECT_EQ(need.import_substitution().maker(), "甲");
  EXPECT_TRUE(need.consents().push());
  EXPECT_THAT(mask.paths(), ElementsAre("import_substitution", "consents"));
}

TEST(FieldSettingTest, RefusesWhatIsNotAFieldOrNotItsType) {
  for (const char* bad :
       {"title", "=x", "no_such=1", "state=已发布", "etag=1", "maturity_level=七", "maturity_level=7级",
        "price_min_wan_yuan=nan", "price_min_wan_yuan=1e999", "team_travels=也许", "cooperation_modes=赠送",
        "indicators=导热", "indicators=[{\"nope\":1}]", "title.x=1"}) {
    v1::Achievement record;
    google::protobuf::FieldMask mask;
    EXPECT_THAT(ApplySetting(bad, &record, &mask), StatusIs(StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(FieldSettingTest, AnEscapedSeparatorStaysInItsEntry) {
  EXPECT_THAT(SplitList("a\\；b；c \\d;; e"), ElementsAre("a；b", "c \\d", "e"));
}

TEST(FieldSettingTest, ChangedFieldsLeaveOutputFieldsOut) {
  v1::Need before;
  before.set_title("旧");
  before.set_etag("1");
  v1::Need after = before;
  after.set_etag("2");
  after.set_state(v1::RECORD_STATE_CLOSED);
  EXPECT_THAT(ChangedFields(before, after).paths(), ElementsAre());
  after.set_title("新");
  after.add_keywords("词");
  after.set_budget_max_wan_yuan(0);
  EXPECT_THAT(ChangedFields(before, after).paths(), ElementsAre("title", "budget_max_wan_yuan", "keywords"));
}

}  // namespace
}  // namespace duijie
