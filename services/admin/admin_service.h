// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of the admin role: duijie.v1.AdminService for people, duijie.internal.v1.KeyService for other
// processes.
#pragma once

#include "common/auth/audit_log.h"
#include "common/auth/key_ring.h"
#include "common/auth/page_token.h"
#include "common/rpc/app.h"
#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "duijie/internal/v1/key_service.grpc.pb.h"
#include "duijie/internal/v1/store_service.grpc.pb.h"
#include "duijie/v1/admin_service.grpc.pb.h"
#include "services/admin/backups.h"

namespace duijie {

class AdminService final : public v1::AdminService::Service {
 public:
  // Everything must outlive the service.
  AdminService(rpc::App& app, KeyRing& keys, AuditLog& audit);

  grpc::Status CreateApiKey(grpc::ServerContext* context, const v1::CreateApiKeyRequest* request,
                            v1::CreateApiKeyResponse* response) override;
  grpc::Status ListApiKeys(grpc::ServerContext* context, const v1::ListApiKeysRequest* request,
                           v1::ListApiKeysResponse* response) override;
  grpc::Status RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest* request,
                            v1::RevokeApiKeyResponse* response) override;
  grpc::Status GetCaller(grpc::ServerContext* context, const v1::GetCallerRequest* request,
                         v1::GetCallerResponse* response) override;
  grpc::Status CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest* request,
                            v1::CreateBackupResponse* response) override;
  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::GetStatusResponse* response) override;
  grpc::Status ListAuditEntries(grpc::ServerContext* context, const v1::ListAuditEntriesRequest* request,
                                v1::ListAuditEntriesResponse* response) override;

 private:
  using Numbers = std::map<std::string, int64_t>;
  using StoreStub = rpc::LazyStub<internal::v1::StoreService>;

  StatusOr<v1::ListApiKeysResponse> ListKeys(const v1::ListApiKeysRequest& request) const;
  StatusOr<v1::CreateBackupResponse> Backup(const rpc::CallContext& call);
  StatusOr<v1::GetStatusResponse> Describe(const rpc::CallContext& call);
  StatusOr<v1::ListAuditEntriesResponse> ListAudit(const v1::ListAuditEntriesRequest& request) const;
  StatusOr<Numbers> NumbersOf(const rpc::CallContext& call, StoreStub& stub, const std::string& store);
  Backups::Source SourceOf(const std::string& store, StoreStub& stub);

  rpc::App& app_;
  KeyRing& keys_;
  AuditLog& audit_;
  const PageTokens tokens_;
  const UnixMicros started_;
  StoreStub catalog_store_;
  StoreStub matching_store_;
  StoreStub push_store_;
  StoreStub mining_store_;
  StoreStub admin_store_;
  rpc::LazyStub<internal::v1::CandidateService> candidates_;
  Backups backups_;
};

class KeyService final : public internal::v1::KeyService::Service {
 public:
  KeyService(rpc::App& app, KeyRing& keys, AuditLog& audit) : app_(app), keys_(keys), audit_(audit) {}

  grpc::Status ResolveKey(grpc::ServerContext* context, const internal::v1::ResolveKeyRequest* request,
                          internal::v1::ResolveKeyResponse* response) override;
  grpc::Status AppendAudit(grpc::ServerContext* context, const internal::v1::AppendAuditRequest* request,
                           internal::v1::AppendAuditResponse* response) override;

 private:
  rpc::App& app_;
  KeyRing& keys_;
  AuditLog& audit_;
};

}  // namespace duijie
