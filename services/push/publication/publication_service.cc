// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publication_service.h"

#include <atomic>
#include <filesystem>
#include <fstream>

#define METHOD(name) "duijie.v1.PublicationService/" name

namespace duijie::push {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

// A file of the export folder that disappears with the export, however it ends.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& folder) {
    static std::atomic<uint64_t> next{0};
    path_ = folder + "/catalogue-" + std::to_string(next++);
  }
  ~ScratchFile() {
    std::error_code ignored;  // what stays is removed at the next start
    std::filesystem::remove(path_, ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Status ReadFailed() {
  return Error(StatusCode::kInternal, "DOCUMENT_FAILED", "the catalogue could not be read back");
}

}  // namespace

grpc::Status PublicationServiceImpl::CreatePublication(grpc::ServerContext* context,
                                                       const v1::CreatePublicationRequest* request,
                                                       v1::CreatePublicationResponse* response) {
  return edge_.Unary(context, METHOD("CreatePublication"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->publication().achievement());
    auto created = publications_->Create(call, *request);
    if (created.ok()) call.set_audit_record(created->publication().name());
    return created;
  });
}

grpc::Status PublicationServiceImpl::GetPublication(grpc::ServerContext* context,
                                                    const v1::GetPublicationRequest* request,
                                                    v1::GetPublicationResponse* response) {
  return edge_.Unary(context, METHOD("GetPublication"), response,
                     [&](rpc::CallContext& call) { return publications_->Get(call, *request); });
}

grpc::Status PublicationServiceImpl::ListPublications(grpc::ServerContext* context,
                                                      const v1::ListPublicationsRequest* request,
                                                      v1::ListPublicationsResponse* response) {
  return edge_.Unary(context, METHOD("ListPublications"), response,
                     [&](rpc::CallContext& call) { return publications_->List(call, *request); });
}

grpc::Status PublicationServiceImpl::WithdrawPublication(grpc::ServerContext* context,
                                                         const v1::WithdrawPublicationRequest* request,
                                                         v1::WithdrawPublicationResponse* response) {
  return edge_.Unary(context, METHOD("WithdrawPublication"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return publications_->Withdraw(call, *request);
  });
}

grpc::Status PublicationServiceImpl::GetPublicationProgress(grpc::ServerContext* context,
                                                            const v1::GetPublicationProgressRequest* request,
                                                            v1::GetPublicationProgressResponse* response) {
  return edge_.Unary(context, METHOD("GetPublicationProgress"), response,
                     [&](rpc::CallContext& call) { return publications_->GetProgress(call, *request); });
}

grpc::Status PublicationServiceImpl::ExportCatalogue(
    grpc::ServerContext* context, const v1::ExportCatalogueRequest* request,
    grpc::ServerWriter<v1::ExportCatalogueResponse>* writer) {
  return edge_.Run(context, METHOD("ExportCatalogue"),
                   [&](rpc::CallContext& call) { return Export(call, *request, writer); });
}

Status PublicationServiceImpl::Export(const rpc::CallContext& call, const v1::ExportCatalogueRequest& request,
                                      grpc::ServerWriter<v1::ExportCatalogueResponse>* writer) const {
  const ScratchFile file(export_folder_);
  DUIJIE_RETURN_IF_ERROR(publications_->WriteCatalogue(call, request, file.path(), export_folder_));
  std::ifstream in(file.path(), std::ios::binary);
  if (!in) return ReadFailed();
  std::string chunk(kChunkBytes, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    v1::ExportCatalogueResponse response;
    response.set_chunk(chunk.data(), static_cast<size_t>(in.gcount()));
    if (!writer->Write(response)) return call.CheckAlive();
  }
  return in.eof() ? OkStatus() : ReadFailed();
}

}  // namespace duijie::push

#undef METHOD
