// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/table_reader.h"

#include <algorithm>

#include "common/tabular/byte_source.h"
#include "common/tabular/readers.h"
#include "common/tabular/table_error.h"
#include "common/tabular/table_header.h"

namespace duijie {
namespace {

constexpr std::string_view kZipSignature("PK\x03\x04", 4);
constexpr std::string_view kOleSignature("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

tabular::TableReaderOr Open(std::unique_ptr<tabular::ByteSource> source, TableFormat format,
                            const TableLimits& limits, const TableOptions& options) {
  switch (format) {
    case TableFormat::kCsv:
      return tabular::OpenCsv(std::move(source), limits);
    case TableFormat::kJsonl:
      return tabular::OpenJsonl(std::move(source), limits);
    case TableFormat::kXlsx:
      return tabular::OpenXlsx(std::move(source), limits, options);
  }
  return tabular::Unsupported("不支持的文件格式");
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

std::string LowerExtension(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return "";
  std::string extension(file_name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension;
}

}  // namespace

bool IsRowError(const Status& status) { return ReasonOf(status) == "TABLE_ROW_INVALID"; }

StatusOr<TableFormat> GuessFormat(std::string_view file_name, std::string_view first_bytes) {
  if (StartsWith(first_bytes, kZipSignature)) return TableFormat::kXlsx;
  const std::string extension = LowerExtension(file_name);
  if (StartsWith(first_bytes, kOleSignature) || extension == "xls") {
    return tabular::Unsupported("文件是旧版 .xls 或带密码的工作簿，请取消密码后另存为 .xlsx 再试");
  }
  if (extension == "xlsx" || extension == "xlsm") return TableFormat::kXlsx;
  if (extension == "jsonl" || extension == "ndjson") return TableFormat::kJsonl;
  if (extension == "csv" || extension == "tsv" || extension == "txt") return TableFormat::kCsv;
  if (StartsWith(tabular::TrimBlanks(first_bytes), "{")) return TableFormat::kJsonl;
  return tabular::Unsupported("无法判断文件格式，请使用 .xlsx、.csv 或 .jsonl 文件");
}

StatusOr<std::unique_ptr<TableReader>> OpenTable(const std::string& path, TableFormat format,
                                                 const TableLimits& limits, const TableOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(auto source, tabular::OpenFileSource(path, limits.max_file_bytes));
  return Open(std::move(source), format, limits, options);
}

StatusOr<std::unique_ptr<TableReader>> OpenTableFromMemory(std::string bytes, TableFormat format,
                                                           const TableLimits& limits,
                                                           const TableOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(auto source, tabular::OpenMemorySource(std::move(bytes), limits.max_file_bytes));
  return Open(std::move(source), format, limits, options);
}

}  // namespace duijie
