// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of key enterprises. A list that is kept holds what it takes to work it out again: catalog
// revision, revision of the role's own records, the moment up to which answers to pushes count, and the
// model. Seen by administrators and staff whose scope covers its parks. Thread-safe.
#pragma once

#include <string>

#include "duijie/v1/profile_service.pb.h"
#include "services/mining/profile/key_enterprises.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

class KeySelections {
 public:
  // `context` must outlive this. `folder`: for workbooks while they are made.
  KeySelections(const VisitContext& context, std::string folder);

  StatusOr<v1::ListKeyEnterprisesResponse> Propose(const rpc::CallContext& call,
                                                   const v1::ListKeyEnterprisesRequest& request) const;
  StatusOr<v1::SelectKeyEnterprisesResponse> Keep(const rpc::CallContext& call,
                                                  const v1::SelectKeyEnterprisesRequest& request) const;
  StatusOr<v1::GetKeyEnterpriseSelectionResponse> Get(
      const rpc::CallContext& call, const v1::GetKeyEnterpriseSelectionRequest& request) const;
  StatusOr<v1::ListKeyEnterpriseSelectionsResponse> List(
      const rpc::CallContext& call, const v1::ListKeyEnterpriseSelectionsRequest& request) const;
  StatusOr<v1::ReplayKeyEnterpriseSelectionResponse> Replay(
      const rpc::CallContext& call, const v1::ReplayKeyEnterpriseSelectionRequest& request) const;
  StatusOr<v1::ExportKeyEnterpriseSelectionResponse> Export(
      const rpc::CallContext& call, const v1::ExportKeyEnterpriseSelectionRequest& request) const;

 private:
  // Fills defaults in and checks what was asked for.
  StatusOr<v1::KeyEnterpriseSelection> Asked(const rpc::CallContext& call,
                                             const v1::KeyEnterpriseSelection& input) const;
  // From the inputs that stand in it; catalog revision 0 = now.
  Status Work(const rpc::CallContext& call, v1::KeyEnterpriseSelection* selection) const;
  // The same as of now.
  Status WorkNow(const rpc::CallContext& call, v1::KeyEnterpriseSelection* selection) const;
  StatusOr<v1::KeyEnterpriseSelection> Visible(const rpc::CallContext& call, const std::string& name) const;

  const VisitContext& context_;
  const std::string folder_;
  const ResourceTable<v1::KeyEnterpriseSelection> table_;
};

}  // namespace duijie::mining
