// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/csv_writer.h"

#include <charconv>

#include "common/tabular/cell_text.h"
#include "common/tabular/csv_guard.h"

namespace duijie {
namespace {

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";
// Beyond what RFC 4180 asks: the other delimiters that programs guess, and what they trim or misread at the
// start.
constexpr std::string_view kQuotedCharacters = ",;\t\"\r\n";

bool NeedsQuotes(std::string_view text) {
  if (text.empty()) return false;
  return text.find_first_of(kQuotedCharacters) != std::string_view::npos || text.front() == ' ' ||
         text.back() == ' ' || text.substr(0, 3) == kByteOrderMark;
}

void AppendText(const std::string& raw, std::string* out) {
  std::string text = tabular::WritableText(raw);
  if (tabular::LooksLikeFormula(text)) text.insert(0, 1, '\'');
  if (!NeedsQuotes(text)) {
    *out += text;
    return;
  }
  *out += '"';
  for (const char c : text) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

struct CellAppender {
  std::string* out;

  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const { AppendText(text, out); }
  void operator()(double value) const {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out->append(buffer, static_cast<size_t>(end.ptr - buffer));
  }
  void operator()(TableCell::Day day) const { *out += tabular::DayText(day); }
};

}  // namespace

CsvWriter::CsvWriter(std::string* out, const CsvOptions& options) : out_(out) {
  if (options.byte_order_mark) *out_ += kByteOrderMark;
}

Status CsvWriter::WriteRow(const std::vector<TableCell>& cells) {
  DUIJIE_RETURN_IF_ERROR(tabular::CheckCells(cells));
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) *out_ += ',';
    cells[i].Visit(CellAppender{out_});
  }
  *out_ += "\r\n";
  return OkStatus();
}

}  // namespace duijie
