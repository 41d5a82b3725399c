// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/exporter.h"

#include <algorithm>

#include "services/catalog/field_checks.h"
#include "services/catalog/record_table.h"

namespace duijie::catalog {
namespace {

// Collects bytes into chunks of the size the API promises.
class Chunks {
 public:
  explicit Chunks(const Exporter::Send& send) : send_(send) {}

  Status Add(std::string_view bytes) {
    while (!bytes.empty()) {
      const size_t room = kMaxExportChunkBytes - response_.chunk().size();
      response_.mutable_chunk()->append(bytes.substr(0, room));
      bytes.remove_prefix(std::min(room, bytes.size()));
      if (response_.chunk().size() == kMaxExportChunkBytes) DUIJIE_RETURN_IF_ERROR(Flush());
    }
    return OkStatus();
  }
  Status Flush() {
    response_.set_records_done(records_);
    DUIJIE_RETURN_IF_ERROR(send_(response_));
    response_.Clear();
    return OkStatus();
  }
  void CountRecord() { ++records_; }

 private:
  const Exporter::Send& send_;
  v1::ExportRecordsResponse response_;
  int64_t records_ = 0;
};

}  // namespace

Status Exporter::Run(const Principal& caller, const v1::ExportRecordsRequest& request,
                     const Send& send) const {
  Violations violations;
  CheckEnum("collection", request.collection(), v1::Collection_descriptor(), true, &violations);
  CheckEnum("format", request.format(), v1::TableFormat_descriptor(), false, &violations);
  if (!violations.empty()) return InvalidFields(violations);

  const UnixMicros now = parts_.clock.Now();
  Chunks chunks(send);
  const std::string temp_path = temp_folder_ + "/export-" + parts_.ids.NewId(now) + ".xlsx";
  DUIJIE_ASSIGN_OR_RETURN(auto table,
                          NewRecordTable(request.collection(), request.format(), temp_path, now,
                                         [&](std::string_view bytes) { return chunks.Add(bytes); }));
  const RecordReader reader(parts_);
  DUIJIE_RETURN_IF_ERROR(
      reader.ForEach(caller, request.collection(), request.filter(), [&](const AnyRecord& record) -> Status {
        chunks.CountRecord();
        return table->Write(record);
      }));
  DUIJIE_RETURN_IF_ERROR(table->Close());
  return chunks.Flush();
}

}  // namespace duijie::catalog
