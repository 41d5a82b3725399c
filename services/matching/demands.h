// SPDX-License-Identifier: GPL-3.0-or-later
// What a need demands in figures: its structured targets, and the demands among the figures of its texts.
// Reads only the texts that SourceOf reads. Pure and thread-safe.
#pragma once

#include <string>
#include <vector>

#include "common/indicator/compare.h"
#include "services/matching/source_record.h"

namespace duijie::matching {

inline constexpr size_t kMaxDemands = 30;          // of one need; later ones are left out
inline constexpr size_t kMaxReadFigures = 200;     // of one text; later ones are not looked at
inline constexpr size_t kMaxQuoteRunes = 160;      // code points of a quoted sentence; longer ones are cut
inline constexpr size_t kMaxContextBytes = 4'096;  // of the sentence that a demand is read in

struct Demand {
  indicator::Target target;
  std::string text;      // "≥ 800 MPa（25℃）"
  std::string quote;     // the sentence; empty for structured targets
  bool is_bare = false;  // a figure of a text without a bound, and nothing tells which side is better
};

// Structured targets with a value first, then those of the title, description, current practice and
// specification in order. A demand in a text that a structured target or an earlier text already makes is
// left out. A bare figure of a quantity of which more is better (耐温1200℃, 寿命5年), or less, is taken as
// the bound it is meant to be, and says so in its text.
std::vector<Demand> DemandsOf(const SourceRecord& need, const indicator::NameTable& names);

// A structured indicator as if it had been extracted; nullopt without a finite value. Spans are not set.
std::optional<indicator::Indicator> FromStructured(const v1::Indicator& structured);

// The stretch of a text, blanks and ends trimmed, cut around `core` to kMaxQuoteRunes.
std::string QuoteOf(std::string_view text, indicator::TextSpan sentence, indicator::TextSpan core);

}  // namespace duijie::matching
