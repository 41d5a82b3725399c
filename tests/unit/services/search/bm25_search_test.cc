// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/bm25_search.h"

#include <cmath>
#include <map>

#include "services/search/filter_cache.h"
#include "services/search/index_schema.h"
#include "services/search/record_query.h"
#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

constexpr double kRounding = 1e-12;
constexpr int kRecords = 60;

// Texts of different lengths that share words in different numbers.
std::string SummaryOf(int i) {
  std::string text = "用于钢铁行业。";
  for (int k = 0; k < i % 5; ++k) text += "余热回收装置。";
  for (int k = 0; k < i % 7; ++k) text += "污水处理与回收设备。";
  return text;
}

class Bm25SearchTest : public IndexTest {
 protected:
  Bm25SearchTest() {
    Page page;
    for (int i = 0; i < kRecords; ++i)
      page.Put(
          MakeAchievement("a" + std::to_string(100 + i), i % 3 == 0 ? "余热回收" : "水处理", SummaryOf(i)));
    Load(*indexes_.achievements, page);
  }

  static std::vector<SearchTerm> Terms() {
    std::vector<SearchTerm> terms;
    for (const auto& [word, weight] :
         {std::pair("余热", 2.0), std::pair("回收", 0.5), std::pair("污水", 1.25), std::pair("处理", 1.0),
          std::pair("没有的词", 1.0)})
      terms.push_back({TermOf(Prefix::kWord, word), weight});
    return terms;
  }

  std::vector<Hit> Best(const std::vector<SearchTerm>& terms, const Xapian::Query& filter,
                        Xapian::doccount limit) {
    std::vector<Hit> hits;
    EXPECT_THAT(indexes_.achievements->readable().Read([&](const IndexReader& reader) {
      hits = FindBest(reader, terms, filter, limit);
      return OkStatus();
    }),
                IsOk());
    return hits;
  }
};

TEST_F(Bm25SearchTest, ScoresAsXapianDoes) {
  std::map<Xapian::docid, double> expected;
  EXPECT_THAT(indexes_.achievements->readable().Read([&](const IndexReader& reader) {
    std::vector<Xapian::Query> queries;
    for (const SearchTerm& term : Terms())
      queries.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term.term), term.weight);
    Xapian::Enquire enquire(reader.database());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end()));
    enquire.set_weighting_scheme(Bm25());
    const Xapian::MSet found = enquire.get_mset(0, kRecords);
    for (auto hit = found.begin(); hit != found.end(); ++hit) expected[*hit] = hit.get_weight();
    return OkStatus();
  }),
              IsOk());
  const std::vector<Hit> hits = Best(Terms(), Xapian::Query::MatchAll, kRecords);
  ASSERT_EQ(hits.size(), expected.size());
  EXPECT_GT(hits.size(), size_t{kRecords} / 2);
  double before = hits.front().score;
  for (const Hit& hit : hits) {
    EXPECT_NEAR(hit.score, expected[hit.id], kRounding) << hit.id;
    EXPECT_LE(hit.score, before);
    before = hit.score;
  }
}

TEST_F(Bm25SearchTest, CutsAndFilters) {
  const std::vector<Hit> all = Best(Terms(), Xapian::Query::MatchAll, kRecords);
  const std::vector<Hit> few = Best(Terms(), Xapian::Query::MatchAll, 7);
  ASSERT_EQ(few.size(), 7U);
  for (size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].id, all[i].id);
  const std::vector<Hit> one = Best(Terms(), Xapian::Query(TermOf(Prefix::kName, "achievements/a103")), 7);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(Best(Terms(), Xapian::Query::MatchNothing, 7).empty());
  EXPECT_TRUE(Best({}, Xapian::Query::MatchAll, 7).empty());
}

// Of a shared last place the first names are kept, in order.
TEST_F(Bm25SearchTest, TiesGoByName) {
  Page page;
  page.From(kRecords);
  for (const char* id : {"zz", "yy", "xx"}) page.Put(MakeAchievement(id, "钕铁硼永磁", ""));
  Load(*indexes_.achievements, page);
  const std::vector<SearchTerm> terms = {{TermOf(Prefix::kWord, "钕铁硼"), 1.0}};
  const std::vector<Hit> hits = Best(terms, Xapian::Query::MatchAll, 2);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_GT(hits[0].id, hits[1].id) << "xx was put last, and comes first";
  EXPECT_EQ(hits[0].score, hits[1].score);
}

std::vector<std::pair<Xapian::docid, double>> PairsOf(const std::vector<Hit>& hits) {
  std::vector<std::pair<Xapian::docid, double>> pairs;
  for (const Hit& hit : hits) pairs.emplace_back(hit.id, hit.score);
  return pairs;
}

// A filter that is kept finds the same as Xapian, ties and cuts included, and anew after a commit.
TEST_F(Bm25SearchTest, AKeptFilterChangesNothing) {
  const Xapian::Query filter = FilterQuery({}, SystemPrincipal());
  const std::vector<SearchTerm> one = {Terms()[1]};  // few different scores, many ties
  for (const std::vector<SearchTerm>& terms : {Terms(), one, std::vector<SearchTerm>()}) {
    for (const Xapian::doccount limit : {1, 7, 30, 200}) {
      // A fresh filter each: the same one with a limit's worth of itself, so that its serialised form
      // differs.
      const std::vector<Xapian::Query> same(limit, filter);
      const Xapian::Query fresh(Xapian::Query::OP_AND, same.begin(), same.end());
      const auto asked_first = PairsOf(Best(terms, fresh, limit));
      for (int ask = 1; ask <= kAsksBeforeKept; ++ask)
        EXPECT_EQ(PairsOf(Best(terms, fresh, limit)), asked_first) << limit;
    }
  }
  const Xapian::Query name(TermOf(Prefix::kName, "achievements/new"));
  for (int ask = 0; ask <= kAsksBeforeKept; ++ask) EXPECT_TRUE(Best(Terms(), name, 7).empty());
  Page page;
  page.From(kRecords);
  page.Put(MakeAchievement("new", "余热回收", ""));
  Load(*indexes_.achievements, page);
  EXPECT_EQ(Best(Terms(), name, 7).size(), 1U);
}

TEST_F(Bm25SearchTest, KeepsFiltersThatAreAskedForAgain) {
  EXPECT_THAT(indexes_.achievements->readable().Read([&](const IndexReader& reader) {
    FilterCache filters;
    const Xapian::Query filter = FilterQuery({}, SystemPrincipal());
    for (int ask = 1; ask < kAsksBeforeKept; ++ask)
      EXPECT_EQ(filters.Get(reader.database(), filter), nullptr);
    const auto bits = filters.Get(reader.database(), filter);
    if (bits == nullptr) return Error(StatusCode::kInternal, "INTERNAL", "not kept");
    EXPECT_FALSE(bits->Has(1)) << "the document that stands for no record";
    for (Xapian::docid id = 2; id <= kRecords + 1; ++id) EXPECT_TRUE(bits->Has(id)) << id;
    EXPECT_EQ(filters.Get(reader.database(), filter), bits);
    for (size_t i = 0; i < kKeptFilters; ++i)
      filters.Get(reader.database(), Xapian::Query(TermOf(Prefix::kName, std::to_string(i))));
    EXPECT_EQ(filters.Get(reader.database(), filter), nullptr) << "others were used later";
    return OkStatus();
  }),
              IsOk());
}

}  // namespace
}  // namespace duijie::search::testing
