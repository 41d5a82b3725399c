// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/counted_shares.h"

#include <algorithm>
#include <optional>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/number.h"
#include "common/indicator/runes.h"
#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {
namespace {

using CountView = std::u32string_view;

constexpr double kFewest = 10;  // of what a share is told
constexpr CountView kCountWords[] = {U"株", U"道", U"片", U"件", U"个", U"只", U"头", U"尾",   U"粒",   U"例",
                                     U"台", U"批", U"次", U"张", U"根", U"块", U"枚", U"袋",   U"瓶",   U"条",
                                     U"组", U"户", U"羽", U"箱", U"颗", U"穴", U"kg", U"公斤", U"千克", U"字",
                                     U"名", U"人", U"份", U"处", U"孔", U"套", U"支", U"篇",   U"页",   U"座",
                                     U"辆", U"包", U"盒", U"罐", U"点", U"项", U"题", U"棵"};

struct Count {
  double value;
  CountView word;
  TextSpan span;
};

// The word for what is counted that stands at the start.
CountView CountWordAt(CountView text) {
  for (const CountView word : kCountWords) {
    if (text.starts_with(word) && !text.substr(word.size()).starts_with(U"/")) return word;
  }
  return {};
}

class CountReader {
 public:
  explicit CountReader(std::string_view text) : runes_(text, kMaxTextBytes) {}

  std::vector<Count> Run() {
    constexpr size_t kMaxCounts = 32;
    std::vector<Count> counts;
    for (size_t at = 0; at < runes_.size() && counts.size() < kMaxCounts; ++at) {
      if (const auto count = NoneAt(at)) {
        counts.push_back(*count);
      } else if (IsDigit(runes_[at]) || IsNumeral(runes_[at])) {
        if (const auto some = SomeAt(at)) counts.push_back(*some);
        while (at + 1 < runes_.size() &&
               (IsDigit(runes_[at + 1]) || IsNumeral(runes_[at + 1]) || runes_[at + 1] == U'.'))
          ++at;
      }
    }
    return counts;
  }

 private:
  CountView Ahead(size_t at) const {
    constexpr size_t kReach = 48;  // code points
    at = std::min(at, runes_.size());
    return runes_.view(at, std::min(runes_.size(), at + kReach));
  }
  Count Of(double value, CountView word, size_t begin, size_t end) const {
    return {value, word, {runes_.ByteOf(begin), runes_.ByteOf(end)}};
  }
  std::optional<Count> SomeAt(size_t at) const {
    const auto number = ReadScaled(Ahead(at));
    if (!number) return std::nullopt;
    const size_t end = at + number->length;
    const CountView word = CountWordAt(Ahead(end));
    if (word.empty()) return std::nullopt;
    return Of(number->value, word, at, end + word.size());
  }
  // 没有一件, 无一株, 一处也没有.
  std::optional<Count> NoneAt(size_t at) const {
    for (const CountView none : {CountView(U"没有一"), CountView(U"无一")}) {
      if (!Ahead(at).starts_with(none)) continue;
      const CountView word = CountWordAt(Ahead(at + none.size()));
      if (!word.empty()) return Of(0, word, at, at + none.size() + word.size());
    }
    if (runes_[at] != U'一') return std::nullopt;
    const CountView word = CountWordAt(Ahead(at + 1));
    const CountView behind = Ahead(at + 1 + word.size());
    const bool none = behind.starts_with(U"也没") || behind.starts_with(U"都没") ||
                      behind.starts_with(U"也未") || behind.starts_with(U"未");
    if (word.empty() || !none) return std::nullopt;
    return Of(0, word, at, at + 1 + word.size());
  }

  const Runes runes_;
};

}  // namespace

std::vector<CountedShare> CountedShares(std::string_view text) {
  std::vector<CountedShare> shares;
  const std::vector<Count> counts = CountReader(text).Run();
  for (size_t i = 0; i + 1 < counts.size() && shares.size() < kMaxCountedShares; ++i) {
    const Count& all = counts[i];
    const Count& some = counts[i + 1];
    if (all.value < kFewest || some.value > all.value || some.word != all.word) continue;
    if (some.span.begin >= SentenceOf(text, all.span).end) continue;
    Indicator share;
    share.value = kHundred * some.value / all.value;
    share.unit.assign(1, '%');
    share.value_span = some.span;
    share.whole = some.span;
    shares.push_back({std::move(share), NumberText(some.value) + " / " + NumberText(all.value)});
  }
  return shares;
}

}  // namespace duijie::indicator
