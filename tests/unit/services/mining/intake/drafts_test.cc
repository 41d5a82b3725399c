// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/drafts.h"

#include <gmock/gmock.h>

#include "services/mining/intake/merging.h"
#include "tests/unit/services/mining/intake/memory_catalog.h"

namespace duijie::mining {
namespace {

using ::duijie::testing::IsOk;
using ::duijie::testing::StatusIs;
using testing::CallOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kUuid[] = "8a2f7a34-6a0f-4b52-9d35-2f5d8c9c0a11";
constexpr char kNote[] = "橡胶止水带粘接强度低，要求粘接强度不低于2.5MPa。2、硫化机温度不均，容易起泡。";

class DraftsTest : public ::testing::Test {
 protected:
  DraftsTest() {
    v1::Enterprise& enterprise = catalog_.enterprises["enterprises/e1"];
    enterprise.set_name("enterprises/e1");
    enterprise.set_park_code("hs-gxq");
    enterprise.set_credit_code("91131100MA0AAAAA1X");
  }

  v1::CreateNeedDraftsRequest Note(const std::string& note) const {
    v1::CreateNeedDraftsRequest request;
    request.set_note(note);
    request.set_source(v1::NOTE_SOURCE_VISIT);
    request.set_source_name("visits/v1");
    request.set_enterprise("enterprises/e1");
    request.set_request_id(kUuid);
    return request;
  }
  v1::NeedDraft Made() {
    const auto made = drafts_.Create(staff_, Note(kNote));
    EXPECT_THAT(made, IsOk());
    return made->need_drafts(0);
  }
  StatusOr<v1::ConfirmNeedDraftResponse> Confirm(const std::string& name, bool submit = false) {
    v1::ConfirmNeedDraftRequest request;
    request.set_name(name);
    request.set_submit(submit);
    return drafts_.Confirm(staff_, request);
  }

  FakeClock clock_;
  testing::MemoryCatalog catalog_;
  std::shared_ptr<MiningRole> role_ = testing::RoleOver(catalog_, clock_);
  const Drafts drafts_{role_, std::make_shared<NoteReader>(testing::TestAnalyzer())};
  const Merging merging_{role_, testing::TestAnalyzer(), drafts_};
  rpc::CallContext staff_ = CallOf(testing::StaffOf({"hs-gxq"}));
  rpc::CallContext elsewhere_ = CallOf(testing::StaffOf({"sjz-gxq"}));
};

TEST_F(DraftsTest, ANoteGivesADraftPerProblemAndIsReadOnce) {
  const auto first = drafts_.Create(staff_, Note(kNote));
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->need_drafts_size(), 2);
  EXPECT_EQ(first->need_drafts(0).park_code(), "hs-gxq");
  EXPECT_EQ(first->need_drafts(0).targets_size(), 1);
  EXPECT_EQ(first->need_drafts(0).state(), v1::NEED_DRAFT_STATE_OPEN);
  const auto again = drafts_.Create(staff_, Note(kNote));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(DraftsTest, StaffOfOtherParksSeeNothing) {
  const v1::NeedDraft draft = Made();
  v1::GetNeedDraftRequest get;
  get.set_name(draft.name());
  EXPECT_THAT(drafts_.Get(elsewhere_, get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  const auto listed = drafts_.List(elsewhere_, {});
  ASSERT_THAT(listed, IsOk());
  EXPECT_EQ(listed->need_drafts_size(), 0);
  EXPECT_THAT(drafts_.Create(elsewhere_, Note(kNote)), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(drafts_.List(staff_, {})->need_drafts_size(), 2);
}

TEST_F(DraftsTest, KeepsWhatWasReadAndWhatWasChanged) {
  const v1::NeedDraft draft = Made();
  v1::UpdateNeedDraftRequest update;
  update.mutable_need_draft()->set_name(draft.name());
  update.mutable_need_draft()->set_title("止水带粘接");
  update.mutable_update_mask()->add_paths("title");
  const auto updated = drafts_.Update(staff_, update);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->need_draft().title(), "止水带粘接");
  EXPECT_EQ(updated->need_draft().reading().SerializeAsString(), draft.reading().SerializeAsString());
  ASSERT_EQ(updated->need_draft().changes_size(), 1);
  EXPECT_EQ(updated->need_draft().changes(0).before(), draft.title());
  EXPECT_EQ(updated->need_draft().changes(0).actor(), "staff-1");

  update.mutable_update_mask()->set_paths(0, "reading");
  EXPECT_THAT(drafts_.Update(staff_, update), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(DraftsTest, ConfirmingMakesTheNeedOnceWithItsSource) {
  const v1::NeedDraft draft = Made();
  const auto confirmed = Confirm(draft.name());
  ASSERT_THAT(confirmed, IsOk());
  EXPECT_EQ(confirmed->need_draft().need(), confirmed->need().name());
  ASSERT_EQ(confirmed->need().provenances_size(), 1);
  EXPECT_EQ(confirmed->need().provenances(0).source_library(), "visit");
  EXPECT_EQ(confirmed->need().enterprise(), "enterprises/e1");
  EXPECT_EQ(confirmed->need().targets_size(), 1);
  ASSERT_THAT(Confirm(draft.name()), IsOk());
  EXPECT_THAT(catalog_.needs, SizeIs(1));
}

TEST_F(DraftsTest, AConfirmationThatBrokeOffIsCarriedOn) {
  v1::NeedDraft draft = Made();
  v1::UpdateNeedDraftRequest update;
  update.mutable_need_draft()->set_name(draft.name());
  update.mutable_need_draft()->set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  update.mutable_update_mask()->add_paths("type");
  ASSERT_THAT(drafts_.Update(staff_, update), IsOk());
  catalog_.fail_transitions_to = "RECORD_STATE_SUBMITTED";
  EXPECT_THAT(Confirm(draft.name(), true), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(catalog_.needs, SizeIs(1));
  catalog_.fail_transitions_to.clear();
  const auto confirmed = Confirm(draft.name(), true);
  ASSERT_THAT(confirmed, IsOk());
  EXPECT_EQ(confirmed->need().state(), v1::RECORD_STATE_SUBMITTED);
  EXPECT_THAT(catalog_.needs, SizeIs(1));
}

TEST_F(DraftsTest, WithoutATypeNothingIsSubmitted) {
  EXPECT_THAT(Confirm(Made().name(), true), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(catalog_.needs, IsEmpty());
}

TEST_F(DraftsTest, DecidedDraftsStayAsTheyAre) {
  const v1::NeedDraft draft = Made();
  v1::RejectNeedDraftRequest reject;
  reject.set_name(draft.name());
  EXPECT_THAT(drafts_.Reject(staff_, reject), StatusIs(StatusCode::kInvalidArgument));
  reject.set_reason("不是技术问题");
  ASSERT_THAT(drafts_.Reject(staff_, reject), IsOk());
  EXPECT_THAT(Confirm(draft.name()), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_THAT(drafts_.Reject(staff_, reject),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_THAT(catalog_.needs, IsEmpty());
}

TEST_F(DraftsTest, ADraftCanJoinANeedThatIsThere) {
  const v1::NeedDraft draft = Made();
  catalog_.AddNeed("n1", "橡胶止水带粘接强度低", "enterprises/e1", v1::RECORD_STATE_SUBMITTED);
  v1::FindDuplicateNeedsRequest find;
  find.set_name(draft.name());
  const auto duplicates = merging_.FindDuplicates(staff_, find);
  ASSERT_THAT(duplicates, IsOk());
  ASSERT_EQ(duplicates->duplicates_size(), 1);
  EXPECT_TRUE(duplicates->duplicates(0).same_enterprise());
  v1::ConfirmNeedDraftRequest confirm;
  confirm.set_name(draft.name());
  confirm.set_join_need("needs/n1");
  ASSERT_THAT(drafts_.Confirm(staff_, confirm), IsOk());
  ASSERT_THAT(drafts_.Confirm(staff_, confirm), IsOk());
  EXPECT_EQ(catalog_.needs.at("needs/n1").provenances_size(), 1);
  EXPECT_THAT(catalog_.needs, SizeIs(1));
}

class MergingTest : public DraftsTest {
 protected:
  MergingTest() {
    AddSource("n1", "visit", v1::RECORD_STATE_PUBLISHED);
    AddSource("n2", "phone", v1::RECORD_STATE_PUBLISHED).set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    request_.set_kept("needs/n1");
    request_.set_merged("needs/n2");
  }
  v1::Need& AddSource(const std::string& id, const std::string& library, v1::RecordState state) {
    v1::Need& need = catalog_.AddNeed(id, "止水带粘接强度低", "enterprises/e1", state);
    v1::Provenance* const source = need.add_provenances();
    source->set_source_library(library);
    source->set_external_id(id);
    return need;
  }
  v1::MergeNeedsRequest request_;
};

TEST_F(MergingTest, JoinsSourcesTakesTheStricterTierAndClosesTheOther) {
  const auto merged = merging_.Merge(staff_, request_);
  ASSERT_THAT(merged, IsOk());
  EXPECT_EQ(merged->need().provenances_size(), 2);
  EXPECT_EQ(merged->need().tier(), v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  const v1::Need& other = catalog_.needs.at("needs/n2");
  EXPECT_EQ(other.state(), v1::RECORD_STATE_CLOSED);
  EXPECT_THAT(other.state_changes(0).reason(), ::testing::HasSubstr("needs/n1"));
  EXPECT_EQ(other.provenances_size(), 0);
}

TEST_F(MergingTest, DoneTwiceItIsDoneOnce) {
  const auto first = merging_.Merge(staff_, request_);
  ASSERT_THAT(first, IsOk());
  const auto second = merging_.Merge(staff_, request_);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->need_merge().SerializeAsString(), first->need_merge().SerializeAsString());
  EXPECT_EQ(catalog_.needs.at("needs/n2").state_changes_size(), 1);
  request_.set_kept("needs/n3");
  AddSource("n3", "portal", v1::RECORD_STATE_SUBMITTED);
  EXPECT_THAT(merging_.Merge(staff_, request_), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(MergingTest, WhatBrokeOffIsCarriedOn) {
  catalog_.fail_transitions_to = "RECORD_STATE_CLOSED";
  EXPECT_THAT(merging_.Merge(staff_, request_), StatusIs(StatusCode::kUnavailable));
  catalog_.fail_transitions_to.clear();
  const auto merged = merging_.Merge(staff_, request_);
  ASSERT_THAT(merged, IsOk());
  EXPECT_EQ(merged->need().provenances_size(), 2);
  EXPECT_EQ(merged->need_merge().state(), v1::NEED_MERGE_STATE_DONE);
}

TEST_F(MergingTest, NeedsOfTwoEnterprisesAreNotMerged) {
  catalog_.enterprises["enterprises/e2"].set_credit_code("91131100MA0BBBBB2X");
  catalog_.needs.at("needs/n2").set_enterprise("enterprises/e2");
  EXPECT_THAT(merging_.Merge(staff_, request_), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(merging_.Merge(elsewhere_, request_), StatusIs(StatusCode::kNotFound));
}

TEST_F(MergingTest, ADraftIsClosedTooAndIsNoDuplicateAnyMore) {
  catalog_.needs.at("needs/n2").set_state(v1::RECORD_STATE_DRAFT);
  v1::FindDuplicateNeedsRequest find;
  find.set_name("needs/n1");
  ASSERT_EQ(merging_.FindDuplicates(staff_, find)->duplicates_size(), 1);
  ASSERT_THAT(merging_.Merge(staff_, request_), IsOk());
  EXPECT_EQ(catalog_.needs.at("needs/n2").state(), v1::RECORD_STATE_CLOSED);
  EXPECT_EQ(catalog_.needs.at("needs/n1").provenances_size(), 2);
  EXPECT_EQ(merging_.FindDuplicates(staff_, find)->duplicates_size(), 0);
}

}  // namespace
}  // namespace duijie::mining
