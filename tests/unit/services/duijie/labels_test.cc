// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/labels.h"

#include <gtest/gtest.h>

#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/admin_service.pb.h"
#include "duijie/v1/catalog_service.pb.h"
#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/expert.pb.h"
#include "duijie/v1/match_service.pb.h"
#include "duijie/v1/need.pb.h"
#include "duijie/v1/search_service.pb.h"
#include "services/duijie/exit_codes.h"
#include "services/duijie/label_tables.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

// Walks the files, so that a value or field added to a proto without a Chinese word fails here.
TEST(LabelsTest, EveryEnumValueShownToPeopleHasAChineseWord) {
  const google::protobuf::FileDescriptor* files[] = {
      v1::RecordState_descriptor()->file(), v1::Urgency_descriptor()->file(),
      v1::RowOutcome_descriptor()->file(),  v1::MatchDirection_descriptor()->file(),
      v1::Role_descriptor()->file(),        v1::FacetKind_descriptor()->file()};
  const std::string formats[] = {"TableFormat", "ImportMode"};
  for (const auto* file : files) {
    for (int i = 0; i < file->enum_type_count(); ++i) {
      const auto& type = *file->enum_type(i);
      if (type.name() == formats[0] || type.name() == formats[1]) continue;  // csv, xlsx: options, not words
      for (int j = 1; j < type.value_count(); ++j) {
        EXPECT_EQ(EnumWords().count(type.value(j)->name()), 1u) << type.value(j)->name();
      }
    }
  }
}

TEST(LabelsTest, EveryRecordFieldHasAChineseWord) {
  for (const auto* type : {v1::Achievement::descriptor(), v1::Enterprise::descriptor(),
                           v1::Need::descriptor(), v1::Expert::descriptor(), v1::Contact::descriptor()}) {
    for (int i = 0; i < type->field_count(); ++i) {
      EXPECT_NE(FieldLabel(*type->field(i)), type->field(i)->name()) << type->name();
    }
  }
}

TEST(LabelsTest, EnumsAreReadInChineseByShortNameAndByFullName) {
  for (const char* text :
       {"合作开发", "joint-development", "JOINT_DEVELOPMENT", "COOPERATION_MODE_JOINT_DEVELOPMENT"}) {
    ASSERT_OK_AND_ASSIGN(const auto mode, ParseEnum<v1::CooperationMode>(text));
    EXPECT_EQ(mode, v1::COOPERATION_MODE_JOINT_DEVELOPMENT) << text;
  }
  EXPECT_THAT(ParseEnum<v1::CooperationMode>("赠送"),
              StatusIs(StatusCode::kInvalidArgument, std::string(kUsageReason)));
  EXPECT_THAT(ParseEnum<v1::CooperationMode>(""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseEnum<v1::CooperationMode>("unspecified"), StatusIs(StatusCode::kInvalidArgument));
}

TEST(LabelsTest, CollectionsAreReadInBothLanguagesAndFromNames) {
  ASSERT_OK_AND_ASSIGN(const auto chinese, ParseCollection("成果"));
  EXPECT_EQ(chinese, v1::COLLECTION_ACHIEVEMENTS);
  ASSERT_OK_AND_ASSIGN(const auto english, ParseCollection("experts"));
  EXPECT_EQ(english, v1::COLLECTION_EXPERTS);
  ASSERT_OK_AND_ASSIGN(const auto of_name, CollectionOfName("needs/ab12"));
  EXPECT_EQ(of_name, v1::COLLECTION_NEEDS);
  EXPECT_THAT(CollectionOfName("needs/"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CollectionOfName("需求/ab12"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CollectionOfName("ab12"), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace duijie
