// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of achievements that belong together with a step of a resource here: both happen or neither.
//
//   1. one commit moves the resource into its state in between (SIGNING …) and stores the change;
//   2. the catalog is asked, for the caller, with the etag that the step was decided on and a request id of
//      its own, so that asking again is harmless;
//   3. one commit moves the resource on, or back if the catalog refused, and forgets the change.
//
// A crash or a silent catalog leaves the change stored; RunAll finishes it. After 24 hours the catalog
// forgets request ids; from then on a stale etag is taken as done if the achievement carries the values.
// Thread-safe: two threads may run one change, and one of them ends it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/resources/role_store.h"
#include "duijie/internal/v1/achievement_update.pb.h"
#include "services/push/achievements/achievement_reader.h"
#include "services/push/peers.h"

namespace duijie::push {

using internal::v1::AchievementUpdate;

class AchievementUpdates {
 public:
  // What step 3 writes: `refusal` is OK if the catalog was changed. Empty if the resource does not wait for
  // this change.
  using Finish =
      std::function<StatusOr<std::vector<Mutation>>(const AchievementUpdate& update, const Status& refusal)>;

  // `space`: side space of this kind of change. All references must outlive this.
  AchievementUpdates(RoleStore& store, const Peers& peers, std::string space, Finish finish)
      : store_(store), peers_(peers), reader_(peers), space_(std::move(space)), finish_(std::move(finish)) {}

  // The change as the caller asks for it. `values` holds the fields, `at_etag` is the achievement's version,
  // `seed` makes the request id unique and repeatable, e.g. name and etag of the resource.
  static AchievementUpdate Make(const std::string& resource, const Principal& caller, v1::Achievement values,
                                const std::vector<std::string>& fields, const std::string& at_etag,
                                const std::string& seed);

  // To commit with step 1.
  SideEntry Entry(const AchievementUpdate& update) const;

  // Steps 2 and 3. OK: done, or ended by somebody else. An error of the catalog that refuses: the resource
  // went back. Any other error (see IsPassing): the change stays stored.
  Status Run(const rpc::CallContext& call, const AchievementUpdate& update);

  // Runs every stored change for the caller it was made for; returns how many are left.
  StatusOr<size_t> RunAll();

  // Whether an error says nothing of whether the catalog did it, or may pass.
  static bool IsPassing(StatusCode code);

 private:
  Status Ask(const rpc::CallContext& call, const AchievementUpdate& update) const;
  StatusOr<bool> IsApplied(const rpc::CallContext& call, const AchievementUpdate& update) const;
  Status End(const AchievementUpdate& update, const Status& refusal);
  StatusOr<bool> IsStored(const AchievementUpdate& update) const;

  RoleStore& store_;
  const Peers& peers_;
  const AchievementReader reader_;
  const std::string space_;
  const Finish finish_;
};

// `target` gets these fields of `source` and nothing else changes. The fields must be fields of Achievement.
void CopyFields(const std::vector<std::string>& fields, const v1::Achievement& source,
                v1::Achievement* target);

// Whether the two agree in a field.
bool SameField(const std::string& field, const v1::Achievement& a, const v1::Achievement& b);

}  // namespace duijie::push
