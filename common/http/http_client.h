// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTP POST to an address that somebody else chose, so with fences: no redirects, no proxies, addresses
// of private networks only where allowed (checked at the moment of connecting, so that a name cannot be
// pointed elsewhere in between), bounds on time and size. Certificates are checked. Thread-safe.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status.h"

namespace duijie::http {

inline constexpr size_t kMaxUrlBytes = 2'000;

struct Post {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // without line ends
  std::string body;
  bool allow_private = false;  // loopback, private and other addresses that are not public
  std::chrono::milliseconds timeout{5'000};
  size_t max_response_bytes = 64 * 1024;  // more ends the call with an error
};

// The status code of the answer, whose content is thrown away. UNAVAILABLE STORE_BUSY if there was none in
// time (no detail of the remote in the message but the kind of failure); PERMISSION_DENIED FORBIDDEN if the
// address is not allowed.
StatusOr<int> Send(const Post& post);

// What matters of a URL.
struct Url {
  std::string scheme;  // lower case
  std::string host;    // lower case, IPv6 in brackets
  bool has_user = false;
};
// INVALID_ARGUMENT INVALID_FIELD (field "url") unless it is an absolute URL of at most kMaxUrlBytes.
StatusOr<Url> ParseUrl(const std::string& url);

// "localhost", 127.0.0.0/8 or [::1], as written.
bool IsLoopbackHost(const std::string& host);

// Whether an address of 4 or 16 bytes in network order is one of the public internet.
bool IsPublicAddress(const unsigned char* bytes, size_t length);

}  // namespace duijie::http
