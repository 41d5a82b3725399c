// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/pairs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "common/indicator/derived.h"
#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxApart = 2;  // figures that one of a pair may come behind the other

// Of a told figure that can be reckoned with.
bool IsPlain(const Told& told, const Indicator& figure) {
  return told.as != ToldAs::kShare && !figure.unit.empty() && figure.comparator == Comparator::kEqual &&
         !figure.upper && !figure.from && !figure.is_negated && figure.value > 0;
}

template <typename Combine>
bool Gives(const Dimensions& wanted, const Dimensions& a, const Dimensions& b, Combine&& combine) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (combine(a[i], b[i]) != wanted[i]) return false;
  }
  return true;
}

std::string Shown(const Indicator& figure) { return NumberText(figure.value) + " " + figure.unit; }

// Whether the clause speaks of what was there before, or of what is compared with.
bool TellsFormer(const ClauseFacts& clause) {
  return clause.is_of_other || clause.runes.find(U"原来") != Runes32::npos ||
         clause.runes.find(U"原先") != Runes32::npos;
}

class Pairing {
 public:
  Pairing(const PairTarget& target, const FigurePlaces& places, const std::vector<Told>& told,
          const std::vector<const Indicator*>& figures)
      : target_(target), places_(places), told_(told), figures_(figures) {}

  void Add(size_t earlier, size_t later) {
    if (target_.changes) return AddChange(earlier, later);
    if (told_[earlier].unit.offset != 0 || told_[later].unit.offset != 0) return;
    const double a = figures_[earlier]->value * told_[earlier].unit.factor;
    const double b = figures_[later]->value * told_[later].unit.factor;
    const Dimensions& of_a = told_[earlier].unit.dimensions;
    const Dimensions& of_b = told_[later].unit.dimensions;
    const bool alike = of_a == of_b && !IsDimensionless(told_[earlier].unit);
    if (alike && IsDimensionless(target_.unit)) return AddAlike(earlier, later, a, b);
    if (IsDimensionless(target_.unit)) return;
    const auto over = [](auto x, auto y) { return x - y; };
    const auto times = [](auto x, auto y) { return x + y; };
    if (Gives(target_.unit.dimensions, of_a, of_b, over))
      Push({earlier, later, PairedAs::kQuotient, a / b, Text(earlier, " / ", later)}, kEquals);
    if (Gives(target_.unit.dimensions, of_b, of_a, over))
      Push({earlier, later, PairedAs::kQuotient, b / a, Text(later, " / ", earlier)}, kEquals);
    if (Gives(target_.unit.dimensions, of_a, of_b, times))
      Push({earlier, later, PairedAs::kProduct, a * b, Text(earlier, " × ", later)}, kEquals);
  }

  std::vector<FigurePair> Take() { return std::move(pairs_); }

 private:
  void AddAlike(size_t earlier, size_t later, double a, double b) {
    const std::string share = Text(later, " / ", earlier);
    Push({earlier, later, PairedAs::kShare, b / a, share}, kEquals);
    if (target_.percent && b < a)
      Push({earlier, later, PairedAs::kRest, 1 - b / a, share + Percent(b / a) + "其余 "}, kShown);
  }

  // From what was there before: it may be told behind what there is now.
  void AddChange(size_t earlier, size_t later) {
    const bool turned = TellsFormer(ClauseOf(later)) && !TellsFormer(ClauseOf(earlier));
    const size_t former = turned ? later : earlier;
    const size_t now = turned ? earlier : later;
    if (IsShare(target_.unit_text)) return AddRatio(earlier, later, former, now);
    AddDifference(earlier, later, former, now);
  }

  // 每件11.2kg, 改用后8.6kg for 减重30%.
  void AddRatio(size_t earlier, size_t later, size_t former, size_t now) {
    const Unit& of_former = told_[former].unit;
    const Unit& of_now = told_[now].unit;
    const bool alike = of_former.dimensions == of_now.dimensions && !IsDimensionless(of_former);
    if (!alike || of_former.offset != 0 || of_now.offset != 0) return;
    const double ratio = figures_[now]->value * of_now.factor / (figures_[former]->value * of_former.factor);
    const double change = target_.falls ? 1 - ratio : ratio - 1;
    if (change <= 0) return;
    const std::string way = target_.falls ? "降低 " : "提高 ";
    Push({earlier, later, PairedAs::kChange, change, Text(now, " / ", former) + Percent(ratio) + way},
         kShown);
  }

  // 热到143℃, 原来165℃ for 降低30℃; 38% and 51% for 13个百分点.
  void AddDifference(size_t earlier, size_t later, size_t former, size_t now) {
    const auto a = InUnit(former);
    const auto b = InUnit(now);
    if (!a || !b || (target_.falls ? *a <= *b : *b <= *a)) return;
    Push({earlier, later, PairedAs::kDifference, std::abs(*a - *b) * target_.unit.factor,
          target_.falls ? Text(former, " − ", now) : Text(now, " − ", former)},
         kEquals);
  }

  // In the unit asked for, percents as points.
  std::optional<double> InUnit(size_t i) const {
    const bool points = target_.unit_text.ends_with("百分点");
    if (points) return figures_[i]->unit == "%" ? std::optional(figures_[i]->value) : std::nullopt;
    if (!Convertible(told_[i].unit, target_.unit)) return std::nullopt;
    return Convert(figures_[i]->value, told_[i].unit, target_.unit);
  }

  static std::string Percent(double ratio) { return " = " + NumberText(kHundred * ratio) + " %，"; }

  const ClauseFacts& ClauseOf(size_t i) const { return places_.ClauseOf(figures_[i]->whole); }

  std::string Text(size_t first, std::string_view sign, size_t second) const {
    return Shown(*figures_[first]) + std::string(sign) + Shown(*figures_[second]);
  }

  // `sign` stands between how it was worked out and what it is.
  void Push(FigurePair pair, std::string_view sign) {
    if (pairs_.size() == kMaxPairs) return;
    pair.value /= target_.unit.factor;
    pair.told += std::string(sign) + NumberText(pair.value) + " " + std::string(target_.unit_text);
    pairs_.push_back(std::move(pair));
  }

  static constexpr std::string_view kEquals = " = ";
  static constexpr std::string_view kShown = "";  // the words are there
  const PairTarget& target_;
  const FigurePlaces& places_;
  const std::vector<Told>& told_;
  const std::vector<const Indicator*>& figures_;
  std::vector<FigurePair> pairs_;
};

}  // namespace

std::vector<FigurePair> PairsFor(const PairTarget& target, const FigurePlaces& places,
                                 const std::vector<Told>& told,
                                 const std::vector<const Indicator*>& figures) {
  std::vector<size_t> plain;
  for (size_t i = 0; i < told.size(); ++i) {
    if (IsPlain(told[i], *figures[i])) plain.push_back(i);
  }
  std::sort(plain.begin(), plain.end(),
            [&](size_t a, size_t b) { return figures[a]->value_span.begin < figures[b]->value_span.begin; });
  Pairing pairing(target, places, told, figures);
  for (size_t i = 0; i < plain.size(); ++i) {
    const uint32_t end = places.SentenceOf(figures[plain[i]]->whole).end;
    for (size_t j = i + 1; j < plain.size() && j <= i + kMaxApart; ++j) {
      if (figures[plain[j]]->value_span.begin < end) pairing.Add(plain[i], plain[j]);
    }
  }
  return pairing.Take();
}

}  // namespace duijie::indicator
