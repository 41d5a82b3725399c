// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_service.h"

namespace duijie::push {

grpc::Status PushServiceImpl::CreatePush(grpc::ServerContext* context, const v1::CreatePushRequest* request,
                                         v1::CreatePushResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/CreatePush", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->push().enterprise());
    auto created = d_.desk.Create(call, *request);
    if (created.ok()) call.set_audit_record(created->push().name());
    return created;
  });
}

grpc::Status PushServiceImpl::GetPush(grpc::ServerContext* context, const v1::GetPushRequest* request,
                                      v1::GetPushResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/GetPush", response,
                       [&](rpc::CallContext& call) { return d_.desk.Get(call, *request); });
}

grpc::Status PushServiceImpl::ListPushes(grpc::ServerContext* context, const v1::ListPushesRequest* request,
                                         v1::ListPushesResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/ListPushes", response,
                       [&](rpc::CallContext& call) { return d_.desk.List(call, *request); });
}

grpc::Status PushServiceImpl::TransitionPush(grpc::ServerContext* context,
                                             const v1::TransitionPushRequest* request,
                                             v1::TransitionPushResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/TransitionPush", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.desk.Transition(call, *request);
                       });
}

grpc::Status PushServiceImpl::ListInbox(grpc::ServerContext* context, const v1::ListInboxRequest* request,
                                        v1::ListInboxResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/ListInbox", response,
                       [&](rpc::CallContext& call) { return d_.desk.ListInbox(call, *request); });
}

grpc::Status PushServiceImpl::GetPushPreferences(grpc::ServerContext* context,
                                                 const v1::GetPushPreferencesRequest* request,
                                                 v1::GetPushPreferencesResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/GetPushPreferences", response,
                       [&](rpc::CallContext& call) { return d_.settings.GetPreferences(call, *request); });
}

grpc::Status PushServiceImpl::UpdatePushPreferences(grpc::ServerContext* context,
                                                    const v1::UpdatePushPreferencesRequest* request,
                                                    v1::UpdatePushPreferencesResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/UpdatePushPreferences", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->preferences().name());
                         return d_.settings.UpdatePreferences(call, *request);
                       });
}

grpc::Status PushServiceImpl::GetPushSettings(grpc::ServerContext* context,
                                              const v1::GetPushSettingsRequest* /*request*/,
                                              v1::GetPushSettingsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/GetPushSettings", response,
                       [&](rpc::CallContext&) { return d_.settings.GetSettings(); });
}

grpc::Status PushServiceImpl::UpdatePushSettings(grpc::ServerContext* context,
                                                 const v1::UpdatePushSettingsRequest* request,
                                                 v1::UpdatePushSettingsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.PushService/UpdatePushSettings", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record("pushSettings/default");
                         return d_.settings.UpdateSettings(call, *request);
                       });
}

grpc::Status PushServiceImpl::WatchPushes(grpc::ServerContext* context, const v1::WatchPushesRequest* request,
                                          grpc::ServerWriter<v1::WatchPushesResponse>* writer) {
  return d_.edge.Run(context, "duijie.v1.PushService/WatchPushes", [&](rpc::CallContext& call) {
    return d_.events.Watch(call, request->resume_token(), [&](const v1::PushEvent& event) {
      v1::WatchPushesResponse response;
      *response.mutable_event() = event;
      return writer->Write(response);
    });
  });
}

}  // namespace duijie::push
