// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/note_reader.h"

#include <algorithm>
#include <array>

#include "common/demand/demand_reader.h"
#include "common/indicator/compare.h"
#include "common/text/code_points.h"
#include "common/text/encoding.h"
#include "services/mining/intake/aspects.h"

namespace duijie::mining {
namespace {

using indicator::Comparator;
using std::string_view;

constexpr auto kSentenceEnds = std::to_array<string_view>({"。", "！", "？", "；", "!", "?", ";", "\n"});
constexpr auto kClauseEnds =
    std::to_array<string_view>({"。", "！", "？", "；", "!", "?", ";", "\n", "，", ","});
constexpr auto kOpenings =
    std::to_array<string_view>({"另外", "此外", "还有一", "其次", "再就是", "再有", "第二", "第三", "第四",
                                "二是", "三是", "四是", "同时还"});
constexpr auto kNumerals = std::to_array<string_view>({"一、", "二、", "三、", "四、", "五、", "六、", "七、",
                                                       "八、", "九、", "十、", "①", "②", "③", "④", "⑤", "⑥"});

// A part that begins with one of these words tells more of the problem before it.
constexpr auto kNoProblems =
    std::to_array<string_view>({"目标", "指标", "基础", "预算", "经费", "合作方式", "技术要求", "效益",
                                "背景", "概况", "简介", "功能", "投入", "要求如下"});
constexpr size_t kHeadingRunes = 14;  // code points of a part that are its heading

// Byte offset → code point.
class Counter {
 public:
  explicit Counter(string_view text) {
    at_.reserve(text.size() + 1);
    int32_t count = -1;
    for (const char c : text) {
      if (!IsTrailingByte(c)) ++count;
      at_.push_back(std::max(count, 0));
    }
    at_.push_back(count + 1);
  }
  v1::NoteSpan Span(size_t begin, size_t end) const {
    v1::NoteSpan span;
    span.set_begin(at_[begin]);
    span.set_end(at_[end]);
    return span;
  }

 private:
  std::vector<int32_t> at_;
};

template <typename Words>
bool StartsWithOneOf(string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](string_view word) { return text.starts_with(word); });
}

// "2.", "2、", "（2）" but not "2.5".
bool StartsWithNumber(string_view text) {
  for (const string_view open : {"（", "("}) {
    if (text.starts_with(open)) text.remove_prefix(open.size());
  }
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2) return false;
  text.remove_prefix(digits);
  if (text.starts_with(".")) return text.size() > 1 && !(text[1] >= '0' && text[1] <= '9');
  return text.starts_with("、") || text.starts_with("）") || text.starts_with(")") || text.starts_with("．");
}

size_t SkipBlanks(string_view text, size_t at) {
  while (at < text.size()) {
    const string_view rest = text.substr(at);
    if (rest.starts_with("　")) {
      at += 3;
    } else if (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

// Where a new problem might begin, the first at the start of the note.
std::vector<size_t> PossibleStarts(string_view note) {
  std::vector<size_t> starts = {0};
  for (size_t at = 0; at < note.size();) {
    const string_view rest = note.substr(at);
    const auto end = std::find_if(kSentenceEnds.begin(), kSentenceEnds.end(),
                                  [&](string_view word) { return rest.starts_with(word); });
    if (end == kSentenceEnds.end()) {
      ++at;
      continue;
    }
    at += end->size();
    const size_t next = SkipBlanks(note, at);
    const string_view sentence = note.substr(next);
    const bool line = note.substr(at - end->size(), next - at + end->size()).find('\n') != string_view::npos;
    const bool opens = line || StartsWithOneOf(sentence, kOpenings) || StartsWithOneOf(sentence, kNumerals) ||
                       StartsWithNumber(sentence);
    if (opens && next < note.size() && next > starts.back()) starts.push_back(next);
  }
  return starts;
}

v1::Comparator ComparatorOf(const indicator::Indicator& figure) {
  switch (figure.comparator) {
    case Comparator::kAtLeast:
      return v1::COMPARATOR_AT_LEAST;
    case Comparator::kAtMost:
      return v1::COMPARATOR_AT_MOST;
    case Comparator::kBetween:
    case Comparator::kPlusMinus:
      return v1::COMPARATOR_BETWEEN;
    default:
      return figure.is_about ? v1::COMPARATOR_APPROXIMATELY : v1::COMPARATOR_EQUAL;
  }
}

// The figure as the catalog has it. 25±2 is kept as the range it means.
v1::Indicator Structured(const indicator::Indicator& figure) {
  v1::Indicator structured;
  structured.set_name(figure.name);
  structured.set_comparator(ComparatorOf(figure));
  structured.set_value(figure.value);
  if (figure.comparator == Comparator::kPlusMinus && figure.upper) {
    structured.set_value(figure.value - *figure.upper);
    structured.set_upper_value(figure.value + *figure.upper);
  } else if (figure.comparator == Comparator::kBetween && figure.upper) {
    structured.set_upper_value(*figure.upper);
  }
  structured.set_unit(figure.unit);
  structured.set_condition(figure.condition);
  return structured;
}

bool IsRelative(const indicator::Indicator& figure) {
  return figure.comparator == Comparator::kIncreaseBy || figure.comparator == Comparator::kDecreaseBy ||
         figure.is_of_former;
}

struct Parts {
  std::vector<Aspect> aspects;
  std::vector<indicator::Indicator> figures;
  std::vector<bool> demanded;  // of figures
};

// Whether [begin, end) tells of a problem, and not only of the firm.
bool TellsOfProblem(const Parts& parts, size_t begin, size_t end) {
  return std::any_of(parts.aspects.begin(), parts.aspects.end(), [&](const Aspect& aspect) {
    return aspect.kind == v1::ASPECT_KIND_EFFECT && aspect.begin >= begin && aspect.end <= end;
  });
}

bool HoldsDemand(const Parts& parts, size_t begin, size_t end) {
  for (size_t i = 0; i < parts.figures.size(); ++i) {
    const bool within = parts.figures[i].whole.begin >= begin && parts.figures[i].whole.end <= end;
    if (within && parts.demanded[i]) return true;
  }
  return false;
}

// Names what the problem is about, outside of the figures' own words.
bool NamesSubject(const Parts& parts, size_t begin, size_t end) {
  return std::any_of(parts.aspects.begin(), parts.aspects.end(), [&](const Aspect& aspect) {
    if (aspect.kind == v1::ASPECT_KIND_EFFECT || aspect.begin < begin || aspect.end > end) return false;
    return std::none_of(parts.figures.begin(), parts.figures.end(), [&](const indicator::Indicator& figure) {
      return figure.whole.begin < aspect.end && aspect.begin < figure.whole.end;
    });
  });
}

// Begins of the problems: a part stands for itself if it tells of a problem or demands something of a subject
// that it names, and so does what is before it; a list of figures belongs to the problem before it.
std::vector<size_t> Problems(string_view note, const Parts& parts) {
  const std::vector<size_t> possible = PossibleStarts(note);
  std::vector<size_t> starts = {0};
  for (size_t i = 1; i < possible.size() && starts.size() < kMaxProblems; ++i) {
    const size_t end = i + 1 < possible.size() ? possible[i + 1] : note.size();
    const std::string heading =
        TruncateCodePoints(note.substr(possible[i], end - possible[i]), kHeadingRunes);
    const bool continues = std::any_of(kNoProblems.begin(), kNoProblems.end(), [&](string_view word) {
      return heading.find(word) != std::string::npos;
    });
    if (continues) continue;
    const auto stands = [&](size_t from, size_t to) {
      return TellsOfProblem(parts, from, to) ||
             (HoldsDemand(parts, from, to) && NamesSubject(parts, from, to));
    };
    if (stands(possible[i], end) && stands(starts.back(), possible[i])) starts.push_back(possible[i]);
  }
  return starts;
}

// Names of the product and the clause that says what is the matter.
std::string TitleOf(string_view note, const Parts& parts, size_t begin, size_t end) {
  size_t core = SkipBlanks(note, begin);
  for (const Aspect& aspect : parts.aspects) {
    if (aspect.kind != v1::ASPECT_KIND_EFFECT || aspect.begin < begin || aspect.end > end) continue;
    core = aspect.begin;
    break;
  }
  size_t first = begin;
  size_t last = end;
  for (const string_view word : kClauseEnds) {
    const size_t before = note.substr(0, core).rfind(word);
    if (before != string_view::npos) first = std::max(first, before + word.size());
    const size_t behind = note.find(word, core);
    if (behind != string_view::npos) last = std::min(last, behind);
  }
  first = std::min(SkipBlanks(note, first), last);
  std::string title(note.substr(first, last - first));
  for (const Aspect& aspect : parts.aspects) {
    if (aspect.kind != v1::ASPECT_KIND_PRODUCT || aspect.begin < begin || aspect.end > end) continue;
    const std::string product(note.substr(aspect.begin, aspect.end - aspect.begin));
    if (title.find(product) == std::string::npos) title.insert(0, "：").insert(0, product);
    break;
  }
  return TruncateCodePoints(title, kMaxTitleCodePoints);
}

v1::NoteReading ReadingOf(string_view note, const Counter& count, const Parts& parts, size_t begin,
                          size_t end) {
  v1::NoteReading reading;
  *reading.mutable_part() = count.Span(begin, end);
  reading.set_title(TitleOf(note, parts, begin, end));
  for (const Aspect& aspect : parts.aspects) {
    if (aspect.begin < begin || aspect.end > end || reading.aspects_size() == kMaxAspectsPerProblem) continue;
    const std::string_view words = note.substr(aspect.begin, aspect.end - aspect.begin);
    const auto& known = reading.aspects();
    const bool told = std::any_of(known.begin(), known.end(), [&](const v1::NoteAspect& one) {
      return one.kind() == aspect.kind && one.text() == words;
    });
    if (told) continue;
    v1::NoteAspect* const added = reading.add_aspects();
    added->set_kind(aspect.kind);
    added->set_text(std::string(words));
    *added->mutable_span() = count.Span(aspect.begin, aspect.end);
  }
  for (size_t i = 0; i < parts.figures.size(); ++i) {
    const indicator::Indicator& figure = parts.figures[i];
    if (figure.whole.begin < begin || figure.whole.end > end || figure.whole.empty()) continue;
    if (reading.constraints_size() == kMaxConstraintsPerProblem) break;
    v1::NoteConstraint* const added = reading.add_constraints();
    *added->mutable_indicator() = Structured(figure);
    *added->mutable_span() = count.Span(figure.whole.begin, figure.whole.end);
    added->set_role(parts.demanded[i] ? v1::CONSTRAINT_ROLE_TARGET : v1::CONSTRAINT_ROLE_STATED);
    added->set_bound(indicator::BoundText(figure));
    added->set_relative(IsRelative(figure));
  }
  return reading;
}

}  // namespace

std::vector<v1::NoteReading> NoteReader::Read(string_view note) const {
  if (SkipBlanks(note, 0) == note.size()) return {};
  Parts parts;
  parts.aspects = FindAspects(*analyzer_, note);
  const DemandReader demands(note, DemandText::kDescription);
  parts.figures = demands.Figures();
  for (const indicator::Indicator& figure : parts.figures)
    parts.demanded.push_back(demands.IsDemanded(figure));
  const Counter count(note);
  std::vector<v1::NoteReading> readings;
  const std::vector<size_t> starts = Problems(note, parts);
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : note.size();
    readings.push_back(ReadingOf(note, count, parts, starts[i], end));
  }
  return readings;
}

string_view TextIn(string_view note, const v1::NoteSpan& span) {
  size_t begin = note.size();
  size_t end = note.size();
  int32_t count = 0;
  for (size_t i = 0; i < note.size(); ++i) {
    if (IsTrailingByte(note[i])) continue;
    if (count == span.begin()) begin = i;
    if (count == span.end()) {
      end = i;
      break;
    }
    ++count;
  }
  return note.substr(std::min(begin, end), end - std::min(begin, end));
}

}  // namespace duijie::mining
