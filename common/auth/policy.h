// SPDX-License-Identifier: GPL-3.0-or-later
// Which role may call which method, and which calls are written to the audit log: one row per RPC of
// duijie.v1. What has no row is refused. Rules about single records are in visibility.h and apply besides.
// Pure.
#pragma once

#include <string_view>
#include <vector>

#include "common/auth/principal.h"
#include "common/status/status.h"

namespace duijie {

// kRecord: the act is logged after it happened; if the log cannot be written, that is reported to the
// operator (log line, metric) but the caller gets its answer, because the write itself is already durable and
// has its own change log. kRequired: no answer without an entry; for reads of what is restricted, of which
// the entry is the only trace.
enum class AuditMode { kNone, kRecord, kRequired };

// kQuick: gets the default deadline if the client sets none. kLong: streams and backups; may run for hours.
enum class CallLength { kQuick, kLong };

struct MethodPolicy {
  std::string_view method;  // "duijie.v1.CatalogService/GetNeed"
  unsigned roles;           // bit 1 << role
  AuditMode audit;
  CallLength length;
  std::string_view purpose;  // what it is good for, for docs
};

// Sorted by method.
const std::vector<MethodPolicy>& AllPolicies();
// nullptr if the method has no row.
const MethodPolicy* FindPolicy(std::string_view method);

// Methods of duijie.internal.v1: only for other processes of the same installation.
bool IsInternalMethod(std::string_view method);

// OK, or PERMISSION_DENIED FORBIDDEN.
Status CheckRole(const Principal& caller, std::string_view method);

}  // namespace duijie
