// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_writer.h"

#include <chrono>

#include "services/catalog/housekeeper.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";
constexpr char kUuid2[] = "123e4567-e89b-12d3-a456-426614174001";

google::protobuf::FieldMask Mask(std::vector<std::string> paths) {
  google::protobuf::FieldMask mask;
  for (auto& path : paths) mask.add_paths(std::move(path));
  return mask;
}

const v1::Achievement& AsAchievement(const AnyRecord& record) { return std::get<v1::Achievement>(record); }

class RecordWriterTest : public CatalogTest {
 protected:
  StatusOr<AnyRecord> Update(const v1::Achievement& changes, std::vector<std::string> paths,
                             const WriteRequest& request = Request()) {
    return writer_.Update(Admin(), request, changes, Mask(std::move(paths)));
  }
};

TEST_F(RecordWriterTest, CreatesDraftsWithTheirOutputFields) {
  v1::Achievement input = SomeAchievement();
  input.set_state(v1::RECORD_STATE_PUBLISHED);
  input.set_revision(77);
  input.set_etag("mine");
  const auto created = AsAchievement(MustCreate(input, "a-1"));
  EXPECT_EQ(created.name(), "achievements/a-1");
  EXPECT_EQ(created.state(), v1::RECORD_STATE_DRAFT);
  EXPECT_EQ(created.tier(), v1::CONFIDENTIALITY_TIER_PUBLIC);
  EXPECT_EQ(created.revision(), 1);
  EXPECT_FALSE(created.etag().empty());
  ASSERT_EQ(created.state_changes_size(), 1);
  EXPECT_EQ(created.state_changes(0).from(), v1::RECORD_STATE_UNSPECIFIED);
  EXPECT_EQ(created.state_changes(0).actor(), "admin");
  ASSERT_OK_AND_ASSIGN(AnyRecord read,
                       reader_.Get(Admin(), v1::COLLECTION_ACHIEVEMENTS, "achievements/a-1", 1));
  EXPECT_EQ(ProtoOf(read).SerializeAsString(), created.SerializeAsString());
}

TEST_F(RecordWriterTest, ValidateOnlyStoresNothing) {
  EXPECT_THAT(writer_.Create(Admin(), Request(), SomeAchievement(), "a-1", true), IsOk());
  EXPECT_THAT(writer_.Create(Admin(), Request(), v1::Achievement(), "a-1", true),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(log_->CurrentRevision(), 0u);
}

TEST_F(RecordWriterTest, RefusesBadAndTakenIds) {
  EXPECT_THAT(writer_.Create(Admin(), Request(), SomeAchievement(), "Bad_Id", false),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  MustCreate(SomeAchievement(), "a-1");
  EXPECT_THAT(writer_.Create(Admin(), Request(), SomeAchievement(), "a-1", false),
              IsOk());  // the same content
  v1::Achievement other = SomeAchievement();
  other.set_title("另一项成果");
  EXPECT_THAT(writer_.Create(Admin(), Request(), other, "a-1", false),
              StatusIs(StatusCode::kAlreadyExists, "RECORD_EXISTS"));
}

TEST_F(RecordWriterTest, ASourceBelongsToOneRecord) {
  v1::Achievement first = SomeAchievement();
  first.add_provenances()->set_source_library("lib");
  first.mutable_provenances(0)->set_external_id("1");
  MustCreate(first);
  EXPECT_THAT(writer_.Create(Admin(), Request(), first, "", false),
              StatusIs(StatusCode::kAlreadyExists, "UNIQUE_VALUE_TAKEN"));
}

TEST_F(RecordWriterTest, UpdatesOnlyTheFieldsOfTheMask) {
  v1::Achievement record = AsAchievement(MustCreate(SomeAchievement(), "a-1"));
  record.set_title("新名称");
  record.set_summary("不在掩码里");
  ASSERT_OK_AND_ASSIGN(AnyRecord updated, Update(record, {"title", "title"}));
  EXPECT_EQ(AsAchievement(updated).title(), "新名称");
  EXPECT_EQ(AsAchievement(updated).summary(), "");
}

TEST_F(RecordWriterTest, AStarReplacesEverythingButOutput) {
  v1::Achievement first = SomeAchievement();
  first.set_summary("旧简介");
  first.set_price_min_wan_yuan(3);
  MustCreate(first, "a-1");
  v1::Achievement changes = SomeAchievement();
  changes.set_name("achievements/a-1");
  changes.set_state(v1::RECORD_STATE_CLOSED);
  ASSERT_OK_AND_ASSIGN(AnyRecord updated, Update(changes, {"*"}));
  EXPECT_EQ(AsAchievement(updated).summary(), "");
  EXPECT_FALSE(AsAchievement(updated).has_price_min_wan_yuan());
  EXPECT_EQ(AsAchievement(updated).state(), v1::RECORD_STATE_DRAFT);
  EXPECT_EQ(AsAchievement(updated).state_changes_size(), 1);
}

TEST_F(RecordWriterTest, MasksWithOutputOrUnknownFieldsAreRefused) {
  const v1::Achievement record = AsAchievement(MustCreate(SomeAchievement(), "a-1"));
  for (const char* path :
       {"state", "etag", "revision", "name", "state_changes", "no_such_field", "indicators.name"}) {
    EXPECT_THAT(Update(record, {path}), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD")) << path;
  }
  EXPECT_THAT(Update(record, {}), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(RecordWriterTest, AStaleEtagAborts) {
  const v1::Achievement first = AsAchievement(MustCreate(SomeAchievement(), "a-1"));
  v1::Achievement changes = first;
  changes.set_title("新名称");
  EXPECT_THAT(Update(changes, {"title"}), IsOk());
  EXPECT_THAT(Update(changes, {"title"}), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(writer_.Delete(Admin(), Request(), "achievements/a-1", first.etag()),
              StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  changes.clear_etag();
  EXPECT_THAT(Update(changes, {"title"}), IsOk());
}

TEST_F(RecordWriterTest, DeletedRecordsAreGoneWithTheirContacts) {
  MustCreate(SomeAchievement(), "a-1");
  ContactBook book(Parts(), writer_.requests());
  Contacts contacts;
  contacts.Add()->set_person("赵示例");
  EXPECT_THAT(book.Replace(Admin(), Request(), "achievements/a-1", contacts), IsOk());
  EXPECT_THAT(writer_.Delete(Admin(), Request(), "achievements/a-1", ""), IsOk());
  EXPECT_THAT(reader_.Visible(Admin(), "achievements/a-1"),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  MustCreate(SomeAchievement(), "a-1");
  ASSERT_OK_AND_ASSIGN(Contacts left, book.Get(Admin(), "achievements/a-1"));
  EXPECT_EQ(left.size(), 0);
}

TEST_F(RecordWriterTest, ClosedRecordsCannotBeChanged) {
  MustCreate(SomeAchievement(), "a-1");
  v1::Achievement record = AsAchievement(MustPublish("achievements/a-1"));
  EXPECT_THAT(writer_.Transition(Admin(), Request(), record.name(), v1::RECORD_STATE_CLOSED, "已签约", ""),
              IsOk());
  record.clear_etag();
  EXPECT_THAT(Update(record, {"title"}), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

TEST_F(RecordWriterTest, NeedsMustHaveATypeToBeSubmitted) {
  v1::Need need = SomeNeed();
  need.clear_type();
  MustCreate(need, "n-1");
  EXPECT_THAT(writer_.Transition(Admin(), Request(), "needs/n-1", v1::RECORD_STATE_SUBMITTED, "", ""),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(RecordWriterTest, ARepeatedRequestReturnsTheFirstAnswer) {
  ASSERT_OK_AND_ASSIGN(AnyRecord first,
                       writer_.Create(Admin(), Request(kUuid), SomeAchievement(), "", false));
  v1::Achievement changes = AsAchievement(first);
  changes.set_title("后来改了");
  EXPECT_THAT(Update(changes, {"title"}), IsOk());
  ASSERT_OK_AND_ASSIGN(AnyRecord again,
                       writer_.Create(Admin(), Request(kUuid), SomeAchievement(), "", false));
  EXPECT_EQ(ProtoOf(again).SerializeAsString(), ProtoOf(first).SerializeAsString());
  EXPECT_EQ(log_->CurrentRevision(), 2u);
}

TEST_F(RecordWriterTest, ARepeatedDeletionReturnsTheSameRevision) {
  MustCreate(SomeAchievement(), "a-1");
  ASSERT_OK_AND_ASSIGN(Revision first, writer_.Delete(Admin(), Request(kUuid), "achievements/a-1", ""));
  ASSERT_OK_AND_ASSIGN(Revision again, writer_.Delete(Admin(), Request(kUuid), "achievements/a-1", ""));
  EXPECT_EQ(first, again);
}

TEST_F(RecordWriterTest, ARequestIdIsBoundToCallerMethodAndContent) {
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid), SomeAchievement(), "", false), IsOk());
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid, "other"), SomeAchievement(), "", false),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  WriteRequest other_caller = Request(kUuid);
  other_caller.caller = "somebody-else";
  EXPECT_THAT(writer_.Create(Admin(), other_caller, SomeAchievement(), "", false), IsOk());
  EXPECT_THAT(writer_.Create(Admin(), Request("no-uuid"), SomeAchievement(), "", false),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(log_->CurrentRevision(), 2u);
}

TEST_F(RecordWriterTest, RequestsAreForgottenAfterADay) {
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid), SomeAchievement(), "", false), IsOk());
  clock_.Advance(std::chrono::hours(23));
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid2), SomeAchievement(), "", false), IsOk());
  clock_.Advance(std::chrono::hours(1));
  ASSERT_OK_AND_ASSIGN(size_t forgotten, writer_.requests().Forget(100));
  EXPECT_EQ(forgotten, 1u);
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid, "other"), SomeAchievement(), "", false), IsOk());
  EXPECT_THAT(writer_.Create(Admin(), Request(kUuid2, "other"), SomeAchievement(), "", false),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(RecordWriterTest, RecordsPastTheirLastDayCountAsExpired) {
  v1::Achievement record = SomeAchievement();
  record.set_valid_until("2023-11-15");
  MustCreate(record, "a-1");
  MustPublish("achievements/a-1");
  ASSERT_OK_AND_ASSIGN(AnyRecord today, reader_.Visible(Partner(), "achievements/a-1"));
  EXPECT_EQ(StateOf(today), v1::RECORD_STATE_PUBLISHED);
  clock_.Advance(std::chrono::hours(24));
  EXPECT_THAT(reader_.Visible(Partner(), "achievements/a-1"),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(AnyRecord shown, reader_.Visible(Admin(), "achievements/a-1"));
  EXPECT_EQ(StateOf(shown), v1::RECORD_STATE_EXPIRED);

  const Revision before = log_->CurrentRevision();
  ASSERT_OK_AND_ASSIGN(size_t taken, writer_.TakeDueExpiries(10));
  EXPECT_EQ(taken, 1u);
  EXPECT_EQ(log_->CurrentRevision(), before + 1);
  ASSERT_OK_AND_ASSIGN(AnyRecord swept, reader_.Visible(Admin(), "achievements/a-1"));
  const auto& changes = AsAchievement(swept).state_changes();
  EXPECT_EQ(changes[changes.size() - 1].actor(), "system");
  ASSERT_OK_AND_ASSIGN(taken, writer_.TakeDueExpiries(10));
  EXPECT_EQ(taken, 0u);
}

TEST_F(RecordWriterTest, AnExpiredRecordMayBeSubmittedAgainBeforeTheSweep) {
  v1::Achievement record = SomeAchievement();
  record.set_valid_until("2023-11-15");
  MustCreate(record, "a-1");
  MustPublish("achievements/a-1");
  clock_.Advance(std::chrono::hours(24));
  ASSERT_OK_AND_ASSIGN(AnyRecord again, writer_.Transition(Admin(), Request(), "achievements/a-1",
                                                           v1::RECORD_STATE_SUBMITTED, "", ""));
  const auto& changes = AsAchievement(again).state_changes();
  ASSERT_EQ(changes.size(), 5);
  EXPECT_EQ(changes[3].to(), v1::RECORD_STATE_EXPIRED);
  EXPECT_EQ(changes[4].from(), v1::RECORD_STATE_EXPIRED);
}

TEST_F(RecordWriterTest, ReadYourWritesNeedsTheRevision) {
  MustCreate(SomeAchievement(), "a-1");
  EXPECT_THAT(reader_.Get(Admin(), v1::COLLECTION_ACHIEVEMENTS, "achievements/a-1", 1), IsOk());
  EXPECT_THAT(reader_.Get(Admin(), v1::COLLECTION_ACHIEVEMENTS, "achievements/a-1", 2),
              StatusIs(StatusCode::kUnavailable, "INDEX_BEHIND"));
}

TEST_F(RecordWriterTest, CountsFollowCreationsAndDeletions) {
  RecordCounter counter(*log_);
  ASSERT_THAT(counter.Load(), IsOk());
  MustCreate(SomeAchievement(), "a-1");
  MustCreate(SomeAchievement(), "a-2");
  MustPublish("achievements/a-1");
  MustCreate(SomeNeed(), "n-1");
  EXPECT_THAT(writer_.Delete(Admin(), Request(), "achievements/a-2", ""), IsOk());
  ASSERT_THAT(counter.CatchUp(true), IsOk());
  EXPECT_EQ(counter.Numbers()["achievements"], 1);
  EXPECT_EQ(counter.Numbers()["needs"], 1);
  EXPECT_EQ(counter.Numbers()["experts"], 0);
  RecordCounter later(*log_);
  ASSERT_THAT(later.Load(), IsOk());
  EXPECT_EQ(later.Numbers(), counter.Numbers());
}

}  // namespace
}  // namespace duijie::catalog
