// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/change_feed.h"

#include <thread>

#include "services/catalog/need_index.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

using internal::v1::ListChangesRequest;
using testing::IsOk;
using testing::StatusIs;

class ChangeFeedTest : public CatalogTest {
 protected:
  StatusOr<internal::v1::ListChangesResponse> Changes(int64_t after, int limit, int wait_ms = 0,
                                                      int64_t until = 0) {
    ListChangesRequest request;
    request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
    request.set_after_revision(after);
    request.set_limit(limit);
    request.set_wait_ms(wait_ms);
    request.set_until_revision(until);
    return ChangeFeed(Parts()).ListChanges(request, [] { return OkStatus(); });
  }
  void Rename(const std::string& name, const std::string& title) {
    v1::Achievement changes;
    changes.set_name(name);
    changes.set_title(title);
    google::protobuf::FieldMask mask;
    mask.add_paths("title");
    EXPECT_THAT(writer_.Update(Admin(), Request(), changes, mask), IsOk());
  }
};

TEST_F(ChangeFeedTest, TellsTheLatestOfEachRecordByRevision) {
  MustCreate(SomeAchievement(), "a-1");                                             // 1
  MustCreate(SomeAchievement(), "a-2");                                             // 2
  MustCreate(SomeNeed(), "n-1");                                                    // 3
  Rename("achievements/a-1", "改名之后");                                           // 4
  EXPECT_THAT(writer_.Delete(Admin(), Request(), "achievements/a-2", ""), IsOk());  // 5
  MustCreate(SomeNeed(), "n-2");                                                    // 6
  ASSERT_OK_AND_ASSIGN(auto page, Changes(0, 100));
  ASSERT_EQ(page.changes_size(), 2);
  EXPECT_EQ(page.changes(0).name(), "achievements/a-1");
  EXPECT_EQ(page.changes(0).revision(), 4);
  EXPECT_EQ(page.changes(0).record().achievement().title(), "改名之后");
  EXPECT_EQ(page.changes(1).name(), "achievements/a-2");
  EXPECT_EQ(page.changes(1).record().kind_case(), internal::v1::Record::KIND_NOT_SET);
  EXPECT_EQ(page.revision(), 6);
  EXPECT_FALSE(page.more());
}

TEST_F(ChangeFeedTest, SmallPagesAddUpToTheWhole) {
  for (int i = 0; i < 25; ++i) MustCreate(SomeAchievement(), "a-" + std::to_string(i));
  std::vector<std::string> names;
  int64_t after = 0;
  bool more = true;
  while (more) {
    ASSERT_OK_AND_ASSIGN(auto page, Changes(after, 4));
    EXPECT_LE(page.changes_size(), 4);
    for (const auto& change : page.changes()) names.push_back(change.name());
    ASSERT_GT(page.revision(), after);
    after = page.revision();
    more = page.more();
  }
  EXPECT_EQ(names.size(), 25u);
  EXPECT_EQ(after, 25);
}

TEST_F(ChangeFeedTest, ThePastIsReadAsItWas) {
  MustCreate(SomeAchievement(), "a-1");
  Rename("achievements/a-1", "改名之后");
  ASSERT_OK_AND_ASSIGN(auto bounded, Changes(0, 10, 0, 1));
  ASSERT_EQ(bounded.changes_size(), 1);
  EXPECT_EQ(bounded.changes(0).record().achievement().title(), SomeAchievement().title());
  EXPECT_EQ(bounded.revision(), 1);

  internal::v1::ReadRecordsRequest read;
  read.add_names("achievements/a-1");
  read.add_names("achievements/none");
  read.set_at_revision(1);
  ASSERT_OK_AND_ASSIGN(auto records, ChangeFeed(Parts()).ReadRecords(read));
  ASSERT_EQ(records.records_size(), 2);
  EXPECT_EQ(records.records(0).achievement().title(), SomeAchievement().title());
  EXPECT_EQ(records.records(1).kind_case(), internal::v1::Record::KIND_NOT_SET);
  EXPECT_EQ(records.revision(), 2);
  read.set_at_revision(9);
  EXPECT_THAT(ChangeFeed(Parts()).ReadRecords(read), StatusIs(StatusCode::kUnavailable, "INDEX_BEHIND"));
}

TEST_F(ChangeFeedTest, ScansFilterAndPage) {
  for (int i = 0; i < 5; ++i) {
    v1::Achievement record = SomeAchievement();
    record.set_maturity_level(i + 1);
    MustCreate(record, "a-" + std::to_string(i));
  }
  internal::v1::ScanRecordsRequest request;
  request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  request.mutable_filter()->set_maturity_min(2);
  request.set_limit(2);
  std::vector<std::string> names;
  for (bool done = false; !done;) {
    ASSERT_OK_AND_ASSIGN(auto page, ChangeFeed(Parts()).ScanRecords(request));
    for (const auto& record : page.records()) names.push_back(record.achievement().name());
    done = page.done();
    request.set_after_id(page.last_id());
  }
  EXPECT_EQ(names.size(), 4u);
  request.set_limit(0);
  EXPECT_THAT(ChangeFeed(Parts()).ScanRecords(request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(ChangeFeedTest, AWaitingCallReturnsWithTheFirstChange) {
  std::thread writer([this] { MustCreate(SomeAchievement(), "a-1"); });
  const auto page = Changes(0, 10, kMaxFeedWaitMs);
  writer.join();
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->changes_size(), 1);
}

TEST_F(ChangeFeedTest, AWaitingCallEndsWhenTheLogShutsDown) {
  log_->Shutdown();
  const auto page = Changes(0, 10, kMaxFeedWaitMs);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->changes_size(), 0);
  EXPECT_EQ(page->revision(), 0);
}

class NeedScanTest : public ChangeFeedTest {
 protected:
  void Add(const std::string& id, const std::string& enterprise, std::vector<std::string> industries) {
    v1::Need need = SomeNeed();
    need.set_enterprise(enterprise);
    *need.mutable_industry_codes() = {industries.begin(), industries.end()};
    MustCreate(need, id);
  }
  std::vector<std::string> Scan(const v1::RecordFilter& filter, int64_t at = 0, int limit = 100) {
    internal::v1::ScanRecordsRequest request;
    request.set_collection(v1::COLLECTION_NEEDS);
    *request.mutable_filter() = filter;
    request.set_at_revision(at);
    request.set_limit(limit);
    std::vector<std::string> ids;
    for (bool done = false; !done;) {
      const auto page = ChangeFeed(Parts()).ScanRecords(request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const auto& record : page->records()) ids.push_back(record.need().name().substr(6));
      done = page->done();
      request.set_after_id(page->last_id());
    }
    return ids;
  }
  static v1::RecordFilter Of(const std::string& enterprise) {
    v1::RecordFilter filter;
    filter.add_enterprises(enterprise);
    return filter;
  }
  static v1::RecordFilter In(const std::string& industry) {
    v1::RecordFilter filter;
    filter.add_industry_codes(industry);
    return filter;
  }
  void Move(const std::string& id, const std::string& enterprise) {
    v1::Need changes;
    changes.set_name("needs/" + id);
    changes.set_enterprise(enterprise);
    google::protobuf::FieldMask mask;
    mask.add_paths("enterprise");
    EXPECT_THAT(writer_.Update(Admin(), Request(), changes, mask), IsOk());
  }
};

TEST_F(NeedScanTest, FindsTheNeedsOfOneEnterpriseAlone) {
  Add("n-1", "enterprises/acme", {});
  Add("n-2", "enterprises/acme2", {});
  Add("n-3", "enterprises/acme", {});
  EXPECT_THAT(Scan(Of("enterprises/acme")), ::testing::ElementsAre("n-1", "n-3"));
  EXPECT_THAT(Scan(Of("enterprises/acme"), 0, 1), ::testing::ElementsAre("n-1", "n-3"));
  EXPECT_THAT(Scan(Of("enterprises/nobody")), ::testing::IsEmpty());
}

TEST_F(NeedScanTest, AnIndustryHoldsWhatIsBelowItOnceEach) {
  Add("n-1", "enterprises/acme", {"C2911", "C2912"});
  Add("n-2", "enterprises/acme", {"C3340"});
  Add("n-3", "enterprises/acme", {"C29"});
  EXPECT_THAT(Scan(In("C29")), ::testing::ElementsAre("n-1", "n-3"));
  EXPECT_THAT(Scan(In("C291")), ::testing::ElementsAre("n-1"));
  v1::RecordFilter both = In("C3340");
  both.add_industry_codes("C29");
  EXPECT_THAT(Scan(both), ::testing::ElementsAre("n-1", "n-2", "n-3"));
  both.add_enterprises("enterprises/other");
  EXPECT_THAT(Scan(both), ::testing::IsEmpty());
}

TEST_F(NeedScanTest, ShowsThePastAsItWas) {
  Add("n-1", "enterprises/acme", {});
  Add("n-2", "enterprises/acme", {});
  const auto before = static_cast<int64_t>(log_->CurrentRevision());
  Move("n-1", "enterprises/other");
  EXPECT_THAT(writer_.Delete(Admin(), Request(), "needs/n-2", ""), IsOk());
  EXPECT_THAT(Scan(Of("enterprises/acme")), ::testing::IsEmpty());
  EXPECT_THAT(Scan(Of("enterprises/other")), ::testing::ElementsAre("n-1"));
  EXPECT_THAT(Scan(Of("enterprises/acme"), before), ::testing::ElementsAre("n-1", "n-2"));
}

TEST_F(NeedScanTest, NeedsOfAnOlderStoreGetTheirKeys) {
  Add("n-1", "enterprises/acme", {"C2911"});
  Move("n-1", "enterprises/other");
  ASSERT_OK_AND_ASSIGN(const RecordVersion version, log_->Get("needs", "n-1"));
  Mutation old;  // as a build without these indexes wrote it
  old.collection = "needs";
  old.id = "n-2";
  old.bytes = version.bytes;
  ASSERT_THAT(log_->Commit({old}), IsOk());
  const Revision revision = log_->CurrentRevision();
  ASSERT_THAT(Scan(Of("enterprises/other")), ::testing::ElementsAre("n-1"));
  ASSERT_THAT(CompleteNeedIndexes(store_.get(), log_.get()), IsOk());
  EXPECT_THAT(Scan(Of("enterprises/other")), ::testing::ElementsAre("n-1", "n-2"));
  EXPECT_THAT(Scan(In("C29")), ::testing::ElementsAre("n-1", "n-2"));
  EXPECT_EQ(log_->CurrentRevision(), revision);
  Move("n-2", "enterprises/acme");  // and they leave with the record
  EXPECT_THAT(Scan(Of("enterprises/other")), ::testing::ElementsAre("n-1"));
  EXPECT_THAT(Scan(Of("enterprises/acme")), ::testing::ElementsAre("n-2"));
}

}  // namespace
}  // namespace duijie::catalog
