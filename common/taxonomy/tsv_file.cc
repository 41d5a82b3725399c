// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/tsv_file.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace duijie {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

StatusOr<std::string> ReadAll(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return TsvError(path, 0, "no such file");
  if (std::filesystem::file_size(path, error) > kMaxTsvBytes) return TsvError(path, 0, "file is too large");
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return TsvError(path, 0, "cannot be read");
  return bytes;
}

std::vector<std::string> SplitCells(std::string_view line) {
  std::vector<std::string> cells;
  for (size_t begin = 0;;) {
    const size_t tab = line.find('\t', begin);
    cells.emplace_back(line.substr(begin, tab - begin));
    if (tab == std::string_view::npos) return cells;
    begin = tab + 1;
  }
}

bool HasOuterSpace(std::string_view cell) {
  return !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
}

StatusOr<TsvRow> ParseLine(const std::string& path, int number, std::string_view line, size_t columns) {
  if (line.empty()) return TsvError(path, number, "empty line");
  if (line.find('\r') != std::string_view::npos) return TsvError(path, number, "carriage return");
  TsvRow row{number, SplitCells(line)};
  if (row.cells.size() != columns) {
    return TsvError(path, number,
                    std::to_string(row.cells.size()) + " cells instead of " + std::to_string(columns));
  }
  for (const std::string& cell : row.cells) {
    if (HasOuterSpace(cell)) return TsvError(path, number, "white space around a cell");
  }
  return row;
}

}  // namespace

Status TsvError(const std::string& path, int line, std::string_view problem) {
  const std::string at = line > 0 ? path + ":" + std::to_string(line) : path;
  return Error(StatusCode::kInvalidArgument, "INVALID_TABLE", at + ": " + std::string(problem),
               {{"file", path}, {"line", std::to_string(line)}});
}

StatusOr<std::vector<TsvRow>> ReadTsv(const std::string& path, size_t columns) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string bytes, ReadAll(path));
  std::string_view rest = bytes;
  if (rest.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    return TsvError(path, 1, "byte order mark");
  }
  std::vector<TsvRow> rows;
  for (int number = 1; !rest.empty(); ++number) {
    if (number > kMaxTsvLines) return TsvError(path, number, "too many lines");
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!line.empty() && line.front() == '#') continue;
    DUIJIE_ASSIGN_OR_RETURN(TsvRow row, ParseLine(path, number, line, columns));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return TsvError(path, 0, "has no row");
  return rows;
}

StatusOr<int> ParseTsvInt(const std::string& path, int line, const std::string& cell, int low, int high) {
  int value = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  if (error != std::errc() || stop != end || value < low || value > high) {
    return TsvError(
        path, line,
        "\"" + cell + "\" is no integer from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return value;
}

}  // namespace duijie
