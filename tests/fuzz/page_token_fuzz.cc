// SPDX-License-Identifier: GPL-3.0-or-later
// Page tokens: arbitrary bytes never open unless they are exactly what Make gives; what Make gives opens
// under its own scope and key only, and no changed byte is accepted. The input is scope NUL position.
#include <algorithm>
#include <string>

#include "common/auth/page_token.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {
namespace {

void CheckPageToken(std::string_view bytes) {
  static const PageTokens tokens(std::string(32, 'k'));
  static const PageTokens others(std::string(32, 'o'));
  const std::string_view scope = bytes.substr(0, bytes.find('\0'));
  const std::string_view rest = bytes.substr(std::min(bytes.size(), scope.size() + 1));
  if (const auto opened = tokens.Open(scope, rest); opened.ok())
    FUZZ_CHECK(tokens.Make(scope, *opened) == rest);

  const std::string_view position = rest.substr(0, PageTokens::kMaxPositionBytes);
  std::string token = tokens.Make(scope, position);
  const auto opened = tokens.Open(scope, token);
  FUZZ_CHECK(opened.ok());
  FUZZ_CHECK(*opened == position);
  FUZZ_CHECK(!others.Open(scope, token).ok());
  FUZZ_CHECK(!tokens.Open(std::string(scope) + "x", token).ok());
  FUZZ_CHECK(!tokens.Open(scope, token + "A").ok());
  const size_t at = bytes.size() * 31 % token.size();
  token[at] = token[at] == 'A' ? 'B' : 'A';
  FUZZ_CHECK(!tokens.Open(scope, token).ok());
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  duijie::fuzz::CheckPageToken(duijie::fuzz::BytesOf(data, size));
  return 0;
}
