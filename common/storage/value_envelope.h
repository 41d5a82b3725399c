// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes around every stored value, so that damage is seen when it is read. See docs/formats/storage.md.
//   envelope version (1 byte, 1) | CRC-32C of key and payload (4 bytes, little-endian) | payload
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

std::string SealValue(std::string_view key, std::string_view payload);

// The payload, a view into `sealed`; DATA_LOSS CHECKSUM_MISMATCH if any bit of key or value differs from what
// was sealed.
StatusOr<std::string_view> OpenValue(std::string_view key, std::string_view sealed);

// DATA_LOSS with the key in hex as metadata "key".
Status ChecksumMismatch(std::string_view key, std::string_view message);

}  // namespace duijie
