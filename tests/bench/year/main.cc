// SPDX-License-Identifier: GPL-3.0-or-later
// year_bench: plays a year (docs/simulation.md).
//   year_bench --out FOLDER [--needs N] [--achievements N] [--enterprises N] [--visits N] [--seed N]
//              [--cap-pushes N] [--cap-days N]
// Ends with 1 if a rule was broken, 2 for a bad command line, 3 if the simulation could not be played.
#include <csignal>
#include <cstdio>

#include "tests/bench/year/run_year.h"

extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always";  // as the daemon has it
}

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto flags = duijie::bench::ParseFlags(argc, argv,
                                               {{"out", "build/bench"},
                                                {"needs", "100000"},
                                                {"achievements", "20000"},
                                                {"enterprises", "10000"},
                                                {"visits", "200"},
                                                {"seed", "20260118"},
                                                {"cap-pushes", "2"},
                                                {"cap-days", "60"}});
  if (!flags.ok()) {
    std::fprintf(stderr, "%s\n", flags.status().ToString().c_str());
    return duijie::bench::kBadCommandLine;
  }
  try {
    const auto number = [&](size_t place) { return std::stoull((*flags)[place]); };
    return duijie::bench::RunYear(
        {number(1), number(2), number(3), number(4), number(5)},
        duijie::bench::YearRules(static_cast<int>(number(6)), static_cast<int>(number(7))), (*flags)[0]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return duijie::bench::kBadCommandLine;
  }
}
