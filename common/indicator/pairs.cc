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
bool TellsFormer(View32 clause) {
  for (const View32 former :
       {View32(U"原来"), View32(U"原先"), View32(U"原有"), View32(U"原工艺"), View32(U"原设备"),
        View32(U"原方案"), View32(U"原机"), View32(U"以前"), View32(U"过去"), View32(U"传统"),
        View32(U"对照"), View32(U"改造前"), View32(U"改进前"), View32(U"旧")}) {
    if (clause.find(former) != View32::npos) return true;
  }
  return false;
}

class Pairing {
 public:
  Pairing(const PairTarget& target, const FigurePlaces& places, const std::vector<Told>& told,
          const std::vector<const Indicator*>& figures)
      : target_(target), places_(places), told_(told), figures_(figures) {}

  void Add(size_t earlier, size_t later) {
    if (target_.changes && !IsShare(target_.unit_text)) return AddDifference(earlier, later);
    if (told_[earlier].unit.offset != 0 || told_[later].unit.offset != 0) return;
    const double a = figures_[earlier]->value * told_[earlier].unit.factor;
    const double b = figures_[later]->value * told_[later].unit.factor;
    const Dimensions& of_a = told_[earlier].unit.dimensions;
    const Dimensions& of_b = told_[later].unit.dimensions;
    const bool alike = of_a == of_b && !IsDimensionless(told_[earlier].unit);
    if (alike && IsDimensionless(target_.unit)) return AddAlike(earlier, later, a, b);
    if (target_.changes || IsDimensionless(target_.unit)) return;
    const auto over = [](auto x, auto y) { return x - y; };
    const auto times = [](auto x, auto y) { return x + y; };
    if (Gives(target_.unit.dimensions, of_a, of_b, over))
      Push({earlier, later, PairedAs::kQuotient, a / b, Text(earlier, " / ", later)}, kEquals);
    if (Gives(target_.unit.dimensions, of_b, of_a, over))
      Push({earlier, later, PairedAs::kQuotient, b / a, Text(later, " / ", earlier)}, kEquals);
    if (Gives(target_.unit.dimensions, of_a, of_b, times))
      Push({earlier, later, PairedAs::kProduct, a * b, Text(earlier, " × ", later)}, kEquals);
  }

  std::vector<Pair> Take() { return std::move(pairs_); }

 private:
  void AddAlike(size_t earlier, size_t later, double a, double b) {
    const std::string share = Text(later, " / ", earlier);
    const std::string percent = share + " = " + NumberText(kHundred * b / a) + " %，";
    if (target_.changes) {
      const double change = target_.falls ? (a - b) / a : (b - a) / a;
      const std::string way = target_.falls ? "降低 " : "提高 ";
      if (change > 0) Push({earlier, later, PairedAs::kChange, change, percent + way}, kShown);
      return;
    }
    Push({earlier, later, PairedAs::kShare, b / a, share}, kEquals);
    if (target_.percent && b < a)
      Push({earlier, later, PairedAs::kRest, 1 - b / a, percent + "其余 "}, kShown);
  }

  // 热到143℃, 原来165℃ for 降低30℃; 38% and 51% for 13个百分点.
  void AddDifference(size_t earlier, size_t later) {
    const bool points = target_.unit_text.ends_with("百分点");
    const auto in_unit = [&](size_t i) -> std::optional<double> {
      if (points) return figures_[i]->unit == "%" ? std::optional(figures_[i]->value) : std::nullopt;
      if (!Convertible(told_[i].unit, target_.unit)) return std::nullopt;
      return Convert(figures_[i]->value, told_[i].unit, target_.unit);
    };
    const bool turned = TellsFormer(ClauseOf(later)) && !TellsFormer(ClauseOf(earlier));
    const size_t former = turned ? later : earlier;
    const size_t now = turned ? earlier : later;
    const auto a = in_unit(former);
    const auto b = in_unit(now);
    if (!a || !b || (target_.falls ? *a <= *b : *b <= *a)) return;
    Pair pair = {earlier, later, PairedAs::kDifference, std::abs(*a - *b) * target_.unit.factor,
                 target_.falls ? Text(former, " − ", now) : Text(now, " − ", former)};
    Push(std::move(pair), kEquals);
  }

  View32 ClauseOf(size_t i) const { return places_.ClauseOf(figures_[i]->whole).runes; }

  std::string Text(size_t first, std::string_view sign, size_t second) const {
    return Shown(*figures_[first]) + std::string(sign) + Shown(*figures_[second]);
  }

  // `sign` stands between how it was worked out and what it is.
  void Push(Pair pair, std::string_view sign) {
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
  std::vector<Pair> pairs_;
};

}  // namespace

std::vector<Pair> PairsFor(const PairTarget& target, const FigurePlaces& places,
                           const std::vector<Told>& told, const std::vector<const Indicator*>& figures) {
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
