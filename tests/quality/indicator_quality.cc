// SPDX-License-Identifier: GPL-3.0-or-later
// Measures indicators on the labelled files: indicator_quality [--errors] [--foreign] [FOLDER],
// indicator_quality --real DATA PATENTS
// Prints precision, recall and F1 of extraction and the confusion of verdicts of every file of the tuning and
// of the held-out half, and the verdicts of each half together. --errors also prints what went wrong, of the
// tuning half only: the held-out half is for measuring. --foreign prints instead how many targets of the
// tuning half are met by texts that were written for others (two minutes), --real how many of the demands of
// the needs of DATA (docs/evaluation.md) PATENTS are said to answer (seconds).
#include <iostream>
#include <string_view>
#include <vector>

#include "tests/quality/indicator_score.h"

namespace {

void MeasureHalf(const std::filesystem::path& folder, std::string_view half,
                 const duijie::indicator::NameTable& names, std::ostream* errors) {
  for (const auto& file : duijie::quality::FilesOf(folder / "indicators", half)) {
    const auto extraction = duijie::quality::ScoreExtraction(file, errors);
    std::cout << file.stem().string() << " extraction: " << extraction << "\n";
  }
  duijie::quality::VerdictScore all;
  const auto files = duijie::quality::FilesOf(folder / "verdicts", half);
  for (const auto& file : files) {
    const auto verdicts = duijie::quality::ScoreVerdicts(file, names, errors);
    std::cout << file.stem().string() << " verdicts: " << verdicts;
    all += verdicts;
  }
  if (files.size() > 1) std::cout << half << " verdicts of all files: " << all;
}

}  // namespace

int main(int argc, char** argv) {
  bool errors = false;
  bool foreign = false;
  bool real = false;
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    errors |= argument == "--errors";
    foreign |= argument == "--foreign";
    real |= argument == "--real";
    if (!argument.starts_with("--")) paths.emplace_back(argument);
  }
  if (real ? paths.size() != 2 : paths.size() > 1) {
    std::cerr << "usage: indicator_quality [--errors] [--foreign] [FOLDER] | --real DATA PATENTS\n";
    return 2;
  }
  const auto names = duijie::indicator::NameTable::Load(DUIJIE_NAME_TABLE);
  if (!names.ok()) {
    std::cerr << duijie::MessageOf(names.status()) << "\n";
    return 1;
  }
  if (real) {
    const auto score =
        duijie::quality::ScoreReal(duijie::quality::FilesOf(paths[0], "needs"), paths[1], **names);
    std::cout << score.demands << " demands, " << score.pairs << " real pairs, " << score.judged
              << " judged, of which " << score.satisfied << " SATISFIED\n";
    return 0;
  }
  const std::filesystem::path folder = paths.empty() ? DUIJIE_QUALITY_FOLDER : paths[0];
  if (foreign) {
    const auto score =
        duijie::quality::ScoreForeign(duijie::quality::FilesOf(folder / "verdicts", "tune"), **names);
    std::cout << score.pairs << " foreign pairs, " << score.satisfied << " judged SATISFIED\n";
    return 0;
  }
  MeasureHalf(folder, "tune", **names, errors ? &std::cout : nullptr);
  MeasureHalf(folder, "held_out", **names, nullptr);
  return 0;
}
