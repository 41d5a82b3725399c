// SPDX-License-Identifier: GPL-3.0-or-later
// An import of many batches that is stored as a whole or not at all, also across a crash.
//
// The log limits one commit, so a large import is several. Before the first, an entry in kImportSpace notes
// the revision at which the import began; every batch notes in its own commit which records it wrote; the
// last step deletes the notes. If notes are found at start-up, or the import fails half-way, the records
// named are put back to what they were at that revision. While it runs, no other write may happen
// (WriteGate); readers may see a part of it.
//
// Notes, in the grammar of key_codec.h: batch 0 holds u64 revision; batch n holds {str collection, str id}*.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/storage/record_log.h"

namespace duijie::catalog {

class StagedImport {
 public:
  // `id` is unique among imports.
  static StatusOr<StagedImport> Begin(RecordLog* log, std::string id);

  StatusOr<Revision> Write(std::vector<Mutation> mutations);

  // All batches stand.
  Status Finish();
  // None does. Returns how many records were put back.
  StatusOr<size_t> Undo();

  // Undoes every import that a crash cut off; returns how many there were.
  static StatusOr<size_t> RecoverAll(RecordLog* log);

 private:
  StagedImport(RecordLog* log, std::string id, Revision start)
      : log_(log), id_(std::move(id)), start_(start) {}
  Status UndoBatch(uint64_t batch, size_t* restored);
  Status Restore(const std::string& collection, const std::string& id,
                 std::vector<Mutation>* mutations) const;

  RecordLog* log_;
  std::string id_;
  Revision start_;
  uint64_t batches_ = 0;
};

}  // namespace duijie::catalog
