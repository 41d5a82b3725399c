// SPDX-License-Identifier: GPL-3.0-or-later
// Scores extraction and verdicts on the labelled files of this folder, by the rules of README-indicators.md.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/compare.h"

namespace duijie::quality {

struct ExtractionScore {
  size_t sentences = 0;
  size_t labels = 0;
  size_t found = 0;         // labels met: comparator, value, upper, unit, overlapping span, name
  size_t values_found = 0;  // the same without the name
  size_t extracted = 0;
  size_t conditions = 0;  // conditions that agree, of values_found

  double Precision() const;
  double Recall() const;
  double F1() const;
  double ValueF1() const;  // without names
};

struct VerdictScore {
  size_t cases = 0;
  size_t right = 0;
  struct Kind {
    size_t cases = 0;
    size_t right = 0;
  };
  std::map<std::string, Kind> kinds;
  std::array<std::array<size_t, 4>, 4> confusion{};  // [labelled][judged], in the order of indicator::Verdict

  double Accuracy() const;
  VerdictScore& operator+=(const VerdictScore& other);
};

// Targets against texts that were not written for them.
struct ForeignScore {
  size_t pairs = 0;
  size_t satisfied = 0;  // most of them wrongly; some texts of the same trade do answer
};

// `errors`: one block for each sentence or case that is not right; may be null. Both abort with a message if
// the file cannot be read: these are the project's own files.
ExtractionScore ScoreExtraction(const std::filesystem::path& file, std::ostream* errors);
VerdictScore ScoreVerdicts(const std::filesystem::path& file, const indicator::NameTable& names,
                           std::ostream* errors);

// The targets of every tenth case against the texts of every second case, never its own.
ForeignScore ScoreForeign(const std::vector<std::filesystem::path>& files, const indicator::NameTable& names);

// The figures demanded by needs (JSON lines with title and description) against each achievement (title and
// abstract). They are of different years and provinces: nearly every answer is a wrong one.
struct RealScore {
  size_t demands = 0;
  size_t pairs = 0;
  size_t judged = 0;     // not NOT_STATED
  size_t satisfied = 0;  // of these
};
RealScore ScoreReal(const std::vector<std::filesystem::path>& needs,
                    const std::filesystem::path& achievements, const indicator::NameTable& names);

// One line of a file of verdicts.
struct LabelledCase {
  indicator::Target target;
  std::string achievement;
  indicator::Verdict verdict = indicator::Verdict::kNotStated;
};
std::vector<LabelledCase> ReadCases(const std::filesystem::path& file);

// The files of a folder whose names begin with `half`, sorted.
std::vector<std::filesystem::path> FilesOf(const std::filesystem::path& folder, std::string_view half);

std::ostream& operator<<(std::ostream& out, const ExtractionScore& score);
std::ostream& operator<<(std::ostream& out, const VerdictScore& score);

}  // namespace duijie::quality
