// SPDX-License-Identifier: GPL-3.0-or-later
// What targets and stated texts hold of memory, for the limits of those who keep them.
#include <optional>
#include <string>
#include <vector>

#include "common/indicator/compare.h"
#include "common/indicator/evidence.h"
#include "common/indicator/stated_facts.h"

namespace duijie::indicator {
namespace {

size_t HeldBy(const std::string& text) { return text.capacity(); }
size_t HeldBy(const Runes32& runes) { return runes.capacity() * sizeof(char32_t); }
size_t HeldBy(const std::vector<uint64_t>& pairs) { return pairs.capacity() * sizeof(uint64_t); }
size_t HeldBy(const Indicator& figure) {
  return sizeof(figure) + HeldBy(figure.name) + HeldBy(figure.unit) + HeldBy(figure.condition);
}
size_t HeldBy(const PreparedName& name) {
  return sizeof(name) + HeldBy(name.cleaned) + HeldBy(name.subject) + HeldBy(name.bare) +
         HeldBy(name.families.before_measure) + name.things.capacity();
}
size_t HeldBy(const Told& told) {
  return sizeof(told) + HeldBy(told.name_characters) + HeldBy(told.owner_characters);
}
size_t HeldBy(const ToldChange& told) { return HeldBy(told.change) + HeldBy(told.name); }
size_t HeldBy(const Endured& endured) { return sizeof(endured) + HeldBy(endured.figure); }
size_t HeldBy(const LooseFigure& loose) { return HeldBy(loose.figure); }
size_t HeldBy(const CountedShare& share) { return HeldBy(share.figure) + HeldBy(share.told); }
template <typename Value>
size_t HeldBy(const std::optional<Value>& value) {
  return sizeof(value) + (value ? HeldBy(*value) : 0);
}
template <typename Value>
size_t HeldByAll(const std::vector<Value>& values) {
  size_t bytes = 0;
  for (const Value& value : values) bytes += HeldBy(value);
  return bytes;
}

size_t HeldBy(const StatedFacts& facts) {
  return sizeof(facts) + HeldByAll(facts.prepared) + HeldByAll(facts.owned) + HeldByAll(facts.endured) +
         HeldByAll(facts.counts) + HeldByAll(facts.prepared_counts) + HeldByAll(facts.shares) +
         HeldByAll(facts.prepared_shares) + HeldByAll(facts.prepared_endured) + HeldByAll(facts.loose) +
         HeldByAll(facts.told) + HeldByAll(facts.changes) + facts.places.bytes() + HeldBy(facts.letters) +
         HeldBy(facts.subject_pairs) + HeldBy(facts.owner_decisive);
}

size_t HeldBy(const TargetFacts& facts) {
  return sizeof(facts) + HeldBy(facts.name) + HeldBy(facts.owned) + HeldBy(facts.owner) +
         facts.things.capacity() + HeldBy(facts.change) +
         facts.phrases.capacity() * sizeof(std::string_view) + HeldBy(facts.context) + HeldBy(facts.subject) +
         HeldBy(facts.subject_pairs) + HeldBy(facts.owner_subject) + HeldBy(facts.name_characters) +
         HeldBy(facts.owner_characters);
}

}  // namespace

size_t BytesOf(const Stated& stated) {
  return sizeof(stated) + HeldByAll(stated.indicators) +
         (stated.facts == nullptr ? 0 : HeldBy(*stated.facts));
}

size_t BytesOf(const Target& target) {
  return HeldBy(target.indicator) + sizeof(target) + HeldBy(target.context) +
         (target.facts == nullptr ? 0 : HeldBy(*target.facts));
}

}  // namespace duijie::indicator
