// SPDX-License-Identifier: GPL-3.0-or-later
// Word documents (.docx, ECMA-376) from our HTML documents. pandoc does it, as a child process within
// limits of memory and time.
#pragma once

#include <chrono>
#include <string>

#include "common/base/clock.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr size_t kMaxDocxSourceBytes = 4 * 1024 * 1024;
inline constexpr size_t kMaxDocxBytes = 16 * 1024 * 1024;
inline constexpr std::chrono::seconds kMaxDocxTime{20};
// More wait; how long they do.
inline constexpr int kDocxConversionsAtOnce = 2;
inline constexpr std::chrono::seconds kMaxDocxWait{20};

// `html`: of HtmlWriter, which escapes every text, so that the page names no other file. `made` is noted in
// the document; the same html and time give the same bytes. Thread-safe. Errors:
//   RESOURCE_EXHAUSTED TOO_LARGE      html or document over its limit
//   RESOURCE_EXHAUSTED QUEUE_FULL     no turn came within kMaxDocxWait
//   UNAVAILABLE DOCUMENT_FAILED       pandoc is missing, failed or took too long
StatusOr<std::string> HtmlToDocx(const std::string& html, UnixMicros made);

}  // namespace duijie
