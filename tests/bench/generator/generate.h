// SPDX-License-Identifier: GPL-3.0-or-later
// Writes generated records as CSV files that the import reads. Memory does not grow with the number of rows.
//
//   enterprises-01.csv  needs-01.csv  achievements-01.csv …   at most kRowsPerFile rows each
//   topics.tsv          external id, first topic, second topic or -1: the hidden truth of needs and
//   achievements
#pragma once

#include <cstdint>
#include <string>

#include "common/status/status.h"

namespace duijie::bench {

inline constexpr uint64_t kRowsPerFile = 150'000;  // below the limits of one import: 200,000 rows and 512 MiB
inline constexpr uint64_t kDefaultSeed = 20'260'118;

struct GenerateOptions {
  std::string out;      // folder, created
  std::string samples;  // data/samples
  std::string share;    // share/duijie beside the programs: text and taxonomies
  uint64_t achievements = 100'000;
  uint64_t needs = 1'000;
  uint64_t enterprises = 200;
  uint64_t seed = kDefaultSeed;
};

// From argv: --out DIR [--achievements N] [--needs N] [--enterprises N] [--seed N] [--samples DIR] [--share
// DIR].
StatusOr<GenerateOptions> ParseGenerateOptions(int argc, char** argv);

Status Generate(const GenerateOptions& options);

}  // namespace duijie::bench
