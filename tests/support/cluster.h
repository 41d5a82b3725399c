// SPDX-License-Identifier: GPL-3.0-or-later
// Real daemons for end-to-end tests: all roles in one process, or catalog+admin, search+mining and
// matching+push as three processes that speak TLS. The same test runs on both; it asks for a channel by role
// and never knows which it got.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "duijie/v1/admin_service.grpc.pb.h"
#include "duijie/v1/catalog_service.grpc.pb.h"
#include "duijie/v1/judgement_service.grpc.pb.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "duijie/v1/search_service.grpc.pb.h"
#include "tests/support/child_process.h"
#include "tests/support/reserved_port.h"
#include "tests/support/temp_dir.h"

namespace duijie::testing {

enum class Topology { kSingle, kSplitTls };

// Stubs that speak with one API key.
struct Client {
  std::string key;
  std::unique_ptr<v1::CatalogService::Stub> catalog;
  std::unique_ptr<v1::SearchService::Stub> search;
  std::unique_ptr<v1::MatchService::Stub> match;
  std::unique_ptr<v1::JudgementService::Stub> judgements;
  std::unique_ptr<v1::AdminService::Stub> admin;

  // A context with the key and a deadline of a minute.
  std::unique_ptr<grpc::ClientContext> Context() const;

  // One unary call: client.Call(client.catalog.get(), &v1::CatalogService::Stub::GetNeed, request,
  // &response).
  template <typename Stub, typename Request, typename Response>
  grpc::Status Call(Stub* stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) const {
    auto context = Context();
    return (stub->*method)(context.get(), request, response);
  }
};

class Cluster {
 public:
  // `extra_toml` is appended to every daemon's configuration, keyed by table, e.g. {{"limits", "burst = 1"}}.
  explicit Cluster(Topology topology, std::map<std::string, std::string> extra_toml = {});

  // Starts every process and waits until each says SERVING. Throws with the log if one does not come up.
  void Start();
  // SIGKILL to the process that runs `role`, and waits for its end.
  void Kill(const std::string& role);
  // SIGTERM to every process; the exit codes by first role.
  std::map<std::string, int> Stop();

  std::shared_ptr<grpc::Channel> Channel(const std::string& role) const;
  Client ClientFor(const std::string& key) const;
  Client Admin() const;
  // Creates a key through the API and returns a client that uses it.
  Client NewClient(v1::Role role, const std::string& enterprise = "",
                   const std::vector<std::string>& parks = {}, bool all_parks = false) const;

  std::string address(const std::string& role) const;
  std::string ca_file() const;  // empty without TLS
  std::string data_folder(const std::string& role) const;
  pid_t pid(const std::string& role) const;  // of the process that runs `role`, which must be started
  std::string Logs() const;                  // everything that all processes wrote
  const TempDir& dir() const { return dir_; }

 private:
  struct Node {
    std::vector<std::string> roles;
    ReservedPort port;
    std::unique_ptr<ChildProcess> process;
  };
  Node& NodeOf(const std::string& role);
  const Node& NodeOf(const std::string& role) const;
  std::string ConfigOf(const Node& node) const;
  void StartNode(Node& node);
  void MakeCertificates() const;
  std::string Path(const Node& node, const std::string& name) const;

  TempDir dir_;
  Topology topology_;
  std::map<std::string, std::string> extra_toml_;
  std::vector<Node> nodes_;
};

// Path of a built program, e.g. "duijied".
std::string ProgramPath(const std::string& name);

}  // namespace duijie::testing
