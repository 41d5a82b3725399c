// SPDX-License-Identifier: GPL-3.0-or-later
// Diagnoses of needs: assessing, reading, and their papers. A diagnosis is visible to who sees its need in
// full. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/resources/role_store.h"
#include "duijie/v1/diagnosis_service.pb.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

inline constexpr std::string_view kDiagnoses = "needDiagnoses";  // collection; ids are those of needs
inline constexpr int kMaxVerdictChanges = 100;                   // kept; older ones go
inline constexpr size_t kMaxSummaryNeeds = 5'000;
inline constexpr int64_t kMaxSummaryBytes = 3LL << 20;

class Diagnoses {
 public:
  // `temp_folder`: for workbooks while they are made.
  Diagnoses(std::shared_ptr<MiningRole> role, std::string temp_folder);

  // The catalog's step comes first and may be repeated; then the verdict is stored.
  StatusOr<v1::AssessNeedResponse> Assess(const rpc::CallContext& call,
                                          const v1::AssessNeedRequest& request) const;
  StatusOr<v1::GetNeedDiagnosisResponse> Get(const rpc::CallContext& call,
                                             const v1::GetNeedDiagnosisRequest& request) const;
  StatusOr<v1::ListNeedDiagnosesResponse> List(const rpc::CallContext& call,
                                               const v1::ListNeedDiagnosesRequest& request) const;
  StatusOr<v1::ExportNeedDiagnosisResponse> Render(const rpc::CallContext& call,
                                                   const v1::ExportNeedDiagnosisRequest& request) const;
  StatusOr<v1::ExportNeedSummaryResponse> Summarize(const rpc::CallContext& call,
                                                    const v1::ExportNeedSummaryRequest& request) const;

 private:
  RoleStore& store() const { return *role_->store; }
  // That of the need as it is stored; without verdict if there is none.
  StatusOr<v1::NeedDiagnosis> Known(const v1::Need& need) const;
  StatusOr<v1::RecordState> FollowVerdict(const rpc::CallContext& call, const v1::Need& need,
                                          const v1::AssessNeedRequest& request) const;

  const std::shared_ptr<MiningRole> role_;
  const std::string temp_folder_;
  const ResourceTable<v1::NeedDiagnosis> table_;
};

}  // namespace duijie::mining
