// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/importer.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/text/encoding.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/import_pass.h"
#include "services/catalog/record_edit.h"
#include "services/catalog/record_writer.h"
#include "services/catalog/staged_import.h"

namespace duijie::catalog {
namespace {

// Good rows that wait for their commit.
struct Batch {
  std::vector<Mutation> mutations;
  size_t bytes = 0;

  void Add(RowPlan* plan) {
    for (Mutation& mutation : plan->mutations) mutations.push_back(std::move(mutation));
    bytes += plan->bytes;
  }
};

// One import on its way.
class Import {
 public:
  Import(CatalogParts parts, const Principal& caller, const v1::ImportHeader& header, const std::string& path,
         std::string_view first_bytes, const ImportHooks& hooks)
      : parts_(parts),
        caller_(caller),
        header_(header),
        path_(path),
        first_bytes_(first_bytes),
        hooks_(hooks) {}

  Status CheckOnly();
  Status SkipBad();
  Status AllOrNothing();

 private:
  // Opens the file and the planner anew; `rows` are then read with Next.
  Status Open();
  // The next rows; false when there were none left to read after them.
  StatusOr<bool> Next(std::vector<ReadRow>* rows);

  // One pass that only checks. Tells how much a second one would write.
  struct Extent {
    int64_t rows = 0;
    size_t bytes = 0;
  };
  StatusOr<Extent> Check(ImportReporter* reporter);
  Status StoreRows(const std::vector<ReadRow>& rows, ImportReporter* reporter, Revision* revision);
  // The second pass: `write` takes the batches. Any bad row is an error.
  Status StoreAll(size_t batch_rows, const std::function<Status(std::vector<Mutation>)>& write);
  Status StoreAsOneCommit(Revision* revision);
  Status StoreStaged(Revision* revision);

  CatalogParts parts_;
  const Principal& caller_;
  const v1::ImportHeader& header_;
  const std::string& path_;
  const std::string_view first_bytes_;
  const ImportHooks& hooks_;
  std::optional<TableBinding> binding_;
  std::unique_ptr<TableReader> reader_;
  std::optional<RowPlanner> planner_;
};

Status Import::Open() {
  DUIJIE_ASSIGN_OR_RETURN(TableBinding binding, TableBinding::Make(header_));
  DUIJIE_ASSIGN_OR_RETURN(reader_, OpenImport(header_, path_, first_bytes_));
  DUIJIE_RETURN_IF_ERROR(binding.CheckHeadings(reader_->header()));
  binding_.emplace(std::move(binding));
  planner_.emplace(parts_, caller_, header_, &*binding_);
  return OkStatus();
}

StatusOr<bool> Import::Next(std::vector<ReadRow>* rows) {
  DUIJIE_RETURN_IF_ERROR(hooks_.check_alive());
  return ReadRows(reader_.get(), kBatchRows, rows);
}

StatusOr<Import::Extent> Import::Check(ImportReporter* reporter) {
  DUIJIE_RETURN_IF_ERROR(Open());
  Extent extent;
  std::vector<ReadRow> rows;
  bool more = true;
  while (more) {
    DUIJIE_ASSIGN_OR_RETURN(more, Next(&rows));
    for (const ReadRow& row : rows) {
      DUIJIE_ASSIGN_OR_RETURN(RowPlan plan, PlanRow(&*planner_, row));
      extent.bytes += plan.bytes;
      DUIJIE_RETURN_IF_ERROR(reporter->Row(plan.report));
      ++extent.rows;
    }
  }
  return extent;
}

Status Import::CheckOnly() {
  ImportReporter reporter(hooks_);
  DUIJIE_RETURN_IF_ERROR(Check(&reporter).status());
  return reporter.Finish(false, 0, *binding_);
}

Status Import::StoreRows(const std::vector<ReadRow>& rows, ImportReporter* reporter, Revision* revision) {
  std::vector<v1::RowReport> reports;
  {
    const auto pass = parts_.gate.EnterAlone();
    Batch batch;
    auto flush = [&]() -> Status {
      if (batch.mutations.empty()) return OkStatus();
      auto written = parts_.log.Commit(std::move(batch.mutations));
      if (!written.ok()) return TranslateCommitError(written.status());
      *revision = *written;
      batch = Batch();
      return OkStatus();
    };
    for (const ReadRow& row : rows) {
      DUIJIE_ASSIGN_OR_RETURN(RowPlan plan, PlanRow(&*planner_, row));
      if (batch.bytes + plan.bytes > kMaxCommitBytes) DUIJIE_RETURN_IF_ERROR(flush());
      batch.Add(&plan);
      reports.push_back(std::move(plan.report));
    }
    DUIJIE_RETURN_IF_ERROR(flush());
  }
  for (const v1::RowReport& report : reports) DUIJIE_RETURN_IF_ERROR(reporter->Row(report));
  return OkStatus();
}

Status Import::SkipBad() {
  DUIJIE_RETURN_IF_ERROR(Open());
  ImportReporter reporter(hooks_);
  Revision revision = 0;
  std::vector<ReadRow> rows;
  bool more = true;
  while (more) {
    DUIJIE_ASSIGN_OR_RETURN(more, Next(&rows));
    DUIJIE_RETURN_IF_ERROR(StoreRows(rows, &reporter, &revision));
  }
  return reporter.Finish(revision != 0, revision, *binding_);
}

Status Import::StoreAll(size_t batch_rows, const std::function<Status(std::vector<Mutation>)>& write) {
  DUIJIE_RETURN_IF_ERROR(Open());
  std::vector<ReadRow> rows;
  Batch batch;
  size_t in_batch = 0;
  auto flush = [&]() -> Status {
    in_batch = 0;
    if (batch.mutations.empty()) return OkStatus();
    return write(std::exchange(batch, Batch()).mutations);
  };
  bool more = true;
  while (more) {
    DUIJIE_ASSIGN_OR_RETURN(more, Next(&rows));
    for (const ReadRow& row : rows) {
      DUIJIE_ASSIGN_OR_RETURN(RowPlan plan, PlanRow(&*planner_, row));
      if (plan.report.outcome() == v1::ROW_OUTCOME_REJECTED) {
        return Error(StatusCode::kAborted, "STALE_ETAG",
                     "records changed while the import was checked; try again",
                     {{"row", std::to_string(plan.report.row())}});
      }
      if (in_batch == batch_rows || batch.bytes + plan.bytes > kMaxCommitBytes)
        DUIJIE_RETURN_IF_ERROR(flush());
      batch.Add(&plan);
      ++in_batch;
    }
  }
  return flush();
}

Status Import::StoreAsOneCommit(Revision* revision) {
  std::vector<Mutation> all;
  DUIJIE_RETURN_IF_ERROR(StoreAll(kMaxSingleCommitRows, [&](std::vector<Mutation> mutations) {
    for (Mutation& mutation : mutations) all.push_back(std::move(mutation));
    return OkStatus();
  }));
  if (all.empty()) return OkStatus();
  auto written = parts_.log.Commit(std::move(all));
  if (!written.ok()) return TranslateCommitError(written.status());
  *revision = *written;
  return OkStatus();
}

Status Import::StoreStaged(Revision* revision) {
  DUIJIE_ASSIGN_OR_RETURN(StagedImport staged,
                          StagedImport::Begin(&parts_.log, parts_.ids.NewId(parts_.clock.Now())));
  const Status stored = StoreAll(kBatchRows, [&](std::vector<Mutation> mutations) {
    auto written = staged.Write(std::move(mutations));
    if (!written.ok()) return TranslateCommitError(written.status());
    *revision = *written;
    return OkStatus();
  });
  if (stored.ok()) return staged.Finish();
  *revision = 0;
  // If this fails too, the notes stay, and the next start undoes the import.
  DUIJIE_RETURN_IF_ERROR(staged.Undo().status());
  return stored;
}

Status Import::AllOrNothing() {
  ImportReporter reporter(hooks_);
  DUIJIE_ASSIGN_OR_RETURN(const Extent extent, Check(&reporter));
  if (reporter.summary().rejected() > 0) return reporter.Finish(false, 0, *binding_);
  if (extent.rows > kMaxAllOrNothingRows) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE",
                 "more than 200,000 rows: split the file, or import with SKIP_BAD");
  }
  Revision revision = 0;
  {
    const auto pass = parts_.gate.EnterAlone();
    const bool one_commit = extent.rows <= kMaxSingleCommitRows && extent.bytes <= kMaxCommitBytes;
    DUIJIE_RETURN_IF_ERROR(one_commit ? StoreAsOneCommit(&revision) : StoreStaged(&revision));
  }
  return reporter.Finish(revision != 0, revision, *binding_);
}

}  // namespace

Status Importer::CheckHeader(const Principal& caller, const v1::ImportHeader& header) const {
  Violations violations;
  CheckEnum("header.collection", header.collection(), v1::Collection_descriptor(), true, &violations);
  CheckEnum("header.format", header.format(), v1::TableFormat_descriptor(), false, &violations);
  CheckEnum("header.mode", header.mode(), v1::ImportMode_descriptor(), false, &violations);
  CheckEnum("header.default_tier", header.default_tier(), v1::ConfidentialityTier_descriptor(), false,
            &violations);
  CheckText("header.file_name", header.file_name(), {}, &violations);
  CheckText("header.sheet", header.sheet(), {}, &violations);
  if (!header.source_library().empty() && !IsValidSourceLibrary(header.source_library())) {
    violations.push_back(
        {"header.source_library", "INVALID_SOURCE_LIBRARY", "来源库代码应为 1 到 64 个 a-z、0-9、._- 字符"});
  }
  const v1::RecordState state = header.initial_state();
  if (state != v1::RECORD_STATE_UNSPECIFIED && state != v1::RECORD_STATE_DRAFT &&
      state != v1::RECORD_STATE_SUBMITTED && state != v1::RECORD_STATE_PUBLISHED) {
    violations.push_back({"header.initial_state", "UNKNOWN_VALUE", "应为草稿、已提交或已发布"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  const bool staff = caller.role() == v1::ROLE_ADMIN || caller.role() == v1::ROLE_STAFF;
  return state == v1::RECORD_STATE_PUBLISHED && !staff ? Forbidden() : OkStatus();
}

Status Importer::Run(const Principal& caller, const v1::ImportHeader& header, const std::string& path,
                     std::string_view first_bytes, const ImportHooks& hooks) {
  DUIJIE_RETURN_IF_ERROR(CheckHeader(caller, header));
  Import import(parts_, caller, header, path, first_bytes, hooks);
  if (header.dry_run()) return import.CheckOnly();
  return header.mode() == v1::IMPORT_MODE_SKIP_BAD ? import.SkipBad() : import.AllOrNothing();
}

}  // namespace duijie::catalog
