// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_table.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "common/base/proto_time.h"
#include "common/tabular/csv_writer.h"
#include "common/tabular/xlsx_writer.h"
#include "services/catalog/cell_codec.h"
#include "services/catalog/cell_text.h"
#include "services/catalog/china_date.h"
#include "services/catalog/enum_names.h"
#include "services/catalog/exporter.h"
#include "services/catalog/indicator_text.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

using Columns = std::vector<const Column*>;

TableCell CellOf(const Column& column, const AnyRecord& record) {
  const std::string text = ExportCell(column, record);
  if (text.empty()) return {};
  if (column.kind == CellKind::kMoney) {
    std::string_view number = text;
    if (const auto value = TakeNumber(&number)) return TableCell::Number(*value);
  }
  return TableCell::Text(text);
}

std::vector<TableCell> CellsOf(const Columns& columns, const AnyRecord& record) {
  std::vector<TableCell> cells;
  for (const Column* column : columns) cells.push_back(CellOf(*column, record));
  return cells;
}

std::string JsonString(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += "\\u00";
      json += kHex[c >> 4];
      json += kHex[c & 15];
    } else {
      json += c;
    }
  }
  return json + '"';
}

class CsvTable final : public RecordTable {
 public:
  CsvTable(Columns columns, Sink sink) : columns_(std::move(columns)), sink_(std::move(sink)) {}

  Status Begin() {
    std::vector<TableCell> headings;
    for (const Column* column : columns_) headings.push_back(TableCell::Text(std::string(column->heading)));
    return writer_.WriteRow(headings);
  }
  Status Write(const AnyRecord& record) override {
    DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(CellsOf(columns_, record)));
    return buffer_.size() < kMaxExportChunkBytes / 2 ? OkStatus() : Flush();
  }
  Status Close() override { return Flush(); }

 private:
  Status Flush() {
    DUIJIE_RETURN_IF_ERROR(sink_(buffer_));
    buffer_.clear();
    return OkStatus();
  }

  Columns columns_;
  Sink sink_;
  std::string buffer_;
  CsvWriter writer_{&buffer_, CsvOptions()};
};

class JsonlTable final : public RecordTable {
 public:
  JsonlTable(Columns columns, Sink sink) : columns_(std::move(columns)), sink_(std::move(sink)) {}

  Status Write(const AnyRecord& record) override {
    std::string line;
    for (const Column* column : columns_) {
      const std::string text = ExportCell(*column, record);
      if (!text.empty())
        line += (line.empty() ? "" : ",") + JsonString(column->field) + ":" + JsonString(text);
    }
    return sink_("{" + line + "}\n");
  }
  Status Close() override { return OkStatus(); }

 private:
  Columns columns_;
  Sink sink_;
};

class XlsxTable final : public RecordTable {
 public:
  XlsxTable(Columns columns, std::string path, Sink sink)
      : columns_(std::move(columns)), path_(std::move(path)), sink_(std::move(sink)) {}
  ~XlsxTable() override {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  Status Begin(UnixMicros now) {
    XlsxOptions options;
    options.created = now;
    options.temp_folder = std::filesystem::path(path_).parent_path().string();
    DUIJIE_ASSIGN_OR_RETURN(writer_, XlsxWriter::Create(path_, options));
    std::vector<XlsxColumn> headings;
    for (const Column* column : columns_) {
      headings.emplace_back();
      headings.back().heading = column->heading;
    }
    DUIJIE_ASSIGN_OR_RETURN(sheet_, writer_->AddSheet("数据", headings));
    return OkStatus();
  }
  Status Write(const AnyRecord& record) override {
    return writer_->WriteRow(sheet_, CellsOf(columns_, record));
  }
  Status Close() override {
    DUIJIE_RETURN_IF_ERROR(writer_->Close());
    return SendFile(path_, sink_);
  }

 private:
  Columns columns_;
  std::string path_;
  Sink sink_;
  std::unique_ptr<XlsxWriter> writer_;
  XlsxSheetId sheet_ = 0;
};

std::string FormatSources(const AnyRecord& record) {
  std::string text;
  std::visit(
      [&](const auto& r) {
        for (int i = 1; i < r.provenances_size(); ++i) {
          const std::vector<std::string_view> marks = {":", "：", "；", ";", "\n"};
          const auto& provenance = r.provenances(i);
          text += (text.empty() ? "" : "；") + EscapeMarks(provenance.source_library(), marks) + ":" +
                  EscapeMarks(provenance.external_id(), marks);
          if (provenance.has_fetched_at()) {
            text += ":" + EscapeMarks(FormatTime(MicrosOf(provenance.fetched_at())), marks);
          }
        }
      },
      record);
  return text;
}

const v1::Provenance* FirstSource(const AnyRecord& record) {
  return std::visit(
      [](const auto& r) -> const v1::Provenance* {
        return r.provenances().empty() ? nullptr : &r.provenances(0);
      },
      record);
}

}  // namespace

std::vector<const Column*> ExportColumns(v1::Collection collection) {
  std::vector<const Column*> columns;
  for (const Column& column : ColumnsOf(collection)) {
    if (!IsContactColumn(column) && column.kind != CellKind::kEnterpriseCreditCode)
      columns.push_back(&column);
  }
  return columns;
}

std::string ExportCell(const Column& column, const AnyRecord& record) {
  const v1::Provenance* source = FirstSource(record);
  switch (column.kind) {
    case CellKind::kRecordName:
      return NameOf(record);
    case CellKind::kState:
      return std::string(ChineseName(v1::RecordState_descriptor(), StateOf(record)));
    case CellKind::kSourceLibrary:
      return source == nullptr ? "" : source->source_library();
    case CellKind::kExternalId:
      return source == nullptr ? "" : source->external_id();
    case CellKind::kFetchedAt:
      return source == nullptr || !source->has_fetched_at() ? "" : FormatTime(MicrosOf(source->fetched_at()));
    case CellKind::kOtherProvenances:
      return FormatSources(record);
    default:
      return FormatCell(column, record);
  }
}

StatusOr<std::unique_ptr<RecordTable>> NewRecordTable(v1::Collection collection, v1::TableFormat format,
                                                      const std::string& temp_path, UnixMicros now,
                                                      RecordTable::Sink sink) {
  Columns columns = ExportColumns(collection);
  if (format == v1::TABLE_FORMAT_JSONL) {
    return std::unique_ptr<RecordTable>(new JsonlTable(std::move(columns), std::move(sink)));
  }
  if (format == v1::TABLE_FORMAT_XLSX) {
    auto table = std::make_unique<XlsxTable>(std::move(columns), temp_path, std::move(sink));
    DUIJIE_RETURN_IF_ERROR(table->Begin(now));
    return std::unique_ptr<RecordTable>(std::move(table));
  }
  auto table = std::make_unique<CsvTable>(std::move(columns), std::move(sink));
  DUIJIE_RETURN_IF_ERROR(table->Begin());
  return std::unique_ptr<RecordTable>(std::move(table));
}

Status SendFile(const std::string& path, const RecordTable::Sink& sink) {
  std::ifstream in(path, std::ios::binary);
  std::string chunk(kMaxExportChunkBytes, '\0');
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    const auto read = static_cast<size_t>(in.gcount());
    if (read > 0) DUIJIE_RETURN_IF_ERROR(sink(std::string_view(chunk).substr(0, read)));
  }
  return in.eof() ? OkStatus()
                  : Error(StatusCode::kInternal, "INTERNAL", "an exported file cannot be read back");
}

}  // namespace duijie::catalog
