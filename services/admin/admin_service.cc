// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/admin_service.h"

#include <charconv>

#include "common/config/version.h"
#include "common/log/log.h"
#include "services/admin/page_size.h"
#include "services/admin/status_page.h"

namespace duijie {
namespace {

using internal::v1::BackupStoreRequest;
using internal::v1::GetStoreStatusRequest;
using rpc::CallContext;

constexpr PageSize kKeyPages{50, 200};
constexpr PageSize kAuditPages{50, 1000};
constexpr auto kBackupTimeout = std::chrono::hours(2);
constexpr auto kStatusTimeout = std::chrono::seconds(5);

constexpr char kRecordsStore[] = "records";
constexpr char kRunsStore[] = "runs";
constexpr char kLearningStore[] = "learning";
constexpr char kPushStore[] = "push";
constexpr char kMiningStore[] = "mining";
constexpr char kKeysStore[] = "keys";
constexpr char kKeyScope[] = "ListApiKeys";

std::string AuditScope(const v1::ListAuditEntriesRequest& request) {
  return "ListAuditEntries\n" + std::to_string(request.record().size()) + "\n" + request.record() +
         request.key_id();
}

StatusOr<uint64_t> ReadPosition(const std::string& text) {
  uint64_t position = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), position);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()) return position;
  return Error(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN", "page_token holds no position");
}

int64_t NumberOf(const google::protobuf::Map<std::string, int64_t>& numbers, const std::string& name) {
  const auto found = numbers.find(name);
  return found == numbers.end() ? 0 : found->second;
}

}  // namespace

AdminService::AdminService(rpc::App& app, KeyRing& keys, AuditLog& audit)
    : app_(app),
      keys_(keys),
      audit_(audit),
      tokens_(app.DerivedKey("page-tokens")),
      started_(app.clock().Now()),
      catalog_store_(app, "catalog"),
      matching_store_(app, "matching"),
      push_store_(app, "push"),
      mining_store_(app, "mining"),
      admin_store_(app, "admin"),
      candidates_(app, "search"),
      backups_(BackupFolder(app.config()),
               {SourceOf(kPushStore, push_store_), SourceOf(kMiningStore, mining_store_),
                SourceOf(kRunsStore, matching_store_), SourceOf(kLearningStore, matching_store_),
                SourceOf(kRecordsStore, catalog_store_), SourceOf(kKeysStore, admin_store_)},
               app.clock()) {}

grpc::Status AdminService::CreateApiKey(grpc::ServerContext* context, const v1::CreateApiKeyRequest* request,
                                        v1::CreateApiKeyResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/CreateApiKey", response,
                           [&](CallContext& call) -> StatusOr<v1::CreateApiKeyResponse> {
                             DUIJIE_ASSIGN_OR_RETURN(auto created, keys_.Create(request->api_key()));
                             call.set_audit_record("apiKeys/" + created.api_key.key_id());
                             v1::CreateApiKeyResponse answer;
                             *answer.mutable_api_key() = std::move(created.api_key);
                             answer.set_secret(std::move(created.presented));
                             return answer;
                           });
}

grpc::Status AdminService::ListApiKeys(grpc::ServerContext* context, const v1::ListApiKeysRequest* request,
                                       v1::ListApiKeysResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/ListApiKeys", response,
                           [&](CallContext&) { return ListKeys(*request); });
}

grpc::Status AdminService::RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest* request,
                                        v1::RevokeApiKeyResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/RevokeApiKey", response,
                           [&](CallContext& call) -> StatusOr<v1::RevokeApiKeyResponse> {
                             call.set_audit_record("apiKeys/" + request->key_id());
                             v1::RevokeApiKeyResponse answer;
                             DUIJIE_ASSIGN_OR_RETURN(*answer.mutable_api_key(),
                                                     keys_.Revoke(request->key_id()));
                             return answer;
                           });
}

grpc::Status AdminService::GetCaller(grpc::ServerContext* context, const v1::GetCallerRequest*,
                                     v1::GetCallerResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/GetCaller", response,
                           [&](CallContext& call) -> StatusOr<v1::GetCallerResponse> {
                             v1::GetCallerResponse answer;
                             DUIJIE_ASSIGN_OR_RETURN(*answer.mutable_api_key(),
                                                     keys_.Get(call.principal().key_id()));
                             return answer;
                           });
}

grpc::Status AdminService::CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest*,
                                        v1::CreateBackupResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/CreateBackup", response, [&](CallContext& call) {
    auto answer = Backup(call);
    if (answer.ok()) call.set_audit_record("backups/" + answer->backup_id());
    return answer;
  });
}

grpc::Status AdminService::GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest*,
                                     v1::GetStatusResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/GetStatus", response,
                           [&](CallContext& call) { return Describe(call); });
}

grpc::Status AdminService::ListAuditEntries(grpc::ServerContext* context,
                                            const v1::ListAuditEntriesRequest* request,
                                            v1::ListAuditEntriesResponse* response) {
  return app_.edge().Unary(context, "duijie.v1.AdminService/ListAuditEntries", response,
                           [&](CallContext&) { return ListAudit(*request); });
}

StatusOr<v1::ListApiKeysResponse> AdminService::ListKeys(const v1::ListApiKeysRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const int size, kKeyPages.Read(request.page_size()));
  std::string after;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(after, tokens_.Open(kKeyScope, request.page_token()));
  }
  DUIJIE_ASSIGN_OR_RETURN(auto page, keys_.List(after, size));
  v1::ListApiKeysResponse response;
  if (page.more) response.set_next_page_token(tokens_.Make(kKeyScope, page.keys.back().key_id()));
  for (auto& key : page.keys) *response.add_api_keys() = std::move(key);
  return response;
}

StatusOr<v1::ListAuditEntriesResponse> AdminService::ListAudit(
    const v1::ListAuditEntriesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const int size, kAuditPages.Read(request.page_size()));
  const std::string scope = AuditScope(request);
  uint64_t before = 0;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string position, tokens_.Open(scope, request.page_token()));
    DUIJIE_ASSIGN_OR_RETURN(before, ReadPosition(position));
  }
  DUIJIE_ASSIGN_OR_RETURN(auto page, audit_.List({request.record(), request.key_id()}, before, size));
  v1::ListAuditEntriesResponse response;
  if (page.next_before > 0)
    response.set_next_page_token(tokens_.Make(scope, std::to_string(page.next_before)));
  for (auto& entry : page.entries) *response.add_entries() = std::move(entry);
  return response;
}

StatusOr<v1::CreateBackupResponse> AdminService::Backup(const CallContext& call) {
  DUIJIE_ASSIGN_OR_RETURN(const Numbers records, NumbersOf(call, catalog_store_, kRecordsStore));
  const auto revision = records.find(kRevisionNumber);
  DUIJIE_ASSIGN_OR_RETURN(const BackupManifest manifest,
                          backups_.Create(revision == records.end() ? 0 : revision->second));
  log::Info("backup_done", {{"backup_id", manifest.backup_id}, {"bytes", manifest.bytes}});
  v1::CreateBackupResponse response;
  response.set_backup_id(manifest.backup_id);
  response.set_revision(manifest.revision);
  response.set_bytes(manifest.bytes);
  return response;
}

// A role that does not answer is named, so that the page shows what works when something does not.
StatusOr<v1::GetStatusResponse> AdminService::Describe(const CallContext& call) {
  v1::GetStatusResponse response;
  const auto or_unreachable = [&](auto result, const char* role) {
    if (result.ok()) return *std::move(result);
    log::Warn("role_unreachable",
              {{"role", role}, {"request_id", call.request_id()}, {"error", result.status()}});
    response.add_unreachable_roles(role);
    return std::decay_t<decltype(*result)>();
  };
  const Numbers records = or_unreachable(NumbersOf(call, catalog_store_, kRecordsStore), "catalog");
  const Numbers runs = or_unreachable(NumbersOf(call, matching_store_, kRunsStore), "matching");
  const auto indexes = or_unreachable(
      rpc::Call(app_, call, candidates_.get(), &internal::v1::CandidateService::Stub::GetIndexStatus,
                internal::v1::GetIndexStatusRequest(), kStatusTimeout),
      "search");
  FillCollections(records, indexes, &response);
  response.set_version(std::string(Version()));
  for (const auto& role : RolesToRun(app_.config())) response.add_roles(role);
  if (const auto active = runs.find(kActiveRunsNumber); active != runs.end())
    response.set_active_runs(active->second);
  response.set_uptime_seconds((app_.clock().Now() - started_) / kMicrosPerSecond);
  return response;
}

StatusOr<AdminService::Numbers> AdminService::NumbersOf(const CallContext& call, StoreStub& stub,
                                                        const std::string& store) {
  GetStoreStatusRequest request;
  request.set_store(store);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          rpc::Call(app_, call, stub.get(), &internal::v1::StoreService::Stub::GetStoreStatus,
                                    request, kStatusTimeout));
  return Numbers(response.numbers().begin(), response.numbers().end());
}

Backups::Source AdminService::SourceOf(const std::string& store, StoreStub& stub) {
  const auto write = [this, store, &stub](const std::string& id) -> StatusOr<Backups::Written> {
    BackupStoreRequest request;
    request.set_store(store);
    request.set_backup_id(id);
    // Not the client's deadline: half a backup is of no use to anybody.
    DUIJIE_ASSIGN_OR_RETURN(
        const auto response,
        rpc::Call(app_, CallContext::ForSystem(kBackupTimeout), stub.get(),
                  &internal::v1::StoreService::Stub::BackupStore, request, kBackupTimeout));
    return Backups::Written{response.bytes(), NumberOf(response.numbers(), kRevisionNumber)};
  };
  return {store, write};
}

grpc::Status KeyService::ResolveKey(grpc::ServerContext* context,
                                    const internal::v1::ResolveKeyRequest* request,
                                    internal::v1::ResolveKeyResponse* response) {
  return app_.edge().Unary(context, "duijie.internal.v1.KeyService/ResolveKey", response,
                           [&](CallContext&) -> StatusOr<internal::v1::ResolveKeyResponse> {
                             internal::v1::ResolveKeyResponse answer;
                             DUIJIE_ASSIGN_OR_RETURN(*answer.mutable_principal(),
                                                     keys_.Resolve(request->presented()));
                             return answer;
                           });
}

grpc::Status KeyService::AppendAudit(grpc::ServerContext* context,
                                     const internal::v1::AppendAuditRequest* request,
                                     internal::v1::AppendAuditResponse*) {
  return app_.edge().Run(context, "duijie.internal.v1.KeyService/AppendAudit", [&](CallContext&) {
    v1::AuditEntry entry;
    entry.set_key_id(request->key_id());
    entry.set_method(request->method());
    entry.set_record(request->record());
    entry.set_outcome(request->outcome());
    entry.set_request_id(request->request_id());
    return audit_.Append(std::move(entry));
  });
}

}  // namespace duijie
