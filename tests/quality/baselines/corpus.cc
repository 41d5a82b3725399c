// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/quality/baselines/corpus.h"

#include <algorithm>

#include "common/tabular/table_reader.h"
#include "services/duijie/files.h"
#include "services/duijie/trec_file.h"

namespace duijie::baselines {
namespace {

StatusOr<std::vector<TextRecord>> ReadRecords(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(auto reader, OpenTable(path, TableFormat::kJsonl, {}, {}));
  std::vector<TextRecord> records;
  for (Row row;;) {
    DUIJIE_ASSIGN_OR_RETURN(const bool more, reader->Next(&row));
    if (!more) break;
    TextRecord& record = records.emplace_back();
    for (const Field& field : row.fields) {
      if (field.name == "id") record.id = field.value;
      if (field.name == "title") record.title = field.value;
      for (const char* body : {"description", "abstract", "summary"}) {
        if (field.name == body) record.body += field.value + "\n";
      }
    }
    if (record.id.empty())
      return Error(StatusCode::kInvalidArgument, "NO_ID", path + ": record " + std::to_string(row.number));
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return records;
}

}  // namespace

StatusOr<Corpus> ReadCorpus(const std::string& needs, const std::string& achievements,
                            const std::string& qrels) {
  Corpus corpus;
  DUIJIE_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(qrels));
  DUIJIE_ASSIGN_OR_RETURN(corpus.judgements, ParseJudgements(text, qrels));
  DUIJIE_ASSIGN_OR_RETURN(corpus.achievements, ReadRecords(achievements));
  DUIJIE_ASSIGN_OR_RETURN(std::vector<TextRecord> all, ReadRecords(needs));
  for (TextRecord& need : all) {
    if (corpus.judgements.count(need.id) > 0) corpus.needs.push_back(std::move(need));
  }
  return corpus;
}

}  // namespace duijie::baselines
