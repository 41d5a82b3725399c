// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publications.h"

#include "common/tabular/table_reader.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/push/memory_catalog.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using duijie::testing::TempDir;
using testing::CallOf;
using testing::MemoryCatalog;
using v1::Publication;

constexpr UnixMicros kNewYear2027 = 1'798'732'800 * kMicrosPerSecond;  // in China

class PublicationsTest : public ::testing::Test {
 protected:
  PublicationsTest() : clock_(kNewYear2027 + 3600 * kMicrosPerSecond), store_(testing::NewStore(clock_)) {
    catalog_.Put(MemoryCatalog::Sample("a"));
    catalog_.Put(MemoryCatalog::Sample("b"));
    publications_ = std::make_unique<Publications>(*store_, catalog_.peers);
  }

  StatusOr<v1::CreatePublicationResponse> Publish(const std::string& id, UnixMicros time,
                                                  const std::string& request_id = "") {
    v1::CreatePublicationRequest request;
    request.mutable_publication()->set_achievement("achievements/" + id);
    request.mutable_publication()->set_audience("高新区橡胶企业");
    request.mutable_publication()->set_channel(v1::PUBLICATION_CHANNEL_EVENT);
    *request.mutable_publication()->mutable_publish_time() = TimestampOf(time);
    request.set_request_id(request_id);
    return publications_->Create(CallOf("staff"), request);
  }
  v1::GetPublicationProgressResponse Progress(int year, const rpc::CallContext& call = CallOf("reader")) {
    v1::GetPublicationProgressRequest request;
    request.set_year(year);
    const auto progress = publications_->GetProgress(call, request);
    EXPECT_THAT(progress, IsOk());
    return progress.ok() ? *progress : v1::GetPublicationProgressResponse();
  }

  FakeClock clock_;
  MemoryCatalog catalog_;
  std::unique_ptr<RoleStore> store_;
  std::unique_ptr<Publications> publications_;
};

TEST_F(PublicationsTest, TheSecondBeforeMidnightCountsInTheOldYear) {
  ASSERT_OK_AND_ASSIGN(const auto old, Publish("a", kNewYear2027 - 1));
  ASSERT_OK_AND_ASSIGN(const auto fresh, Publish("b", kNewYear2027));
  EXPECT_EQ(old.publication().published_on(), "2026-12-31");
  EXPECT_EQ(fresh.publication().published_on(), "2027-01-01");
  EXPECT_EQ(Progress(2026).achievements(), 1);
  EXPECT_EQ(Progress(2027).achievements(), 1);
  EXPECT_EQ(Progress(2026).target(), 100);
}

TEST_F(PublicationsTest, PublishingAgainIsToldAndNotCounted) {
  ASSERT_OK_AND_ASSIGN(const auto first, Publish("a", kNewYear2027));
  EXPECT_FALSE(first.republication());
  ASSERT_OK_AND_ASSIGN(const auto second, Publish("a", kNewYear2027 + 1));
  EXPECT_TRUE(second.republication());
  ASSERT_OK_AND_ASSIGN(const auto last_year, Publish("a", kNewYear2027 - 1));
  EXPECT_FALSE(last_year.republication());
  EXPECT_EQ(Progress(2027).achievements(), 1);
  EXPECT_EQ(Progress(2027).publications(), 2);
  v1::WithdrawPublicationRequest withdraw;
  withdraw.set_name(first.publication().name());
  withdraw.set_reason("记错");
  ASSERT_THAT(publications_->Withdraw(CallOf("staff"), withdraw), IsOk());
  EXPECT_EQ(Progress(2027).publications(), 1);
  EXPECT_EQ(Progress(2027).achievements(), 1);
  EXPECT_THAT(publications_->Withdraw(CallOf("staff"), withdraw),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

TEST_F(PublicationsTest, ARepeatedRequestRecordsOnce) {
  constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";
  ASSERT_OK_AND_ASSIGN(const auto first, Publish("a", kNewYear2027, kUuid));
  ASSERT_OK_AND_ASSIGN(const auto again, Publish("a", kNewYear2027, kUuid));
  EXPECT_EQ(again.publication().name(), first.publication().name());
  EXPECT_EQ(Progress(2027).publications(), 1);
}

TEST_F(PublicationsTest, OnlyWhatIsOpenToOthersIsPublished) {
  v1::Achievement draft = MemoryCatalog::Sample("d");
  draft.set_state(v1::RECORD_STATE_DRAFT);
  catalog_.Put(draft);
  EXPECT_THAT(Publish("d", kNewYear2027), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  v1::Achievement internal = MemoryCatalog::Sample("i");
  internal.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  catalog_.Put(internal);
  EXPECT_THAT(Publish("i", kNewYear2027), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_THAT(Publish("none", kNewYear2027), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Publish("a", clock_.Now() + 1), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(PublicationsTest, WithdrawnAchievementsStillCountForThoseWhoSeeThem) {
  ASSERT_THAT(Publish("a", kNewYear2027), IsOk());
  ASSERT_THAT(Publish("b", kNewYear2027), IsOk());
  catalog_.Remove("achievements/a");
  v1::Achievement withdrawn = catalog_.At("achievements/b");
  withdrawn.set_state(v1::RECORD_STATE_WITHDRAWN);
  catalog_.Put(withdrawn);
  EXPECT_EQ(Progress(2027).achievements(), 2);
  EXPECT_EQ(Progress(2027, CallOf("other", v1::ROLE_STAFF, false)).achievements(), 0);
}

TEST_F(PublicationsTest, ConfidentialityRaisedLaterHidesTheUnitInOldPublications) {
  ASSERT_OK_AND_ASSIGN(const auto made, Publish("a", kNewYear2027));
  EXPECT_NE(made.publication().owner_name(), "");
  v1::Achievement anonymous = catalog_.At("achievements/a");
  anonymous.set_tier(v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  catalog_.Put(anonymous);
  const rpc::CallContext elsewhere = CallOf("other", v1::ROLE_STAFF, false);
  ASSERT_OK_AND_ASSIGN(const auto list, publications_->List(elsewhere, {}));
  ASSERT_EQ(list.publications_size(), 1);
  EXPECT_EQ(list.publications(0).owner_name(), "");
  EXPECT_EQ(Progress(2027, elsewhere).units(0).unit(), "");
  EXPECT_NE(Progress(2027).units(0).unit(), "");
}

TEST_F(PublicationsTest, ListsAreByYearAndAchievementLatestFirst) {
  ASSERT_THAT(Publish("a", kNewYear2027 - 1), IsOk());
  ASSERT_THAT(Publish("a", kNewYear2027), IsOk());
  ASSERT_THAT(Publish("b", kNewYear2027 + 1), IsOk());
  v1::ListPublicationsRequest request;
  const auto days = [&] {
    std::vector<std::string> found;
    const auto response = publications_->List(CallOf("reader"), request);
    for (const Publication& p : response->publications()) {
      found.push_back(p.achievement() + " " + p.published_on());
    }
    return found;
  };
  EXPECT_THAT(days(), ::testing::ElementsAre("achievements/b 2027-01-01", "achievements/a 2027-01-01",
                                             "achievements/a 2026-12-31"));
  request.set_year(2026);
  EXPECT_THAT(days(), ::testing::ElementsAre("achievements/a 2026-12-31"));
  request.set_year(2027);
  request.set_achievement("achievements/a");
  EXPECT_THAT(days(), ::testing::ElementsAre("achievements/a 2027-01-01"));
}

TEST_F(PublicationsTest, TheCatalogueHasALineForEachCountedAchievementLinkedToItsRecord) {
  ASSERT_OK_AND_ASSIGN(const auto first, Publish("a", kNewYear2027));
  ASSERT_THAT(Publish("a", kNewYear2027 + 1), IsOk());
  ASSERT_THAT(Publish("b", kNewYear2027 + 2), IsOk());
  const TempDir folder;
  const std::string path = folder.File("catalogue.xlsx");
  v1::ExportCatalogueRequest request;
  request.set_year(2027);
  ASSERT_THAT(publications_->WriteCatalogue(CallOf("reader"), request, path, folder.path().string()), IsOk());
  const auto rows = [&](const std::string& sheet) {
    std::vector<std::vector<std::string>> all;
    auto reader = OpenTable(path, TableFormat::kXlsx, {}, {sheet});
    EXPECT_THAT(reader, IsOk());
    Row row;
    while (reader.ok() && (*reader)->Next(&row).value()) {
      std::vector<std::string>& texts = all.emplace_back();
      for (const Field& field : row.fields) texts.push_back(field.value);
    }
    return all;
  };
  const auto lines = rows("发布目录");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0][1], "achievements/a");
  EXPECT_EQ(lines[0][5], "2027-01-01");
  EXPECT_EQ(lines[0][6], "2");
  EXPECT_EQ(lines[0][10], first.publication().name());
  const auto records = rows("发布记录");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1][8], "重复发布，不计");
  EXPECT_EQ(rows("进度")[1][1], "2/100");
}

}  // namespace
}  // namespace duijie::push
