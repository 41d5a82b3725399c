// SPDX-License-Identifier: GPL-3.0-or-later
// A cell to be written by CsvWriter or XlsxWriter: nothing, text, a number or a day. What is given as text
// stays text in every program that opens the file, whatever it looks like.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace duijie {

class TableCell {
 public:
  using Day = std::chrono::year_month_day;

  TableCell() = default;  // an empty cell
  static TableCell Text(std::string text) { return TableCell(std::move(text)); }
  static TableCell Number(double value) { return TableCell(value); }  // must be finite
  static TableCell Date(Day day) { return TableCell(day); }           // a day from 1900-03-01 to 9999-12-31

  // Calls visit(std::monostate | std::string | double | Day).
  template <typename Visitor>
  decltype(auto) Visit(Visitor&& visitor) const {
    return std::visit(std::forward<Visitor>(visitor), value_);
  }

 private:
  using Value = std::variant<std::monostate, std::string, double, Day>;
  explicit TableCell(Value value) : value_(std::move(value)) {}

  Value value_;
};

}  // namespace duijie
