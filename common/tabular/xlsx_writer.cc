// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_writer.h"

#include <xlsxwriter.h>

#include <cstdio>
#include <mutex>
#include <set>

#include "common/tabular/cell_text.h"
#include "common/tabular/table_error.h"
#include "common/tabular/xlsx_text.h"

namespace duijie {
namespace {

Status WriteFailed(lxw_error error) {
  return Error(StatusCode::kInternal, "TABLE_WRITE_FAILED",
               "写入工作簿失败，请检查磁盘空间和目录权限（" + std::string(lxw_strerror(error)) + "）");
}

// libxlsxwriter calls gmtime(), whose result is shared by all threads, while it puts a workbook together.
std::mutex& AssemblyMutex() {
  static std::mutex mutex;
  return mutex;
}

struct FreeWorkbook {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

struct CellWriter {
  lxw_worksheet* sheet;
  lxw_row_t row;
  lxw_col_t column;
  lxw_format* text_format;
  lxw_format* date_format;

  lxw_error operator()(std::monostate) const { return LXW_NO_ERROR; }
  lxw_error operator()(const std::string& text) const {
    if (text.empty()) return LXW_NO_ERROR;
    return worksheet_write_string(sheet, row, column, tabular::XlsxCellText(text).c_str(), text_format);
  }
  lxw_error operator()(double value) const {
    return worksheet_write_number(sheet, row, column, value, nullptr);
  }
  lxw_error operator()(TableCell::Day day) const {
    lxw_datetime date{static_cast<int>(day.year()),
                      static_cast<int>(static_cast<unsigned>(day.month())),
                      static_cast<int>(static_cast<unsigned>(day.day())),
                      0,
                      0,
                      0};
    return worksheet_write_datetime(sheet, row, column, &date, date_format);
  }
};

class LibXlsxWriter final : public XlsxWriter {
 public:
  LibXlsxWriter(std::string path, lxw_workbook* workbook, const XlsxOptions& options)
      : path_(std::move(path)), workbook_(workbook) {
    lxw_doc_properties properties{};
    properties.created = static_cast<time_t>(options.created / kMicrosPerSecond);
    workbook_set_properties(workbook, &properties);
    heading_format_ = workbook_add_format(workbook);
    format_set_bold(heading_format_);
    format_set_bottom(heading_format_, LXW_BORDER_THIN);
    format_set_text_wrap(heading_format_);
    date_format_ = workbook_add_format(workbook);
    format_set_num_format(date_format_, "yyyy-mm-dd");
    wrap_format_ = workbook_add_format(workbook);
    format_set_text_wrap(wrap_format_);
    format_set_align(wrap_format_, LXW_ALIGN_VERTICAL_TOP);
  }

  StatusOr<XlsxSheetId> AddSheet(const std::string& name, const std::vector<XlsxColumn>& columns) override {
    DUIJIE_RETURN_IF_ERROR(CheckOpen());
    if (sheets_.size() >= kMaxXlsxSheets) {
      return tabular::TooLarge("工作表超过 " + std::to_string(kMaxXlsxSheets) + " 张，请缩小导出范围");
    }
    DUIJIE_RETURN_IF_ERROR(CheckColumns(columns.size()));
    lxw_worksheet* worksheet =
        workbook_add_worksheet(workbook_.get(), tabular::UniqueSheetName(name, &names_).c_str());
    if (worksheet == nullptr) return WriteFailed(LXW_ERROR_CREATING_TMPFILE);
    sheets_.push_back({worksheet, {}, 0});
    for (size_t i = 0; i < columns.size(); ++i) {
      sheets_.back().wraps.push_back(columns[i].wrap);
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(worksheet, column, column, columns[i].width_chars, nullptr);
    }
    DUIJIE_RETURN_IF_ERROR(WriteHeading(&sheets_.back(), columns));
    return sheets_.size() - 1;
  }

  Status WriteRow(XlsxSheetId id, const std::vector<TableCell>& cells) override {
    DUIJIE_RETURN_IF_ERROR(CheckOpen());
    if (id >= sheets_.size())
      return Error(StatusCode::kInvalidArgument, "TABLE_SHEET_NOT_FOUND", "没有这张工作表");
    Sheet& sheet = sheets_[id];
    DUIJIE_RETURN_IF_ERROR(CheckColumns(cells.size()));
    DUIJIE_RETURN_IF_ERROR(tabular::CheckCells(cells));
    if (sheet.rows >= kMaxXlsxRows) {
      return tabular::TooLarge("工作表超过 " + std::to_string(kMaxXlsxRows) + " 行，请缩小导出范围");
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      lxw_format* text_format = i < sheet.wraps.size() && sheet.wraps[i] ? wrap_format_ : nullptr;
      const lxw_error error =
          cells[i].Visit(CellWriter{sheet.worksheet, static_cast<lxw_row_t>(sheet.rows),
                                    static_cast<lxw_col_t>(i), text_format, date_format_});
      if (error != LXW_NO_ERROR) return WriteFailed(error);
    }
    ++sheet.rows;
    return OkStatus();
  }

  Status Close() override {
    DUIJIE_RETURN_IF_ERROR(CheckOpen());
    lxw_error error = LXW_NO_ERROR;
    {
      const std::lock_guard<std::mutex> lock(AssemblyMutex());
      error = workbook_close(workbook_.release());  // frees it, whatever it returns
    }
    if (error == LXW_NO_ERROR) return OkStatus();
    std::remove(path_.c_str());
    return WriteFailed(error);
  }

 private:
  struct Sheet {
    lxw_worksheet* worksheet;
    std::vector<bool> wraps;  // by column
    size_t rows;              // written so far
  };

  Status CheckOpen() const {
    if (workbook_ != nullptr) return OkStatus();
    return Error(StatusCode::kFailedPrecondition, "TABLE_WRITE_FAILED", "工作簿已经写完");
  }

  static Status CheckColumns(size_t columns) {
    if (columns <= kMaxXlsxColumns) return OkStatus();
    return tabular::TooLarge("工作表超过 " + std::to_string(kMaxXlsxColumns) + " 列，请缩小导出范围");
  }

  Status WriteHeading(Sheet* sheet, const std::vector<XlsxColumn>& columns) {
    for (size_t i = 0; i < columns.size(); ++i) {
      const CellWriter writer{sheet->worksheet, 0, static_cast<lxw_col_t>(i), heading_format_, date_format_};
      if (const lxw_error error = writer(columns[i].heading); error != LXW_NO_ERROR)
        return WriteFailed(error);
    }
    worksheet_freeze_panes(sheet->worksheet, 1, 0);
    sheet->rows = 1;
    return OkStatus();
  }

  const std::string path_;
  std::unique_ptr<lxw_workbook, FreeWorkbook> workbook_;
  lxw_format* heading_format_ = nullptr;
  lxw_format* date_format_ = nullptr;
  lxw_format* wrap_format_ = nullptr;
  std::vector<Sheet> sheets_;
  std::set<std::string> names_;
};

}  // namespace

StatusOr<std::unique_ptr<XlsxWriter>> XlsxWriter::Create(const std::string& path,
                                                         const XlsxOptions& options) {
  if (options.created < kMicrosPerSecond) {
    return Error(StatusCode::kInvalidArgument, "TABLE_WRITE_FAILED", "工作簿的创建时间无效");
  }
  std::string temp_folder = options.temp_folder;
  lxw_workbook_options library_options{};
  library_options.constant_memory = LXW_TRUE;
  if (!temp_folder.empty()) library_options.tmpdir = temp_folder.data();
  lxw_workbook* workbook = workbook_new_opt(path.c_str(), &library_options);
  if (workbook == nullptr) return WriteFailed(LXW_ERROR_MEMORY_MALLOC_FAILED);
  return std::unique_ptr<XlsxWriter>(std::make_unique<LibXlsxWriter>(path, workbook, options));
}

}  // namespace duijie
