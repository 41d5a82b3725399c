// SPDX-License-Identifier: GPL-3.0-or-later
// "host:port" as configuration gives it: 127.0.0.1:7701, localhost:0, [::1]:7701, db.example.org:7701. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

struct HostPort {
  std::string host;  // without brackets
  int port = 0;
};

// INVALID_ARGUMENT INVALID_CONFIG if the text is not host:port with 0 ≤ port ≤ 65535.
StatusOr<HostPort> ParseHostPort(std::string_view text);

// "host:port" again, an IPv6 host in brackets.
std::string ToText(const HostPort& address);

// Whether only this machine can reach a listener there: 127.0.0.0/8, ::1 and localhost.
bool IsLoopback(const HostPort& address);

}  // namespace duijie
