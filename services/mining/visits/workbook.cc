// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/workbook.h"

#include "services/mining/visits/visit_days.h"

namespace duijie::mining {

namespace cells {

TableCell T(std::string text) { return text.empty() ? TableCell() : TableCell::Text(std::move(text)); }
TableCell N(double number) { return TableCell::Number(number); }
TableCell D(const std::string& date) {
  const std::optional<Day> day = ParseVisitDay(date);
  return day ? TableCell::Date(std::chrono::year_month_day(*day)) : T(date);
}

}  // namespace cells

Workbook::Workbook(const WorkbookPlace& place) {
  StatusOr<std::unique_ptr<XlsxWriter>> writer =
      XlsxWriter::Create(place.path, {place.created, place.temp_folder});
  status_ = writer.status();
  if (writer.ok()) writer_ = *std::move(writer);
}

void Workbook::Sheet(const std::string& name, const std::vector<XlsxColumn>& columns) {
  if (!status_.ok()) return;
  const StatusOr<XlsxSheetId> sheet = writer_->AddSheet(name, columns);
  status_ = sheet.status();
  if (sheet.ok()) sheet_ = *sheet;
}

void Workbook::Row(const std::vector<TableCell>& cells) {
  if (status_.ok()) status_ = writer_->WriteRow(sheet_, cells);
}

Status Workbook::Finish() {
  if (status_.ok()) status_ = writer_->Close();
  return status_;
}

}  // namespace duijie::mining
