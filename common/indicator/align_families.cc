// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/align_families.h"

#include <algorithm>

#include "common/indicator/confidences.h"
#include "common/indicator/name_families.h"
#include "common/indicator/name_words.h"

namespace duijie::indicator {
namespace {

bool MayShareLetter(const PreparedName& a, const PreparedName& b) {
  return (a.letters[0] & b.letters[0]) != 0 && (a.letters[1] & b.letters[1]) != 0;
}

// 剂量 and 注射量.
bool SameSubjects(View32 a, View32 b) {
  const Runes32 read = SubjectOfWords(a);
  return read.size() >= 2 && read == SubjectOfWords(b);
}

// 崩解 and 素片崩解时限.
bool IsVerbOfHead(const PreparedName& verb, const PreparedName& known) {
  if (verb.group != 0 || known.head == 0) return false;
  return IsVerbOf(verb.bare, View32(known.cleaned).substr(known.cleaned.size() - known.head));
}

// 磨机台产 and 台时产量: an unknown name that ends in a short form of a known one.
bool EndsInShortFor(const PreparedName& unknown, const PreparedName& known) {
  constexpr size_t kLongest = 4;  // code points of the short form
  if (unknown.group != 0 || known.group == 0) return false;
  const View32 name = unknown.cleaned;
  const View32 head = View32(known.cleaned).substr(known.cleaned.size() - known.head);
  for (size_t length = 2; length <= std::min(kLongest, name.size()); ++length) {
    const View32 end = name.substr(name.size() - length);
    if (head.starts_with(end.front()) && IsShortFor(end, head)) return true;
  }
  return false;
}

}  // namespace

double AlignFamilies(const PreparedName& a, const PreparedName& b) {
  const bool precise = a.precision > 0 && b.precision > 0;
  if (!MayShareLetter(a, b) && !precise) return 0;
  const View32 x = a.cleaned;
  const View32 y = b.cleaned;
  const View32 substance_x = a.families.substance.In(x);
  const View32 substance_y = b.families.substance.In(y);
  if (substance_x == substance_y && (substance_x.size() < x.size() || substance_y.size() < y.size()))
    return kUnknownHead;
  if (precise) {
    const View32 stem_x = x.substr(0, x.size() - a.precision);
    const View32 stem_y = y.substr(0, y.size() - b.precision);
    if (stem_x == stem_y || SameSubjects(stem_x, stem_y)) return kUnknownHead;
    // 水位计误差 and 观测精度: an instrument, and what is done with it.
    if ((IsInstrument(stem_x) && IsMeasuring(stem_y)) || (IsInstrument(stem_y) && IsMeasuring(stem_x)))
      return kGeneralHead;
    const bool ends = stem_x.ends_with(stem_y) || stem_y.ends_with(stem_x);
    if (ends && std::min(stem_x.size(), stem_y.size()) >= 2) return kGeneralHead;
  }
  if (SameButMeasure(a.families, b.families)) return kGeneralHead;
  const View32 consumed = a.families.consumed.In(x);
  if (!consumed.empty() && ConsumeSame(consumed, b.families.consumed.In(y))) return kGeneralHead;
  const View32 produced = a.families.produced.In(x);
  if (!produced.empty() && (a.group == 0 || b.group == 0) && produced == b.families.produced.In(y))
    return kGeneralHead;
  // 衰减 and 衰减系数: one measured quantity.
  if ((a.stem < x.size() || b.stem < y.size()) && a.stem >= 2 && x.substr(0, a.stem) == y.substr(0, b.stem))
    return kVerb;
  const View32 resisted = a.families.resisted.In(x);
  if ((a.group == 0 || b.group == 0) && resisted.size() >= 2 && SameStem(resisted, b.families.resisted.In(y)))
    return kVerb;
  if (EndsInShortFor(a, b) || EndsInShortFor(b, a)) return kVerb;
  if ((a.group == 0 || b.group == 0) &&
      (SameStem(x.substr(0, a.stem), y.substr(0, b.stem)) || IsShortFor(x, y)))
    return kVerb;
  if (IsVerbOfHead(a, b) || IsVerbOfHead(b, a)) return kVerb;
  return IsVerbOf(a.bare, b.bare) || IsVerbOf(b.bare, a.bare) ? kVerb : 0;
}

}  // namespace duijie::indicator
