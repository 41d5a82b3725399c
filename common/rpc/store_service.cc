// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/store_service.h"

#include <algorithm>
#include <filesystem>

#include "common/storage/data_folder.h"
#include "duijie/internal/v1/store_service.grpc.pb.h"

namespace duijie::rpc {
namespace {

namespace fs = std::filesystem;
using internal::v1::BackupStoreRequest;
using internal::v1::BackupStoreResponse;
using internal::v1::GetStoreStatusRequest;
using internal::v1::GetStoreStatusResponse;

constexpr size_t kMaxIdChars = 64;

bool IsBackupId(const std::string& id) {
  return !id.empty() && id.size() <= kMaxIdChars && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

StatusOr<int64_t> BytesBelow(const fs::path& folder) {
  int64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error) && !error) bytes += static_cast<int64_t>(it->file_size(error));
  }
  if (error) return FolderError(error.value(), folder.string());
  return bytes;
}

class StoreService final : public internal::v1::StoreService::Service {
 public:
  StoreService(App& app, const std::map<std::string, App::StoreHooks>& stores, std::string backup_folder)
      : app_(app), stores_(stores), backup_folder_(std::move(backup_folder)) {}

  grpc::Status BackupStore(grpc::ServerContext* context, const BackupStoreRequest* request,
                           BackupStoreResponse* response) override {
    return app_.edge().Unary(context, "duijie.internal.v1.StoreService/BackupStore", response,
                             [&](CallContext&) { return Backup(*request); });
  }

  grpc::Status GetStoreStatus(grpc::ServerContext* context, const GetStoreStatusRequest* request,
                              GetStoreStatusResponse* response) override {
    return app_.edge().Unary(context, "duijie.internal.v1.StoreService/GetStoreStatus", response,
                             [&](CallContext&) { return GetStatus(*request); });
  }

 private:
  StatusOr<const App::StoreHooks*> Find(const std::string& name) const {
    const auto found = stores_.find(name);
    if (found != stores_.end()) return &found->second;
    return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no store \"" + name + "\" in this process");
  }

  StatusOr<GetStoreStatusResponse> GetStatus(const GetStoreStatusRequest& request) const {
    DUIJIE_ASSIGN_OR_RETURN(const App::StoreHooks* hooks, Find(request.store()));
    GetStoreStatusResponse response;
    for (const auto& [name, number] : hooks->numbers()) (*response.mutable_numbers())[name] = number;
    return response;
  }

  StatusOr<BackupStoreResponse> Backup(const BackupStoreRequest& request) const {
    DUIJIE_ASSIGN_OR_RETURN(const App::StoreHooks* hooks, Find(request.store()));
    if (!IsBackupId(request.backup_id())) {
      return InvalidField("backup_id", "FORMAT", "备份编号只能含字母、数字和连字符，最多 64 个字符");
    }
    const fs::path folder = fs::path(backup_folder_) / request.backup_id();
    const fs::path final_path = folder / request.store();
    const fs::path partial = folder / (request.store() + ".partial");
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return FolderError(error.value(), folder.string());
    fs::remove_all(partial, error);
    if (fs::exists(final_path, error)) {
      return Error(StatusCode::kAlreadyExists, "RECORD_EXISTS", "that backup exists already");
    }
    BackupStoreResponse response;
    for (const auto& [name, number] : hooks->numbers()) (*response.mutable_numbers())[name] = number;
    const Status written = hooks->backup(partial.string());
    if (!written.ok()) {
      fs::remove_all(partial, error);
      return written;
    }
    fs::rename(partial, final_path, error);
    if (error) return FolderError(error.value(), folder.string());
    DUIJIE_ASSIGN_OR_RETURN(const int64_t bytes, BytesBelow(final_path));
    response.set_bytes(bytes);
    return response;
  }

  App& app_;
  const std::map<std::string, App::StoreHooks>& stores_;
  const std::string backup_folder_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewStoreService(App& app, const std::map<std::string, App::StoreHooks>& stores,
                                               std::string backup_folder) {
  return std::make_unique<StoreService>(app, stores, std::move(backup_folder));
}

}  // namespace duijie::rpc
