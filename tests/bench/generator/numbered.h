// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace duijie::bench {

// `format` has one %llu and makes at most 95 bytes.
inline std::string Numbered(const char* format, uint64_t number) {
  char text[96];
  std::snprintf(text, sizeof(text), format, static_cast<unsigned long long>(number));
  return text;
}

}  // namespace duijie::bench
