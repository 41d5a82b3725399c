// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/candidate_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "common/indicator/better_side.h"
#include "common/indicator/extract.h"
#include "common/indicator/units.h"
#include "common/text/encoding.h"
#include "services/mining/clinic/demanded_figures.h"

namespace duijie::mining {
namespace {

using std::string_view;

// Asked to be small where achievements do not tell, though not always: 反应时间, but not 保温时间.
constexpr auto kMostlySmall = std::to_array<string_view>(
    {"成本", "损耗", "排放", "浓度", "时间", "含水率", "吸水率", "磨损", "收缩率"});

struct Stated {
  std::string name;
  std::string unit;
  double value = 0;
  v1::Comparator comparator = v1::COMPARATOR_UNSPECIFIED;
};

v1::Comparator ComparatorOf(indicator::Comparator comparator) {
  if (comparator == indicator::Comparator::kAtLeast) return v1::COMPARATOR_AT_LEAST;
  if (comparator == indicator::Comparator::kAtMost) return v1::COMPARATOR_AT_MOST;
  return v1::COMPARATOR_UNSPECIFIED;
}

bool IsRelative(indicator::Comparator comparator) {
  return comparator == indicator::Comparator::kIncreaseBy ||
         comparator == indicator::Comparator::kDecreaseBy || comparator == indicator::Comparator::kPlusMinus;
}

std::vector<Stated> StatedBy(const v1::Achievement& achievement) {
  std::vector<Stated> stated;
  for (const v1::Indicator& figure : achievement.indicators()) {
    if (!figure.has_value() || figure.name().empty()) continue;
    stated.push_back({figure.name(), figure.unit(), figure.value(), figure.comparator()});
  }
  std::vector<indicator::Indicator> read = indicator::Extract(TextOf(achievement));
  if (read.size() > kMostFigures) read.resize(kMostFigures);
  for (indicator::Indicator& figure : read) {
    if (CountCodePoints(figure.name) < 2 || figure.is_negated || figure.is_of_former) continue;
    if (IsRelative(figure.comparator)) continue;
    stated.push_back(
        {std::move(figure.name), std::move(figure.unit), figure.value, ComparatorOf(figure.comparator)});
  }
  return stated;
}

// Quantities as they are met, each with what it takes to recognise it again.
class Gatherer {
 public:
  Gatherer(const indicator::NameTable& names, const v1::Need& need) : names_(names) {
    for (const v1::Indicator& target : need.targets()) asked_.push_back(names_.Prepare(target.name()));
    for (const indicator::Indicator& figure : DemandedFigures(need))
      asked_.push_back(names_.Prepare(figure.name, figure.unit));
  }

  void Take(const v1::Achievement& achievement, double weight) {
    std::vector<bool> spoken(known_.size(), false);
    for (Stated& stated : StatedBy(achievement)) {
      const indicator::PreparedName name = names_.Prepare(stated.name, stated.unit);
      if (IsAsked(name)) continue;
      const std::optional<indicator::Unit> unit = indicator::ParseUnit(stated.unit, stated.name);
      size_t at = 0;
      while (at < known_.size() && !IsSame(known_[at], name, stated.unit, unit)) ++at;
      if (at == known_.size()) {
        known_.push_back({name, unit, {std::move(stated.name), std::move(stated.unit), {}}});
        spoken.push_back(false);
      }
      if (spoken[at]) continue;
      spoken[at] = true;
      const bool converts = unit && known_[at].unit;
      const double value = converts ? Convert(stated.value, *unit, *known_[at].unit) : stated.value;
      known_[at].quantity.figures.push_back({weight, value, stated.comparator});
    }
  }

  std::vector<Quantity> Finish() {
    std::vector<Quantity> quantities;
    for (Known& known : known_) quantities.push_back(std::move(known.quantity));
    return quantities;
  }

 private:
  struct Known {
    indicator::PreparedName name;
    std::optional<indicator::Unit> unit;  // nullopt: one that the table does not know
    Quantity quantity;
  };

  bool IsAsked(const indicator::PreparedName& name) const {
    return std::any_of(asked_.begin(), asked_.end(), [&](const indicator::PreparedName& asked) {
      return names_.Align(asked, name) >= indicator::kAligned;
    });
  }

  bool IsSame(const Known& known, const indicator::PreparedName& name, const std::string& unit_text,
              const std::optional<indicator::Unit>& unit) const {
    const bool same_unit =
        known.unit && unit ? Convertible(*known.unit, *unit) : known.quantity.unit == unit_text;
    return same_unit && names_.Align(known.name, name) >= indicator::kAligned;
  }

  const indicator::NameTable& names_;
  std::vector<indicator::PreparedName> asked_;
  std::vector<Known> known_;
};

}  // namespace

double RankWeight(size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

string_view TextOf(const v1::Achievement& achievement) {
  return TruncateBytes(achievement.summary(), kMostTextBytes);
}

std::vector<Quantity> QuantitiesOf(const indicator::NameTable& names, const v1::Need& need,
                                   const ClinicCandidates& candidates) {
  Gatherer gatherer(names, need);
  for (size_t i = 0; i < candidates.size(); ++i) gatherer.Take(candidates[i], RankWeight(i + 1));
  return gatherer.Finish();
}

bool AsksForLess(const Quantity& quantity) {
  double less = 0;
  double more = 0;
  for (const CandidateFigure& figure : quantity.figures) {
    if (figure.comparator == v1::COMPARATOR_AT_MOST || figure.comparator == v1::COMPARATOR_LESS_THAN) {
      less += figure.weight;
    }
    if (figure.comparator == v1::COMPARATOR_AT_LEAST || figure.comparator == v1::COMPARATOR_GREATER_THAN) {
      more += figure.weight;
    }
  }
  if (less != more) return less > more;
  return indicator::IsBetterSmall(quantity.name) ||
         std::any_of(kMostlySmall.begin(), kMostlySmall.end(),
                     [&](string_view word) { return quantity.name.find(word) != std::string::npos; });
}

std::vector<double> CutsOf(std::vector<CandidateFigure> figures) {
  std::sort(figures.begin(), figures.end(),
            [](const CandidateFigure& a, const CandidateFigure& b) { return a.value < b.value; });
  std::vector<double> cuts;
  constexpr std::array kQuantiles = {0.25, 0.5, 0.75};
  for (const double quantile : kQuantiles) {
    const auto at = static_cast<size_t>(std::lround(quantile * static_cast<double>(figures.size() - 1)));
    if (cuts.empty() || figures[at].value > cuts.back()) cuts.push_back(figures[at].value);
  }
  if (cuts.size() == 1 && figures.back().value > cuts.back()) cuts.push_back(figures.back().value);
  return cuts;
}

double Nearest(const std::vector<double>& cuts, double value) {
  return *std::min_element(cuts.begin(), cuts.end(),
                           [&](double a, double b) { return std::abs(a - value) < std::abs(b - value); });
}

}  // namespace duijie::mining
