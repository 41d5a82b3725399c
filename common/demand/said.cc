// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/said.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "common/demand/sentences.h"
#include "common/demand/word_starts.h"
#include "common/demand/words_in.h"
#include "common/text/code_points.h"

namespace duijie {
namespace {

using std::string_view;

struct Cue {
  string_view word;
  Says says;
  std::vector<string_view> unless;
};

std::vector<string_view> Split(string_view words) {
  std::vector<string_view> split;
  while (!words.empty()) {
    const size_t end = std::min(words.find('|'), words.size());
    split.push_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return split;
}

struct CueIndex {
  std::vector<Cue> cues;
  WordStarts starts;  // of the cues, by their place
};

const CueIndex& Cues() {
  static const CueIndex kIndex = [] {
    std::vector<Cue> cues;
    std::vector<string_view> words;
    for (const CueRow& row : CueRows()) {
      for (const string_view word : Split(row.words)) {
        cues.push_back({word, row.says, Split(row.unless)});
        words.push_back(word);
      }
    }
    return CueIndex{std::move(cues), WordStarts(words)};
  }();
  return kIndex;
}

bool StandsWithin(string_view text, size_t at, string_view longer, string_view word) {
  const size_t offset = longer.find(word);
  return offset != string_view::npos && at >= offset && text.substr(at - offset).starts_with(longer);
}

// Bytes of Chinese numerals that begin the text: 两三 of 两三天.
size_t NumeralLength(string_view text) {
  static constexpr auto kNumerals = std::to_array<string_view>(
      {"一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "几", "半"});
  size_t length = 0;
  for (bool more = true; more;) {
    more = false;
    for (const string_view numeral : kNumerals) {
      if (!text.substr(length).starts_with(numeral)) continue;
      length += numeral.size();
      more = true;
    }
  }
  return length;
}

// Bytes of a number, perhaps behind a blank, perhaps a range, that begins the text; 0 if there is none.
size_t NumberLength(string_view text) {
  static constexpr auto kJoins = std::to_array<string_view>({"到", "至", "～", "~", "-"});
  if (const size_t numerals = NumeralLength(text)) return numerals;
  const size_t blank = text.starts_with(' ') ? 1 : 0;
  const auto digits = [&](size_t from) {
    return std::min(text.find_first_not_of("0123456789.", from), text.size());
  };
  const size_t first = digits(blank);
  if (first == blank) return 0;
  for (const string_view join : kJoins) {
    if (text.substr(first).starts_with(join)) return digits(first + join.size());
  }
  return first;
}

// Whether a number comes at once, or behind a verb of one or two characters: 要焊9个小时, 要煎煮2次, but not
// 要达到95%.
bool TakesNumber(string_view behind) {
  static constexpr auto kBounds =
      std::to_array<string_view>({"达", "到", "至", "超", "过", "在", "低", "高", "大", "小", "少", "多",
                                  "不", "保", "控", "≥", "≤", "＜", "＞"});
  constexpr int kVerb = 2;  // characters
  for (int skipped = 0; !behind.empty(); ++skipped) {
    if (NumberLength(behind) > 0) return true;
    if (skipped == kVerb || BeginsWithOneOf(behind, kBounds)) return false;
    do behind.remove_prefix(1);
    while (!behind.empty() && IsTrailingByte(behind.front()));
  }
  return false;
}

bool HoldsTurn(string_view before) {
  static constexpr auto kTurns = std::to_array<string_view>(
      {"批", "次", "天", "月", "年", "班", "炉", "台", "件", "吨", "季", "周", "遍", "趟", "亩", "人"});
  return std::any_of(kTurns.begin(), kTurns.end(), [&](string_view turn) {
    const std::string each = "每" + std::string(turn);
    return before.starts_with(each) || before.ends_with(each) || before.ends_with("一" + std::string(turn));
  });
}

// 化验一个样, 换一次规格, 硫化一块支座, but not 一次合格率.
bool HoldsOneOfSomething(string_view before) {
  static constexpr auto kOnes = std::to_array<string_view>(
      {"一个", "一吨", "一炉", "一批", "一台", "一条", "一天", "一亩", "一斤", "一公斤", "一件",
       "一锅", "一池", "一遍", "一道", "一季", "半年", "半天", "一次", "一块", "一张",   "一栋",
       "一支", "一根", "一只", "一片", "一套", "一车", "一箱", "一班", "一栏", "一垛",   "每支"});
  return HoldsOneOf(before, kOnes) && before.find("一次合格") == string_view::npos;
}

// 现捕收剂, but not 现 alone nor 现场噪声.
bool TellsNow(string_view before) {
  constexpr string_view kNow = "现";
  static constexpr auto kOthers =
      std::to_array<string_view>({"现场", "现代", "现浇", "现货", "现实", "现象"});
  return before.starts_with(kNow) && before.size() > 2 * kNow.size() && !BeginsWithOneOf(before, kOthers);
}

// 每批要煎煮两次, 一天要6个人, 化验一个样需40分钟, 现捕收剂需加温: what it takes, not what is wished. `at`:
// the cue in its clause.
bool TellsEffort(string_view clause, size_t at, string_view word) {
  static constexpr auto kTaken =
      std::to_array<string_view>({"人", "个人", "名", "元", "块", "万", "趟", "遍", "来", "道"});
  if (word != "要" && word != "需" && word != "须") return false;
  const string_view before = clause.substr(0, at);
  if (TellsNow(before)) return true;
  const string_view behind = clause.substr(at + word.size());
  if ((HoldsTurn(before) || HoldsOneOfSomething(before)) && TakesNumber(behind)) return true;
  const size_t number = NumberLength(behind);
  return number > 0 && BeginsWithOneOf(behind.substr(number), kTaken);
}

// 利用现有加氢尾油, 不改现有设备, 比现产品: a thing that is there, not how things are today.
bool IsThingUsed(string_view clause, size_t at) {
  static constexpr auto kUses = std::to_array<string_view>(
      {"利用", "沿用", "依托", "借助", "兼容", "不改", "不动", "不换", "适配", "保留", "替代", "取代",
       "代替", "改造", "适应", "匹配", "基于", "改变", "更换", "对",   "与",   "用",   "比",   "较"});
  return EndsWithOneOf(clause.substr(0, at), kUses);
}

// 35MPa（现用25MPa）, 目标（括号内为现状）: in brackets that close within the clause.
bool IsAside(string_view clause, size_t at) {
  const size_t open = clause.substr(0, at).rfind("（");
  if (open == string_view::npos) return false;
  const size_t close = clause.find("）", open);
  return close != string_view::npos && close > at;
}

bool Holds(string_view clause, size_t at, const Cue& cue) {
  if (IsAside(clause, at)) return false;
  if (cue.says == Says::kToday) return !IsThingUsed(clause, at);
  if (TellsEffort(clause, at, cue.word)) return false;
  return std::none_of(cue.unless.begin(), cue.unless.end(),
                      [&](string_view longer) { return StandsWithin(clause, at, longer, cue.word); });
}

// What the last cue of the clause says.
Says LastSaid(string_view clause) {
  const CueIndex& index = Cues();
  Says says = Says::kNothing;
  for (size_t at = clause.size(); says == Says::kNothing && at-- > 0;) {
    if (IsTrailingByte(clause[at])) continue;
    index.starts.At(clause, at, [&](uint32_t number) {
      const Cue& cue = index.cues[number];
      if (Holds(clause, at, cue)) says = cue.says;
      return says != Says::kNothing;
    });
  }
  return says;
}

// 比现有工艺, 由目前的: what a relative figure starts from.
std::string WithoutBaselines(string_view clause) {
  std::string text(clause);
  for (const string_view word : Baselines()) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word))
      text.erase(at, word.size());
  }
  return text;
}

}  // namespace

Said SaidOf(string_view text, const indicator::Indicator& figure, bool relative) {
  const size_t first = BeginBefore(text, figure.whole.begin, Stop::kSentence);
  const size_t last = EndFrom(text, figure.whole.end, Stop::kClause);
  size_t end = last;
  for (size_t at = figure.whole.begin;;) {
    const size_t begin = std::max(first, BeginBefore(text, at, Stop::kClause));
    const string_view clause = text.substr(begin, end - begin);
    const Says says = relative ? LastSaid(WithoutBaselines(clause)) : LastSaid(clause);
    if (says != Says::kNothing) return {says, end > figure.whole.begin};
    if (begin <= first) break;
    end = begin;
    at = begin - 1;
    while (at > first && IsTrailingByte(text[at])) --at;
  }
  const string_view sentence = text.substr(first, last - first);
  const bool planned = sentence.starts_with("通过") || HoldsOneOf(sentence, PlannedWorks());
  return {planned ? Says::kLimit : Says::kNothing, false};
}

}  // namespace duijie
