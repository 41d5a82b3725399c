// SPDX-License-Identifier: GPL-3.0-or-later
// Measures indicators on the labelled files: indicator_quality [--errors] [--foreign] [FOLDER]
// Prints precision, recall and F1 of extraction and the confusion of verdicts of every file of the tuning and
// of the held-out half, and the verdicts of each half together. --errors also prints what went wrong, of the
// tuning half only: the held-out half is for measuring. --foreign prints instead how many targets of the
// tuning half are met by texts that were written for others (two minutes).
#include <iostream>
#include <string_view>

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
  std::filesystem::path folder = DUIJIE_QUALITY_FOLDER;
  bool errors = false;
  bool foreign = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--errors") {
      errors = true;
    } else if (std::string_view(argv[i]) == "--foreign") {
      foreign = true;
    } else {
      folder = argv[i];
    }
  }
  const auto names = duijie::indicator::NameTable::Load(DUIJIE_NAME_TABLE);
  if (!names.ok()) {
    std::cerr << duijie::MessageOf(names.status()) << "\n";
    return 1;
  }
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
