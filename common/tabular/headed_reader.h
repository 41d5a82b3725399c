// SPDX-License-Identifier: GPL-3.0-or-later
// What CSV and xlsx have in common: the first row with something in it is the heading, blank rows are
// skipped.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_header.h"
#include "common/tabular/table_reader.h"

namespace duijie::tabular {

class HeadedReader : public TableReader {
 public:
  explicit HeadedReader(const TableLimits& limits) : limits_(limits) {}

  // To be called once, first. Any problem of the heading row is an error of the whole file.
  Status ReadHeading();

  const std::vector<std::string>& header() const final { return header_.names(); }
  StatusOr<bool> Next(Row* row) final;

 protected:
  const TableLimits& limits() const { return limits_; }

 private:
  // Cells by column of the next record; false at the end. After a row error the next call goes on.
  virtual StatusOr<bool> NextCells(std::vector<std::string>* cells) = 0;
  // Number of that record, 1-based.
  virtual size_t number() const = 0;

  StatusOr<bool> NextFilledCells();

  const TableLimits limits_;
  TableHeader header_;
  std::vector<std::string> cells_;
  size_t rows_ = 0;
  Status final_;
};

}  // namespace duijie::tabular
