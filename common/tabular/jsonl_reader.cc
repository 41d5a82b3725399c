// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "common/tabular/json_object.h"
#include "common/tabular/readers.h"
#include "common/tabular/table_error.h"
#include "common/tabular/table_header.h"
#include "common/tabular/text_input.h"

namespace duijie::tabular {
namespace {

constexpr size_t kMaxLineBytes = size_t{4} << 20;
constexpr size_t kReadBytes = size_t{256} << 10;

bool IsEmpty(const Row& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const Field& field) { return field.value.empty(); });
}

class JsonlReader final : public TableReader {
 public:
  JsonlReader(std::unique_ptr<ByteSource> source, const TableLimits& limits)
      : source_(std::move(source)), limits_(limits) {}

  // Reads the first row ahead for its keys.
  Status Start() {
    first_ = Read(&first_row_);
    if (first_.ok() && !*first_) return Unsupported("文件是空的");
    if (!first_.ok() && !IsRowError(first_.status())) return first_.status();
    if (!first_.ok()) return OkStatus();
    for (const Field& field : first_row_.fields) header_.push_back(field.name);
    return OkStatus();
  }

  const std::vector<std::string>& header() const override { return header_; }

  StatusOr<bool> Next(Row* row) override {
    if (has_first_) {
      has_first_ = false;
      *row = std::move(first_row_);
      if (!first_.ok() || !*first_ || !IsEmpty(*row)) return first_;
    }
    if (!final_.ok()) return final_;
    StatusOr<bool> more = Read(row);
    while (more.ok() && *more && IsEmpty(*row)) more = Read(row);
    if (!more.ok() && !IsRowError(more.status())) final_ = more.status();
    return more;
  }

 private:
  StatusOr<bool> Read(Row* row) {
    do {
      DUIJIE_ASSIGN_OR_RETURN(const bool more, NextLine());
      if (!more) return false;
    } while (!too_long_ && IsBlank(line_));
    DUIJIE_RETURN_IF_ERROR(CheckRowCount(++rows_, limits_));
    if (too_long_) return RowError(line_number_, "这一行超过 " + std::to_string(kMaxLineBytes) + " 字节");
    row->number = line_number_;
    const std::string problem = ParseJsonObject(line_, limits_.max_columns, &row->fields);
    if (!problem.empty()) return RowError(line_number_, problem);
    for (size_t i = 0; i < row->fields.size(); ++i) {
      if (row->fields[i].value.size() <= limits_.max_cell_bytes) continue;
      return RowError(line_number_, "第 " + std::to_string(i + 1) + " 个键的内容过长，上限为 " +
                                        std::to_string(limits_.max_cell_bytes) + " 字节");
    }
    return true;
  }

  // The next line in line_, without its end; of a line over the limit only the beginning.
  StatusOr<bool> NextLine() {
    line_.clear();
    too_long_ = false;
    bool began = false;
    for (;;) {
      if (at_ == buffer_.size()) {
        DUIJIE_ASSIGN_OR_RETURN(const bool more, Refill());
        if (!more) break;
      }
      began = true;
      const size_t end = std::min(buffer_.find('\n', at_), buffer_.size());
      line_.append(buffer_, at_, std::min(end - at_, kMaxLineBytes + 1 - line_.size()));
      too_long_ = line_.size() > kMaxLineBytes;
      at_ = end;
      if (end < buffer_.size()) {
        ++at_;
        break;
      }
    }
    if (began) ++line_number_;
    if (line_number_ == 1 && std::string_view(line_).substr(0, kUtf8Mark.size()) == kUtf8Mark) {
      line_.erase(0, kUtf8Mark.size());
    }
    return began;
  }

  StatusOr<bool> Refill() {
    at_ = 0;
    buffer_.resize(kReadBytes);
    DUIJIE_ASSIGN_OR_RETURN(const size_t got, source_->ReadAt(offset_, buffer_.data(), buffer_.size()));
    buffer_.resize(got);
    offset_ += got;
    return got > 0;
  }

  const std::unique_ptr<ByteSource> source_;
  const TableLimits limits_;
  uint64_t offset_ = 0;
  std::string buffer_;
  size_t at_ = 0;
  std::string line_;
  size_t line_number_ = 0;
  bool too_long_ = false;

  std::vector<std::string> header_;
  Row first_row_;
  StatusOr<bool> first_ = false;
  bool has_first_ = true;
  size_t rows_ = 0;
  Status final_;
};

}  // namespace

TableReaderOr OpenJsonl(std::unique_ptr<ByteSource> source, const TableLimits& limits) {
  auto reader = std::make_unique<JsonlReader>(std::move(source), limits);
  DUIJIE_RETURN_IF_ERROR(reader->Start());
  return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace duijie::tabular
