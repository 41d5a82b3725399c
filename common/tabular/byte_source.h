// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of an input file, on disk or in memory, read at any offset. Size is fixed when it is opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "common/status/status.h"

namespace duijie::tabular {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual uint64_t size() const = 0;
  // Reads up to `n` bytes; fewer only at the end, 0 past it.
  virtual StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t n) = 0;
};

// Only regular files of at most `max_bytes`.
StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path, uint64_t max_bytes);
StatusOr<std::unique_ptr<ByteSource>> OpenMemorySource(std::string bytes, uint64_t max_bytes);

}  // namespace duijie::tabular
