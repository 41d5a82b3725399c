// SPDX-License-Identifier: GPL-3.0-or-later
// The record that a match starts from, reduced to what ranking reads. Texts that tell who stands behind a
// need (enterprise, decision owner, sources) and texts about what must not be offered (tried, must_not) are
// left out, so they can neither find a counterpart nor show up in an explanation. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/resources/record_access.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/internal/v1/feed_service.pb.h"

namespace duijie::matching {

// Texts whose figures are read: demands of a need, evidence of an achievement.
enum class FigureTextKind {
  kTitle,
  kDescription,
  kCurrentPractice,
  kSpecification,
  kSummary,
  kProblemSolved,
  kAdvantage,
};

struct FigureText {
  FigureTextKind kind = FigureTextKind::kTitle;
  size_t body = 0;  // index into SourceRecord::body; not used for the title
};

struct SourceRecord {
  std::string name;  // resource name; empty for a need given inline
  std::string title;
  std::vector<std::string> keywords;
  std::vector<std::string> body;          // all other texts, in the order of the record's fields
  std::vector<FigureText> figure_texts;   // in the order of the record's fields
  std::vector<v1::Indicator> indicators;  // targets of a need, indicators of an achievement
  int64_t revision = 0;                   // of the record; 0 = not known
  internal::v1::RecordFacts facts;
  AccessFacts access;
  bool is_need = false;
};

SourceRecord SourceOf(const v1::Need& need);
SourceRecord SourceOf(const v1::Achievement& achievement);

}  // namespace duijie::matching
