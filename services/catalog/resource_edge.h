// SPDX-License-Identifier: GPL-3.0-or-later
// The seven standard methods of a resource, written once: request message → use case → response message.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/auth/page_token.h"
#include "common/rpc/call_context.h"
#include "common/status/status.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/record_reader.h"
#include "services/catalog/record_writer.h"

namespace duijie::catalog {

// How the messages of one resource name their record: kCollection-wise they are alike but for these names.
template <typename Record>
struct ResourceMessages;

#define DUIJIE_RESOURCE_MESSAGES(Record, Plural, field, plural_field)                                   \
  template <>                                                                                           \
  struct ResourceMessages<v1::Record> {                                                                 \
    using Get = v1::Get##Record##Response;                                                              \
    using BatchGet = v1::BatchGet##Plural##Response;                                                    \
    using List = v1::List##Plural##Response;                                                            \
    using Create = v1::Create##Record##Response;                                                        \
    using Update = v1::Update##Record##Response;                                                        \
    using Delete = v1::Delete##Record##Response;                                                        \
    using Transition = v1::Transition##Record##Response;                                                \
    template <typename Request>                                                                         \
    static const v1::Record& In(const Request& request) {                                               \
      return request.field();                                                                           \
    }                                                                                                   \
    template <typename Response>                                                                        \
    static v1::Record* Of(Response* response) {                                                         \
      return response->mutable_##field();                                                               \
    }                                                                                                   \
    template <typename Response>                                                                        \
    static v1::Record* AddTo(Response* response) {                                                      \
      return response->add_##plural_field();                                                            \
    }                                                                                                   \
    static const std::string& ChosenId(const v1::Create##Record##Request& r) { return r.field##_id(); } \
  }

DUIJIE_RESOURCE_MESSAGES(Achievement, Achievements, achievement, achievements);
DUIJIE_RESOURCE_MESSAGES(Enterprise, Enterprises, enterprise, enterprises);
DUIJIE_RESOURCE_MESSAGES(Need, Needs, need, needs);
DUIJIE_RESOURCE_MESSAGES(Expert, Experts, expert, experts);
#undef DUIJIE_RESOURCE_MESSAGES

// Thread-safe. References outlive it.
template <typename Record>
class ResourceEdge {
 public:
  using Messages = ResourceMessages<Record>;
  static constexpr v1::Collection kCollection = RecordTraits<Record>::kCollection;

  ResourceEdge(const RecordReader& reader, RecordWriter& writer, const PageTokens& tokens)
      : reader_(reader), writer_(writer), tokens_(tokens) {}

  template <typename Request>
  StatusOr<typename Messages::Get> Get(rpc::CallContext& call, const Request& request) const {
    call.set_audit_record(request.name());
    return Answer<typename Messages::Get>(
        reader_.Get(call.principal(), kCollection, request.name(), request.min_revision()));
  }

  template <typename Request>
  StatusOr<typename Messages::BatchGet> BatchGet(rpc::CallContext& call, const Request& request) const {
    const std::vector<std::string> names(request.names().begin(), request.names().end());
    DUIJIE_ASSIGN_OR_RETURN(auto batch, reader_.BatchGet(call.principal(), kCollection, names));
    typename Messages::BatchGet response;
    for (auto& record : batch.records) *Messages::AddTo(&response) = std::get<Record>(std::move(record));
    for (auto& name : batch.missing) response.add_missing_names(std::move(name));
    return response;
  }

  template <typename Request>
  StatusOr<typename Messages::List> List(rpc::CallContext& call, const Request& request) const {
    const std::string scope = Request::descriptor()->full_name() + '\0' + call.principal().key_id() + '\0' +
                              request.filter().SerializeAsString();
    std::string position;
    if (!request.page_token().empty()) {
      DUIJIE_ASSIGN_OR_RETURN(position, tokens_.Open(scope, request.page_token()));
    }
    DUIJIE_ASSIGN_OR_RETURN(auto page, reader_.List(call.principal(), kCollection, request.filter(),
                                                    request.page_size(), position));
    typename Messages::List response;
    for (auto& record : page.records) *Messages::AddTo(&response) = std::get<Record>(std::move(record));
    if (!page.next.empty()) response.set_next_page_token(tokens_.Make(scope, page.next));
    return response;
  }

  template <typename Request>
  StatusOr<typename Messages::Create> Create(rpc::CallContext& call, const Request& request) const {
    auto created = writer_.Create(call.principal(), Describe(call, request), AnyRecord(Messages::In(request)),
                                  Messages::ChosenId(request), request.validate_only());
    if (created.ok()) call.set_audit_record(NameOf(*created));
    return Answer<typename Messages::Create>(std::move(created));
  }

  template <typename Request>
  StatusOr<typename Messages::Update> Update(rpc::CallContext& call, const Request& request) const {
    call.set_audit_record(Messages::In(request).name());
    return Answer<typename Messages::Update>(writer_.Update(
        call.principal(), Describe(call, request), AnyRecord(Messages::In(request)), request.update_mask()));
  }

  template <typename Request>
  StatusOr<typename Messages::Delete> Delete(rpc::CallContext& call, const Request& request) const {
    DUIJIE_RETURN_IF_ERROR(CheckName(request.name()));
    call.set_audit_record(request.name());
    DUIJIE_ASSIGN_OR_RETURN(const Revision revision, writer_.Delete(call.principal(), Describe(call, request),
                                                                    request.name(), request.etag()));
    typename Messages::Delete response;
    response.set_revision(static_cast<int64_t>(revision));
    return response;
  }

  template <typename Request>
  StatusOr<typename Messages::Transition> Transition(rpc::CallContext& call, const Request& request) const {
    DUIJIE_RETURN_IF_ERROR(CheckName(request.name()));
    call.set_audit_record(request.name());
    return Answer<typename Messages::Transition>(writer_.Transition(call.principal(), Describe(call, request),
                                                                    request.name(), request.to(),
                                                                    request.reason(), request.etag()));
  }

 private:
  template <typename Request>
  static WriteRequest Describe(const rpc::CallContext& call, const Request& request) {
    return DescribeRequest(call.principal().key_id(), Request::descriptor()->full_name(), request);
  }

  static Status CheckName(const std::string& name) {
    const auto parsed = ParseName(name);
    if (parsed && parsed->collection == kCollection) return OkStatus();
    return InvalidField("name", "INVALID_NAME", "应为 " + std::string(CollectionName(kCollection)) + "/{id}");
  }

  template <typename Response>
  static StatusOr<Response> Answer(StatusOr<AnyRecord> record) {
    if (!record.ok()) return record.status();
    Response response;
    *Messages::Of(&response) = std::get<Record>(*std::move(record));
    return response;
  }

  const RecordReader& reader_;
  RecordWriter& writer_;
  const PageTokens& tokens_;
};

}  // namespace duijie::catalog
