// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/constraints.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "duijie/v1/need.pb.h"
#include "services/matching/wording.h"

namespace duijie::matching {
namespace {

using internal::v1::RecordFacts;
using v1::Verdict;
using v1::VERDICT_NOT_STATED;
using v1::VERDICT_SATISFIED;
using v1::VERDICT_VIOLATED;

constexpr std::array kKinds = {v1::CONSTRAINT_KIND_MATURITY,         v1::CONSTRAINT_KIND_BUDGET,
                               v1::CONSTRAINT_KIND_COOPERATION_MODE, v1::CONSTRAINT_KIND_REGION,
                               v1::CONSTRAINT_KIND_VALIDITY,         v1::CONSTRAINT_KIND_RIGHTS};

Verdict Met(bool met) { return met ? VERDICT_SATISFIED : VERDICT_VIOLATED; }

Verdict Maturity(const FactsPair& pair) {
  if (pair.need.maturity_level() <= 0 || pair.achievement.maturity_level() <= 0) return VERDICT_NOT_STATED;
  return Met(pair.achievement.maturity_level() >= pair.need.maturity_level());
}

Verdict Budget(const FactsPair& pair) {
  if (!pair.need.has_price_max_wan_yuan() || !pair.achievement.has_price_min_wan_yuan())
    return VERDICT_NOT_STATED;
  return Met(pair.achievement.price_min_wan_yuan() <= pair.need.price_max_wan_yuan());
}

bool Offers(const RecordFacts& achievement, int mode) {
  const auto& modes = achievement.cooperation_modes();
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

Verdict CooperationMode(const FactsPair& pair) {
  const auto& wanted = pair.need.cooperation_modes();
  if (wanted.empty() || pair.achievement.cooperation_modes().empty()) return VERDICT_NOT_STATED;
  return Met(
      std::any_of(wanted.begin(), wanted.end(), [&](int mode) { return Offers(pair.achievement, mode); }));
}

// GB/T 2260: a province is XX0000 and a city XXYY00. Used beside the taxonomy, which knows three provinces
// only.
bool LiesIn(const TaxonomySet& taxonomies, const std::string& region, const std::string& outer) {
  if (taxonomies.regions.IsSelfOrDescendant(region, outer)) return true;
  std::string_view prefix = outer;
  while (prefix.size() >= 2 && prefix.substr(prefix.size() - 2) == "00") prefix.remove_suffix(2);
  return !prefix.empty() && region.size() == outer.size() && std::string_view(region).starts_with(prefix);
}

Verdict Region(const FactsPair& pair, const TaxonomySet& taxonomies) {
  const auto& acceptable = pair.need.acceptable_region_codes();
  if (acceptable.empty() || pair.achievement.region_code().empty()) return VERDICT_NOT_STATED;
  return Met(std::any_of(acceptable.begin(), acceptable.end(), [&](const std::string& outer) {
    return LiesIn(taxonomies, pair.achievement.region_code(), outer);
  }));
}

// Dates of equal form order like their texts.
bool ValidOn(const RecordFacts& facts, const std::string& day) {
  return (facts.valid_from().empty() || facts.valid_from() <= day) &&
         (facts.valid_until().empty() || day <= facts.valid_until());
}

bool StatesPeriod(const RecordFacts& facts) {
  return !facts.valid_from().empty() || !facts.valid_until().empty();
}

Verdict Validity(const FactsPair& pair) {
  if (!StatesPeriod(pair.need) && !StatesPeriod(pair.achievement)) return VERDICT_NOT_STATED;
  const std::string day = FormatDay(pair.as_of);
  if (!ValidOn(pair.need, day) || !ValidOn(pair.achievement, day)) return VERDICT_VIOLATED;
  const bool both_stated = !pair.need.valid_until().empty() && !pair.achievement.valid_until().empty();
  return both_stated ? VERDICT_SATISFIED : VERDICT_NOT_STATED;
}

// Ways of cooperation that grant what each stance demands; an owner who offers only others is not willing to.
bool Grants(int mode, int stance) {
  switch (mode) {
    case v1::COOPERATION_MODE_TRANSFER:
    case v1::COOPERATION_MODE_COMMISSIONED_DEVELOPMENT:
      return true;
    case v1::COOPERATION_MODE_JOINT_DEVELOPMENT:
    case v1::COOPERATION_MODE_EQUITY:
      return stance != v1::RIGHTS_STANCE_OWNED_BY_ENTERPRISE;
    case v1::COOPERATION_MODE_LICENSE:
      return stance == v1::RIGHTS_STANCE_LICENSED;
    default:
      return false;
  }
}

// Services, advice and purchases leave rights where they are.
bool ConcernsRights(int mode) { return Grants(mode, v1::RIGHTS_STANCE_LICENSED); }

Verdict Rights(const FactsPair& pair) {
  const int stance = pair.need.rights_stance();
  const auto& offered = pair.achievement.cooperation_modes();
  if (stance == v1::RIGHTS_STANCE_UNSPECIFIED) return VERDICT_NOT_STATED;
  if (std::none_of(offered.begin(), offered.end(), ConcernsRights)) return VERDICT_NOT_STATED;
  return Met(std::any_of(offered.begin(), offered.end(), [&](int mode) { return Grants(mode, stance); }));
}

Verdict VerdictOn(v1::ConstraintKind kind, const FactsPair& pair, const TaxonomySet& taxonomies) {
  switch (kind) {
    case v1::CONSTRAINT_KIND_MATURITY:
      return Maturity(pair);
    case v1::CONSTRAINT_KIND_BUDGET:
      return Budget(pair);
    case v1::CONSTRAINT_KIND_COOPERATION_MODE:
      return CooperationMode(pair);
    case v1::CONSTRAINT_KIND_REGION:
      return Region(pair, taxonomies);
    case v1::CONSTRAINT_KIND_VALIDITY:
      return Validity(pair);
    case v1::CONSTRAINT_KIND_RIGHTS:
      return Rights(pair);
    default:
      return VERDICT_NOT_STATED;
  }
}

std::string Stated(const std::string& text) { return text.empty() ? "未说明" : text; }

std::string Level(int level) { return level <= 0 ? "未说明" : std::to_string(level) + "级"; }

std::string MaturityText(const FactsPair& pair) {
  const int wanted = pair.need.maturity_level();
  return (wanted <= 0 ? "需求未说明" : "需求不低于" + Level(wanted)) + "，成果" +
         (pair.achievement.maturity_level() <= 0 ? "" : "为") + Level(pair.achievement.maturity_level());
}

std::string BudgetText(const FactsPair& pair) {
  return std::string("需求") +
         (pair.need.has_price_max_wan_yuan() ? "最高" + WanYuan(pair.need.price_max_wan_yuan()) : "未说明") +
         "，成果" +
         (pair.achievement.has_price_min_wan_yuan() ? "最低" + WanYuan(pair.achievement.price_min_wan_yuan())
                                                    : "未说明");
}

std::string ModeText(const FactsPair& pair) {
  return "需求接受" + Stated(ModeNames(pair.need.cooperation_modes())) + "，成果提供" +
         Stated(ModeNames(pair.achievement.cooperation_modes()));
}

std::string RegionText(const FactsPair& pair, const TaxonomySet& taxonomies) {
  std::string wanted;
  for (const std::string& code : pair.need.acceptable_region_codes()) {
    wanted += (wanted.empty() ? "" : "、") + RegionName(taxonomies, code);
  }
  return "需求接受" + (wanted.empty() ? "未限定" : wanted) + "，成果在" +
         Stated(RegionName(taxonomies, pair.achievement.region_code()));
}

std::string Period(const RecordFacts& facts) {
  if (!StatesPeriod(facts)) return "未说明";
  return facts.valid_from() + "至" + facts.valid_until();
}

std::string ValidityText(const FactsPair& pair) {
  return "需求" + Period(pair.need) + "，成果" + Period(pair.achievement) + "，匹配日" +
         FormatDay(pair.as_of);
}

std::string RightsText(const FactsPair& pair) {
  return "需求要求" + Stated(RightsName(pair.need.rights_stance())) + "，成果提供" +
         Stated(ModeNames(pair.achievement.cooperation_modes()));
}

std::string Details(v1::ConstraintKind kind, const FactsPair& pair, const TaxonomySet& taxonomies) {
  switch (kind) {
    case v1::CONSTRAINT_KIND_MATURITY:
      return MaturityText(pair);
    case v1::CONSTRAINT_KIND_BUDGET:
      return BudgetText(pair);
    case v1::CONSTRAINT_KIND_COOPERATION_MODE:
      return ModeText(pair);
    case v1::CONSTRAINT_KIND_REGION:
      return RegionText(pair, taxonomies);
    case v1::CONSTRAINT_KIND_VALIDITY:
      return ValidityText(pair);
    default:
      return RightsText(pair);
  }
}

}  // namespace

std::vector<v1::ConstraintVerdict> CheckConstraints(const FactsPair& pair, const TaxonomySet& taxonomies) {
  std::vector<v1::ConstraintVerdict> verdicts;
  for (const v1::ConstraintKind kind : kKinds) {
    v1::ConstraintVerdict& verdict = verdicts.emplace_back();
    verdict.set_kind(kind);
    verdict.set_verdict(VerdictOn(kind, pair, taxonomies));
    verdict.set_text(ConstraintName(kind) + "：" + Details(kind, pair, taxonomies) + "，" +
                     VerdictName(verdict.verdict()));
  }
  return verdicts;
}

bool ViolatesConstraint(const FactsPair& pair, const TaxonomySet& taxonomies) {
  return std::any_of(kKinds.begin(), kKinds.end(), [&](v1::ConstraintKind kind) {
    return VerdictOn(kind, pair, taxonomies) == VERDICT_VIOLATED;
  });
}

std::string ConstraintName(v1::ConstraintKind kind) {
  switch (kind) {
    case v1::CONSTRAINT_KIND_MATURITY:
      return "成熟度";
    case v1::CONSTRAINT_KIND_BUDGET:
      return "预算";
    case v1::CONSTRAINT_KIND_COOPERATION_MODE:
      return "合作方式";
    case v1::CONSTRAINT_KIND_REGION:
      return "地区";
    case v1::CONSTRAINT_KIND_VALIDITY:
      return "有效期";
    case v1::CONSTRAINT_KIND_RIGHTS:
      return "知识产权";
    default:
      return "";
  }
}

}  // namespace duijie::matching
