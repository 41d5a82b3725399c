// SPDX-License-Identifier: GPL-3.0-or-later
// Measures indicators on the labelled files: indicator_quality [--errors] [FOLDER]
// Prints precision, recall and F1 of extraction and the confusion of verdicts, for the tuning and the
// held-out half. --errors also prints what went wrong, of the tuning half only: the held-out half is for
// measuring.
#include <iostream>
#include <string_view>

#include "tests/quality/indicator_score.h"

int main(int argc, char** argv) {
  std::filesystem::path folder = DUIJIE_QUALITY_FOLDER;
  bool errors = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--errors") {
      errors = true;
    } else {
      folder = argv[i];
    }
  }
  const auto names = duijie::indicator::NameTable::Load(DUIJIE_NAME_TABLE);
  if (!names.ok()) {
    std::cerr << duijie::MessageOf(names.status()) << "\n";
    return 1;
  }
  for (const std::string_view half : {"tune", "held_out"}) {
    const std::string file = std::string(half) + ".jsonl";
    std::ostream* out = errors && half == "tune" ? &std::cout : nullptr;
    const auto extraction = duijie::quality::ScoreExtraction(folder / "indicators" / file, out);
    std::cout << half << " extraction: " << extraction << "\n";
    const auto verdicts = duijie::quality::ScoreVerdicts(folder / "verdicts" / file, **names, out);
    std::cout << half << " verdicts: " << verdicts;
  }
  return 0;
}
