// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/searcher.h"

#include <map>

#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class SearcherTest : public IndexTest {};

// Each two neighbouring characters, unless a space or a punctuation mark is between them.
std::vector<std::string> FragmentsOf(const std::string& title) {
  std::vector<std::string> characters;
  for (size_t i = 0; i < title.size();) {
    const auto lead = static_cast<unsigned char>(title[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    characters.push_back(title.substr(i, length));
    i += length;
  }
  std::vector<std::string> fragments;
  for (size_t i = 0; i + 1 < characters.size(); ++i) {
    if (characters[i] != " " && characters[i + 1] != " ")
      fragments.push_back(characters[i] + characters[i + 1]);
  }
  return fragments;
}

TEST_F(SearcherTest, EveryTwoCharacterFragmentOfATitleFindsIt) {
  const std::vector<std::string> titles = {"高镍三元正极材料的包覆改性制备工艺",
                                           "面向5G基站的氮化镓功率放大器芯片", "水稻抗稻瘟病基因Cas9编辑方法",
                                           "污水处理厂出水总氮脱除与回用"};
  Page page;
  for (size_t i = 0; i < titles.size(); ++i) page.Put(MakeAchievement("t" + std::to_string(i), titles[i]));
  page.Put(MakeAchievement("other", "玉米秸秆还田机"));
  Load(*indexes_.achievements, page);
  for (size_t i = 0; i < titles.size(); ++i) {
    for (const std::string& fragment : FragmentsOf(titles[i])) {
      EXPECT_THAT(Names(Achievements(fragment)), Contains("achievements/t" + std::to_string(i))) << fragment;
    }
  }
}

TEST_F(SearcherTest, FewWordsMustAllOccurIfAnyRecordHasThem) {
  Load(*indexes_.achievements, Page()
                                   .Put(MakeAchievement("both", "石墨烯导电薄膜", "用于柔性传感器"))
                                   .Put(MakeAchievement("one", "石墨烯散热涂料"))
                                   .Put(MakeAchievement("none", "小麦播种机")));
  EXPECT_THAT(Names(Achievements("石墨烯 传感器")), ElementsAre("achievements/both"));
  EXPECT_THAT(Names(Achievements("石墨烯 拖拉机")),
              UnorderedElementsAre("achievements/both", "achievements/one"));
}

TEST_F(SearcherTest, ATermThatNoRecordHoldsIsFoundByItsParts) {
  Load(*indexes_.achievements,
       Page().Put(MakeAchievement("part", "污水深度脱氮装置")).Put(MakeAchievement("none", "小麦播种机")));
  EXPECT_THAT(Names(Achievements("脱氮除磷")), ElementsAre("achievements/part"));
}

TEST_F(SearcherTest, SynonymsFindEachOther) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "高强度金属筛网制造技术")));
  EXPECT_THAT(Names(Achievements("丝网")), ElementsAre("achievements/a"));
}

TEST_F(SearcherTest, QuotedTextMustOccurAsItStands) {
  Load(*indexes_.achievements,
       Page()
           .Put(MakeAchievement("yes", "电池回收", "废旧电池正极材料回收利用的成套技术"))
           .Put(MakeAchievement("no", "正极材料", "材料回收与正极材料的改性利用")));
  EXPECT_THAT(Names(Achievements("“正极材料回收”")), ElementsAre("achievements/yes"));
  EXPECT_THAT(Names(Achievements("“正极材料回收” 改性")), IsEmpty());
  EXPECT_THAT(Names(Achievements("正极材料回收")),
              UnorderedElementsAre("achievements/yes", "achievements/no"));
}

TEST_F(SearcherTest, TitleCountsMoreThanBody) {
  Load(*indexes_.achievements, Page()
                                   .Put(MakeAchievement("body", "一种新装置", "采用超声波清洗的装置"))
                                   .Put(MakeAchievement("title", "超声波清洗装置", "一种新的装置")));
  EXPECT_THAT(Names(Achievements("超声波清洗")), ElementsAre("achievements/title", "achievements/body"));
}

TEST_F(SearcherTest, FiltersKeepExactlyWhatTheySay) {
  v1::Achievement cheap = MakeAchievement("cheap", "机床甲");
  cheap.set_price_min_wan_yuan(10);
  cheap.set_price_max_wan_yuan(20);
  cheap.set_maturity_level(4);
  cheap.set_region_code("110108");
  cheap.add_field_codes("10101");
  cheap.add_industry_codes("C3340");
  cheap.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
  cheap.set_valid_from("2024-01-01");
  cheap.set_valid_until("2024-12-31");
  v1::Achievement dear = MakeAchievement("dear", "机床乙");
  dear.set_price_min_wan_yuan(100);
  dear.set_maturity_level(8);
  dear.set_region_code("120101");
  v1::Achievement unpriced = MakeAchievement("unpriced", "机床丙");
  v1::Achievement draft = MakeAchievement("draft", "机床丁");
  draft.set_state(v1::RECORD_STATE_DRAFT);
  Load(*indexes_.achievements, Page().Put(cheap).Put(dear).Put(unpriced).Put(draft));
  const auto with = [&](auto&& set) {
    v1::SearchRequest request = Achievements("机床");
    set(*request.mutable_filter());
    return Names(request, PrincipalOf(v1::ROLE_ADMIN));
  };
  const std::string c = "achievements/cheap", d = "achievements/dear", u = "achievements/unpriced";
  EXPECT_THAT(with([](v1::RecordFilter&) {}), UnorderedElementsAre(c, d, u));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_price_max_wan_yuan(15); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_price_min_wan_yuan(21); }), ElementsAre(d));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_price_min_wan_yuan(20); }), UnorderedElementsAre(c, d));
  EXPECT_THAT(with([](v1::RecordFilter& f) {
                f.set_price_max_wan_yuan(15);
                f.set_include_unpriced(true);
              }),
              UnorderedElementsAre(c, u));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_maturity_min(5); }), ElementsAre(d));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_maturity_max(5); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_region_codes("110000"); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_region_codes("110108"); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_field_codes("10"); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_industry_codes("C33"); }), ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE); }),
              ElementsAre(c));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_valid_on("2025-01-01"); }), UnorderedElementsAre(d, u));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.set_valid_on("2024-12-31"); }), UnorderedElementsAre(c, d, u));
  EXPECT_THAT(with([](v1::RecordFilter& f) { f.add_states(v1::RECORD_STATE_DRAFT); }),
              ElementsAre("achievements/draft"));
}

TEST_F(SearcherTest, ForeignFilterFieldsAreRefused) {
  v1::SearchRequest request = Achievements("机床");
  request.mutable_filter()->add_park_codes("sjz-gxq");
  EXPECT_THAT(Search(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(SearcherTest, FilterCodesThatNoTableHasAreRefused) {
  const auto refused = [&](auto&& set) {
    v1::SearchRequest request = Achievements("机床");
    set(*request.mutable_filter());
    const std::vector<FieldViolation> wrong = ViolationsOf(Search(request).status());
    return wrong.empty() ? "" : wrong.front().field + " " + wrong.front().rule;
  };
  EXPECT_EQ(refused([](v1::RecordFilter& f) {
              f.add_region_codes("110000");
              f.add_region_codes("北京");
            }),
            "filter.region_codes[1] UNKNOWN_CODE");
  EXPECT_EQ(refused([](v1::RecordFilter& f) { f.add_field_codes("999"); }),
            "filter.field_codes[0] UNKNOWN_CODE");
  EXPECT_EQ(refused([](v1::RecordFilter& f) { f.add_industry_codes("c33"); }),
            "filter.industry_codes[0] UNKNOWN_CODE");
}

TEST_F(SearcherTest, FacetsCountAllHitsNotThePage) {
  Page page;
  for (int i = 0; i < 30; ++i) {
    v1::Achievement record = MakeAchievement("f" + std::to_string(i), "环保设备");
    record.set_maturity_level(i % 3 + 1);
    record.set_region_code(i % 2 == 0 ? "110108" : "120101");
    page.Put(record);
  }
  Load(*indexes_.achievements, page);
  v1::SearchRequest request = Achievements("环保");
  request.set_page_size(2);
  request.add_facets(v1::FACET_KIND_MATURITY);
  request.add_facets(v1::FACET_KIND_REGION);
  ASSERT_OK_AND_ASSIGN(const v1::SearchResponse response, Search(request));
  EXPECT_EQ(response.total(), 30);
  EXPECT_EQ(response.hits_size(), 2);
  ASSERT_EQ(response.facets_size(), 2);
  ASSERT_EQ(response.facets(0).counts_size(), 3);
  EXPECT_EQ(response.facets(0).counts(0).value(), "1");
  EXPECT_EQ(response.facets(0).counts(0).count(), 10);
  std::map<std::string, std::pair<std::string, int64_t>> regions;
  for (const auto& count : response.facets(1).counts())
    regions[count.value()] = {count.label(), count.count()};
  EXPECT_EQ(regions["110000"].first, "北京市");
  EXPECT_EQ(regions["110000"].second, 15);
  EXPECT_EQ(regions["120100"].second, 15);
}

TEST_F(SearcherTest, PagesCoverAllHitsOnceInOrderOfName) {
  Page page;
  for (int i = 24; i >= 0; --i) page.Put(MakeAchievement("p" + std::to_string(100 + i), "相同的标题"));
  Load(*indexes_.achievements, page);
  v1::SearchRequest request = Achievements("标题");
  request.set_page_size(10);
  std::vector<std::string> names;
  for (int pages = 0; pages < 3; ++pages) {
    ASSERT_OK_AND_ASSIGN(const v1::SearchResponse response, Search(request));
    EXPECT_EQ(response.total(), 25);
    for (const auto& hit : response.hits()) names.push_back(hit.name());
    request.set_page_token(response.next_page_token());
  }
  EXPECT_EQ(request.page_token(), "");
  ASSERT_EQ(names.size(), 25u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_F(SearcherTest, PageTokenFitsOnlyItsQueryAndCaller) {
  Page page;
  for (int i = 0; i < 5; ++i) page.Put(MakeAchievement("q" + std::to_string(i), "标题"));
  Load(*indexes_.achievements, page);
  v1::SearchRequest request = Achievements("标题");
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const v1::SearchResponse first, Search(request));
  request.set_page_token(first.next_page_token());
  EXPECT_THAT(Search(request), IsOk());
  EXPECT_THAT(Search(request, PrincipalOf(v1::ROLE_EXPERT)),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  request.set_query("别的");
  EXPECT_THAT(Search(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(SearcherTest, OrdersSortByTheirFieldThenName) {
  v1::Achievement a = MakeAchievement("a", "泵");
  a.set_price_min_wan_yuan(5);
  a.set_maturity_level(2);
  a.mutable_update_time()->set_seconds(100);
  v1::Achievement b = MakeAchievement("b", "泵");
  b.set_price_max_wan_yuan(3);
  b.set_maturity_level(9);
  b.mutable_update_time()->set_seconds(300);
  v1::Achievement c = MakeAchievement("c", "泵");
  c.mutable_update_time()->set_seconds(200);
  Load(*indexes_.achievements, Page().Put(c).Put(a).Put(b));
  const auto by = [&](v1::SearchOrder order) {
    v1::SearchRequest request = Achievements("泵");
    request.set_order(order);
    return Names(request);
  };
  EXPECT_THAT(by(v1::SEARCH_ORDER_PRICE), ElementsAre("achievements/b", "achievements/a", "achievements/c"));
  EXPECT_THAT(by(v1::SEARCH_ORDER_MATURITY),
              ElementsAre("achievements/b", "achievements/a", "achievements/c"));
  EXPECT_THAT(by(v1::SEARCH_ORDER_UPDATE_TIME),
              ElementsAre("achievements/b", "achievements/c", "achievements/a"));
  EXPECT_THAT(Names(Achievements("")), ElementsAre("achievements/b", "achievements/c", "achievements/a"));
}

TEST_F(SearcherTest, SnippetsMarkWhatMatched) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("s", "氮化镓器件", "提出一种功率放大器的新结构")));
  ASSERT_OK_AND_ASSIGN(const v1::SearchResponse response, Search(Achievements("功率放大器")));
  ASSERT_EQ(response.hits_size(), 1);
  const v1::SearchHit& hit = response.hits(0);
  EXPECT_GT(hit.score(), 0);
  EXPECT_EQ(hit.title().text(), "氮化镓器件");
  EXPECT_EQ(hit.title().highlights_size(), 0);
  ASSERT_EQ(hit.excerpt().highlights_size(), 1);
  const v1::Highlight& mark = hit.excerpt().highlights(0);
  EXPECT_EQ(hit.excerpt().text().substr(mark.begin(), mark.end() - mark.begin()), "功率放大器");
}

TEST_F(SearcherTest, MinRevisionNotReachedIsUnavailable) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("m", "题目")));
  v1::SearchRequest request = Achievements("题目");
  request.set_min_revision(1);
  EXPECT_THAT(Search(request), IsOk());
  request.set_min_revision(2);
  EXPECT_THAT(Search(request), StatusIs(StatusCode::kUnavailable, "INDEX_BEHIND"));
}

TEST_F(SearcherTest, DeletedAndChangedRecordsAreGone) {
  Load(*indexes_.achievements,
       Page().Put(MakeAchievement("x", "旧题目甲")).Put(MakeAchievement("y", "旧题目乙")));
  Load(*indexes_.achievements, Page().From(2).Put(MakeAchievement("x", "崭新名称")).Delete("achievements/y"));
  EXPECT_THAT(Names(Achievements("题目")), IsEmpty());
  EXPECT_THAT(Names(Achievements("崭新")), ElementsAre("achievements/x"));
}

}  // namespace
}  // namespace duijie::search::testing
