// SPDX-License-Identifier: GPL-3.0-or-later
// duijie-generate: records for measurements; see generate.h.
#include <cstdio>

#include "tests/bench/generator/generate.h"

int main(int argc, char** argv) {
  const auto options = duijie::bench::ParseGenerateOptions(argc, argv);
  if (!options.ok()) {
    std::fprintf(
        stderr,
        "%s\nusage: duijie-generate --out DIR [--achievements N] [--needs N] [--enterprises N] [--seed N]\n"
        "                       [--samples DIR] [--share DIR]\n",
        options.status().ToString().c_str());
    return 2;
  }
  const duijie::Status status = duijie::bench::Generate(*options);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
