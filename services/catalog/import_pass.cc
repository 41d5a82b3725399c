// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/import_pass.h"

#include <cstdlib>
#include <utility>

#include "services/catalog/catalog_validation.h"

namespace duijie::catalog {
namespace {

ErrorMetadata PlaceOf(const Status& status) {
  ErrorMetadata place = MetadataOf(status);
  std::erase_if(place, [](const auto& entry) { return entry.first != "row" && entry.first != "column"; });
  return place;
}

}  // namespace

Status ImportReporter::Row(const v1::RowReport& report) {
  summary_.set_rows(summary_.rows() + 1);
  switch (report.outcome()) {
    case v1::ROW_OUTCOME_CREATED:
      summary_.set_created(summary_.created() + 1);
      break;
    case v1::ROW_OUTCOME_UPDATED:
      summary_.set_updated(summary_.updated() + 1);
      break;
    case v1::ROW_OUTCOME_UNCHANGED:
      summary_.set_unchanged(summary_.unchanged() + 1);
      break;
    default:
      summary_.set_rejected(summary_.rejected() + 1);
      *response_.add_reports() = report;
  }
  if (response_.reports_size() >= kMaxReportsPerResponse || summary_.rows() % kProgressRows == 0)
    return Send();
  return OkStatus();
}

Status ImportReporter::Send() {
  response_.set_rows_done(summary_.rows());
  DUIJIE_RETURN_IF_ERROR(hooks_.send(response_));
  response_.Clear();
  return OkStatus();
}

Status ImportReporter::Finish(bool committed, Revision revision, const TableBinding& binding) {
  summary_.set_committed(committed);
  summary_.set_revision(static_cast<int64_t>(revision));
  for (const std::string& heading : binding.ignored()) summary_.add_ignored_columns(heading);
  *response_.mutable_summary() = summary_;
  return Send();
}

Status TranslateTableError(const Status& status) {
  const std::string reason = ReasonOf(status);
  const std::string message(duijie::MessageOf(status));
  if (reason == "TABLE_TOO_LARGE")
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", message, PlaceOf(status));
  if (reason.rfind("TABLE_", 0) == 0) {
    return Error(StatusCode::kInvalidArgument, "INVALID_TABLE", message, PlaceOf(status));
  }
  return status;
}

StatusOr<std::unique_ptr<TableReader>> OpenImport(const v1::ImportHeader& header, const std::string& path,
                                                  std::string_view first_bytes) {
  TableFormat format = TableFormat::kCsv;
  switch (header.format()) {
    case v1::TABLE_FORMAT_CSV:
      break;
    case v1::TABLE_FORMAT_JSONL:
      format = TableFormat::kJsonl;
      break;
    case v1::TABLE_FORMAT_XLSX:
      format = TableFormat::kXlsx;
      break;
    default: {
      const auto guess = GuessFormat(header.file_name(), first_bytes);
      if (!guess.ok()) return TranslateTableError(guess.status());
      format = *guess;
    }
  }
  TableOptions options;
  options.sheet = header.sheet();
  TableLimits limits;
  limits.max_cell_bytes = kMaxRecordSize;
  auto reader = OpenTable(path, format, limits, options);
  if (!reader.ok()) return TranslateTableError(reader.status());
  return reader;
}

StatusOr<bool> ReadRows(TableReader* reader, size_t limit, std::vector<ReadRow>* rows) {
  rows->clear();
  while (rows->size() < limit) {
    rows->emplace_back();
    ReadRow& next = rows->back();
    const auto more = reader->Next(&next.row);
    if (more.ok() && *more) continue;
    if (more.ok()) {
      rows->pop_back();
      return false;
    }
    if (!IsRowError(more.status())) return TranslateTableError(more.status());
    next.error = more.status();
  }
  return true;
}

StatusOr<RowPlan> PlanRow(RowPlanner* planner, const ReadRow& row) {
  if (row.error.ok()) return planner->Plan(row.row);
  RowPlan plan;
  const int64_t number = std::atoll(MetadataOf(row.error)["row"].c_str());
  plan.report.set_row(number);
  plan.report.set_outcome(v1::ROW_OUTCOME_REJECTED);
  auto* problem = plan.report.add_problems();
  problem->set_row(number);
  problem->set_rule(ReasonOf(row.error));
  problem->set_message(std::string(duijie::MessageOf(row.error)));
  return plan;
}

}  // namespace duijie::catalog
