// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/cell_text.h"

#include <cmath>
#include <cstdio>

#include "common/text/encoding.h"

namespace duijie::tabular {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

struct CellCheck {
  bool operator()(std::monostate) const { return true; }
  bool operator()(const std::string&) const { return true; }
  bool operator()(double value) const { return std::isfinite(value); }
  bool operator()(TableCell::Day day) const {
    using std::chrono::year;
    return day.ok() && day >= year(1900) / 3 / 1 && day <= year(9999) / 12 / 31;
  }
};

}  // namespace

std::string WritableText(std::string_view text) {
  std::string clean = IsValidUtf8(text) ? std::string(text) : SanitizeUtf8(text);
  for (size_t at = clean.find('\0'); at != std::string::npos; at = clean.find('\0', at)) {
    clean.replace(at, 1, kReplacement);
  }
  return clean;
}

std::string DayText(TableCell::Day day) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return buffer;
}

Status CheckCells(const std::vector<TableCell>& cells) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].Visit(CellCheck{})) continue;
    return Error(StatusCode::kInvalidArgument, "TABLE_CELL_INVALID",
                 "第 " + std::to_string(i + 1) + " 列的数字或日期无法写入表格",
                 {{"column", std::to_string(i + 1)}});
  }
  return OkStatus();
}

}  // namespace duijie::tabular
