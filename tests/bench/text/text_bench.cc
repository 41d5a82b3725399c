// SPDX-License-Identifier: GPL-3.0-or-later
// text_bench: speed of the analyzer on the texts of generated achievements, one thread.
//   text_bench --data FOLDER --out FOLDER
#include <cstdio>
#include <filesystem>

#include "common/tabular/table_reader.h"
#include "common/text/default_paths.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {
namespace {

constexpr int kRounds = 3;
constexpr size_t kRecords = 10'000;

StatusOr<std::vector<std::string>> ReadTexts(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(auto reader, OpenTable(path, TableFormat::kCsv, {}, {}));
  std::vector<std::string> texts;
  Row row;
  while (texts.size() < kRecords) {
    DUIJIE_ASSIGN_OR_RETURN(const bool more, reader->Next(&row));
    if (!more) break;
    std::string& text = texts.emplace_back();
    for (const Field& field : row.fields) {
      for (const char* heading : {"成果名称", "成果简介", "解决的问题", "技术优势"}) {
        if (field.name == heading) text += field.value + "\n";
      }
    }
  }
  return texts;
}

Status Run(const std::string& data, const std::string& out) {
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const Stopwatch load;
  DUIJIE_ASSIGN_OR_RETURN(const auto analyzer, Analyzer::Create(TextOptionsIn(TextDataFolder(exe))));
  Report report("text");
  report.Add("analyzer: load", load.Seconds(), "s");
  DUIJIE_ASSIGN_OR_RETURN(const auto texts, ReadTexts(data + "/achievements-01.csv"));
  std::vector<double> seconds;
  size_t bytes = 0;
  size_t tokens = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    bytes = tokens = 0;
    for (const std::string& text : texts) {
      bytes += text.size();
      tokens += analyzer->Analyze(text).tokens.size();
    }
    seconds.push_back(watch.Seconds());
  }
  const double median = Latency::Of(seconds).p50;
  report.Add("analyzer: text, one thread", static_cast<double>(bytes) / median / 1e6, "MB/s");
  report.Add("analyzer: records, one thread", static_cast<double>(texts.size()) / median, "records/s");
  report.Add("analyzer: tokens of a record", static_cast<double>(tokens) / static_cast<double>(texts.size()),
             "tokens");
  return report.Publish(out);
}

}  // namespace
}  // namespace duijie::bench

int main(int argc, char** argv) {
  const auto flags = duijie::bench::ParseFlags(argc, argv, {{"data", ""}, {"out", "."}});
  duijie::Status status = flags.ok() ? duijie::bench::Run((*flags)[0], (*flags)[1]) : flags.status();
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
