// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/config/listen_address.h"

#include <arpa/inet.h>

#include <charconv>

namespace duijie {
namespace {

constexpr int kMaxPort = 65535;

Status BadAddress(std::string_view text) {
  return Error(StatusCode::kInvalidArgument, "INVALID_CONFIG",
               "\"" + std::string(text) + "\" is not host:port, e.g. 127.0.0.1:7701 or [::1]:7701");
}

}  // namespace

StatusOr<HostPort> ParseHostPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return BadAddress(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return BadAddress(text);  // an IPv6 host without brackets is ambiguous
  }
  HostPort address{std::string(host), 0};
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, address.port);
  const bool number = parsed.ec == std::errc() && parsed.ptr == end;
  if (host.empty() || !number || address.port < 0 || address.port > kMaxPort) return BadAddress(text);
  return address;
}

std::string ToText(const HostPort& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool IsLoopback(const HostPort& address) {
  if (address.host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace duijie
