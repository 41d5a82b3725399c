// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/aspects.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "common/text/encoding.h"
#include "services/mining/intake/aspect_words.h"

namespace duijie::mining {
namespace {

using std::string_view;

struct Word {
  string_view text;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool starts_clause = false;  // something other than words stands before it
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The longest words from left to right, none overlapping.
std::vector<Word> WordsOf(const AnalyzedText& analyzed) {
  std::vector<Word> words;
  uint32_t covered = 0;
  for (size_t i = 0; i < analyzed.tokens.size();) {
    const Token* longest = nullptr;
    const uint32_t begin = analyzed.tokens[i].begin;
    for (; i < analyzed.tokens.size() && analyzed.tokens[i].begin == begin; ++i) {
      const Token& token = analyzed.tokens[i];
      if (token.kind != TokenKind::kWord || token.begin < covered) continue;
      if (longest == nullptr || token.end > longest->end) longest = &token;
    }
    if (longest == nullptr) continue;
    const string_view text = string_view(analyzed.normalized).substr(begin, longest->end - begin);
    words.push_back({text, begin, longest->end, begin != covered || words.empty()});
    covered = longest->end;
  }
  return words;
}

bool EndsWithOneOf(string_view word, const std::vector<string_view>& ends, size_t* length) {
  *length = 0;
  for (const string_view end : ends) {
    // Letters are no ends: app is not made of PP.
    const bool letters = static_cast<unsigned char>(end.front()) < 0x80;
    if (letters ? word == end : word.ends_with(end)) *length = std::max(*length, end.size());
  }
  return *length > 0;
}

// The kind of noun that the word is the head of: that of its longest known end.
v1::AspectKind KindOf(string_view word) {
  v1::AspectKind kind = v1::ASPECT_KIND_UNSPECIFIED;
  if (IsNoHead(word)) return kind;
  size_t best = 0;
  const auto weigh = [&](const std::vector<string_view>& ends, v1::AspectKind candidate) {
    size_t length = 0;
    if (EndsWithOneOf(word, ends, &length) && length > best) {
      best = length;
      kind = candidate;
    }
  };
  weigh(PlaceEnds(), v1::ASPECT_KIND_APPLICATION);
  weigh(ProductEnds(), v1::ASPECT_KIND_PRODUCT);
  weigh(MethodEnds(), v1::ASPECT_KIND_METHOD);
  weigh(MaterialEnds(), v1::ASPECT_KIND_MATERIAL);
  return kind;
}

class Finder {
 public:
  explicit Finder(std::vector<Word> words) : words_(std::move(words)) {}

  std::vector<Aspect> Run() {
    FindPlaces();
    FindNouns();
    FindEffects();
    std::sort(found_.begin(), found_.end(), [](const Aspect& a, const Aspect& b) {
      return std::tie(a.begin, a.end, a.kind) < std::tie(b.begin, b.end, b.kind);
    });
    if (found_.size() > kMaxAspects) found_.resize(kMaxAspects);
    return std::move(found_);
  }

 private:
  size_t size() const { return words_.size(); }
  string_view At(size_t i) const { return i < size() ? words_[i].text : string_view(); }
  bool EndsClause(size_t i) const { return i + 1 >= size() || words_[i + 1].starts_clause; }

  // A number, unless it begins a name (65Mn钢, 5G基站).
  bool IsFigure(size_t i) const {
    const string_view word = At(i);
    if (word.empty() || !IsDigit(word.front())) return false;
    const bool only_digits =
        std::all_of(word.begin(), word.end(), [](char c) { return IsDigit(c) || c == '.'; });
    if (only_digits || EndsClause(i)) return true;
    return IsBoundary(At(i + 1)) || KindOf(At(i + 1)) == v1::ASPECT_KIND_UNSPECIFIED;
  }

  bool Breaks(size_t i) const { return IsFigure(i) || IsBoundary(At(i)); }

  // [first, last], whole words.
  void Add(v1::AspectKind kind, size_t first, size_t last) {
    const uint32_t begin = words_[first].begin;
    const uint32_t end = words_[last].end;
    const string_view text(words_[first].text.data(), end - begin);
    if (CountCodePoints(text) > kMaxPhraseRunes || CountCodePoints(text) < 2) return;
    if (kind != v1::ASPECT_KIND_EFFECT && IsNoAspect(text)) return;
    for (const Aspect& other : found_) {
      if (other.begin == begin && other.end == end) return;
    }
    found_.push_back({kind, begin, end});
  }

  bool Covered(v1::AspectKind kind, size_t word) const {
    return std::any_of(found_.begin(), found_.end(), [&](const Aspect& other) {
      return other.kind == kind && other.begin <= words_[word].begin && words_[word].end <= other.end;
    });
  }

  void FindNouns() {
    for (size_t i = 0; i < size();) {
      if (Breaks(i)) {
        ++i;
        continue;
      }
      size_t end = i + 1;
      while (end < size() && !words_[end].starts_clause && !Breaks(end)) ++end;
      ReadRun(i, end);
      i = end;
    }
  }

  // A run of nouns without a verb between: 不锈钢筛网编织.
  void ReadRun(size_t first, size_t end) {
    size_t start = first;
    for (size_t i = first; i < end; ++i) {
      if (IsDefect(At(i))) {
        start = i + 1;
        continue;
      }
      const v1::AspectKind kind = KindOf(At(i));
      if (kind == v1::ASPECT_KIND_UNSPECIFIED) continue;
      const v1::AspectKind next =
          i + 1 < end && !IsDefect(At(i + 1)) ? KindOf(At(i + 1)) : v1::ASPECT_KIND_UNSPECIFIED;
      const bool of_product = kind == v1::ASPECT_KIND_METHOD && next == v1::ASPECT_KIND_PRODUCT;
      if (kind == next || of_product) continue;
      start = std::max(start, i + 1 > kMaxPhraseWords ? i + 1 - kMaxPhraseWords : 0);
      Add(kind, start, i);
      // The material is part of the product's name.
      if (kind == v1::ASPECT_KIND_MATERIAL && next == v1::ASPECT_KIND_PRODUCT) continue;
      start = i + 1;
    }
  }

  void FindPlaces() {
    for (size_t i = 0; i < size(); ++i) {
      if (BeginsPlace(At(i)) && !EndsClause(i)) AddPlace(i + 1, i + 1);
      if ((At(i) == "给" || At(i) == "为" || At(i) == "供") && !EndsClause(i)) AddServed(i + 1);
    }
  }

  void AddPlace(size_t first, size_t from) {
    size_t last = from;
    while (!EndsClause(last) && !Breaks(last + 1) && last - first + 1 < kMaxPhraseWords) ++last;
    if (!Breaks(first)) Add(v1::ASPECT_KIND_APPLICATION, first, last);
  }

  // 给高铁做, 为主机厂配套.
  void AddServed(size_t first) {
    for (size_t i = first; i < size() && i < first + kMaxPhraseWords; ++i) {
      const string_view word = At(i);
      if (i > first &&
          (word == "做" || word == "配套" || word == "供货" || word == "生产" || word == "供应")) {
        Add(v1::ASPECT_KIND_APPLICATION, first, i - 1);
        return;
      }
      if (Breaks(i) || EndsClause(i)) return;
    }
  }

  void FindEffects() {
    for (size_t i = 0; i < size(); ++i) {
      if (IsChangeVerb(At(i))) {
        AddChange(i);
      } else if (IsProneTo(At(i))) {
        AddProneTo(i);
      } else if (IsComplaint(At(i))) {
        AddComplaint(i);
      }
    }
    for (size_t i = 0; i < size(); ++i) {
      if (IsDefect(At(i))) AddDefect(i);
    }
  }

  void AddChange(size_t verb) {
    size_t last = verb;
    while (!EndsClause(last) && !EndsChange(At(last + 1)) && !IsFigure(last + 1) &&
           last - verb < kMaxEffectWords)
      ++last;
    while (last > verb && (At(last) == "的" || At(last) == "了")) --last;
    if (last > verb) Add(v1::ASPECT_KIND_EFFECT, verb, last);
  }

  void AddProneTo(size_t at) {
    constexpr size_t kMost = 3;  // words of what happens
    size_t last = at;
    while (!EndsClause(last) && last - at < kMost && !EndsChange(At(last + 1))) ++last;
    if (last > at) Add(v1::ASPECT_KIND_EFFECT, at, last);
  }

  void AddComplaint(size_t at) {
    if (words_[at].starts_clause) {
      if (CountCodePoints(At(at)) > 2) Add(v1::ASPECT_KIND_EFFECT, at, at);
      return;
    }
    if (!EndsClause(at) && (!IsBoundary(At(at + 1)) || At(at + 1) == "的" || EndsChange(At(at + 1)))) return;
    // 不耐磨 says it all.
    const bool whole =
        CountCodePoints(At(at)) > 2 && (At(at) == "不耐磨" || At(at) == "不环保" || At(at) == "难保证");
    size_t first = whole ? at : at - 1;
    const auto is_adverb = [](string_view word) {
      return word == "很" || word == "太" || word == "较" || word == "比较" || word == "也" ||
             word == "非常" || word == "不";
    };
    while (is_adverb(At(first)) && !words_[first].starts_clause) --first;
    if (IsFigure(first) || At(first) == "的" || At(first) == "要") return;
    // A single character is the end of a longer word.
    if (CountCodePoints(At(first)) == 1 && !words_[first].starts_clause && !Breaks(first - 1)) --first;
    Add(v1::ASPECT_KIND_EFFECT, first, at);
  }

  void AddDefect(size_t at) {
    if (Covered(v1::ASPECT_KIND_EFFECT, at)) return;
    const bool after_word = at > 0 && !words_[at].starts_clause;
    if (after_word && DeniesDefect(At(at - 1))) return;
    size_t last = at;
    while (!EndsClause(last) && IsDefect(At(last + 1))) ++last;
    if (!EndsClause(last) && (!IsBoundary(At(last + 1)) || EndsChange(At(last + 1)) || At(last + 1) == "的"))
      return;
    Add(v1::ASPECT_KIND_EFFECT, at, last);
  }

  const std::vector<Word> words_;
  std::vector<Aspect> found_;
};

}  // namespace

std::vector<Aspect> FindAspects(const Analyzer& analyzer, string_view text) {
  const MappedText mapped = analyzer.normalizer().NormalizeMapped(text);
  const AnalyzedText analyzed = analyzer.Analyze(mapped.normalized);
  // Without exact offsets there is no span to show, and nothing without a span is used.
  if (analyzed.normalized.size() > mapped.normalized.size() ||
      !string_view(mapped.normalized).starts_with(analyzed.normalized)) {
    return {};
  }
  std::vector<Aspect> aspects = Finder(WordsOf(analyzed)).Run();
  for (Aspect& aspect : aspects) {
    aspect.end = mapped.source_end[aspect.end - 1];
    aspect.begin = mapped.source_begin[aspect.begin];
  }
  return aspects;
}

}  // namespace duijie::mining
