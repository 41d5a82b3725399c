// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/record_calls.h"

#include "services/duijie/labels.h"

namespace duijie {
namespace {

using Stub = v1::CatalogService::Stub;

// Names the generated types and accessors of one kind of record, which differ in nothing but the noun.
template <typename Record>
struct Rpc;

#define DUIJIE_RECORD_RPC(Type, Types, one, many)                                                       \
  template <>                                                                                           \
  struct Rpc<v1::Type> {                                                                                \
    using GetRequest = v1::Get##Type##Request;                                                          \
    using ListRequest = v1::List##Types##Request;                                                       \
    using CreateRequest = v1::Create##Type##Request;                                                    \
    using UpdateRequest = v1::Update##Type##Request;                                                    \
    using DeleteRequest = v1::Delete##Type##Request;                                                    \
    using TransitionRequest = v1::Transition##Type##Request;                                            \
    static constexpr auto kGet = &Stub::Get##Type;                                                      \
    static constexpr auto kList = &Stub::List##Types;                                                   \
    static constexpr auto kCreate = &Stub::Create##Type;                                                \
    static constexpr auto kUpdate = &Stub::Update##Type;                                                \
    static constexpr auto kDelete = &Stub::Delete##Type;                                                \
    static constexpr auto kTransition = &Stub::Transition##Type;                                        \
    template <typename Message>                                                                         \
    static v1::Type* Mutable(Message& message) {                                                        \
      return message.mutable_##one();                                                                   \
    }                                                                                                   \
    static auto* MutableMany(v1::List##Types##Response& response) { return response.mutable_##many(); } \
    static void SetId(v1::Create##Type##Request& request, const std::string& id) {                      \
      request.set_##one##_id(id);                                                                       \
    }                                                                                                   \
  }
DUIJIE_RECORD_RPC(Achievement, Achievements, achievement, achievements);
DUIJIE_RECORD_RPC(Enterprise, Enterprises, enterprise, enterprises);
DUIJIE_RECORD_RPC(Need, Needs, need, needs);
DUIJIE_RECORD_RPC(Expert, Experts, expert, experts);
#undef DUIJIE_RECORD_RPC

template <typename Record>
class TypedRecordCalls final : public RecordCalls {
 public:
  explicit TypedRecordCalls(Client& client) : client_(client) {}

  RecordPtr NewRecord() const override { return std::make_unique<Record>(); }

  StatusOr<RecordPtr> Get(const std::string& name) override {
    typename R::GetRequest request;
    request.set_name(name);
    return RecordOf(client_.Call(client_.catalog(), R::kGet, request));
  }

  StatusOr<RecordPage> List(const v1::RecordFilter& filter, int page_size,
                            const std::string& page_token) override {
    typename R::ListRequest request;
    *request.mutable_filter() = filter;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    DUIJIE_ASSIGN_OR_RETURN(auto response, client_.Call(client_.catalog(), R::kList, request));
    RecordPage page;
    for (Record& record : *R::MutableMany(response))
      page.records.push_back(std::make_unique<Record>(std::move(record)));
    page.next_page_token = response.next_page_token();
    return page;
  }

  StatusOr<RecordPtr> Create(const google::protobuf::Message& record, const std::string& id,
                             bool validate_only) override {
    typename R::CreateRequest request;
    R::Mutable(request)->CopyFrom(record);
    R::SetId(request, id);
    request.set_request_id(NewUuid());
    request.set_validate_only(validate_only);
    return RecordOf(client_.Call(client_.catalog(), R::kCreate, request));
  }

  StatusOr<RecordPtr> Update(const google::protobuf::Message& record,
                             const google::protobuf::FieldMask& mask) override {
    typename R::UpdateRequest request;
    R::Mutable(request)->CopyFrom(record);
    *request.mutable_update_mask() = mask;
    request.set_request_id(NewUuid());
    return RecordOf(client_.Call(client_.catalog(), R::kUpdate, request));
  }

  StatusOr<int64_t> Delete(const std::string& name, const std::string& etag) override {
    typename R::DeleteRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(NewUuid());
    DUIJIE_ASSIGN_OR_RETURN(const auto response, client_.Call(client_.catalog(), R::kDelete, request));
    return response.revision();
  }

  StatusOr<RecordPtr> Transition(const std::string& name, v1::RecordState to, const std::string& reason,
                                 const std::string& etag) override {
    typename R::TransitionRequest request;
    request.set_name(name);
    request.set_to(to);
    request.set_reason(reason);
    request.set_etag(etag);
    request.set_request_id(NewUuid());
    return RecordOf(client_.Call(client_.catalog(), R::kTransition, request));
  }

 private:
  using R = Rpc<Record>;

  template <typename Response>
  static StatusOr<RecordPtr> RecordOf(StatusOr<Response> response) {
    if (!response.ok()) return response.status();
    return RecordPtr(std::make_unique<Record>(std::move(*R::Mutable(*response))));
  }

  Client& client_;
};

}  // namespace

std::unique_ptr<RecordCalls> MakeRecordCalls(Client& client, v1::Collection collection) {
  switch (collection) {
    case v1::COLLECTION_ENTERPRISES:
      return std::make_unique<TypedRecordCalls<v1::Enterprise>>(client);
    case v1::COLLECTION_NEEDS:
      return std::make_unique<TypedRecordCalls<v1::Need>>(client);
    case v1::COLLECTION_EXPERTS:
      return std::make_unique<TypedRecordCalls<v1::Expert>>(client);
    default:
      return std::make_unique<TypedRecordCalls<v1::Achievement>>(client);
  }
}

StatusOr<std::unique_ptr<RecordCalls>> RecordCallsFor(Client& client, const std::string& name) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, CollectionOfName(name));
  return MakeRecordCalls(client, collection);
}

}  // namespace duijie
