// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/id_maker.h"

#include <cstdint>

namespace duijie {
namespace {

constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford base 32
constexpr int kBitsPerCharacter = 5;
constexpr int kTimeCharacters = 10;
constexpr int kCharactersPerHalf = 8;

std::string Base32(uint64_t number, int characters) {
  std::string text(static_cast<size_t>(characters), '0');
  for (size_t i = text.size(); i-- > 0; number >>= kBitsPerCharacter) text[i] = kAlphabet[number & 31];
  return text;
}

std::string TimePart(UnixMicros now) { return Base32(static_cast<uint64_t>(now / 1000), kTimeCharacters); }

}  // namespace

std::string RandomIdMaker::NewId(UnixMicros now) {
  std::lock_guard lock(mutex_);
  auto half = [this] { return Base32(uint64_t{device_()} << 32 | device_(), kCharactersPerHalf); };
  std::string id = TimePart(now);
  id += half();
  return id + half();
}

std::string CountingIdMaker::NewId(UnixMicros now) {
  std::lock_guard lock(mutex_);
  return TimePart(now) + Base32(next_++, 2 * kCharactersPerHalf);
}

}  // namespace duijie
