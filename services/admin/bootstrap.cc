// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/bootstrap.h"

#include "common/auth/cluster_secret.h"

namespace duijie {

StatusOr<bool> EnsureAdminKey(KeyRing& keys, const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(const bool usable, keys.HasUsableAdmin());
  if (usable) return false;
  v1::ApiKey wanted;
  wanted.set_title("初始管理员（系统生成）");
  wanted.set_role(v1::ROLE_ADMIN);
  DUIJIE_ASSIGN_OR_RETURN(const KeyRing::Created created, keys.Prepare(wanted));
  DUIJIE_RETURN_IF_ERROR(WriteSecretFile(path, created.presented + "\n"));
  DUIJIE_RETURN_IF_ERROR(keys.Store(created));
  return true;
}

}  // namespace duijie
