// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/opposites.h"

#include <algorithm>
#include <iterator>

namespace duijie::indicator {
namespace {

constexpr View32 kOpposites[] = {U"开关", U"进出", U"上下", U"充放", U"升降", U"吸排", U"内外",
                                 U"冷热", U"干湿", U"经纬", U"纵横", U"正负", U"正反", U"前后",
                                 U"快慢", U"收放", U"送回", U"加减", U"拉压", U"装卸", U"入出",
                                 U"存取", U"左右", U"粗精", U"启停", U"开合"};

// 启闭 says what 开关 does.
Runes32 WithPlainOpening(View32 words) {
  Runes32 plain(words);
  std::replace(plain.begin(), plain.end(), U'闭', U'关');
  for (size_t at = plain.find(U"启关"); at != Runes32::npos; at = plain.find(U"启关")) plain[at] = U'开';
  return plain;
}

// Whether the other of a pair stands in the text beside what `one` stands beside: 关门 for 开门.
bool StandsInPlace(View32 name, char32_t one, char32_t other, View32 text) {
  for (size_t at = name.find(one); at != View32::npos; at = name.find(one, at + 1)) {
    if (at + 1 < name.size() && text.find(Runes32{other, name[at + 1]}) != View32::npos) return true;
    if (at > 0 && text.find(Runes32{name[at - 1], other}) != View32::npos) return true;
  }
  return false;
}

}  // namespace

// A bit for each side of each pair.
uint64_t OppositeSides(View32 words) {
  static_assert(2 * std::size(kOpposites) <= 64);
  const Runes32 plain = WithPlainOpening(words);
  uint64_t sides = 0;
  for (size_t i = 0; i < std::size(kOpposites); ++i) {
    for (size_t side = 0; side < 2; ++side) {
      if (plain.find(kOpposites[i][side]) != Runes32::npos) sides |= uint64_t{1} << (2 * i + side);
    }
  }
  return sides;
}

bool AreOpposite(uint64_t sides_a, uint64_t sides_b) {
  constexpr uint64_t kFirst = 0x5555555555555555;
  const uint64_t one_way = sides_a & kFirst & (sides_b >> 1U);
  const uint64_t other_way = (sides_a >> 1U) & kFirst & sides_b;
  return one_way != other_way;
}

bool TellsOpposite(View32 name, View32 clause) {
  const Runes32 x = WithPlainOpening(name);
  const Runes32 y = WithPlainOpening(clause);
  const auto holds = [](View32 words, char32_t c) { return words.find(c) != View32::npos; };
  const auto parts = [&](char32_t one, char32_t other) {
    return holds(x, one) && !holds(x, other) && !holds(y, one) && StandsInPlace(x, one, other, y);
  };
  return std::any_of(std::begin(kOpposites), std::end(kOpposites),
                     [&](View32 pair) { return parts(pair[0], pair[1]) || parts(pair[1], pair[0]); });
}

}  // namespace duijie::indicator
