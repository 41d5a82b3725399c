// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/document_pipeline.h"

#include <gtest/gtest.h>

#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search {
namespace {

using duijie::testing::IsOk;
using testing::MakeAchievement;
using testing::Page;

constexpr int kSeveralTimesAhead = 3 * kBatchDocuments * static_cast<int>(kBatchesAhead) + 5;

// Every seventh change removes its record.
Page PageOf(int changes) {
  Page page;
  for (int i = 0; i < changes; ++i) {
    const std::string id = std::to_string(i);
    if (i % 7 == 3) {
      page.Delete("achievements/" + id);
    } else {
      page.Put(MakeAchievement(id, "锂电池隔膜涂覆工艺" + id, "第" + id + "号成果，耐温性提高。"));
    }
  }
  return page;
}

void ExpectDocumentsInOrder(int changes) {
  const auto builder = testing::SharedBuilder();
  const Page page = PageOf(changes);
  DocumentPipeline pipeline(*builder, page.get());
  for (const internal::v1::ChangedRecord& change : page.get().changes()) {
    const auto built = pipeline.Next();
    ASSERT_THAT(built, IsOk());
    const auto record = ToIndexedRecord(change.record());
    ASSERT_EQ(built->has_value(), record.has_value()) << change.name();
    if (!record) continue;
    const BuiltDocument expected = builder->Build(*record);
    EXPECT_EQ((*built)->forward, expected.forward) << change.name();
    EXPECT_EQ((*built)->document.serialise(), expected.document.serialise()) << change.name();
  }
}

TEST(DocumentPipelineTest, GivesTheDocumentsOfALongPageInOrder) {
  ExpectDocumentsInOrder(kSeveralTimesAhead);
}

TEST(DocumentPipelineTest, GivesTheDocumentsOfAShortPageInOrder) {
  ExpectDocumentsInOrder(kFewestPipelined - 1);
}

TEST(DocumentPipelineTest, EndsBeforeAllDocumentsAreTaken) {
  const auto builder = testing::SharedBuilder();
  const Page page = PageOf(kSeveralTimesAhead);
  for (const int taken : {0, 1, kBatchDocuments + 1}) {
    DocumentPipeline pipeline(*builder, page.get());
    for (int i = 0; i < taken; ++i) EXPECT_THAT(pipeline.Next(), IsOk());
  }
}

}  // namespace
}  // namespace duijie::search
