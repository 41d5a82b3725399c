// SPDX-License-Identifier: GPL-3.0-or-later
// One process: a gRPC server, the roles bound to it, and channels to the roles it lacks.
//
// A role is a function Bind(App&). It creates its logic and registers services, starters and closers; it
// never asks which other roles run here. Order of life: all Binds → the server listens → starters in order →
// … SIGTERM … → health NOT_SERVING, new calls refused → running calls drain → closers in reverse order → the
// server closes → services destroyed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "common/base/clock.h"
#include "common/config/config.h"
#include "common/rpc/edge.h"

namespace prometheus {
class Registry;
}

namespace duijie::rpc {

class App {
 public:
  virtual ~App() = default;

  virtual const Config& config() const = 0;
  virtual const Clock& clock() const = 0;
  virtual Edge& edge() = 0;
  virtual prometheus::Registry& metrics() = 0;

  // <data folder>/<name>, created; e.g. "records".
  virtual StatusOr<std::string> DataFolder(std::string_view name) = 0;
  // <share folder>/<name>, e.g. "text", "taxonomies", "models".
  virtual std::string ShareFolder(std::string_view name) const = 0;
  // 32 bytes derived from the cluster secret for one purpose, equal in all processes, e.g. "page-tokens".
  virtual std::string DerivedKey(std::string_view purpose) const = 0;

  // The channel to the process that runs `role` (e.g. "catalog"): in-process when
  // it runs here, a network channel else. Only valid once the server listens: from starters and handlers; see
  // LazyStub.
  virtual std::shared_ptr<grpc::Channel> Channel(std::string_view role) = 0;

  virtual void AddService(std::unique_ptr<grpc::Service> service) = 0;
  virtual void AddStarter(std::string name, std::function<Status()> start) = 0;
  virtual void AddCloser(std::string name, std::function<void()> close) = 0;
  // Called when the drain begins, while calls still run; must not block. For waking long polls and telling
  // background work to stop soon, so that the drain does not have to wait for them.
  virtual void AddDrainHook(std::function<void()> hook) = 0;

  // Makes a store answer StoreService under `name`: `backup` writes a consistent copy into a fresh folder,
  // `numbers` tells counts. Both must be safe on any thread.
  struct StoreHooks {
    std::function<Status(const std::string& folder)> backup;
    std::function<std::map<std::string, int64_t>()> numbers;
  };
  virtual void AddStore(std::string name, StoreHooks hooks) = 0;

  // Authentication and the audit log, provided by the admin role when it runs here; else the edge asks the
  // peer.
  struct KeyHooks {
    std::function<StatusOr<Principal>(std::string_view presented)> resolve;
    std::function<Status(const Principal&, std::string_view method, std::string_view record,
                         std::string_view outcome, std::string_view request_id)>
        audit;
  };
  virtual void SetKeyHooks(KeyHooks hooks) = 0;
};

// A stub made on first use, because channels exist only after the server listens. Thread-safe.
template <typename Service>
class LazyStub {
 public:
  LazyStub(App& app, std::string role) : app_(app), role_(std::move(role)) {}
  typename Service::Stub* get() {
    std::call_once(once_, [this] { stub_ = Service::NewStub(app_.Channel(role_)); });
    return stub_.get();
  }
  typename Service::Stub* operator->() { return get(); }

 private:
  App& app_;
  std::string role_;
  std::once_flag once_;
  std::unique_ptr<typename Service::Stub> stub_;
};

// The context of a call to a peer service: acts for `call`'s principal, ends with its deadline or after
// `timeout`, whichever is sooner, carries its request id and the cluster secret.
class OutgoingCall {
 public:
  OutgoingCall(App& app, const CallContext& call,
               std::chrono::milliseconds timeout = std::chrono::seconds(30));
  grpc::ClientContext* context() { return &context_; }

 private:
  grpc::ClientContext context_;
};

// StatusOr<Resp> r = Call(app, call, stub.get(), &Stub::Method, request): one unary call with everything
// above.
template <typename Stub, typename Request, typename Response>
StatusOr<Response> Call(App& app, const CallContext& call, Stub* stub,
                        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                        const Request& request,
                        std::chrono::milliseconds timeout = std::chrono::seconds(30)) {
  OutgoingCall outgoing(app, call, timeout);
  Response response;
  grpc::Status status = (stub->*method)(outgoing.context(), request, &response);
  if (!status.ok()) return FromGrpc(status);
  return response;
}

}  // namespace duijie::rpc
