// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/document_set.h"

#include <gmock/gmock.h>

#include "services/search/hash_filter.h"

namespace duijie::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Xapian::docid> Members(const DocumentSet& set) {
  std::vector<Xapian::docid> members;
  set.ForEach([&](Xapian::docid id) { members.push_back(id); });
  return members;
}

DocumentSet SetOf(Xapian::docid last, std::initializer_list<Xapian::docid> ids) {
  DocumentSet set(last);
  for (const Xapian::docid id : ids) set.Add(id);
  return set;
}

TEST(DocumentSetTest, WalksItsMembersInOrderAcrossWords) {
  const DocumentSet set = SetOf(200, {200, 1, 63, 64, 128});
  EXPECT_THAT(Members(set), ElementsAre(1U, 63U, 64U, 128U, 200U));
  EXPECT_THAT(Members(DocumentSet(200)), IsEmpty());
}

TEST(DocumentSetTest, NextIsTheFirstFromThere) {
  const DocumentSet set = SetOf(200, {63, 64, 200});
  EXPECT_EQ(set.Next(0, 201), 63U);
  EXPECT_EQ(set.Next(63, 201), 63U);
  EXPECT_EQ(set.Next(64, 201), 64U);
  EXPECT_EQ(set.Next(65, 201), 200U);
  EXPECT_EQ(set.Next(201, 201), 201U);
  EXPECT_EQ(set.Next(5'000, 201), 201U);
}

TEST(DocumentSetTest, AndKeepsWhatIsInBothWhateverTheirSizes) {
  DocumentSet large = SetOf(200, {1, 64, 199});
  large.And(SetOf(70, {1, 2, 64}));
  EXPECT_THAT(Members(large), ElementsAre(1U, 64U));
  DocumentSet small = SetOf(70, {1, 2, 64});
  small.And(SetOf(200, {2, 64, 199}));
  EXPECT_THAT(Members(small), ElementsAre(2U, 64U));
}

TEST(HashFilterTest, SiftsEveryPlaceThatWasAddedInOrder) {
  constexpr uint32_t kTerms = 300;  // more than are looked at in one go
  ForwardData data;
  HashFilter filter;
  std::vector<size_t> expected;
  for (uint32_t i = 0; i < kTerms; ++i) {
    TermCounts& term = data.words.emplace_back();
    term.hash = 1 + i;
    term.counts[kBodyField] = 1;
    if (i % 7 != 0) continue;
    filter.Add(term.hash);
    expected.push_back(i);
  }
  const std::string bytes = EncodeForward(data);
  const auto view = ForwardView::Parse(bytes);
  ASSERT_TRUE(view.ok());
  std::vector<size_t> sifted;
  filter.Sift(view->words(), [&](size_t place) { sifted.push_back(place); });
  EXPECT_EQ(sifted, expected);
}

}  // namespace
}  // namespace duijie::search
