// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/headed_reader.h"

namespace duijie::tabular {

Status HeadedReader::ReadHeading() {
  const StatusOr<bool> more = NextFilledCells();
  if (IsRowError(more.status())) {
    return Error(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID", MessageOf(more.status()),
                 MetadataOf(more.status()));
  }
  DUIJIE_RETURN_IF_ERROR(more.status());
  if (!*more) return NoHeading();
  DUIJIE_ASSIGN_OR_RETURN(header_, TableHeader::Make(number(), cells_, limits_));
  return OkStatus();
}

StatusOr<bool> HeadedReader::Next(Row* row) {
  if (!final_.ok()) return final_;
  const StatusOr<bool> more = NextFilledCells();
  if (more.ok() && !*more) return false;
  if (!more.ok() && !IsRowError(more.status())) return final_ = more.status();
  final_ = CheckRowCount(++rows_, limits_);
  if (!final_.ok()) return final_;
  DUIJIE_RETURN_IF_ERROR(more.status());
  DUIJIE_RETURN_IF_ERROR(header_.Fill(number(), cells_, row));
  return true;
}

StatusOr<bool> HeadedReader::NextFilledCells() {
  do {
    DUIJIE_ASSIGN_OR_RETURN(const bool more, NextCells(&cells_));
    if (!more) return false;
  } while (AreBlank(cells_));
  return true;
}

}  // namespace duijie::tabular
