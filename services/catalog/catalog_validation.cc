// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/catalog_validation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "services/catalog/catalog_keys.h"

namespace duijie::catalog {
namespace {

constexpr int kMaxKeywords = 20;
constexpr int kMaxCodes = 10;
constexpr int kMaxAcceptableRegions = 20;
constexpr int kMaxVisitsPerMonth = 31;
constexpr size_t kUnitLength = 40;
constexpr size_t kNumberLength = 60;
constexpr size_t kRegistrationNumberLength = 40;
constexpr size_t kExternalIdLength = 200;
constexpr size_t kSourceLibraryLength = 64;
constexpr size_t kEmailLength = 200;
constexpr size_t kMinPhoneLength = 5;
constexpr size_t kMaxPhoneLength = 30;
constexpr TextRule kTitleRule = {.required = true, .max = kShortText};
constexpr TextRule kRequiredShort = {.required = true};

using Texts = google::protobuf::RepeatedPtrField<std::string>;
using Indicators = google::protobuf::RepeatedPtrField<v1::Indicator>;

// Validates one record: the checks of field_checks.h bound to the prefix, the taxonomies and the list of
// violations.
class Validator {
 public:
  Validator(const TaxonomySet& taxonomies, std::string prefix)
      : taxonomies_(taxonomies), prefix_(std::move(prefix)) {}

  void Check(const v1::Achievement& a);
  void Check(const v1::Enterprise& e);
  void Check(const v1::Need& n);
  void Check(const v1::Expert& e);

  Violations Take() { return std::move(out_); }

 private:
  std::string Path(std::string_view field) const { return prefix_ + std::string(field); }

  void Title(const std::string& value) { CheckText(Path("title"), value, kTitleRule, &out_); }
  void Short(std::string_view field, const std::string& value) { CheckText(Path(field), value, {}, &out_); }
  void Long(std::string_view field, const std::string& value) {
    CheckText(Path(field), value, {.max = kLongText}, &out_);
  }
  void AtMost(std::string_view field, const std::string& value, size_t max) {
    CheckText(Path(field), value, {.max = max}, &out_);
  }
  void Date(std::string_view field, const std::string& value) { CheckDate(Path(field), value, &out_); }
  void Order(std::string_view field, const std::string& first, const std::string& last) {
    CheckDateOrder(Path(field), first, last, &out_);
  }
  void CreditCode(std::string_view field, const std::string& value) {
    CheckCreditCode(Path(field), value, &out_);
  }
  void Level(std::string_view field, int level) { CheckLevel(Path(field), level, kMaxMaturityLevel, &out_); }

  void ShortTexts(std::string_view field, const Texts& values, int max = kMaxListEntries) {
    CheckCount(Path(field), values.size(), max, &out_);
    for (int i = 0; i < values.size(); ++i) CheckText(At(Path(field), i), values[i], kRequiredShort, &out_);
  }
  void Code(const std::string& path, const Taxonomy& taxonomy, const std::string& code) {
    if (taxonomy.Find(code) == nullptr) out_.push_back({path, "UNKNOWN_CODE", "代码表中没有此代码"});
  }
  void Codes(std::string_view field, const Taxonomy& taxonomy, const Texts& codes, int max) {
    CheckCount(Path(field), codes.size(), max, &out_);
    for (int i = 0; i < codes.size(); ++i) Code(At(Path(field), i), taxonomy, codes[i]);
  }
  void Region(const std::string& code) {
    if (!code.empty()) Code(Path("region_code"), taxonomies_.regions, code);
  }
  void Park(const std::string& code) {
    if (!code.empty() && taxonomies_.FindPark(code) == nullptr) {
      out_.push_back({Path("park_code"), "UNKNOWN_CODE", "园区表中没有此代码"});
    }
  }
  void Fields(const Texts& codes) { Codes("field_codes", taxonomies_.fields, codes, kMaxCodes); }
  void Industries(const Texts& codes) { Codes("industry_codes", taxonomies_.industries, codes, kMaxCodes); }
  void Keywords(const Texts& values) { ShortTexts("keywords", values, kMaxKeywords); }

  void Modes(const google::protobuf::RepeatedField<int>& modes);
  void Range(std::string_view min_field, bool has_min, double min, std::string_view max_field, bool has_max,
             double max);
  void CheckIndicators(std::string_view field, const Indicators& indicators);
  void CheckIndicator(const std::string& path, const v1::Indicator& indicator);
  void Properties(const v1::Achievement& a);
  template <typename Record>
  void Common(const Record& record);
  template <typename Record>
  void Provenances(const Record& record);

  const TaxonomySet& taxonomies_;
  const std::string prefix_;
  Violations out_;
};

void Validator::Modes(const google::protobuf::RepeatedField<int>& modes) {
  std::set<int> seen;
  for (int i = 0; i < modes.size(); ++i) {
    const std::string path = At(Path("cooperation_modes"), i);
    CheckEnum(path, modes[i], v1::CooperationMode_descriptor(), true, &out_);
    if (!seen.insert(modes[i]).second) out_.push_back({path, "DUPLICATE", "合作方式重复"});
  }
}

void Validator::Range(std::string_view min_field, bool has_min, double min, std::string_view max_field,
                      bool has_max, double max) {
  if (has_min) CheckMoney(Path(min_field), min, &out_);
  if (has_max) CheckMoney(Path(max_field), max, &out_);
  if (has_min && has_max && max < min) out_.push_back({Path(max_field), "RANGE_ORDER", "上限不得低于下限"});
}

void Validator::CheckIndicator(const std::string& path, const v1::Indicator& indicator) {
  CheckText(path + ".name", indicator.name(), kRequiredShort, &out_);
  CheckEnum(path + ".comparator", indicator.comparator(), v1::Comparator_descriptor(), false, &out_);
  const bool compares = indicator.comparator() != v1::COMPARATOR_UNSPECIFIED;
  if (indicator.has_value() && !compares) {
    out_.push_back({path + ".comparator", "INDICATOR_COMPARATOR_REQUIRED", "给出数值时须给出比较关系"});
  }
  if (compares && !indicator.has_value()) {
    out_.push_back({path + ".value", "INDICATOR_VALUE_REQUIRED", "给出比较关系时须给出数值"});
  }
  if (indicator.has_value() && !std::isfinite(indicator.value())) {
    out_.push_back({path + ".value", "NOT_FINITE", "不是有限的数"});
  }
  const bool between = indicator.comparator() == v1::COMPARATOR_BETWEEN;
  if (between != indicator.has_upper_value()) {
    out_.push_back({path + ".upper_value",
                    between ? "INDICATOR_UPPER_REQUIRED" : "INDICATOR_UPPER_UNEXPECTED",
                    between ? "区间须给出上限" : "只有区间才有上限"});
  } else if (between && !std::isfinite(indicator.upper_value())) {
    out_.push_back({path + ".upper_value", "NOT_FINITE", "不是有限的数"});
  } else if (between && indicator.upper_value() < indicator.value()) {
    out_.push_back({path + ".upper_value", "RANGE_ORDER", "上限不得低于下限"});
  }
  CheckText(path + ".unit", indicator.unit(), {.max = kUnitLength}, &out_);
  CheckText(path + ".condition", indicator.condition(), {}, &out_);
}

void Validator::CheckIndicators(std::string_view field, const Indicators& indicators) {
  CheckCount(Path(field), indicators.size(), kMaxListEntries, &out_);
  for (int i = 0; i < indicators.size(); ++i) CheckIndicator(At(Path(field), i), indicators[i]);
}

void Validator::Properties(const v1::Achievement& a) {
  CheckCount(Path("intellectual_properties"), a.intellectual_properties_size(), kMaxListEntries, &out_);
  for (int i = 0; i < a.intellectual_properties_size(); ++i) {
    const auto& property = a.intellectual_properties(i);
    const std::string path = At(Path("intellectual_properties"), i);
    CheckEnum(path + ".kind", property.kind(), v1::IntellectualPropertyKind_descriptor(), true, &out_);
    CheckText(path + ".number", property.number(), {.max = kNumberLength}, &out_);
    CheckText(path + ".legal_status", property.legal_status(), {.max = kNumberLength}, &out_);
    CheckDate(path + ".expires_on", property.expires_on(), &out_);
  }
}

template <typename Record>
void Validator::Provenances(const Record& record) {
  CheckCount(Path("provenances"), record.provenances_size(), kMaxProvenances, &out_);
  std::set<std::pair<std::string, std::string>> seen;
  for (int i = 0; i < record.provenances_size(); ++i) {
    const auto& provenance = record.provenances(i);
    const std::string path = At(Path("provenances"), i);
    if (!IsValidSourceLibrary(provenance.source_library())) {
      out_.push_back({path + ".source_library", "INVALID_SOURCE_LIBRARY",
                      "来源库代码应为 1 到 64 个 a-z、0-9、._- 字符"});
    }
    CheckText(path + ".external_id", provenance.external_id(), {.required = true, .max = kExternalIdLength},
              &out_);
    if (!seen.emplace(provenance.source_library(), provenance.external_id()).second) {
      out_.push_back({path, "DUPLICATE", "来源重复"});
    }
  }
}

// The fields at the end of every record.
template <typename Record>
void Validator::Common(const Record& record) {
  CheckEnum(Path("tier"), record.tier(), v1::ConfidentialityTier_descriptor(), false, &out_);
  Provenances(record);
  Date("valid_from", record.valid_from());
  Date("valid_until", record.valid_until());
  Order("valid_until", record.valid_from(), record.valid_until());
}

void Validator::Check(const v1::Achievement& a) {
  Title(a.title());
  Long("summary", a.summary());
  Long("problem_solved", a.problem_solved());
  Long("advantage", a.advantage());
  CheckIndicators("indicators", a.indicators());
  Keywords(a.keywords());
  Fields(a.field_codes());
  Industries(a.industry_codes());
  Region(a.region_code());
  Short("owner_name", a.owner_name());
  CreditCode("owner_credit_code", a.owner_credit_code());
  ShortTexts("contributors", a.contributors());
  Level("maturity_level", a.maturity_level());
  Long("maturity_evidence", a.maturity_evidence());
  AtMost("registration_number", a.registration_number(), kRegistrationNumberLength);
  Date("started_on", a.started_on());
  Date("finished_on", a.finished_on());
  Order("finished_on", a.started_on(), a.finished_on());
  Short("attribute", a.attribute());
  Short("form", a.form());
  Short("standing", a.standing());
  Short("evaluation_method", a.evaluation_method());
  Properties(a);
  Long("background_rights", a.background_rights());
  Modes(a.cooperation_modes());
  Range("price_min_wan_yuan", a.has_price_min_wan_yuan(), a.price_min_wan_yuan(), "price_max_wan_yuan",
        a.has_price_max_wan_yuan(), a.price_max_wan_yuan());
  Long("taker_requirements", a.taker_requirements());
  if (a.has_next_stage_funding_wan_yuan()) {
    CheckMoney(Path("next_stage_funding_wan_yuan"), a.next_stage_funding_wan_yuan(), &out_);
  }
  Long("economic_comparison", a.economic_comparison());
  Long("reference_users", a.reference_users());
  Short("award", a.award());
  AtMost("programme_number", a.programme_number(), kNumberLength);
  Common(a);
  Date("reconfirmed_on", a.reconfirmed_on());
}

void Validator::Check(const v1::Enterprise& e) {
  Title(e.title());
  CreditCode("credit_code", e.credit_code());
  Region(e.region_code());
  Park(e.park_code());
  Industries(e.industry_codes());
  ShortTexts("products", e.products());
  Long("description", e.description());
  Keywords(e.keywords());
  Short("scale", e.scale());
  Date("founded_on", e.founded_on());
  CheckCount(Path("certificates"), e.certificates_size(), kMaxListEntries, &out_);
  for (int i = 0; i < e.certificates_size(); ++i) {
    const auto& certificate = e.certificates(i);
    const std::string path = At(Path("certificates"), i);
    CheckText(path + ".kind", certificate.kind(), kRequiredShort, &out_);
    CheckText(path + ".number", certificate.number(), {.max = kNumberLength}, &out_);
    CheckDate(path + ".issued_on", certificate.issued_on(), &out_);
    CheckDate(path + ".valid_until", certificate.valid_until(), &out_);
    CheckDateOrder(path + ".valid_until", certificate.issued_on(), certificate.valid_until(), &out_);
  }
  Common(e);
}

void Validator::Check(const v1::Need& n) {
  Title(n.title());
  if (!n.enterprise().empty()) {
    const auto name = ParseName(n.enterprise());
    if (!name || name->collection != v1::COLLECTION_ENTERPRISES) {
      out_.push_back({Path("enterprise"), "INVALID_NAME", "应为 enterprises/{id}"});
    }
  }
  Short("enterprise_name", n.enterprise_name());
  CheckEnum(Path("type"), n.type(), v1::NeedType_descriptor(), false, &out_);
  Long("description", n.description());
  Long("current_practice", n.current_practice());
  CheckIndicators("targets", n.targets());
  Long("tried", n.tried());
  Long("must_not", n.must_not());
  Short("quantity", n.quantity());
  Date("deadline", n.deadline());
  CheckEnum(Path("urgency"), n.urgency(), v1::Urgency_descriptor(), false, &out_);
  Range("budget_min_wan_yuan", n.has_budget_min_wan_yuan(), n.budget_min_wan_yuan(), "budget_max_wan_yuan",
        n.has_budget_max_wan_yuan(), n.budget_max_wan_yuan());
  Short("payment", n.payment());
  Modes(n.cooperation_modes());
  CheckEnum(Path("rights_stance"), n.rights_stance(), v1::RightsStance_descriptor(), false, &out_);
  Level("min_maturity_level", n.min_maturity_level());
  Long("site_constraints", n.site_constraints());
  Codes("acceptable_region_codes", taxonomies_.regions, n.acceptable_region_codes(), kMaxAcceptableRegions);
  Short("decision_owner", n.decision_owner());
  Fields(n.field_codes());
  Industries(n.industry_codes());
  Region(n.region_code());
  Park(n.park_code());
  Keywords(n.keywords());
  if (n.has_import_substitution()) {
    const auto& substitution = n.import_substitution();
    CheckText(Path("import_substitution.product"), substitution.product(), kRequiredShort, &out_);
    Short("import_substitution.maker", substitution.maker());
    Long("import_substitution.specification", substitution.specification());
    Short("import_substitution.price", substitution.price());
  }
  Common(n);
}

void Validator::Check(const v1::Expert& e) {
  Title(e.title());
  Short("organization", e.organization());
  CreditCode("organization_credit_code", e.organization_credit_code());
  Short("position", e.position());
  Fields(e.field_codes());
  Industries(e.industry_codes());
  Keywords(e.keywords());
  Long("biography", e.biography());
  Region(e.region_code());
  CheckLevel(Path("max_visits_per_month"), e.max_visits_per_month(), kMaxVisitsPerMonth, &out_);
  CheckCount(Path("conflict_credit_codes"), e.conflict_credit_codes_size(), kMaxListEntries, &out_);
  for (int i = 0; i < e.conflict_credit_codes_size(); ++i) {
    const std::string path = At(Path("conflict_credit_codes"), i);
    CheckText(path, e.conflict_credit_codes(i), kRequiredShort, &out_);
    CheckCreditCode(path, e.conflict_credit_codes(i), &out_);
  }
  Common(e);
}

bool IsEmail(std::string_view email) {
  const size_t at = email.find('@');
  if (at == 0 || at == std::string_view::npos || email.find('@', at + 1) != std::string_view::npos)
    return false;
  const std::string_view domain = email.substr(at + 1);
  const size_t dot = domain.rfind('.');
  if (dot == 0 || dot == std::string_view::npos || dot + 1 == domain.size()) return false;
  return std::all_of(email.begin(), email.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool IsPhone(std::string_view phone) {
  return phone.size() >= kMinPhoneLength && phone.size() <= kMaxPhoneLength &&
         std::all_of(phone.begin(), phone.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == ' '; });
}

}  // namespace

Violations ValidateRecord(const AnyRecord& record, const TaxonomySet& taxonomies, const std::string& prefix) {
  Validator validator(taxonomies, prefix);
  std::visit([&](const auto& r) { validator.Check(r); }, record);
  Violations violations = validator.Take();
  if (ProtoOf(record).ByteSizeLong() > kMaxRecordSize) {
    violations.push_back(
        {prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1), "RECORD_TOO_LARGE", "记录超过 256 KiB"});
  }
  return violations;
}

Violations ValidateForSubmission(const AnyRecord& record, const std::string& prefix) {
  Violations violations;
  if (const auto* need = std::get_if<v1::Need>(&record)) {
    CheckEnum(prefix + "type", need->type(), v1::NeedType_descriptor(), true, &violations);
  }
  return violations;
}

Violations ValidateContacts(const google::protobuf::RepeatedPtrField<v1::Contact>& contacts,
                            const std::string& field) {
  Violations violations;
  CheckCount(field, contacts.size(), kMaxContacts, &violations);
  for (int i = 0; i < contacts.size(); ++i) {
    const auto& contact = contacts[i];
    const std::string path = At(field, i);
    CheckText(path + ".person", contact.person(), kRequiredShort, &violations);
    CheckText(path + ".position", contact.position(), {}, &violations);
    if (!contact.phone().empty() && !IsPhone(contact.phone())) {
      violations.push_back({path + ".phone", "INVALID_PHONE", "电话应为 5 到 30 个数字、+、- 或空格"});
    }
    if (contact.email().size() > kEmailLength) {
      violations.push_back({path + ".email", "TOO_LONG", "电子邮箱最多 200 个字符"});
    } else if (!contact.email().empty() && !IsEmail(contact.email())) {
      violations.push_back({path + ".email", "INVALID_EMAIL", "不是有效的电子邮箱"});
    }
  }
  return violations;
}

bool IsValidSourceLibrary(std::string_view library) {
  return !library.empty() && library.size() <= kSourceLibraryLength &&
         std::all_of(library.begin(), library.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

}  // namespace duijie::catalog
