// SPDX-License-Identifier: GPL-3.0-or-later
// Every configuration key with its range, once. ParseConfig, ToText and the tests of the example file walk
// this list.
//
// A visitor has Table(name) (the keys after it belong to that table; "" = top level) and, per type,
// Text(key, value, kind), Flag(key, value), Whole(key, value, min, max), Real(key, value, min, max),
// List(key, value), Map(key, value).
#pragma once

#include "common/config/config.h"

namespace duijie::config_internal {

enum class TextKind { kPlain, kMasked };  // kMasked: ToText tells only whether it is set

template <typename AnyConfig, typename Visitor>
void VisitServerKeys(AnyConfig& config, Visitor& v) {
  auto& server = config.server;
  v.Table("server");
  v.Text("listen", server.listen, TextKind::kPlain);
  v.Flag("allow_insecure_network", server.allow_insecure_network);
  v.Text("metrics_listen", server.metrics_listen, TextKind::kPlain);
  v.Text("port_file", server.port_file, TextKind::kPlain);
  v.Whole("max_threads", server.max_threads, 4, 4096);
  v.Whole("default_deadline_ms", server.default_deadline_ms, 100, 600'000);
  v.Whole("drain_ms", server.drain_ms, 0, 600'000);
  v.Table("server.tls");
  v.Text("certificate_file", server.tls.certificate_file, TextKind::kPlain);
  v.Text("key_file", server.tls.key_file, TextKind::kMasked);
  v.Text("client_ca_file", server.tls.client_ca_file, TextKind::kPlain);
  v.Text("peer_ca_file", server.tls.peer_ca_file, TextKind::kPlain);
}

template <typename AnyConfig, typename Visitor>
void VisitKeys(AnyConfig& config, Visitor& v) {
  v.Table("");
  v.List("roles", config.roles);
  VisitServerKeys(config, v);
  v.Table("data");
  v.Text("folder", config.data.folder, TextKind::kPlain);
  v.Text("share_folder", config.data.share_folder, TextKind::kPlain);
  v.Text("backup_folder", config.data.backup_folder, TextKind::kPlain);
  v.Table("cluster");
  v.Text("secret_file", config.cluster.secret_file, TextKind::kMasked);
  v.Map("peers", config.cluster.peers);
  v.Table("limits");
  v.Real("requests_per_second", config.limits.requests_per_second, 0.1, 1e6);
  v.Whole("burst", config.limits.burst, 1, 1'000'000);
  v.Table("search");
  v.Whole("commit_interval_ms", config.search.commit_interval_ms, 1, 60'000);
  v.Whole("commit_documents", config.search.commit_documents, 1, 1'000'000);
  v.Table("matching");
  v.Whole("run_workers", config.matching.run_workers, 1, 256);
  v.Whole("max_active_runs", config.matching.max_active_runs, 1, 10'000);
  v.Table("log");
  v.Text("level", config.log.level, TextKind::kPlain);
  v.Text("file", config.log.file, TextKind::kPlain);
}

}  // namespace duijie::config_internal
