// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/csv_scanner.h"

#include <algorithm>
#include <array>

#include "common/tabular/csv_guard.h"
#include "common/tabular/table_error.h"
#include "common/tabular/table_header.h"

namespace duijie::tabular {
namespace {

constexpr std::array<char, 3> kDelimiters = {',', '\t', ';'};  // in order of preference

bool EndsLine(char c) { return c == '\n' || c == '\r'; }

// The first line with something in it; line breaks inside quotes do not end it.
std::string_view FirstLine(std::string_view text) {
  size_t start = 0;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted || !EndsLine(text[at])) continue;
    if (!IsBlank(text.substr(start, at - start))) return text.substr(start, at - start);
    start = at + 1;
  }
  return text.substr(start);
}

}  // namespace

Status CsvScanner::DetectDelimiter() {
  DUIJIE_RETURN_IF_ERROR(Refill().status());
  std::array<size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : FirstLine(piece_)) {
    if (c == '"') quoted = !quoted;
    for (size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += !quoted && c == kDelimiters[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  delimiter_ = kDelimiters[static_cast<size_t>(most - counts.begin())];
  return OkStatus();
}

StatusOr<bool> CsvScanner::Refill() {
  at_ = 0;
  piece_.clear();
  return input_.NextPiece(&piece_);
}

StatusOr<bool> CsvScanner::NextRecord(std::vector<std::string>* cells) {
  state_ = State::kCellStart;
  cells_.clear();
  cell_.clear();
  cell_count_ = long_cell_ = misquoted_cell_ = 0;
  bool began = false;
  while (state_ != State::kRecordEnd) {
    if (at_ == piece_.size()) {
      DUIJIE_ASSIGN_OR_RETURN(const bool more, Refill());
      if (more) continue;
      if (!began) return false;
      if (state_ == State::kQuoted) {
        return CorruptAt(record_ + 1, "从这一行开始有双引号没有配对，其后的内容无法分行");
      }
      break;
    }
    const char c = piece_[at_++];
    const bool second_half = skip_line_feed_ && c == '\n';
    skip_line_feed_ = false;
    if (second_half) continue;
    began = true;
    Take(c);
  }
  EndCell();
  ++record_;
  DUIJIE_RETURN_IF_ERROR(FinishRecord(cells));
  return true;
}

void CsvScanner::Take(char c) {
  switch (state_) {
    case State::kCellStart:
      if (c == '"') {
        state_ = State::kQuoted;
      } else {
        TakeUnquoted(c);
      }
      break;
    case State::kPlain:
      TakeUnquoted(c);
      break;
    case State::kQuoted:
      if (c == '"') {
        state_ = State::kQuoteInQuoted;
      } else {
        Append(c);
      }
      break;
    case State::kQuoteInQuoted:
      TakeAfterQuote(c);
      break;
    case State::kRecordEnd:
      break;
  }
}

void CsvScanner::TakeUnquoted(char c) {
  if (EndsLine(c)) {
    skip_line_feed_ = c == '\r';
    state_ = State::kRecordEnd;
  } else if (c == delimiter_) {
    EndCell();
    state_ = State::kCellStart;
  } else {
    Append(c);
    state_ = State::kPlain;
  }
}

void CsvScanner::TakeAfterQuote(char c) {
  if (c == '"') {
    Append(c);
    state_ = State::kQuoted;
    return;
  }
  if (c != delimiter_ && !EndsLine(c) && misquoted_cell_ == 0) misquoted_cell_ = cell_count_ + 1;
  TakeUnquoted(c);
}

void CsvScanner::Append(char c) {
  if (cell_.size() < limits_.max_cell_bytes) {
    cell_ += c;
  } else if (long_cell_ == 0) {
    long_cell_ = cell_count_ + 1;
  }
}

void CsvScanner::EndCell() {
  ++cell_count_;
  if (cell_count_ <= limits_.max_columns) cells_.push_back(RemoveFormulaGuard(std::move(cell_)));
  cell_.clear();
}

Status CsvScanner::FinishRecord(std::vector<std::string>* cells) {
  if (misquoted_cell_ != 0)
    return CellError(record_, misquoted_cell_, "双引号之后还有文字；内容里的双引号要写两遍");
  if (long_cell_ != 0) {
    return CellError(record_, long_cell_,
                     "内容过长，上限为 " + std::to_string(limits_.max_cell_bytes) + " 字节");
  }
  if (cell_count_ > limits_.max_columns) {
    return RowError(record_, "共 " + std::to_string(cell_count_) + " 列，超过上限 " +
                                 std::to_string(limits_.max_columns) + " 列");
  }
  cells->swap(cells_);
  return OkStatus();
}

}  // namespace duijie::tabular
