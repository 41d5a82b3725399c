// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/admin_module.h"

#include <memory>

#include "common/auth/audit_log.h"
#include "common/auth/key_ring.h"
#include "common/log/log.h"
#include "common/storage/rocksdb_store.h"
#include "services/admin/admin_service.h"
#include "services/admin/bootstrap.h"

namespace duijie {
namespace {

// Everything the role owns; the closures that the app keeps share it.
struct Admin {
  Admin(std::unique_ptr<KvStore> opened, const Clock& clock)
      : store(std::move(opened)), keys(*store, clock) {}

  std::unique_ptr<KvStore> store;
  KeyRing keys;
  std::unique_ptr<AuditLog> audit;
};

// Keys and audit log are small and read rarely, so the store gets little memory.
constexpr size_t kCacheBytes = 4 * 1024 * 1024;
constexpr size_t kWriteBufferBytes = 4 * 1024 * 1024;

StatusOr<std::shared_ptr<Admin>> Open(rpc::App& app) {
  RocksDbOptions options;
  DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder("keys"));
  options.block_cache_bytes = kCacheBytes;
  options.write_buffer_bytes = kWriteBufferBytes;
  DUIJIE_ASSIGN_OR_RETURN(auto store, OpenRocksDb(options));
  auto admin = std::make_shared<Admin>(std::move(store), app.clock());
  DUIJIE_ASSIGN_OR_RETURN(admin->audit, AuditLog::Open(*admin->store, app.clock()));
  return admin;
}

Status Bootstrap(rpc::App& app, Admin& admin) {
  const std::string path = app.config().data.folder + "/" + kAdminKeyFile;
  DUIJIE_ASSIGN_OR_RETURN(const bool made, EnsureAdminKey(admin.keys, path));
  if (made) log::Warn("admin_key_written", {{"path", path}});
  return OkStatus();
}

rpc::App::KeyHooks HooksOf(std::shared_ptr<Admin> admin) {
  rpc::App::KeyHooks hooks;
  hooks.resolve = [admin](std::string_view presented) { return admin->keys.Resolve(presented); };
  hooks.audit = [admin](const Principal& who, std::string_view method, std::string_view record,
                        std::string_view outcome, std::string_view request_id) {
    v1::AuditEntry entry;
    entry.set_key_id(who.key_id());
    entry.set_method(std::string(method));
    entry.set_record(std::string(record));
    entry.set_outcome(std::string(outcome));
    entry.set_request_id(std::string(request_id));
    return admin->audit->Append(std::move(entry));
  };
  return hooks;
}

}  // namespace

Status BindAdmin(rpc::App& app) {
  DUIJIE_ASSIGN_OR_RETURN(auto admin, Open(app));
  DUIJIE_RETURN_IF_ERROR(Bootstrap(app, *admin));
  app.SetKeyHooks(HooksOf(admin));
  app.AddStore("keys", {[admin](const std::string& folder) { return admin->store->Backup(folder); },
                        [] { return std::map<std::string, int64_t>(); }});
  app.AddService(std::make_unique<AdminService>(app, admin->keys, *admin->audit));
  app.AddService(std::make_unique<KeyService>(app, admin->keys, *admin->audit));
  return OkStatus();
}

}  // namespace duijie
