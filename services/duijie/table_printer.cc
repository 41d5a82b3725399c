// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/table_printer.h"

#include <algorithm>
#include <numeric>

namespace duijie {
namespace {

constexpr int kGap = 2;
constexpr int kMinShrunkWidth = 8;

std::vector<int> NaturalWidths(const Table& table) {
  std::vector<int> widths;
  for (const Column& column : table.columns) widths.push_back(WidthOf(column.heading));
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < std::min(row.size(), widths.size()); ++i) {
      widths[i] = std::max(widths[i], WidthOf(row[i]));
    }
  }
  return widths;
}

void Shrink(const Table& table, int limit, std::vector<int>* widths) {
  const int gaps = kGap * static_cast<int>(widths->size() - 1);
  for (int excess = std::accumulate(widths->begin(), widths->end(), gaps) - limit; excess > 0; --excess) {
    int* widest = nullptr;
    for (size_t i = 0; i < widths->size(); ++i) {
      int& width = (*widths)[i];
      if (table.columns[i].shrinks && width > kMinShrunkWidth && (widest == nullptr || width > *widest))
        widest = &width;
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

std::string FormatRow(const Table& table, const std::vector<StyledText>& row, const std::vector<int>& widths,
                      bool color) {
  std::string line;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const StyledText cell = i < row.size() ? row[i] : StyledText();
    const std::string padding(
        static_cast<size_t>(std::max(0, widths[i] - std::min(WidthOf(cell), widths[i]))), ' ');
    if (i > 0) line.append(kGap, ' ');
    if (table.columns[i].align == Align::kRight) line += padding;
    line += Render(cell, widths[i], color);
    // A cut between wide characters leaves a column over; colours hide it from DisplayWidth, so measure the
    // plain text.
    const std::string plain = Render(cell, widths[i], false);
    const int over = widths[i] - static_cast<int>(padding.size()) - WidthOf(plain);
    line.append(static_cast<size_t>(std::max(0, over)), ' ');
    if (table.columns[i].align == Align::kLeft) line += padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string FormatTable(const Table& table, const TableLayout& layout) {
  if (table.columns.empty()) return "";
  std::vector<int> widths = NaturalWidths(table);
  if (layout.width > 0) Shrink(table, layout.width, &widths);
  std::vector<StyledText> headings;
  std::vector<StyledText> rules;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    headings.emplace_back(table.columns[i].heading, Style::kBold);
    rules.emplace_back(std::string(static_cast<size_t>(widths[i]), '-'), Style::kDim);
  }
  std::string text =
      FormatRow(table, headings, widths, layout.color) + FormatRow(table, rules, widths, layout.color);
  for (const auto& row : table.rows) text += FormatRow(table, row, widths, layout.color);
  return text;
}

}  // namespace duijie
