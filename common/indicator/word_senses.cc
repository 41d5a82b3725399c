// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/word_senses.h"

#include <algorithm>
#include <string_view>

#include "common/indicator/look_ahead.h"
#include "common/indicator/spoken_figures.h"
#include "common/indicator/word_parts.h"

namespace duijie::indicator {
namespace {

bool IsAfter(Role role) {
  return role == Role::kAtLeastAfter || role == Role::kAtMostAfter || role == Role::kAboutAfter ||
         role == Role::kBetweenAfter;
}

bool IsChange(Role role) { return role == Role::kUp || role == Role::kDown; }

std::u32string_view TextOf(const TokenScan& scan, const VocabularyMatch& match) {
  return scan.text.view(scan.pos, scan.pos + match.length);
}

std::u32string_view Behind(const TokenScan& scan, const VocabularyMatch& match) {
  return Ahead(scan.text, scan.pos + match.length);
}

bool BehindFigure(const TokenScan& scan) {
  if (scan.in_word || scan.tokens.empty()) return false;
  return scan.TouchesFigure() || IsAfter(scan.tokens.back().role) || scan.EndsInHalf();
}

// 每亩投入350元以下, but not 每年投入 nor 投入500万元: what a technique costs for one of something.
bool IsRatedOutlay(const TokenScan& scan, const VocabularyMatch& match) {
  if (TextOf(scan, match) != U"投入") return false;
  if (scan.in_word) return scan.word().ends_with(U"设备");
  if (!scan.Touches(Role::kPer)) return false;
  const std::u32string_view per = scan.text.view(scan.tokens.back().begin, scan.tokens.back().end);
  return !per.ends_with(U'年') && !per.ends_with(U'月');
}

// 料肉比低于2.6, 耐高温: the end of a word, no baseline and no condition.
bool EndsName(const TokenScan& scan, const VocabularyMatch& match) {
  if (!scan.in_word || scan.pos == scan.word_begin) return false;
  const char32_t before = scan.text[scan.pos - 1];
  if (match.role == Role::kConditionWord) return before == U'耐' || before == U'抗' || before == U'超';
  if (match.role != Role::kBaseline || match.length > 1 || scan.text[scan.pos] != U'比') return false;
  if (IsDigit(scan.text[scan.pos + 1])) return true;
  switch (LongestWord(Behind(scan, match)).role) {
    case Role::kAtLeast:
    case Role::kAtMost:
    case Role::kSuperior:
    case Role::kEqual:
    case Role::kUp:
    case Role::kDown:
    case Role::kFrom:
    case Role::kComma:
    case Role::kColon:
    case Role::kSentenceEnd:
      return true;
    default:
      return false;
  }
}

// Between the last figure and what 在 begins stand figures only.
bool StandsInAt(const TokenScan& scan) {
  for (size_t i = scan.tokens.size(); i-- > 0;) {
    const Role role = scan.tokens[i].role;
    if (role == Role::kAt) return true;
    if (!IsFigure(role) && role != Role::kAnd && role != Role::kRange && role != Role::kPlusMinus)
      return false;
  }
  return false;
}

// 在-20℃放电时, 在500V直流下: a short word between what 在 begins and its end.
bool EndsDoing(const TokenScan& scan) {
  constexpr size_t kMaxDoing = 4;                                                         // code points
  static constexpr std::u32string_view kTimes = U"间长段期刻速延滞效限钟序域空变差代光";  // 放电时间
  static constexpr std::u32string_view kBefore = U"小同及实瞬延定临工按台用耗历随即有平计超学当费省适准";
  if (!scan.in_word || scan.word().size() > kMaxDoing || scan.tokens.empty() ||
      !IsFigure(scan.tokens.back().role))
    return false;
  if (kTimes.find(scan.text[scan.pos + 1]) != std::u32string_view::npos ||
      kBefore.find(scan.text[scan.pos - 1]) != std::u32string_view::npos)
    return false;
  return StandsInAt(scan);
}

// A word of one character means little by itself: what stands around it decides.
bool SingleHolds(const TokenScan& scan, Role role) {
  const char32_t next = scan.text[scan.pos + 1];
  switch (role) {
    case Role::kUp:
    case Role::kDown:
      if (next == U'到' || next == U'至') return true;  // 降到
      [[fallthrough]];
    case Role::kAtLeast:
    case Role::kAtMost:
    case Role::kEqual:
    case Role::kTo:
      return FigureFollows(scan.text, scan.pos + 1) || BehindFigure(scan) ||
             ShareFollows(scan.text, scan.pos);
    case Role::kNow:
      return scan.AtClauseStart();
    case Role::kConditionEnd:
      return scan.text[scan.pos] == U'后' || BehindFigure(scan) || scan.Touches(Role::kOpaque) ||
             scan.Touches(Role::kConditionWord) || EndsDoing(scan);
    default:
      return true;
  }
}

}  // namespace

bool HoldsHere(const TokenScan& scan, const VocabularyMatch& match) {
  const size_t end = scan.pos + match.length;
  // 顶天8个钟头 is said as well as 8个钟头顶天.
  if (IsAfter(match.role))
    return BehindFigure(scan) || (SpeaksOfBound(TextOf(scan, match)) && FigureFollows(scan.text, end));
  if (BeginsName(match, Behind(scan, match)) || EndsName(scan, match)) return false;
  if (match.role == Role::kNoise && IsRatedOutlay(scan, match)) return false;
  if (match.role == Role::kMaximum) return FigureFollows(scan.text, end);
  // 不能超5%, but not 不能超声清洗.
  if (match.role == Role::kAtMost && match.length > 1 && scan.text[end - 1] == U'超')
    return FigureFollows(scan.text, end);
  return match.length != 1 || !IsHan(scan.text[scan.pos]) || SingleHolds(scan, match.role);
}

bool WishesChange(const TokenScan& scan, const VocabularyMatch& match) {
  const std::u32string_view word = TextOf(scan, match);
  if (!scan.in_word || (word != U"想" && word != U"拟")) return false;
  const Role next = LongestWord(Behind(scan, match)).role;
  return IsChange(next) || next == Role::kSavingName;
}

Role TrailingBound(const TokenScan& scan, const VocabularyMatch& match) {
  if (!scan.TouchesFigure()) return Role::kWord;
  const char32_t next = scan.text[scan.pos + match.length];
  if (next != 0 && next != U',' && next != U'。' && next != U';' && next != U')') return Role::kWord;
  const std::u32string_view word = TextOf(scan, match);
  if (word == U"起码" || word == U"至少" || word == U"最少") return Role::kAtLeastAfter;
  if (word == U"顶多" || word == U"至多" || word == U"最多") return Role::kAtMostAfter;
  return Role::kWord;
}

bool IsRated(const TokenScan& scan) {
  static constexpr std::u32string_view kRated[] = {U"费", U"价", U"价钱", U"价格", U"花费", U"成本",
                                                   U"耗", U"量", U"效率", U"能力", U"速度"};
  return std::any_of(std::begin(kRated), std::end(kRated),
                     [&](std::u32string_view end) { return scan.word().ends_with(end); });
}

}  // namespace duijie::indicator
