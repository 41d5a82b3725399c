// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of latent needs: guesses are made, put to the enterprise, confirmed or rejected. They live in
// a collection of their own that nothing else reads. Titles of public needs are not stored but read when a
// guess is shown, so that a need that is no longer public is no longer quoted. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "duijie/v1/profile_service.pb.h"
#include "services/mining/intake/drafts.h"
#include "services/mining/profile/enterprise_profiles.h"
#include "services/mining/profile/latent_guesses.h"

namespace duijie::mining {

class LatentNeeds {
 public:
  // `context` and `profiles` must outlive this.
  LatentNeeds(const VisitContext& context, const EnterpriseProfiles& profiles,
              std::shared_ptr<const NoteReader> reader);

  StatusOr<v1::ProposeLatentNeedsResponse> Propose(const rpc::CallContext& call,
                                                   const v1::ProposeLatentNeedsRequest& request) const;
  StatusOr<v1::GetLatentNeedResponse> Get(const rpc::CallContext& call,
                                          const v1::GetLatentNeedRequest& request) const;
  StatusOr<v1::ListLatentNeedsResponse> List(const rpc::CallContext& call,
                                             const v1::ListLatentNeedsRequest& request) const;
  // ILLEGAL_TRANSITION, FORBIDDEN, field violations, and the errors of Drafts::Create for a note.
  StatusOr<v1::TransitionLatentNeedResponse> Transition(const rpc::CallContext& call,
                                                        const v1::TransitionLatentNeedRequest& request) const;

 private:
  using Answers = google::protobuf::RepeatedPtrField<v1::LatentNeed>;

  RoleStore& store() const { return context_.store(); }
  StatusOr<GuessInput> Gather(const rpc::CallContext& call, const std::string& enterprise,
                              int64_t* revision) const;
  v1::LatentNeed NewOf(const rpc::CallContext& call, const GuessInput& input, int64_t revision,
                       const Guess& guess) const;
  // The mutations that make stored guesses say what is guessed now.
  StatusOr<std::vector<Mutation>> Changes(const std::vector<v1::LatentNeed>& guessed, int* created) const;
  Status Confirm(const rpc::CallContext& call, const v1::TransitionLatentNeedRequest& request,
                 v1::LatentNeed* latent) const;
  StatusOr<v1::LatentNeed> Visible(const rpc::CallContext& call, const std::string& name) const;
  // What the caller is shown of guesses that it may see.
  Status Show(const rpc::CallContext& call, std::vector<v1::LatentNeed> latent, Answers* answers) const;
  StatusOr<v1::LatentNeed> Shown(const rpc::CallContext& call, v1::LatentNeed latent) const;

  const VisitContext& context_;
  const EnterpriseProfiles& profiles_;
  const std::shared_ptr<const NoteReader> reader_;
  const Drafts drafts_;
  const ResourceTable<v1::LatentNeed> table_;
};

}  // namespace duijie::mining
