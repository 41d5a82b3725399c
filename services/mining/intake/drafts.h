// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts of needs: made from a note, changed by people, confirmed or rejected. A draft is for administrators
// and staff in scope of its park; confirming writes the need to the catalog for the caller. Every write is
// one commit; where the catalog is written too, each step may be repeated. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/resources/role_store.h"
#include "duijie/v1/intake_service.pb.h"
#include "services/mining/intake/note_reader.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

inline constexpr int kMaxTextsPerExtraction = 200;
inline constexpr int kMaxDraftChanges = 200;  // kept; older ones go
inline constexpr int kMaxDraftKeywords = 20;
inline constexpr int kMaxDraftTargets = 50;

class Drafts {
 public:
  Drafts(std::shared_ptr<MiningRole> role, std::shared_ptr<const NoteReader> reader);

  StatusOr<v1::CreateNeedDraftsResponse> Create(const rpc::CallContext& call,
                                                const v1::CreateNeedDraftsRequest& request) const;
  StatusOr<v1::GetNeedDraftResponse> Get(const rpc::CallContext& call,
                                         const v1::GetNeedDraftRequest& request) const;
  StatusOr<v1::ListNeedDraftsResponse> List(const rpc::CallContext& call,
                                            const v1::ListNeedDraftsRequest& request) const;
  StatusOr<v1::UpdateNeedDraftResponse> Update(const rpc::CallContext& call,
                                               const v1::UpdateNeedDraftRequest& request) const;
  StatusOr<v1::ConfirmNeedDraftResponse> Confirm(const rpc::CallContext& call,
                                                 const v1::ConfirmNeedDraftRequest& request) const;
  StatusOr<v1::RejectNeedDraftResponse> Reject(const rpc::CallContext& call,
                                               const v1::RejectNeedDraftRequest& request) const;
  StatusOr<v1::ExtractNotesResponse> Extract(const v1::ExtractNotesRequest& request) const;

  // The draft, if the caller sees it; NOT_FOUND else.
  StatusOr<v1::NeedDraft> Read(const rpc::CallContext& call, const std::string& name) const;

 private:
  RoleStore& store() const { return *role_->store; }
  StatusOr<std::vector<v1::NeedDraft>> DraftsOf(const std::string& note_id) const;
  StatusOr<v1::Need> MakeNeed(const rpc::CallContext& call, const v1::NeedDraft& draft, bool submit) const;
  StatusOr<v1::Need> JoinNeed(const rpc::CallContext& call, const v1::NeedDraft& draft,
                              const std::string& name) const;

  const std::shared_ptr<MiningRole> role_;
  const std::shared_ptr<const NoteReader> reader_;
  const ResourceTable<v1::NeedDraft> table_;
};

}  // namespace duijie::mining
