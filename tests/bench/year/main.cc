// SPDX-License-Identifier: GPL-3.0-or-later
// year_bench: plays a year (docs/simulation.md), prints the figures and the rules, writes <out>/year.json.
//   year_bench --out FOLDER [--needs N] [--achievements N] [--enterprises N] [--visits N] [--seed N]
//        [--cap-pushes N] [--cap-days N]
// Ends with 1 if a rule was broken, 2 for a bad command line, 3 if the simulation could not be played.
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "tests/bench/year/year.h"
#include "tests/support/temp_dir.h"

extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always";  // as the daemon has it
}

namespace duijie::bench {
namespace {

constexpr int kRuleBroken = 1;
constexpr int kBadCommandLine = 2;
constexpr int kNotPlayed = 3;

std::string ShareBesideProgram() {
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return (exe / ".." / "share" / "duijie").lexically_normal();
}

int Failed(const Status& status, int code) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return code;
}

int Run(const std::vector<std::string>& flags) {
  const testing::TempDir folder;
  YearOptions options;
  options.scale = {std::stoull(flags[1]), std::stoull(flags[2]), std::stoull(flags[3]), std::stoull(flags[4]),
                   std::stoull(flags[5])};
  options.rules = YearRules(std::stoi(flags[6]), std::stoi(flags[7]));
  options.share = ShareBesideProgram();
  options.folder = folder.File("system");
  std::printf("seed %llu\n", static_cast<unsigned long long>(options.scale.seed));
  const auto world = World::Make(DUIJIE_SOURCE_DIR "/data/samples", options.share, options.scale);
  if (!world.ok()) return Failed(world.status(), kNotPlayed);
  const auto result = Year::Play(options, **world);
  if (!result.ok()) {
    std::filesystem::copy(options.folder + "/log", flags[0] + "/year.log",
                          std::filesystem::copy_options::overwrite_existing);
    return Failed(result.status(), kNotPlayed);
  }
  const Status published = YearReport(options, **world, *result).Publish(flags[0]);
  if (!published.ok()) return Failed(published, kNotPlayed);
  std::fputs(RulesTable(result->rules).c_str(), stdout);
  return AllHeld(result->rules) ? 0 : kRuleBroken;
}

}  // namespace
}  // namespace duijie::bench

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
  if (!flags.ok()) return duijie::bench::Failed(flags.status(), duijie::bench::kBadCommandLine);
  try {
    return duijie::bench::Run(*flags);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return duijie::bench::kBadCommandLine;
  }
}
