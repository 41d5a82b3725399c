// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a free note: the problems in it, and of each the aspects and figures with their spans. Figures are
// read by common/indicator and told from mere statements by common/demand, as the fit table reads needs.
// Pure and thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/analyzer.h"
#include "duijie/v1/need_draft.pb.h"

namespace duijie::mining {

inline constexpr size_t kMaxNoteCodePoints = 20'000;
inline constexpr size_t kMaxProblems = 20;             // of one note; what follows belongs to the last
inline constexpr int kMaxAspectsPerProblem = 100;      // later ones are left out
inline constexpr int kMaxConstraintsPerProblem = 100;  // later ones are left out
inline constexpr size_t kMaxTitleCodePoints = 60;

class NoteReader {
 public:
  explicit NoteReader(std::shared_ptr<const Analyzer> analyzer) : analyzer_(std::move(analyzer)) {}

  // The problems in the order of the note; at least one unless the note is blank. A new problem begins at a
  // line, a number (2.) or a word (另外) that opens a sentence, if both sides speak of an effect or a demand.
  // Spans are code points of `note`, which must be valid UTF-8 and within kMaxNoteCodePoints.
  std::vector<v1::NoteReading> Read(std::string_view note) const;

  const Analyzer& analyzer() const { return *analyzer_; }

 private:
  const std::shared_ptr<const Analyzer> analyzer_;
};

// The stretch of the note.
std::string_view TextIn(std::string_view note, const v1::NoteSpan& span);

}  // namespace duijie::mining
