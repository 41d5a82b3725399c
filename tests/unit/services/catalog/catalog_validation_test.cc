// SPDX-License-Identifier: GPL-3.0-or-later
// One red case per rule: a good record with one thing wrong has exactly the violation named.
#include "services/catalog/catalog_validation.h"

#include <functional>
#include <limits>

#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<std::string> RulesOf(const AnyRecord& record) {
  std::vector<std::string> rules;
  for (const auto& violation : ValidateRecord(record, TestTaxonomies(), "")) {
    rules.push_back(violation.field + " " + violation.rule);
  }
  return rules;
}

struct ValidationCase {
  const char* expected;  // "field RULE"
  std::function<void(v1::Achievement&)> spoil;
};

v1::Indicator* AddIndicator(v1::Achievement& a) {
  auto* indicator = a.add_indicators();
  indicator->set_name("强度");
  indicator->set_comparator(v1::COMPARATOR_AT_LEAST);
  indicator->set_value(1);
  return indicator;
}

const ValidationCase kCases[] = {
    {"title REQUIRED", [](auto& a) { a.clear_title(); }},
    {"title REQUIRED", [](auto& a) { a.set_title("  "); }},
    {"title TOO_LONG", [](auto& a) { a.set_title(Repeat("好", 201)); }},
    {"title CONTROL_CHARACTER", [](auto& a) { a.set_title("成\x01果"); }},
    {"title CONTROL_CHARACTER", [](auto& a) { a.set_title("成\xc2\x85果"); }},
    {"title INVALID_UTF8", [](auto& a) { a.set_title("成\xff果"); }},
    {"summary TOO_LONG", [](auto& a) { a.set_summary(Repeat("长", 20'001)); }},
    {"keywords TOO_MANY",
     [](auto& a) {
       for (int i = 0; i < 21; ++i) a.add_keywords("词");
     }},
    {"keywords[0] REQUIRED", [](auto& a) { a.add_keywords(""); }},
    {"field_codes[0] UNKNOWN_CODE", [](auto& a) { a.add_field_codes("99999"); }},
    {"field_codes TOO_MANY",
     [](auto& a) {
       for (int i = 0; i < 11; ++i) a.add_field_codes("10");
     }},
    {"industry_codes[0] UNKNOWN_CODE", [](auto& a) { a.add_industry_codes("Z1"); }},
    {"region_code UNKNOWN_CODE", [](auto& a) { a.set_region_code("999999"); }},
    {"owner_credit_code CREDIT_CODE_LENGTH", [](auto& a) { a.set_owner_credit_code("123"); }},
    {"owner_credit_code CREDIT_CODE_CHECKSUM",
     [](auto& a) { a.set_owner_credit_code("911300000000000000"); }},
    {"maturity_level OUT_OF_RANGE", [](auto& a) { a.set_maturity_level(10); }},
    {"maturity_level OUT_OF_RANGE", [](auto& a) { a.set_maturity_level(-1); }},
    {"registration_number TOO_LONG", [](auto& a) { a.set_registration_number(Repeat("1", 41)); }},
    {"started_on INVALID_DATE", [](auto& a) { a.set_started_on("2023-02-29"); }},
    {"started_on INVALID_DATE", [](auto& a) { a.set_started_on("2023/02/28"); }},
    {"finished_on DATE_ORDER",
     [](auto& a) {
       a.set_started_on("2023-02-02");
       a.set_finished_on("2023-02-01");
     }},
    {"intellectual_properties[0].kind REQUIRED",
     [](auto& a) { a.add_intellectual_properties()->set_number("1"); }},
    {"cooperation_modes[0] UNKNOWN_VALUE",
     [](auto& a) { a.add_cooperation_modes(static_cast<v1::CooperationMode>(99)); }},
    {"cooperation_modes[1] DUPLICATE",
     [](auto& a) {
       a.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
       a.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
     }},
    {"price_min_wan_yuan OUT_OF_RANGE", [](auto& a) { a.set_price_min_wan_yuan(-0.1); }},
    {"price_min_wan_yuan OUT_OF_RANGE", [](auto& a) { a.set_price_min_wan_yuan(100'000'000.0001); }},
    {"price_min_wan_yuan TOO_MANY_DECIMALS", [](auto& a) { a.set_price_min_wan_yuan(1.00001); }},
    {"price_min_wan_yuan NOT_FINITE",
     [](auto& a) { a.set_price_min_wan_yuan(std::numeric_limits<double>::quiet_NaN()); }},
    {"price_max_wan_yuan RANGE_ORDER",
     [](auto& a) {
       a.set_price_min_wan_yuan(2);
       a.set_price_max_wan_yuan(1);
     }},
    {"tier UNKNOWN_VALUE", [](auto& a) { a.set_tier(static_cast<v1::ConfidentialityTier>(9)); }},
    {"provenances[0].source_library INVALID_SOURCE_LIBRARY",
     [](auto& a) {
       a.add_provenances()->set_external_id("1");
       a.mutable_provenances(0)->set_source_library("Bad Library");
     }},
    {"provenances[0].external_id REQUIRED", [](auto& a) { a.add_provenances()->set_source_library("lib"); }},
    {"provenances[1] DUPLICATE",
     [](auto& a) {
       for (int i = 0; i < 2; ++i) {
         auto* provenance = a.add_provenances();
         provenance->set_source_library("lib");
         provenance->set_external_id("1");
       }
     }},
    {"valid_until DATE_ORDER",
     [](auto& a) {
       a.set_valid_from("2023-02-02");
       a.set_valid_until("2023-02-01");
     }},
    {"indicators[0].name REQUIRED", [](auto& a) { AddIndicator(a)->clear_name(); }},
    {"indicators[0].comparator INDICATOR_COMPARATOR_REQUIRED",
     [](auto& a) { AddIndicator(a)->clear_comparator(); }},
    {"indicators[0].value INDICATOR_VALUE_REQUIRED", [](auto& a) { AddIndicator(a)->clear_value(); }},
    {"indicators[0].value NOT_FINITE",
     [](auto& a) { AddIndicator(a)->set_value(std::numeric_limits<double>::infinity()); }},
    {"indicators[0].upper_value INDICATOR_UPPER_REQUIRED",
     [](auto& a) { AddIndicator(a)->set_comparator(v1::COMPARATOR_BETWEEN); }},
    {"indicators[0].upper_value INDICATOR_UPPER_UNEXPECTED",
     [](auto& a) { AddIndicator(a)->set_upper_value(2); }},
    {"indicators[0].upper_value RANGE_ORDER",
     [](auto& a) {
       auto* indicator = AddIndicator(a);
       indicator->set_comparator(v1::COMPARATOR_BETWEEN);
       indicator->set_upper_value(0.5);
     }},
    {"indicators[0].unit TOO_LONG", [](auto& a) { AddIndicator(a)->set_unit(Repeat("m", 41)); }},
};

TEST(ValidateRecordTest, EveryRuleIsNoticed) {
  for (const ValidationCase& c : kCases) {
    v1::Achievement achievement = SomeAchievement();
    c.spoil(achievement);
    EXPECT_EQ(RulesOf(achievement), std::vector<std::string>{c.expected}) << c.expected;
  }
}

TEST(ValidateRecordTest, LimitsThemselvesAreAllowed) {
  v1::Achievement achievement = SomeAchievement();
  achievement.set_title(Repeat("好", 200));
  achievement.set_summary(Repeat("长", 20'000));
  achievement.set_price_min_wan_yuan(100'000'000);
  achievement.set_price_max_wan_yuan(100'000'000);
  achievement.set_next_stage_funding_wan_yuan(99'999'999.9999);
  achievement.set_valid_from("2024-02-29");
  achievement.set_valid_until("2024-02-29");
  achievement.set_maturity_level(9);
  achievement.set_advantage("第一行\n\t第二行");
  EXPECT_EQ(RulesOf(achievement), std::vector<std::string>{});
}

TEST(ValidateRecordTest, AllViolationsComeInTheOrderOfTheFields) {
  v1::Achievement achievement;
  achievement.set_region_code("1");
  achievement.set_valid_until("never");
  EXPECT_EQ(RulesOf(achievement), (std::vector<std::string>{"title REQUIRED", "region_code UNKNOWN_CODE",
                                                            "valid_until INVALID_DATE"}));
}

TEST(ValidateRecordTest, RulesOfNeeds) {
  v1::Need need = SomeNeed();
  EXPECT_EQ(RulesOf(need), std::vector<std::string>{});
  need.set_enterprise("acme");
  need.set_park_code("nowhere");
  need.set_min_maturity_level(12);
  need.add_acceptable_region_codes("0");
  need.mutable_import_substitution()->set_maker("某厂");
  need.set_urgency(static_cast<v1::Urgency>(7));
  EXPECT_EQ(RulesOf(need), (std::vector<std::string>{
                               "enterprise INVALID_NAME", "urgency UNKNOWN_VALUE",
                               "min_maturity_level OUT_OF_RANGE", "acceptable_region_codes[0] UNKNOWN_CODE",
                               "park_code UNKNOWN_CODE", "import_substitution.product REQUIRED"}));
}

TEST(ValidateRecordTest, RulesOfEnterprisesAndExperts) {
  v1::Enterprise enterprise;
  enterprise.set_title("示例公司");
  enterprise.set_park_code("nowhere");
  auto* certificate = enterprise.add_certificates();
  certificate->set_issued_on("2024-01-02");
  certificate->set_valid_until("2024-01-01");
  EXPECT_EQ(RulesOf(enterprise),
            (std::vector<std::string>{"park_code UNKNOWN_CODE", "certificates[0].kind REQUIRED",
                                      "certificates[0].valid_until DATE_ORDER"}));
  v1::Expert expert;
  expert.set_title("王示例");
  expert.set_max_visits_per_month(32);
  expert.add_conflict_credit_codes("1");
  EXPECT_EQ(RulesOf(expert), (std::vector<std::string>{"max_visits_per_month OUT_OF_RANGE",
                                                       "conflict_credit_codes[0] CREDIT_CODE_LENGTH"}));
}

TEST(ValidateRecordTest, TooLargeAsAWhole) {
  v1::Achievement achievement = SomeAchievement();
  for (auto* text :
       {achievement.mutable_summary(), achievement.mutable_problem_solved(), achievement.mutable_advantage(),
        achievement.mutable_maturity_evidence(), achievement.mutable_background_rights()}) {
    *text = Repeat("长", 19'000);
  }
  EXPECT_EQ(RulesOf(achievement), std::vector<std::string>{" RECORD_TOO_LARGE"});
}

TEST(ValidateContactsTest, EveryRuleIsNoticed) {
  Contacts contacts;
  auto* contact = contacts.Add();
  contact->set_phone("12");
  contact->set_email("nobody");
  std::vector<std::string> rules;
  for (const auto& violation : ValidateContacts(contacts, "contacts")) rules.push_back(violation.rule);
  EXPECT_EQ(rules, (std::vector<std::string>{"REQUIRED", "INVALID_PHONE", "INVALID_EMAIL"}));
}

}  // namespace
}  // namespace duijie::catalog
