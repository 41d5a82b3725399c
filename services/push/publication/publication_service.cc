// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publication_service.h"

#include "common/documents/scratch_file.h"
#include "common/rpc/chunk_sender.h"
#define METHOD(name) "duijie.v1.PublicationService/" name

namespace duijie::push {
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
  return ReadInChunks(file.path(), rpc::ChunkSender(call, writer));
}

}  // namespace duijie::push

#undef METHOD
