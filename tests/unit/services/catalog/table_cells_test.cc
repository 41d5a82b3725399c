// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of tables: what people write is read, and what is written is read back as the same.
#include <algorithm>
#include <functional>

#include <google/protobuf/util/message_differencer.h>

#include "services/catalog/cell_codec.h"
#include "services/catalog/cell_text.h"
#include "services/catalog/code_lookup.h"
#include "services/catalog/indicator_text.h"
#include "services/catalog/stored_record.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

v1::Indicator One(const std::string& text) {
  const auto indicators = ParseIndicators(text);
  EXPECT_TRUE(indicators.has_value()) << text;
  EXPECT_EQ(indicators->size(), 1) << text;
  return (*indicators)[0];
}

TEST(IndicatorTextTest, ReadsValueUnitAndCondition) {
  const auto parsed = ParseIndicators(
      "首次放电比容量≥210mAh/g@0.1C；循环寿命≥1,000次\n粒径=10~20μm；孔隙率≈35%；外观良好；厚度[mm]");
  ASSERT_TRUE(parsed.has_value());
  ASSERT_EQ(parsed->size(), 6);
  EXPECT_EQ((*parsed)[0].name(), "首次放电比容量");
  EXPECT_EQ((*parsed)[0].comparator(), v1::COMPARATOR_AT_LEAST);
  EXPECT_EQ((*parsed)[0].value(), 210);
  EXPECT_EQ((*parsed)[0].unit(), "mAh/g");
  EXPECT_EQ((*parsed)[0].condition(), "0.1C");
  EXPECT_EQ((*parsed)[1].value(), 1000);
  EXPECT_EQ((*parsed)[2].comparator(), v1::COMPARATOR_BETWEEN);
  EXPECT_EQ((*parsed)[2].upper_value(), 20);
  EXPECT_EQ((*parsed)[3].comparator(), v1::COMPARATOR_APPROXIMATELY);
  EXPECT_FALSE((*parsed)[4].has_value());
  EXPECT_EQ((*parsed)[5].unit(), "mm");
}

TEST(IndicatorTextTest, ReadsComparatorsInWordsOnlyBeforeNumbers) {
  EXPECT_EQ(One("强度不低于 30MPa").comparator(), v1::COMPARATOR_AT_LEAST);
  EXPECT_EQ(One("误差不超过0.5%").comparator(), v1::COMPARATOR_AT_MOST);
  EXPECT_EQ(One("误差>=-5e-3mm").value(), -0.005);
  EXPECT_EQ(One("性能高于同类产品").name(), "性能高于同类产品");
}

TEST(IndicatorTextTest, RefusesComparatorsWithoutNumber) {
  EXPECT_FALSE(ParseIndicators("厚度≥薄").has_value());
  EXPECT_FALSE(ParseIndicators("厚度=1~x").has_value());
}

TEST(IndicatorTextTest, OddTextsRoundTrip) {
  Indicators odd;
  auto* first = odd.Add();
  first->set_name("a>=b；c@d\\e[不大于 3]");
  first->set_comparator(v1::COMPARATOR_BETWEEN);
  first->set_value(-1.5e-9);
  first->set_upper_value(1e300);
  first->set_unit("10^-6/K");
  first->set_condition("25℃; 湿度~60%\n第二行");
  auto* second = odd.Add();
  second->set_name("约 5 号");
  second->set_unit("eV");
  auto* third = odd.Add();
  third->set_name("能量");
  third->set_comparator(v1::COMPARATOR_LESS_THAN);
  third->set_value(0.1);
  third->set_unit("eV");
  const std::string text = FormatIndicators(odd);
  const auto back = ParseIndicators(text);
  ASSERT_TRUE(back.has_value()) << text;
  ASSERT_EQ(back->size(), odd.size()) << text;
  for (int i = 0; i < odd.size(); ++i) EXPECT_EQ((*back)[i].DebugString(), odd[i].DebugString()) << text;
}

// Every text of up to four of `pieces`.
void ForEveryShortText(const std::vector<std::string>& pieces,
                       const std::function<void(const std::string&)>& check) {
  constexpr size_t kPieces = 4;
  std::function<void(const std::string&, size_t)> grow = [&](const std::string& text, size_t left) {
    check(text);
    for (size_t i = 0; left > 0 && i < pieces.size() && !::testing::Test::HasFatalFailure(); ++i) {
      grow(text + pieces[i], left - 1);
    }
  };
  grow("", kPieces);
}

TEST(IndicatorTextTest, WhatIsReadOfAnyShortTextRoundTrips) {
  ForEveryShortText({"\\",   "[",  "]",    "@", " ", "\n", "\r", "\u3000", "；", "=", "≥",
                     "大于", "约", "至少", "5", "~", "至", ",",  "e",      "-",  ".", "a"},
                    [](const std::string& text) {
                      const auto read = ParseIndicators(text);
                      if (!read) return;
                      const std::string shown = FormatIndicators(*read);
                      const auto again = ParseIndicators(shown);
                      ASSERT_TRUE(again.has_value()) << text << " → " << shown;
                      ASSERT_TRUE(std::equal(again->begin(), again->end(), read->begin(), read->end(),
                                             google::protobuf::util::MessageDifferencer::Equals))
                          << text << " → " << shown;
                    });
}

TEST(CellTextTest, WhatIsReadOfAnyShortTextRoundTrips) {
  ForEveryShortText({"\\", " ", "\n", "\r", "\t", "\u3000", "；", ";", "、", "|", ":", "a", "\xc2\xa0"},
                    [](const std::string& text) {
                      const auto entries = SplitCell(text, kListSeparators);
                      const std::string shown = JoinCell(entries, kListSeparators);
                      ASSERT_EQ(SplitCell(shown, kListSeparators), entries) << text << " → " << shown;
                      ASSERT_EQ(CleanCell(CleanCell(text)), CleanCell(text));
                    });
}

TEST(CellTextTest, EscapedSeparatorsStayInTheirEntry) {
  const std::vector<std::string> entries = {"a；b", "c\\d", "e、f|g", "h"};
  EXPECT_EQ(SplitCell(JoinCell(entries, kListSeparators), kListSeparators), entries);
  EXPECT_EQ(SplitCell(" 甲；; 乙、丙|丁 ", kListSeparators),
            (std::vector<std::string>{"甲", "乙", "丙", "丁"}));
  EXPECT_EQ(CleanCell("\u3000 a\r\nb\rc \n"), "a\nb\nc");
}

TEST(CodeLookupTest, FindsCodesByCodeNameAndPath) {
  const auto& t = TestTaxonomies();
  EXPECT_EQ(RegionCode(t.regions, "130100"), "130100");
  EXPECT_EQ(RegionCode(t.regions, "石家庄市"), "130100");
  EXPECT_EQ(RegionCode(t.regions, "河北省石家庄市"), "130100");
  EXPECT_EQ(RegionCode(t.regions, "北京市海淀区"), "110108");
  EXPECT_EQ(RegionCode(t.regions, "石家庄市新华区"), "130105");
  EXPECT_EQ(RegionCode(t.regions, "新华区"), "");  // there are two
  EXPECT_EQ(IndustryCode(t.industries, "3340"), "C3340");
  EXPECT_EQ(IndustryCode(t.industries, "C3340"), "C3340");
  EXPECT_EQ(ParkCode(t, "衡水高新区"), "hs-gxq");
  EXPECT_EQ(MaturityLevelOf(t, "TRL5"), 5);
  EXPECT_EQ(MaturityLevelOf(t, "第5级"), 5);
  EXPECT_EQ(MaturityLevelOf(t, "稳定生产"), 8);
  EXPECT_EQ(MaturityLevelOf(t, "50"), 0);
}

TEST(ColumnTableTest, FindsColumnsByHeadingAliasAndField) {
  for (const char* heading : {"成果名称", " 名称 ", "title", "TITLE", "成果 名称"}) {
    const Column* column = FindColumn(v1::COLLECTION_ACHIEVEMENTS, heading);
    ASSERT_NE(column, nullptr) << heading;
    EXPECT_EQ(column->field, "title") << heading;
  }
  for (const char* heading : {"最低价格（万元）", "最低价格(万元)", "最低价格"}) {
    const Column* column = FindColumn(v1::COLLECTION_ACHIEVEMENTS, heading);
    ASSERT_NE(column, nullptr) << heading;
    EXPECT_EQ(column->field, "price_min_wan_yuan") << heading;
  }
  EXPECT_EQ(FindColumn(v1::COLLECTION_ACHIEVEMENTS, "没有的栏目"), nullptr);
}

TEST(ColumnTableTest, EveryWritableFieldHasAColumn) {
  for (int c = 1; c <= v1::Collection_MAX; ++c) {
    const auto collection = static_cast<v1::Collection>(c);
    const AnyRecord record = NewRecord(collection);
    const auto* type = ProtoOf(record).GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const std::string& field = type->field(i)->name();
      if (IsOutputField(field) || field == "provenances") continue;
      bool found = false;
      for (const Column& column : ColumnsOf(collection)) {
        found = found || column.field == field || column.field.substr(0, field.size() + 1) == field + ".";
      }
      EXPECT_TRUE(found) << type->name() << "." << field;
    }
  }
}

// A value for a field, so that every column is seen.
void Fill(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field) {
  using F = google::protobuf::FieldDescriptor;
  const auto* r = message->GetReflection();
  switch (field->cpp_type()) {
    case F::CPPTYPE_STRING:
      field->is_repeated() ? r->AddString(message, field, "甲；乙")
                           : r->SetString(message, field, "多行\n文字");
      break;
    case F::CPPTYPE_DOUBLE:
      r->SetDouble(message, field, 12.3456);
      break;
    case F::CPPTYPE_INT32:
      r->SetInt32(message, field, 7);
      break;
    case F::CPPTYPE_BOOL:
      r->SetBool(message, field, true);
      break;
    case F::CPPTYPE_ENUM:
      field->is_repeated() ? r->AddEnumValue(message, field, 2) : r->SetEnumValue(message, field, 2);
      break;
    default:
      break;
  }
}

TEST(CellCodecTest, EveryColumnRoundTrips) {
  for (int c = 1; c <= v1::Collection_MAX; ++c) {
    const auto collection = static_cast<v1::Collection>(c);
    AnyRecord record = NewRecord(collection);
    const auto* type = ProtoOf(record).GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const auto* field = type->field(i);
      if (!IsOutputField(field->name())) Fill(&ProtoOf(record), field);
    }
    std::visit(
        [](auto& r) {
          r.set_valid_from("2024-02-29");
          r.set_valid_until("2024-02-29");
          r.set_region_code("130100");
          r.clear_industry_codes();
          r.add_industry_codes("C3340");
          r.add_industry_codes("A01");
          if constexpr (requires { r.clear_field_codes(); }) {
            r.clear_field_codes();
            r.add_field_codes("10101");
          }
          if constexpr (requires { r.set_park_code(""); }) r.set_park_code("hs-gxq");
          if constexpr (requires { r.mutable_certificates(); }) {
            r.set_founded_on("2001-01-01");
            auto* certificate = r.add_certificates();
            certificate->set_kind("高新：技术");
            certificate->set_valid_until("2027-01-01");
          }
          if constexpr (requires { r.mutable_intellectual_properties(); }) {
            r.set_started_on("2001-01-01");
            r.set_finished_on("2001-01-01");
            r.set_reconfirmed_on("2001-01-01");
            auto* property = r.add_intellectual_properties();
            property->set_kind(v1::INTELLECTUAL_PROPERTY_KIND_DESIGN);
            property->set_legal_status("有效；转让中");
            r.add_indicators()->set_name("外观");
          }
          if constexpr (requires { r.mutable_targets(); }) {
            r.set_deadline("2001-01-01");
            r.set_enterprise("enterprises/acme");
            r.clear_acceptable_region_codes();
            r.add_acceptable_region_codes("110000");
            r.mutable_import_substitution()->set_product("泵");
            r.mutable_consents()->set_push(true);
          }
        },
        record);
    AnyRecord back = NewRecord(collection);
    for (const Column& column : ColumnsOf(collection)) {
      if (!IsFieldColumn(column)) continue;
      const auto error = ReadCell(column, FormatCell(column, record), TestTaxonomies(), &back);
      EXPECT_FALSE(error.has_value()) << column.field << ": " << FormatCell(column, record);
    }
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(ProtoOf(back), ProtoOf(record)))
        << ProtoOf(back).DebugString() << "\nexpected\n"
        << ProtoOf(record).DebugString();
  }
}

TEST(CellCodecTest, BadCellsNameTheirRule) {
  AnyRecord record = SomeAchievement();
  auto rule = [&](const char* heading, const char* text) {
    const auto error =
        ReadCell(*FindColumn(v1::COLLECTION_ACHIEVEMENTS, heading), text, TestTaxonomies(), &record);
    return error ? error->rule : "";
  };
  EXPECT_EQ(rule("所在地区", "新华区"), "UNKNOWN_CODE");
  EXPECT_EQ(rule("合作方式", "赠送"), "UNKNOWN_VALUE");
  EXPECT_EQ(rule("研究起始日期", "去年"), "INVALID_DATE");
  EXPECT_EQ(rule("最低价格", "面议"), "INVALID_NUMBER");
  EXPECT_EQ(rule("团队可出差", "也许"), "INVALID_BOOLEAN");
  EXPECT_EQ(rule("技术指标", "厚度≥薄"), "INVALID_INDICATOR");
  EXPECT_EQ(rule("知识产权", "某证:1"), "INVALID_ENTRY");
  EXPECT_EQ(rule("技术成熟度", "10"), "UNKNOWN_VALUE");
  EXPECT_EQ(rule("最低价格", "1,200.5万元"), "");
  EXPECT_EQ(std::get<v1::Achievement>(record).price_min_wan_yuan(), 1200.5);
  EXPECT_EQ(rule("最低价格", "１２００．５万元"), "");
  EXPECT_EQ(std::get<v1::Achievement>(record).price_min_wan_yuan(), 1200.5);
  EXPECT_EQ(rule("技术成熟度", "ＴＲＬ９"), "");
  EXPECT_EQ(std::get<v1::Achievement>(record).maturity_level(), 9);
  EXPECT_EQ(rule("成果名称", "５Ｇ模组"), "");
  EXPECT_EQ(std::get<v1::Achievement>(record).title(), "５Ｇ模组") << "texts stay as they are written";
}

}  // namespace
}  // namespace duijie::catalog
