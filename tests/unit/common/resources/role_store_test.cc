// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/role_store.h"

#include "common/resources/paging.h"
#include "common/storage/memory_store.h"
#include "duijie/v1/expert.pb.h"
#include "duijie/v1/judgement_service.pb.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";

// Experts stand for any resource: they have a name, an etag and two times.
class RoleStoreTest : public ::testing::Test {
 protected:
  RoleStoreTest()
      : store_(RoleStore::Over(NewMemoryStore(), clock_, std::string(32, 'k'),
                               std::make_unique<CountingIdMaker>())
                   .value()),
        experts_(store_->log(), "experts", [](const v1::Expert& expert) {
          return std::vector<IndexKey>{{"place", expert.region_code(), false}};
        }) {}

  static WriteRequest Request(const std::string& id, const std::string& fingerprint = "f") {
    return {"key", "Create", id, fingerprint};
  }

  v1::Expert Named(const std::string& id, const std::string& title, const std::string& region = "") const {
    v1::Expert expert;
    expert.set_name(experts_.NameOf(id));
    expert.set_title(title);
    expert.set_region_code(region);
    return expert;
  }

  void Create(const v1::Expert& expert) {
    ASSERT_THAT(store_->Commit(Request(""), {experts_.Create(expert, clock_.Now())}), IsOk());
  }

  static std::vector<std::string> TitlesOf(const ResourcePage<v1::Expert>& page) {
    std::vector<std::string> titles;
    for (const v1::Expert& expert : page.items) titles.push_back(expert.title());
    return titles;
  }

  FakeClock clock_;
  std::unique_ptr<RoleStore> store_;
  ResourceTable<v1::Expert> experts_;
};

TEST_F(RoleStoreTest, WhatIsCreatedIsReadWithItsTimesAndAnEtag) {
  Create(Named("a", "甲"));
  const auto read = experts_.Get("experts/a");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->title(), "甲");
  EXPECT_EQ(MicrosOf(read->create_time()), clock_.Now());
  EXPECT_EQ(read->etag(), std::to_string(store_->log().CurrentRevision()));
}

TEST_F(RoleStoreTest, NamesOfOtherCollectionsDoNotExist) {
  Create(Named("a", "甲"));
  for (const char* name : {"", "experts", "experts/", "experts/b", "needs/a", "experts/a/b"}) {
    EXPECT_THAT(experts_.Get(name), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND")) << name;
  }
}

TEST_F(RoleStoreTest, ANameIsTakenOnce) {
  Create(Named("a", "甲"));
  EXPECT_THAT(store_->Commit(Request(""), {experts_.Create(Named("a", "乙"), clock_.Now())}),
              StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_EQ(experts_.Get("experts/a")->title(), "甲");
}

TEST_F(RoleStoreTest, TheSecondOfTwoChangesOfOneVersionIsRefused) {
  Create(Named("a", "甲"));
  const v1::Expert read = *experts_.Get("experts/a");
  v1::Expert changed = read;
  changed.set_title("乙");
  ASSERT_THAT(store_->Commit({experts_.Replace(changed, clock_.Now())}), IsOk());
  changed.set_title("丙");
  EXPECT_THAT(store_->Commit({experts_.Replace(changed, clock_.Now())}),
              StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(experts_.CheckEtag(*experts_.Get("experts/a"), read.etag()),
              StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(experts_.CheckEtag(read, ""), IsOk());
}

TEST_F(RoleStoreTest, EarlierVersionsStayReadable) {
  Create(Named("a", "甲"));
  const Revision before = store_->log().CurrentRevision();
  v1::Expert changed = *experts_.Get("experts/a");
  changed.set_title("乙");
  ASSERT_THAT(store_->Commit({experts_.Replace(changed, clock_.Now())}), IsOk());
  EXPECT_EQ(experts_.Get("experts/a", before)->title(), "甲");
}

TEST_F(RoleStoreTest, DeletedResourcesDoNotExist) {
  Create(Named("a", "甲"));
  ASSERT_THAT(store_->Commit({experts_.Delete(*experts_.Get("experts/a"))}), IsOk());
  EXPECT_THAT(experts_.Get("experts/a"), StatusIs(StatusCode::kNotFound));
}

TEST_F(RoleStoreTest, ListsGoOnWhereThePageBeforeEnded) {
  for (const char* id : {"a", "b", "c", "d"}) Create(Named(id, id));
  const auto odd = [](const v1::Expert& expert) { return expert.title() != "b"; };
  const auto first = experts_.List("", 2, odd);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(TitlesOf(*first), ElementsAre("a", "c"));
  EXPECT_THAT(TitlesOf(*experts_.List(first->next, 2, odd)), ElementsAre("d"));
}

TEST_F(RoleStoreTest, AnIndexFindsWhatHasItsKeyNow) {
  Create(Named("a", "甲", "1310"));
  Create(Named("b", "乙", "1311"));
  Create(Named("c", "丙", "1310"));
  EXPECT_THAT(TitlesOf(*experts_.ListByIndex("place", "1310", "", 10)), ElementsAre("甲", "丙"));
  v1::Expert moved = *experts_.Get("experts/a");
  moved.set_region_code("1311");
  ASSERT_THAT(store_->Commit({experts_.Replace(moved, clock_.Now())}), IsOk());
  EXPECT_THAT(TitlesOf(*experts_.ListByIndex("place", "1310", "", 10)), ElementsAre("丙"));
}

TEST_F(RoleStoreTest, LaterTimesComeFirst) {
  EXPECT_LT(LatestFirstKey(2'000'000), LatestFirstKey(1'000'000));
}

TEST_F(RoleStoreTest, ARepeatedRequestIsAnsweredAsBefore) {
  const WriteRequest request = Request(kUuid);
  EXPECT_FALSE(store_->AnswerOf<v1::Expert>(request)->has_value());
  ASSERT_THAT(store_->Commit(request, {experts_.Create(Named("a", "甲"), clock_.Now())}), IsOk());
  v1::Expert changed = *experts_.Get("experts/a");
  changed.set_title("乙");
  ASSERT_THAT(store_->Commit({experts_.Replace(changed, clock_.Now())}), IsOk());
  const auto answer = store_->AnswerOf<v1::Expert>(request);
  ASSERT_THAT(answer, IsOk());
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ((*answer)->title(), "甲");
  EXPECT_THAT(store_->AnswerOf<v1::Expert>(Request(kUuid, "another")),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(RoleStoreTest, ARequestIsForgottenAfterItsTime) {
  ASSERT_THAT(store_->Commit(Request(kUuid), {experts_.Create(Named("a", "甲"), clock_.Now())}), IsOk());
  clock_.Advance(std::chrono::microseconds(kRequestMemory));
  EXPECT_FALSE(store_->AnswerOf<v1::Expert>(Request(kUuid))->has_value());
}

TEST(CheckRequestIdTest, TakesUuidsOnly) {
  EXPECT_THAT(CheckRequestId(""), IsOk());
  EXPECT_THAT(CheckRequestId(kUuid), IsOk());
  EXPECT_THAT(CheckRequestId("123e4567e89b12d3a456426614174000"), StatusIs(StatusCode::kInvalidArgument));
}

class PageOfListTest : public ::testing::Test {
 protected:
  StatusOr<PageOfList> Open(const v1::ListJudgementsRequest& request) const {
    return PageOfList::Open(tokens_, caller_, request, {.fallback = 5, .most = 7});
  }

  PageTokens tokens_{std::string(32, 'k')};
  Principal caller_ = SystemPrincipal();
  v1::ListJudgementsRequest request_;
};

TEST_F(PageOfListTest, SizesHaveADefaultAndABound) {
  EXPECT_EQ(Open(request_)->size(), 5u);
  request_.set_page_size(100);
  EXPECT_EQ(Open(request_)->size(), 7u);
  request_.set_page_size(-1);
  EXPECT_THAT(Open(request_), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(PageOfListTest, ATokenLeadsOnAndOnlyForItsRequestAndCaller) {
  request_.set_need("needs/a");
  const std::string token = Open(request_)->TokenFor("position");
  request_.set_page_token(token);
  request_.set_page_size(3);
  ASSERT_THAT(Open(request_), IsOk());
  EXPECT_EQ(Open(request_)->position(), "position");
  caller_.set_key_id("another");
  EXPECT_THAT(Open(request_), StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  caller_ = SystemPrincipal();
  request_.set_need("needs/b");
  EXPECT_THAT(Open(request_), StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(PageOfListTest, TheEndHasNoToken) { EXPECT_EQ(Open(request_)->TokenFor(""), ""); }

}  // namespace
}  // namespace duijie
