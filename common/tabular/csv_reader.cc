// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/csv_scanner.h"
#include "common/tabular/headed_reader.h"
#include "common/tabular/readers.h"

namespace duijie::tabular {
namespace {

class CsvReader final : public HeadedReader {
 public:
  CsvReader(TextInput input, const TableLimits& limits)
      : HeadedReader(limits), scanner_(std::move(input), limits) {}

  Status DetectDelimiter() { return scanner_.DetectDelimiter(); }

 private:
  StatusOr<bool> NextCells(std::vector<std::string>* cells) override { return scanner_.NextRecord(cells); }
  size_t number() const override { return scanner_.record(); }

  CsvScanner scanner_;
};

}  // namespace

TableReaderOr OpenCsv(std::unique_ptr<ByteSource> source, const TableLimits& limits) {
  DUIJIE_ASSIGN_OR_RETURN(auto input, TextInput::Open(std::move(source)));
  auto reader = std::make_unique<CsvReader>(std::move(input), limits);
  DUIJIE_RETURN_IF_ERROR(reader->DetectDelimiter());
  DUIJIE_RETURN_IF_ERROR(reader->ReadHeading());
  return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace duijie::tabular
