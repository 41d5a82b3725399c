// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the parts of a workbook together: rows of the sheet, converted with its strings and formats.
#include <array>
#include <charconv>

#include "common/tabular/headed_reader.h"
#include "common/tabular/readers.h"
#include "common/tabular/table_error.h"
#include "common/tabular/xlsx_archive.h"
#include "common/tabular/xlsx_package.h"
#include "common/tabular/xlsx_sheet.h"
#include "common/tabular/xlsx_strings.h"
#include "common/tabular/xlsx_styles.h"
#include "common/tabular/xlsx_values.h"
#include "common/tabular/xml_part.h"

namespace duijie::tabular {
namespace {

constexpr std::string_view kOleSignature("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::string_view kZipSignature("PK", 2);

constexpr std::array<std::string_view, 9> kErrorNames = {
    "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#GETTING_DATA"};

Status CheckSignature(ByteSource& source) {
  std::string first(kOleSignature.size(), '\0');
  DUIJIE_ASSIGN_OR_RETURN(const size_t got, source.ReadAt(0, first.data(), first.size()));
  first.resize(got);
  if (first == kOleSignature)
    return Unsupported("文件是旧版 .xls 或带密码的工作簿，请取消密码后另存为 .xlsx 再试");
  if (std::string_view(first).substr(0, 2) != kZipSignature) {
    return Unsupported("文件不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存为 .xlsx 后再试");
  }
  return OkStatus();
}

// Cell values as text; errors without place, which the reader adds.
class CellConverter {
 public:
  CellConverter(SharedStrings strings, std::vector<NumberKind> kinds, bool date_1904)
      : strings_(std::move(strings)), kinds_(std::move(kinds)), date_1904_(date_1904) {}

  StatusOr<std::string> Text(size_t row, const SheetCell& cell) const {
    if (!cell.has_value) {
      return CellError(row, cell.column, "公式没有保存计算结果，请用 Excel 或 WPS 打开并保存后再试");
    }
    if (cell.type.empty() || cell.type == "n") return NumberCell(row, cell);
    if (cell.type == "s") return SharedCell(row, cell);
    if (cell.type == "str" || cell.type == "inlineStr") return UnescapeString(cell.value);
    if (cell.type == "b") return std::string(cell.value == "1" || cell.value == "true" ? "TRUE" : "FALSE");
    if (cell.type == "d") return OrInvalid(row, cell, IsoDateText(cell.value), "日期无效");
    if (cell.type == "e") return ErrorCell(row, cell);
    return CellError(row, cell.column, "单元格类型无法识别，请改为文本后重新填写");
  }

 private:
  static StatusOr<std::string> OrInvalid(size_t row, const SheetCell& cell, std::optional<std::string> text,
                                         std::string_view problem) {
    if (!text) return CellError(row, cell.column, problem);
    return *std::move(text);
  }

  StatusOr<std::string> NumberCell(size_t row, const SheetCell& cell) const {
    if (cell.value.empty()) return std::string();
    const NumberKind kind = cell.style < kinds_.size() ? kinds_[cell.style] : NumberKind::kNumber;
    if (kind == NumberKind::kNumber) return OrInvalid(row, cell, NumberText(cell.value), "数字无效");
    return OrInvalid(row, cell, DateText(cell.value, kind, date_1904_), "日期无效");
  }

  StatusOr<std::string> SharedCell(size_t row, const SheetCell& cell) const {
    size_t index = 0;
    const char* end = cell.value.data() + cell.value.size();
    const auto parsed = std::from_chars(cell.value.data(), end, index);
    if (parsed.ec != std::errc() || parsed.ptr != end || index >= strings_.size()) {
      return CellError(row, cell.column, "引用了不存在的文字，请用 Excel 或 WPS 重新保存后再试");
    }
    return UnescapeString(std::string(strings_.at(index)));
  }

  static Status ErrorCell(size_t row, const SheetCell& cell) {
    for (const std::string_view name : kErrorNames) {
      if (cell.value == name) return CellError(row, cell.column, "单元格是错误值 " + std::string(name));
    }
    return CellError(row, cell.column, "单元格是错误值");
  }

  const SharedStrings strings_;
  const std::vector<NumberKind> kinds_;
  const bool date_1904_;
};

class XlsxReader final : public HeadedReader {
 public:
  XlsxReader(std::unique_ptr<XlsxArchive> archive, std::unique_ptr<PartStream> sheet, CellConverter converter,
             const TableLimits& limits)
      : HeadedReader(limits),
        archive_(std::move(archive)),
        converter_(std::move(converter)),
        handler_(limits.max_columns, limits.max_cell_bytes),
        sheet_(ParseXml(std::move(sheet), &handler_)) {}

 private:
  size_t number() const override { return handler_.row().number; }

  StatusOr<bool> NextCells(std::vector<std::string>* cells) override {
    DUIJIE_ASSIGN_OR_RETURN(const bool more, sheet_->Advance());
    if (!more) return false;
    const SheetRow& row = handler_.row();
    cells->clear();
    if (row.overflow_column) {
      return CellError(row.number, *row.overflow_column,
                       "列数超过上限 " + std::to_string(limits().max_columns));
    }
    cells->resize(row.cells.empty() ? 0 : row.cells.back().column);
    for (const SheetCell& cell : row.cells) {
      DUIJIE_ASSIGN_OR_RETURN((*cells)[cell.column - 1], converter_.Text(row.number, cell));
    }
    return true;
  }

  // In the order of their dependence: the sheet reads from the archive and reports to the handler.
  const std::unique_ptr<XlsxArchive> archive_;
  const CellConverter converter_;
  SheetHandler handler_;
  const std::unique_ptr<XmlPart> sheet_;
};

}  // namespace

TableReaderOr OpenXlsx(std::unique_ptr<ByteSource> source, const TableLimits& limits,
                       const TableOptions& options) {
  DUIJIE_RETURN_IF_ERROR(CheckSignature(*source));
  DUIJIE_ASSIGN_OR_RETURN(auto archive, OpenXlsxArchive(std::move(source), limits));
  DUIJIE_ASSIGN_OR_RETURN(const XlsxPackage package, ReadXlsxPackage(*archive));
  DUIJIE_ASSIGN_OR_RETURN(const XlsxSheet sheet, SelectSheet(package, options.sheet));
  DUIJIE_ASSIGN_OR_RETURN(auto kinds, ReadNumberKinds(*archive, package.styles_part));
  DUIJIE_ASSIGN_OR_RETURN(
      auto strings, SharedStrings::Read(*archive, package.strings_part, limits.max_shared_string_bytes));
  DUIJIE_ASSIGN_OR_RETURN(auto stream, archive->OpenPart(sheet.part));
  auto reader = std::make_unique<XlsxReader>(
      std::move(archive), std::move(stream),
      CellConverter(std::move(strings), std::move(kinds), package.date_1904), limits);
  DUIJIE_RETURN_IF_ERROR(reader->ReadHeading());
  return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace duijie::tabular
