// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/http/http_client.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>
#include <string_view>

namespace duijie::http {
namespace {

struct EasyCloser {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlCloser {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// What the callbacks of one call share.
struct Exchange {
  const Post& post;
  size_t received = 0;
  bool refused_address = false;
};

bool InitOnce() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

curl_socket_t OpenSocket(void* data, curlsocktype, curl_sockaddr* address) {
  auto* exchange = static_cast<Exchange*>(data);
  bool allowed = exchange->post.allow_private;
  if (address->family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address->addr, sizeof(in));
    allowed = allowed || IsPublicAddress(reinterpret_cast<const unsigned char*>(&in.sin_addr), 4);
  } else if (address->family == AF_INET6) {
    // curl_sockaddr declares a sockaddr, but libcurl keeps room for the longer kind behind it.
    sockaddr_in6 in{};
    std::memcpy(&in, static_cast<const void*>(&address->addr),
                std::min<size_t>(sizeof(in), address->addrlen));
    allowed = allowed || IsPublicAddress(in.sin6_addr.s6_addr, 16);
  } else {
    allowed = false;
  }
  if (!allowed) {
    exchange->refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t TakeResponse(char*, size_t size, size_t count, void* data) {
  auto* exchange = static_cast<Exchange*>(data);
  exchange->received += size * count;
  return exchange->received > exchange->post.max_response_bytes ? 0 : size * count;  // 0 ends the call
}

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  std::transform(copy.begin(), copy.end(), copy.begin(), [](unsigned char c) { return std::tolower(c); });
  return copy;
}

bool InPrefix(const unsigned char* bytes, std::array<unsigned char, 4> prefix, int bits) {
  for (int bit = 0; bit < bits; ++bit) {
    const unsigned char mask = static_cast<unsigned char>(0x80 >> (bit % 8));
    if (((bytes[bit / 8] ^ prefix[static_cast<size_t>(bit / 8)]) & mask) != 0) return false;
  }
  return true;
}

// The special-purpose registry of RFC 6890 and its successors, multicast and reserved space.
bool IsPublicV4(const unsigned char* bytes) {
  struct Range {
    std::array<unsigned char, 4> prefix;
    int bits;
  };
  constexpr Range kNotPublic[] = {{{0, 0, 0, 0}, 8},     {{10, 0, 0, 0}, 8},      {{100, 64, 0, 0}, 10},
                                  {{127, 0, 0, 0}, 8},   {{169, 254, 0, 0}, 16},  {{172, 16, 0, 0}, 12},
                                  {{192, 0, 0, 0}, 24},  {{192, 0, 2, 0}, 24},    {{192, 168, 0, 0}, 16},
                                  {{198, 18, 0, 0}, 15}, {{198, 51, 100, 0}, 24}, {{203, 0, 113, 0}, 24},
                                  {{224, 0, 0, 0}, 4},   {{240, 0, 0, 0}, 4}};
  for (const Range& range : kNotPublic) {
    if (InPrefix(bytes, range.prefix, range.bits)) return false;
  }
  return true;
}

// Only 2000::/3 is public, less what embeds an IPv4 address or is for documentation.
bool IsPublicV6(const unsigned char* bytes) {
  constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr unsigned char kNat64[12] = {0, 0x64, 0xff, 0x9b};
  if (std::memcmp(bytes, kMapped, sizeof(kMapped)) == 0) return IsPublicV4(bytes + 12);
  if (std::memcmp(bytes, kNat64, sizeof(kNat64)) == 0) return IsPublicV4(bytes + 12);
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return IsPublicV4(bytes + 2);            // 6to4
  if (bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0) return false;  // 2001::/23
  if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8) return false;
  return (bytes[0] & 0xe0) == 0x20;
}

}  // namespace

bool IsPublicAddress(const unsigned char* bytes, size_t length) {
  if (length == 4) return IsPublicV4(bytes);
  return length == 16 && IsPublicV6(bytes);
}

bool IsLoopbackHost(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  const bool digits =
      std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return digits && host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3;
}

StatusOr<Url> ParseUrl(const std::string& url) {
  const auto bad = [] { return InvalidField("url", "BAD_URL", "应为完整的网址，如 https://例.cn/hook"); };
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c != '\x7f'; });
  if (url.empty() || url.size() > kMaxUrlBytes || !plain) return bad();
  const std::unique_ptr<CURLU, UrlCloser> parsed(curl_url());
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return bad();
  }
  Url parts;
  parts.scheme = PartOf(parsed.get(), CURLUPART_SCHEME);
  parts.host = PartOf(parsed.get(), CURLUPART_HOST);
  parts.has_user =
      !PartOf(parsed.get(), CURLUPART_USER).empty() || !PartOf(parsed.get(), CURLUPART_PASSWORD).empty();
  if (parts.host.empty()) return bad();
  return parts;
}

StatusOr<int> Send(const Post& post) {
  const auto failed = [](std::string_view what) {
    return Error(StatusCode::kUnavailable, "STORE_BUSY", "http: " + std::string(what));
  };
  const std::unique_ptr<CURL, EasyCloser> easy(InitOnce() ? curl_easy_init() : nullptr);
  if (easy == nullptr) return failed("no client");
  std::unique_ptr<curl_slist, ListCloser> headers;
  for (const auto& [name, value] : post.headers) {
    curl_slist* longer = curl_slist_append(headers.get(), (name + ": " + value).c_str());
    if (longer == nullptr) return failed("no memory");
    static_cast<void>(headers.release());
    headers.reset(longer);
  }
  Exchange exchange{post};
  CURL* const handle = easy.get();
  const auto milliseconds = static_cast<long>(post.timeout.count());
  curl_easy_setopt(handle, CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post.body.data());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &TakeResponse);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &exchange);
  const CURLcode code = curl_easy_perform(handle);
  if (exchange.refused_address && code != CURLE_OK) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "http: the address is not a public one");
  }
  if (code != CURLE_OK) return failed(curl_easy_strerror(code));
  long answer = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
  return static_cast<int>(answer);
}

}  // namespace duijie::http
