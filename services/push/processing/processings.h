// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of secondary processing: writing, submitting, returning, reading, comparing. Signing and
// reverting are in processing_signing.h. A processing is visible to whom its achievement is fully visible; to
// anybody else it does not exist. Thread-safe.
#pragma once

#include "common/taxonomy/taxonomy.h"
#include "services/push/achievements/achievement_reader.h"
#include "services/push/processing/processing_signing.h"
#include "services/push/processing/processing_table.h"

namespace duijie::push {

class Processings {
 public:
  // All must outlive this. `industries` is GB/T 4754.
  struct Dependencies {
    RoleStore& store;
    const Peers& peers;
    const Taxonomy& industries;
  };
  explicit Processings(Dependencies d)
      : d_(d), table_(d.store), reader_(d.peers), signing_(d.store, d.peers, table_) {}

  StatusOr<v1::CreateProcessingResponse> Create(const rpc::CallContext& call,
                                                const v1::CreateProcessingRequest& request) const;
  StatusOr<v1::GetProcessingResponse> Get(const rpc::CallContext& call,
                                          const v1::GetProcessingRequest& request) const;
  StatusOr<v1::ListProcessingsResponse> List(const rpc::CallContext& call,
                                             const v1::ListProcessingsRequest& request) const;
  StatusOr<v1::UpdateProcessingResponse> Update(const rpc::CallContext& call,
                                                const v1::UpdateProcessingRequest& request) const;
  StatusOr<v1::SubmitProcessingResponse> Submit(const rpc::CallContext& call,
                                                const v1::SubmitProcessingRequest& request) const;
  StatusOr<v1::ReturnProcessingResponse> Return(const rpc::CallContext& call,
                                                const v1::ReturnProcessingRequest& request) const;
  StatusOr<v1::SignProcessingResponse> Sign(const rpc::CallContext& call,
                                            const v1::SignProcessingRequest& request);
  StatusOr<v1::RevertProcessingResponse> Revert(const rpc::CallContext& call,
                                                const v1::RevertProcessingRequest& request);
  StatusOr<v1::DiffProcessingResponse> Diff(const rpc::CallContext& call,
                                            const v1::DiffProcessingRequest& request) const;
  StatusOr<v1::ExportProcessingResponse> Export(const rpc::CallContext& call,
                                                const v1::ExportProcessingRequest& request) const;

  // Goes on with signings and revertings that wait for the catalog; how many still wait.
  StatusOr<size_t> GoOn() { return signing_.GoOn(); }

 private:
  // As stored, if the caller may see it; with the etag checked.
  StatusOr<v1::Processing> Visible(const rpc::CallContext& call, const std::string& name,
                                   const std::string& etag = "") const;
  // Reads title, version and the raw values of the fields from the catalog.
  Status RefreshRaw(const rpc::CallContext& call, v1::Processing* processing) const;
  StatusOr<v1::Processing> Stored(const v1::Processing& processing) const {
    return table_.rows().Get(processing.name());
  }

  const Dependencies d_;
  const ProcessingTable table_;
  const AchievementReader reader_;
  ProcessingSigning signing_;
};

// What DiffProcessing answers. Pure.
std::vector<v1::FieldDiff> DiffsOf(const v1::Processing& processing);

}  // namespace duijie::push
