// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a need: title, description, current practice, specification and the name, unit and condition
// of a structured target, parted by NUL. The first byte is the target's comparator, the next eight its value.
#include <array>
#include <bit>
#include <cmath>
#include <string>

#include "common/text/encoding.h"
#include "services/matching/demands.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {
namespace {

using matching::Demand;
using matching::FigureTextKind;
using matching::SourceRecord;

constexpr size_t kHead = 1 + sizeof(uint64_t);  // bytes: comparator and value
constexpr size_t kEllipses = 2;                 // code points around a quote that is cut

const indicator::NameTable& Names() {
  static const auto names = indicator::NameTable::Load(DUIJIE_SOURCE_DIR "/data/indicators/names.tsv");
  FUZZ_CHECK(names.ok());
  return **names;
}

// The bytes up to the next NUL, which is taken away with them.
std::string NextPart(std::string_view* bytes) {
  const size_t end = std::min(bytes->find('\0'), bytes->size());
  std::string part(bytes->substr(0, end));
  bytes->remove_prefix(std::min(end + 1, bytes->size()));
  return part;
}

SourceRecord NeedOf(std::string_view head, std::string_view bytes) {
  SourceRecord need;
  need.is_need = true;
  need.title = NextPart(&bytes);
  need.figure_texts.push_back({FigureTextKind::kTitle, 0});
  for (const FigureTextKind kind : {FigureTextKind::kDescription, FigureTextKind::kCurrentPractice,
                                    FigureTextKind::kSpecification, FigureTextKind::kSummary}) {
    need.figure_texts.push_back({kind, need.body.size()});
    need.body.push_back(NextPart(&bytes));
  }
  std::array<char, sizeof(uint64_t)> value{};
  head.substr(1).copy(value.data(), value.size());
  v1::Indicator target;
  target.set_comparator(static_cast<v1::Comparator>(static_cast<uint8_t>(head.front()) % 8));
  target.set_value(std::bit_cast<double>(value));
  target.set_upper_value(target.value() + 1);
  for (std::string* field : {target.mutable_name(), target.mutable_unit(), target.mutable_condition()})
    *field = NextPart(&bytes);
  need.indicators.push_back(target);
  return need;
}

bool IsValid(const SourceRecord& need) {
  bool valid = IsValidUtf8(need.title);
  for (const std::string& text : need.body) valid = valid && IsValidUtf8(text);
  return valid;
}

void CheckDemand(const Demand& demand, bool valid) {
  FUZZ_CHECK(std::isfinite(demand.target.indicator.value));
  FUZZ_CHECK(!demand.target.indicator.upper || std::isfinite(*demand.target.indicator.upper));
  FUZZ_CHECK(!demand.text.empty());
  FUZZ_CHECK(demand.quote.size() <= matching::kMaxContextBytes);
  if (demand.is_bare) FUZZ_CHECK(demand.target.indicator.comparator == indicator::Comparator::kEqual);
  if (!valid || demand.quote.empty()) return;
  FUZZ_CHECK(IsValidUtf8(demand.quote));
  FUZZ_CHECK(CountCodePoints(demand.quote) <= matching::kMaxQuoteRunes + kEllipses);
}

void CheckNeed(const SourceRecord& need) {
  const bool valid = IsValid(need);
  const std::vector<Demand> demands = matching::DemandsOf(need, Names());
  FUZZ_CHECK(demands.size() <= matching::kMaxDemands);
  for (const Demand& demand : demands) CheckDemand(demand, valid);
  const bool structured = matching::FromStructured(need.indicators.front()).has_value();
  if (structured) FUZZ_CHECK(!demands.empty());
  // A structured target comes first and quotes nothing; what is read in a text quotes its sentence.
  for (size_t i = 0; i < demands.size(); ++i) {
    if (i == 0 && structured) FUZZ_CHECK(demands[i].quote.empty());
  }
  const std::vector<Demand> again = matching::DemandsOf(need, Names());
  FUZZ_CHECK(again.size() == demands.size());
  for (size_t i = 0; i < demands.size(); ++i) FUZZ_CHECK(again[i].text == demands[i].text);
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  duijie::fuzz::Names();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie::fuzz;
  if (size < kHead) return 0;
  const std::string_view bytes = BytesOf(data, size);
  CheckNeed(NeedOf(bytes.substr(0, kHead), bytes.substr(kHead)));
  return 0;
}
