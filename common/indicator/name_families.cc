// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/name_families.h"

#include <algorithm>
#include <iterator>

namespace duijie::indicator {
namespace {

struct Measure {
  View32 end;
  int family;
};
// Longer ends before those that end them.
constexpr Measure kFamilyMeasures[] = {
    {U"所需时间", 1}, {U"花费时间", 1}, {U"时间", 1},     {U"用时", 1},     {U"耗时", 1},
    {U"时长", 1},     {U"周期", 1},     {U"工时", 1},     {U"历时", 1},     {U"成本", 2},
    {U"费用", 2},     {U"花费", 2},     {U"支出", 2},     {U"开支", 2},     {U"费", 2},
    {U"百分比", 3},   {U"百分率", 3},   {U"比例", 3},     {U"占比", 3},     {U"比率", 3},
    {U"概率", 3},     {U"几率", 3},     {U"效率", 11},    {U"率", 3},       {U"使用寿命", 4},
    {U"服役寿命", 4}, {U"工作寿命", 4}, {U"使用年限", 4}, {U"服役年限", 4}, {U"使用期限", 4},
    {U"耐用年限", 4}, {U"使用时间", 4}, {U"寿命", 4},     {U"种类数", 5},   {U"类别数", 5},
    {U"总数", 5},     {U"个数", 5},     {U"数量", 5},     {U"种类", 5},     {U"类别", 5},
    {U"类型", 5},     {U"品种", 5},     {U"数目", 5},     {U"数", 5},       {U"速度", 6},
    {U"速率", 6},     {U"能力", 7},     {U"规模", 7},     {U"量", 7},       {U"压力", 8},
    {U"压强", 8},     {U"产出量", 9},   {U"产量", 9},     {U"产出", 9},     {U"面积", 10},
    {U"范围", 10},
};

// 0 if the name ends in none, or in nothing else.
size_t EndOf(View32 name, int* family) {
  for (const Measure& measure : kFamilyMeasures) {
    if (!name.ends_with(measure.end) || name.size() == measure.end.size()) continue;
    *family = measure.family;
    return measure.end.size();
  }
  return 0;
}

constexpr View32 kConsumption[] = {U"消耗量", U"耗用量", U"使用量", U"单耗", U"消耗",
                                   U"耗量",   U"用量",   U"耗用",   U"耗"};
constexpr View32 kPerProduct[] = {U"单位产品", U"吨产品", U"每吨产品", U"单位产量", U"每吨", U"吨", U"单位"};

// 时 of 耗时 and 户 of 用户 are not consumed.
bool IsConsumable(View32 thing) {
  constexpr View32 kOthers = U"时户途工法能具";
  constexpr size_t kMaxThing = 8;  // code points
  return !thing.empty() && thing.size() <= kMaxThing && kOthers.find(thing.back()) == View32::npos;
}

// Whether the characters of `name` stand in `longer` in their order, from its first to its last.
bool IsSubsequence(View32 name, View32 longer) {
  size_t at = 0;
  for (const char32_t c : longer) {
    if (at < name.size() && name[at] == c) ++at;
  }
  return at == name.size();
}

}  // namespace

NameFamilies FamiliesOf(View32 name) {
  constexpr size_t kShortest = 2;  // code points before the measure
  const auto part = [name](View32 stretch) {
    if (stretch.empty()) return NamePart();
    return NamePart{static_cast<uint8_t>(stretch.data() - name.data()), static_cast<uint8_t>(stretch.size())};
  };
  NameFamilies families;
  families.substance = part(SubstanceOf(name));
  families.consumed = part(ConsumedIn(name));
  families.produced = part(ProducedIn(name));
  families.resisted = part(ResistedIn(name));
  const size_t end = EndOf(name, &families.measure);
  if (end != 0) families.before_measure = SubjectOfWords(name.substr(0, name.size() - end));
  if (families.before_measure.size() < kShortest) {
    families.measure = 0;
    families.before_measure.clear();
  }
  return families;
}

bool SameButMeasure(const NameFamilies& a, const NameFamilies& b) {
  if (a.before_measure.empty() || b.before_measure.empty() || a.measure != b.measure) return false;
  return a.before_measure == b.before_measure || SameStem(a.before_measure, b.before_measure);
}

View32 ConsumedIn(View32 name) {
  for (const View32 per : kPerProduct) {
    if (name.size() > per.size() + 1 && name.starts_with(per)) {
      name.remove_prefix(per.size());
      break;
    }
  }
  for (const View32 end : kConsumption) {
    if (!name.ends_with(end)) continue;
    const View32 thing = name.substr(0, name.size() - end.size());
    return IsConsumable(thing) ? thing : View32();
  }
  if (name.size() < 2 || (name.front() != U'耗' && name.front() != U'用')) return {};
  View32 thing = name.substr(1);
  if (thing.size() > 1 && thing.ends_with(U'量')) thing.remove_suffix(1);
  return IsConsumable(thing) ? thing : View32();
}

bool ConsumeSame(View32 a, View32 b) {
  if (a.empty() || b.empty()) return false;
  return a == b || SameStem(a, b);
}

View32 ProducedIn(View32 name) {
  for (const View32 end : {U"产出能力", U"能力", U"产量", U"产能", U"产出", U"速率", U"速度", U"量"}) {
    const View32 word = end;
    if (!name.ends_with(word) || name.size() == word.size()) continue;
    name.remove_suffix(word.size());
    if (word.front() == U'产') return IsConsumable(name) ? name : View32();
    break;
  }
  for (const View32 verb : {View32(U"生产"), View32(U"产"), View32(U"制"), View32(U"造"), View32(U"出")}) {
    if (!name.starts_with(verb)) continue;
    const View32 thing = name.substr(verb.size());
    return IsConsumable(thing) && thing.size() <= 3 ? thing : View32();
  }
  return {};
}

View32 ResistedIn(View32 name) {
  size_t verb = name.rfind(U'耐');
  if (verb == View32::npos) verb = name.rfind(U'抗');
  const bool resists = verb != View32::npos && verb + 2 < name.size();
  if (resists) name.remove_prefix(verb + 1);
  for (const View32 end : {View32(U"性能"), View32(U"强度"), View32(U"能力"), View32(U"载荷"),
                           View32(U"负荷"), View32(U"等级"), View32(U"次数"), View32(U"力"), View32(U"性")}) {
    if (name.ends_with(end) && name.size() > end.size()) return name.substr(0, name.size() - end.size());
  }
  return resists ? name : View32();
}

bool IsShortFor(View32 name, View32 longer) {
  constexpr size_t kShortest = 2;
  constexpr size_t kLongest = 5;  // code points; longer names are no abbreviations
  constexpr size_t kMaxMore = 3;  // code points that the other has more, from the first shared one on
  if (name.size() > longer.size()) return IsShortFor(longer, name);
  if (name.size() < kShortest || name.size() > kLongest || longer.size() <= name.size()) return false;
  const size_t begin = longer.rfind(name.front(), longer.size() - name.size());
  if (begin == View32::npos) return false;
  View32 tail = longer.substr(begin);
  // 台产 and 台时产量: the longer one may say what is measured.
  const bool measured = !name.ends_with(tail.back()) && (tail.ends_with(U'量') || tail.ends_with(U'率'));
  if (measured) tail.remove_suffix(1);
  if (tail.size() > name.size() + kMaxMore || tail.back() != name.back() || tail.size() == name.size())
    return false;
  // Two characters say too little where more than one stands between them.
  if (name.size() == kShortest && (!measured || tail.size() > kShortest + 1)) return false;
  return IsSubsequence(name, tail);
}

}  // namespace duijie::indicator
