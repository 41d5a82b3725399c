// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text to extract from, as a unit, and as need and achievement of a judgement. The first byte
// says where the bytes are parted into need and achievement.
#include <cmath>

#include "common/indicator/compare.h"
#include "common/indicator/units.h"
#include "common/text/encoding.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {
namespace {

using indicator::Indicator;
using indicator::TextSpan;

const indicator::NameTable& Names() {
  static const auto names = indicator::NameTable::Load(DUIJIE_SOURCE_DIR "/data/indicators/names.tsv");
  FUZZ_CHECK(names.ok());
  return **names;
}

bool IsBoundary(std::string_view text, size_t at) {
  return at == text.size() || (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) != 0x80);
}

void CheckSpan(std::string_view text, TextSpan span, bool valid) {
  FUZZ_CHECK(span.begin <= span.end);
  FUZZ_CHECK(span.end <= text.size());
  if (!valid) return;
  FUZZ_CHECK(IsBoundary(text, span.begin));
  FUZZ_CHECK(IsBoundary(text, span.end));
}

std::vector<Indicator> CheckExtraction(std::string_view text) {
  const bool valid = IsValidUtf8(text);
  const std::vector<Indicator> found = indicator::Extract(text);
  FUZZ_CHECK(found.size() <= indicator::kMaxIndicators);
  for (const Indicator& indicator : found) {
    FUZZ_CHECK(std::isfinite(indicator.value));
    FUZZ_CHECK(!indicator.upper || std::isfinite(*indicator.upper));
    FUZZ_CHECK(!indicator.value_span.empty());
    CheckSpan(text, indicator.whole, valid);
    CheckSpan(text, indicator.name_span, valid);
    CheckSpan(text, indicator.value_span, valid);
    CheckSpan(text, indicator.condition_span, valid);
    FUZZ_CHECK(indicator.whole.begin <= indicator.value_span.begin);
    FUZZ_CHECK(indicator.value_span.end <= indicator.whole.end);
  }
  return found;
}

void CheckUnit(std::string_view text) {
  const auto unit = indicator::ParseUnit(text);
  if (!unit) return;
  FUZZ_CHECK(std::isfinite(unit->factor));
  FUZZ_CHECK(unit->factor > 0);
  FUZZ_CHECK(indicator::Convertible(*unit, *unit));
}

void CheckJudgements(std::string_view need, std::string_view achievement) {
  const indicator::Stated stated = indicator::ReadStated(achievement);
  for (const Indicator& wanted : CheckExtraction(need)) {
    const auto judgement = indicator::Judge({wanted, std::string(need)}, stated, Names());
    CheckSpan(achievement, judgement.quote, false);
    FUZZ_CHECK(judgement.alignment >= 0);
    FUZZ_CHECK(judgement.alignment <= 1);
    FUZZ_CHECK(!judgement.reason.empty());
    // Silence is never a yes.
    if (judgement.quote.empty()) FUZZ_CHECK(judgement.verdict == indicator::Verdict::kNotStated);
  }
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  duijie::fuzz::Names();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie::fuzz;
  if (size == 0) return 0;
  const std::string_view bytes = BytesOf(data + 1, size - 1);
  const size_t parting = bytes.size() * data[0] / 256;
  CheckExtraction(bytes);
  CheckUnit(bytes);
  CheckJudgements(bytes.substr(0, parting), bytes.substr(parting));
  return 0;
}
