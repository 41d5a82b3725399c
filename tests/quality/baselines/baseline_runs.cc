// SPDX-License-Identifier: GPL-3.0-or-later
// baseline_runs: ranks judged needs as other engines would, one run file a system and setting.
//   baseline_runs --needs FILE --achievements FILE --qrels FILE --out FOLDER [--depth N] [--seed N]
// LuceneBaseline.java does the same for Lucene from the texts that this writes beside the runs.
#include <xapian.h>

#include <cstdio>
#include <filesystem>

#include "common/text/default_paths.h"
#include "tests/bench/report/report.h"
#include "tests/quality/baselines/run_files.h"

namespace duijie::baselines {
namespace {

constexpr char kDefaultDepth[] = "1000";
constexpr char kDefaultSeed[] = "20260118";

Status Run(const std::vector<std::string>& flags) {
  DUIJIE_ASSIGN_OR_RETURN(const Corpus corpus, ReadCorpus(flags[0], flags[1], flags[2]));
  const std::string& out = flags[3];
  const int depth = std::stoi(flags[4]);
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  DUIJIE_ASSIGN_OR_RETURN(const auto analyzer, Analyzer::Create(TextOptionsIn(TextDataFolder(exe))));
  std::filesystem::create_directories(out);
  DUIJIE_RETURN_IF_ERROR(WriteTexts(corpus, out));
  DUIJIE_RETURN_IF_ERROR(
      WriteRuns(corpus, "random", depth, out, MakeRandomRanker(corpus, std::stoull(flags[5])).get()));
  DUIJIE_RETURN_IF_ERROR(
      WriteRuns(corpus, "ngram_cosine", depth, out, MakeCosineRanker(corpus, *analyzer).get()));
  DUIJIE_RETURN_IF_ERROR(
      WriteRuns(corpus, "xapian_words", depth, out, MakeXapianWords(corpus, *analyzer).get()));
  return WriteRuns(corpus, "xapian_ngrams", depth, out, MakeXapianNgrams(corpus).get());
}

Status RunCaught(const std::vector<std::string>& flags) {
  try {
    return Run(flags);
  } catch (const Xapian::Error& error) {
    return Error(StatusCode::kInternal, "XAPIAN", error.get_description());
  } catch (const std::exception& error) {  // numbers of the command line, files
    return Error(StatusCode::kInvalidArgument, "BAD_ARGUMENT", error.what());
  }
}

}  // namespace
}  // namespace duijie::baselines

int main(int argc, char** argv) {
  using namespace duijie;
  const auto flags = bench::ParseFlags(argc, argv,
                                       {{"needs", ""},
                                        {"achievements", ""},
                                        {"qrels", ""},
                                        {"out", "."},
                                        {"depth", baselines::kDefaultDepth},
                                        {"seed", baselines::kDefaultSeed}});
  const Status status = flags.ok() ? baselines::RunCaught(*flags) : flags.status();
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
