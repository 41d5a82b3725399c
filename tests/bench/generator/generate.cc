// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generator/generate.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "common/tabular/csv_writer.h"
#include "common/text/default_paths.h"
#include "tests/bench/generator/record_maker.h"

namespace duijie::bench {
namespace {

constexpr size_t kFlushBytes = 1U << 20U;
constexpr uint64_t kRecordsPerOwner = 20;

Status Bad(const std::string& what) { return Error(StatusCode::kInvalidArgument, "BAD_ARGUMENT", what); }

StatusOr<uint64_t> NumberOf(const std::string& flag, const std::string& text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return Bad(flag + " takes a whole number");
  return number;
}

// A table in files of at most kRowsPerFile rows.
class TableFiles {
 public:
  TableFiles(std::string stem, const std::vector<std::string>& headings)
      : stem_(std::move(stem)), headings_(headings) {}

  Status Write(const std::vector<std::string>& row) {
    if (rows_ % kRowsPerFile == 0) DUIJIE_RETURN_IF_ERROR(NextFile());
    ++rows_;
    DUIJIE_RETURN_IF_ERROR(Append(row));
    return buffer_.size() < kFlushBytes ? OkStatus() : Flush();
  }

  Status Flush() {
    file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    file_.flush();
    buffer_.clear();
    return file_ ? OkStatus() : Error(StatusCode::kUnavailable, "CANNOT_WRITE", "cannot write " + stem_);
  }

 private:
  Status NextFile() {
    if (rows_ > 0) DUIJIE_RETURN_IF_ERROR(Flush());
    char number[16];
    std::snprintf(number, sizeof(number), "-%02d.csv", static_cast<int>(rows_ / kRowsPerFile + 1));
    file_ = std::ofstream(stem_ + number, std::ios::binary);
    writer_ = std::make_unique<CsvWriter>(&buffer_, CsvOptions{});
    return Append(headings_);
  }

  Status Append(const std::vector<std::string>& texts) {
    std::vector<TableCell> cells;
    cells.reserve(texts.size());
    for (const std::string& text : texts) cells.push_back(text.empty() ? TableCell() : TableCell::Text(text));
    return writer_->WriteRow(cells);
  }

  const std::string stem_;
  const std::vector<std::string>& headings_;
  std::ofstream file_;
  std::string buffer_;
  std::unique_ptr<CsvWriter> writer_;
  uint64_t rows_ = 0;
};

Status WriteTable(const std::string& stem, const std::vector<std::string>& headings, uint64_t rows,
                  const std::function<std::vector<std::string>(uint64_t)>& make) {
  TableFiles files(stem, headings);
  for (uint64_t row = 0; row < rows; ++row) DUIJIE_RETURN_IF_ERROR(files.Write(make(row)));
  return rows == 0 ? OkStatus() : files.Flush();
}

void WriteTopics(const std::string& path, const RecordMaker& maker, const GenerateOptions& options) {
  std::ofstream file(path);
  char id[24];
  for (uint64_t row = 0; row < options.needs; ++row) {
    const auto [first, second] = maker.NeedTopics(row);
    std::snprintf(id, sizeof(id), "n%09llu", static_cast<unsigned long long>(row));
    file << id << '\t' << first << '\t' << second << '\n';
  }
  for (uint64_t row = 0; row < options.achievements; ++row) {
    const auto [first, second] = maker.AchievementTopics(row);
    std::snprintf(id, sizeof(id), "a%09llu", static_cast<unsigned long long>(row));
    file << id << '\t' << first << '\t' << second << '\n';
  }
}

}  // namespace

StatusOr<GenerateOptions> ParseGenerateOptions(int argc, char** argv) {
  GenerateOptions options;
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  options.share = (exe / ".." / "share" / "duijie").lexically_normal();
  options.samples = DUIJIE_SOURCE_DIR "/data/samples";
  const std::map<std::string, std::string*> texts = {
      {"--out", &options.out}, {"--samples", &options.samples}, {"--share", &options.share}};
  const std::map<std::string, uint64_t*> numbers = {{"--achievements", &options.achievements},
                                                    {"--needs", &options.needs},
                                                    {"--enterprises", &options.enterprises},
                                                    {"--seed", &options.seed}};
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    if (i + 1 >= argc) return Bad(flag + " needs a value");
    if (const auto text = texts.find(flag); text != texts.end()) {
      *text->second = argv[i + 1];
    } else if (const auto number = numbers.find(flag); number != numbers.end()) {
      DUIJIE_ASSIGN_OR_RETURN(*number->second, NumberOf(flag, argv[i + 1]));
    } else {
      return Bad("unknown option " + flag);
    }
  }
  if (options.out.empty()) return Bad("--out DIR is required");
  if (options.enterprises < 1 || options.enterprises > RecordMaker::kMaxBodies) {
    return Bad("--enterprises takes 1 to 1000000");
  }
  return options;
}

Status Generate(const GenerateOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const auto analyzer, Analyzer::Create(TextOptionsIn(options.share + "/text")));
  DUIJIE_ASSIGN_OR_RETURN(const auto taxonomies, TaxonomySet::Load(options.share + "/taxonomies"));
  DUIJIE_ASSIGN_OR_RETURN(
      const auto corpus,
      SampleCorpus::Load(options.samples, options.share + "/text/domain_terms.tsv", *analyzer));
  std::filesystem::create_directories(options.out);
  const uint64_t owners =
      std::clamp<uint64_t>(options.achievements / kRecordsPerOwner, 1, RecordMaker::kMaxBodies);
  const RecordMaker maker(*corpus, *taxonomies, options.seed, owners, options.enterprises);
  std::printf("seed %llu: %zu topics, %zu sample words; %llu enterprises, %llu needs, %llu achievements\n",
              static_cast<unsigned long long>(options.seed), corpus->topics.size(),
              corpus->all_words.words.size(), static_cast<unsigned long long>(options.enterprises),
              static_cast<unsigned long long>(options.needs),
              static_cast<unsigned long long>(options.achievements));
  DUIJIE_RETURN_IF_ERROR(WriteTable(options.out + "/enterprises", RecordMaker::EnterpriseHeadings(),
                                    options.enterprises,
                                    [&](uint64_t row) { return maker.Enterprise(row); }));
  DUIJIE_RETURN_IF_ERROR(WriteTable(options.out + "/needs", RecordMaker::NeedHeadings(), options.needs,
                                    [&](uint64_t row) { return maker.Need(row); }));
  DUIJIE_RETURN_IF_ERROR(WriteTable(options.out + "/achievements", RecordMaker::AchievementHeadings(),
                                    options.achievements,
                                    [&](uint64_t row) { return maker.Achievement(row); }));
  WriteTopics(options.out + "/topics.tsv", maker, options);
  return OkStatus();
}

}  // namespace duijie::bench
