// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/catalog_service.h"

#include <utility>
#include <vector>

#include "duijie/v1/catalog_service.grpc.pb.h"
#include "services/catalog/contact_book.h"
#include "services/catalog/exporter.h"
#include "services/catalog/import_template.h"
#include "services/catalog/importer.h"
#include "services/catalog/resource_edge.h"
#include "services/catalog/spool_file.h"

namespace duijie::catalog {
namespace {

using grpc::ServerContext;

Status CallerGone() { return Error(StatusCode::kCancelled, "CALLER_GONE", "the caller went away"); }

class CatalogService final : public v1::CatalogService::Service {
 public:
  CatalogService(CatalogParts parts, RecordWriter& writer, rpc::Edge& edge, PageTokens tokens,
                 std::string spool_folder)
      : parts_(parts),
        edge_(edge),
        tokens_(std::move(tokens)),
        spool_folder_(std::move(spool_folder)),
        reader_(parts),
        contacts_(parts, writer.requests()),
        importer_(parts),
        exporter_(parts, spool_folder_),
        achievements_(reader_, writer, tokens_),
        enterprises_(reader_, writer, tokens_),
        needs_(reader_, writer, tokens_),
        experts_(reader_, writer, tokens_) {}

// One override per method of a resource; the body is ResourceEdge's.
#define DUIJIE_METHOD(Method, Name, resource)                                                    \
  grpc::Status Method##Name(ServerContext* context, const v1::Method##Name##Request* request,    \
                            v1::Method##Name##Response* response) override {                     \
    return edge_.Unary(context, "duijie.v1.CatalogService/" #Method #Name, response,             \
                       [&](rpc::CallContext& call) { return resource.Method(call, *request); }); \
  }
#define DUIJIE_RESOURCE(Record, Plural, resource) \
  DUIJIE_METHOD(Get, Record, resource)            \
  DUIJIE_METHOD(BatchGet, Plural, resource)       \
  DUIJIE_METHOD(List, Plural, resource)           \
  DUIJIE_METHOD(Create, Record, resource)         \
  DUIJIE_METHOD(Update, Record, resource)         \
  DUIJIE_METHOD(Delete, Record, resource)         \
  DUIJIE_METHOD(Transition, Record, resource)

  DUIJIE_RESOURCE(Achievement, Achievements, achievements_)
  DUIJIE_RESOURCE(Enterprise, Enterprises, enterprises_)
  DUIJIE_RESOURCE(Need, Needs, needs_)
  DUIJIE_RESOURCE(Expert, Experts, experts_)
#undef DUIJIE_RESOURCE
#undef DUIJIE_METHOD

  grpc::Status GetContacts(ServerContext* context, const v1::GetContactsRequest* request,
                           v1::GetContactsResponse* response) override {
    return edge_.Unary(context, "duijie.v1.CatalogService/GetContacts", response,
                       [&](rpc::CallContext& call) -> StatusOr<v1::GetContactsResponse> {
                         call.set_audit_record(request->name());
                         DUIJIE_ASSIGN_OR_RETURN(Contacts contacts,
                                                 contacts_.Get(call.principal(), request->name()));
                         v1::GetContactsResponse answer;
                         *answer.mutable_contacts() = std::move(contacts);
                         return answer;
                       });
  }

  grpc::Status UpdateContacts(ServerContext* context, const v1::UpdateContactsRequest* request,
                              v1::UpdateContactsResponse* response) override {
    return edge_.Unary(context, "duijie.v1.CatalogService/UpdateContacts", response,
                       [&](rpc::CallContext& call) -> StatusOr<v1::UpdateContactsResponse> {
                         call.set_audit_record(request->name());
                         const auto described = DescribeRequest(
                             call.principal().key_id(), request->GetDescriptor()->full_name(), *request);
                         DUIJIE_ASSIGN_OR_RETURN(const Revision revision,
                                                 contacts_.Replace(call.principal(), described,
                                                                   request->name(), request->contacts()));
                         v1::UpdateContactsResponse answer;
                         answer.set_revision(static_cast<int64_t>(revision));
                         return answer;
                       });
  }

  grpc::Status ResolveExternalIds(ServerContext* context, const v1::ResolveExternalIdsRequest* request,
                                  v1::ResolveExternalIdsResponse* response) override {
    return edge_.Unary(context, "duijie.v1.CatalogService/ResolveExternalIds", response,
                       [&](rpc::CallContext& call) -> StatusOr<v1::ResolveExternalIdsResponse> {
                         const std::vector<std::string> ids(request->external_ids().begin(),
                                                            request->external_ids().end());
                         DUIJIE_ASSIGN_OR_RETURN(
                             auto names, reader_.ResolveExternalIds(call.principal(), request->collection(),
                                                                    request->source_library(), ids));
                         v1::ResolveExternalIdsResponse answer;
                         for (auto& name : names) answer.add_names(std::move(name));
                         return answer;
                       });
  }

  grpc::Status GetImportTemplate(ServerContext* context, const v1::GetImportTemplateRequest* request,
                                 v1::GetImportTemplateResponse* response) override {
    return edge_.Unary(
        context, "duijie.v1.CatalogService/GetImportTemplate", response,
        [&](rpc::CallContext&) { return MakeImportTemplate(*request, parts_, spool_folder_); });
  }

  grpc::Status GetTaxonomy(ServerContext* context, const v1::GetTaxonomyRequest* request,
                           v1::GetTaxonomyResponse* response) override {
    return edge_.Unary(context, "duijie.v1.CatalogService/GetTaxonomy", response,
                       [&](rpc::CallContext&) { return ReadTaxonomy(*request, parts_.taxonomies); });
  }

  using ImportStream = grpc::ServerReaderWriter<v1::ImportRecordsResponse, v1::ImportRecordsRequest>;
  grpc::Status ImportRecords(ServerContext* context, ImportStream* stream) override {
    return edge_.Run(context, "duijie.v1.CatalogService/ImportRecords",
                     [&](rpc::CallContext& call) { return Import(call, stream); });
  }

  grpc::Status ExportRecords(ServerContext* context, const v1::ExportRecordsRequest* request,
                             grpc::ServerWriter<v1::ExportRecordsResponse>* writer) override {
    return edge_.Run(context, "duijie.v1.CatalogService/ExportRecords", [&](rpc::CallContext& call) {
      return exporter_.Run(call.principal(), *request,
                           [&](const v1::ExportRecordsResponse& response) -> Status {
                             DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
                             return writer->Write(response) ? OkStatus() : CallerGone();
                           });
    });
  }

 private:
  Status Import(rpc::CallContext& call, ImportStream* stream) {
    v1::ImportRecordsRequest message;
    if (!stream->Read(&message) || !message.has_header()) {
      return InvalidField("header", "REQUIRED", "第一条消息须为 header");
    }
    const v1::ImportHeader header = message.header();
    DUIJIE_RETURN_IF_ERROR(importer_.CheckHeader(call.principal(), header));
    DUIJIE_ASSIGN_OR_RETURN(
        SpoolFile spool, SpoolFile::Create(spool_folder_, "import-" + parts_.ids.NewId(parts_.clock.Now())));
    while (stream->Read(&message)) {
      if (!message.has_chunk()) return InvalidField("header", "DUPLICATE", "header 只能出现一次");
      DUIJIE_RETURN_IF_ERROR(spool.Append(message.chunk()));
    }
    // The stream also ends when the caller breaks off: then half a file must not pass for the whole.
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_RETURN_IF_ERROR(spool.Close());
    ImportHooks hooks;
    hooks.check_alive = [&] { return call.CheckAlive(); };
    hooks.send = [&](const v1::ImportRecordsResponse& response) {
      return stream->Write(response) ? OkStatus() : CallerGone();
    };
    return importer_.Run(call.principal(), header, spool.path(), spool.first_bytes(), hooks);
  }

  const CatalogParts parts_;
  rpc::Edge& edge_;
  const PageTokens tokens_;
  const std::string spool_folder_;
  const RecordReader reader_;
  ContactBook contacts_;
  Importer importer_;
  const Exporter exporter_;
  const ResourceEdge<v1::Achievement> achievements_;
  const ResourceEdge<v1::Enterprise> enterprises_;
  const ResourceEdge<v1::Need> needs_;
  const ResourceEdge<v1::Expert> experts_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewCatalogService(CatalogParts parts, RecordWriter& writer, rpc::Edge& edge,
                                                 PageTokens tokens, std::string spool_folder) {
  return std::make_unique<CatalogService>(parts, writer, edge, std::move(tokens), std::move(spool_folder));
}

}  // namespace duijie::catalog
