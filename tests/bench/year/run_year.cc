// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/run_year.h"

#include <cstdio>
#include <filesystem>

#include "tests/support/temp_dir.h"

namespace duijie::bench {
namespace {

std::string ShareBesideProgram() {
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return (exe / ".." / "share" / "duijie").lexically_normal();
}

int NotPlayed(const Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return kNotPlayed;
}

}  // namespace

int RunYear(const YearScale& scale, const v1::PushRules& rules, const std::string& out) {
  std::filesystem::create_directories(out);
  const testing::TempDir folder;
  YearOptions options;
  options.scale = scale;
  options.rules = rules;
  options.share = ShareBesideProgram();
  options.folder = folder.File("system");
  std::printf("seed %llu\n", static_cast<unsigned long long>(options.scale.seed));
  const auto world = World::Make(DUIJIE_SOURCE_DIR "/data/samples", options.share, options.scale);
  if (!world.ok()) return NotPlayed(world.status());
  const auto result = Year::Play(options, **world);
  if (!result.ok()) {
    std::filesystem::copy(options.folder + "/log", out + "/year.log",
                          std::filesystem::copy_options::overwrite_existing);
    return NotPlayed(result.status());
  }
  const Status published = YearReport(options, **world, *result).Publish(out);
  if (!published.ok()) return NotPlayed(published);
  std::fputs(CallsTable(result->calls).c_str(), stdout);
  std::fputs(RulesTable(result->rules).c_str(), stdout);
  return AllHeld(result->rules) ? 0 : kRuleBroken;
}

}  // namespace duijie::bench
