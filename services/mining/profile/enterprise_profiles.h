// SPDX-License-Identifier: GPL-3.0-or-later
// 一企一档: gathered when it is asked for, of records that the caller may see. Thread-safe.
#pragma once

#include <string>

#include "duijie/v1/profile_service.pb.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

inline constexpr int kMaxProfileNeeds = 200;
inline constexpr int kMaxProfilePushes = 200;
inline constexpr int kMaxProfileVisits = 100;

class EnterpriseProfiles {
 public:
  // `context` must outlive this.
  explicit EnterpriseProfiles(const VisitContext& context);

  // NOT_FOUND RECORD_NOT_FOUND unless the caller is an administrator, staff in scope of the enterprise's
  // park, or the enterprise.
  StatusOr<v1::GetEnterpriseProfileResponse> Get(const rpc::CallContext& call,
                                                 const v1::GetEnterpriseProfileRequest& request) const;
  StatusOr<v1::ExportEnterpriseProfileResponse> Render(
      const rpc::CallContext& call, const v1::ExportEnterpriseProfileRequest& request) const;

  // The whole pushes that the caller sees, latest first, at most kMaxProfilePushes.
  StatusOr<std::vector<v1::Push>> PushesTo(const rpc::CallContext& call, const std::string& enterprise) const;

 private:
  struct Asked {
    std::string name, as_of;
    int expiring_days = 0;
  };
  StatusOr<v1::EnterpriseProfile> Make(const rpc::CallContext& call, const Asked& asked) const;
  Status AddNeeds(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const;
  Status AddPushes(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const;
  Status AddVisits(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const;

  const VisitContext& context_;
  const ResourceTable<v1::NeedDiagnosis> diagnoses_;
};

}  // namespace duijie::mining
