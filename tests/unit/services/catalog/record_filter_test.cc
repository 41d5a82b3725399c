// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_filter.h"
#include "common/base/proto_time.h"

#include <functional>

#include "services/catalog/stored_record.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

v1::Achievement Rich() {
  v1::Achievement a = SomeAchievement();
  a.add_field_codes("10101");
  a.add_industry_codes("C3340");
  a.set_region_code("130108");
  a.set_state(v1::RECORD_STATE_PUBLISHED);
  a.set_maturity_level(5);
  a.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
  a.set_price_min_wan_yuan(10);
  a.set_price_max_wan_yuan(20);
  a.set_valid_from("2023-01-01");
  a.set_valid_until("2023-12-31");
  a.add_provenances()->set_source_library("lib");
  *a.mutable_update_time() = TimestampOf(1'000'000);
  return a;
}

struct FilterCase {
  const char* what;
  bool passes;
  std::function<void(v1::RecordFilter&)> set;
};

TEST(RecordFilterTest, EachFieldKeepsAndDrops) {
  const FilterCase cases[] = {
      {"nothing", true, [](auto&) {}},
      {"the field itself", true, [](auto& f) { f.add_field_codes("10101"); }},
      {"a field above", true, [](auto& f) { f.add_field_codes("10"); }},
      {"a field below", false, [](auto& f) { f.add_field_codes("10102"); }},
      {"one of two fields", true, [](auto& f) { f.add_field_codes("10102"), f.add_field_codes("101"); }},
      {"an industry above", true, [](auto& f) { f.add_industry_codes("C"); }},
      {"another industry", false, [](auto& f) { f.add_industry_codes("A"); }},
      {"a province", true, [](auto& f) { f.add_region_codes("130000"); }},
      {"another province", false, [](auto& f) { f.add_region_codes("110000"); }},
      {"the state", true, [](auto& f) { f.add_states(v1::RECORD_STATE_PUBLISHED); }},
      {"another state", false, [](auto& f) { f.add_states(v1::RECORD_STATE_DRAFT); }},
      {"maturity at the lower end", true, [](auto& f) { f.set_maturity_min(5); }},
      {"maturity above", false, [](auto& f) { f.set_maturity_min(6); }},
      {"maturity at the upper end", true, [](auto& f) { f.set_maturity_max(5); }},
      {"maturity below", false, [](auto& f) { f.set_maturity_max(4); }},
      {"the mode", true, [](auto& f) { f.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE); }},
      {"another mode", false, [](auto& f) { f.add_cooperation_modes(v1::COOPERATION_MODE_EQUITY); }},
      {"a price range that touches below", true, [](auto& f) { f.set_price_max_wan_yuan(10); }},
      {"a price range below", false, [](auto& f) { f.set_price_max_wan_yuan(9); }},
      {"a price range that touches above", true, [](auto& f) { f.set_price_min_wan_yuan(20); }},
      {"a price range above", false, [](auto& f) { f.set_price_min_wan_yuan(21); }},
      {"the first day", true, [](auto& f) { f.set_valid_on("2023-01-01"); }},
      {"the last day", true, [](auto& f) { f.set_valid_on("2023-12-31"); }},
      {"the day after", false, [](auto& f) { f.set_valid_on("2024-01-01"); }},
      {"the library", true, [](auto& f) { f.add_source_libraries("lib"); }},
      {"another library", false, [](auto& f) { f.add_source_libraries("bil"); }},
      {"changed then", true, [](auto& f) { *f.mutable_updated_after() = TimestampOf(1'000'000); }},
      {"changed before", false, [](auto& f) { *f.mutable_updated_after() = TimestampOf(1'000'001); }},
  };
  for (const FilterCase& c : cases) {
    v1::RecordFilter filter;
    c.set(filter);
    EXPECT_TRUE(ValidateFilter(filter, v1::COLLECTION_ACHIEVEMENTS, TestTaxonomies()).empty()) << c.what;
    EXPECT_EQ(Passes(Rich(), filter, TestTaxonomies()), c.passes) << c.what;
  }
}

TEST(RecordFilterTest, RecordsWithoutAPriceAreKeptOnlyOnDemand) {
  v1::RecordFilter filter;
  filter.set_price_min_wan_yuan(1);
  EXPECT_FALSE(Passes(SomeAchievement(), filter, TestTaxonomies()));
  filter.set_include_unpriced(true);
  EXPECT_TRUE(Passes(SomeAchievement(), filter, TestTaxonomies()));
}

TEST(RecordFilterTest, FieldsThatACollectionLacksAreRefused) {
  v1::RecordFilter filter;
  filter.add_field_codes("10");
  filter.set_maturity_min(3);
  filter.add_need_types(v1::NEED_TYPE_URGENT);
  const auto violations = ValidateFilter(filter, v1::COLLECTION_ENTERPRISES, TestTaxonomies());
  ASSERT_EQ(violations.size(), 3u);
  for (const auto& violation : violations) EXPECT_EQ(violation.rule, "FIELD_NOT_APPLICABLE");
  EXPECT_EQ(ValidateFilter(filter, v1::COLLECTION_ACHIEVEMENTS, TestTaxonomies()).size(), 1u);
}

TEST(RecordFilterTest, BadValuesAreRefused) {
  v1::RecordFilter filter;
  filter.add_field_codes("nonsense");
  filter.set_maturity_min(5);
  filter.set_maturity_max(4);
  filter.set_valid_on("today");
  filter.add_source_libraries("Not Valid");
  filter.set_price_min_wan_yuan(2);
  filter.set_price_max_wan_yuan(1);
  EXPECT_EQ(ValidateFilter(filter, v1::COLLECTION_ACHIEVEMENTS, TestTaxonomies()).size(), 5u);
}

}  // namespace
}  // namespace duijie::catalog
