// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli, RFC 3720 section B.4): reflected polynomial 0x82F63B78, initial value and final xor
// ~0.
#pragma once

#include <cstdint>
#include <string_view>

namespace duijie {

// The checksum of bytes that follow others whose checksum is `crc`; 0 to start.
uint32_t ExtendCrc32c(uint32_t crc, std::string_view bytes);

}  // namespace duijie
