// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of the index's own formats: little-endian integers, varints, length-prefixed strings; a checked
// reader.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace duijie::search {

inline void PutVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

inline void PutString(std::string_view text, std::string* out) {
  PutVarint(text.size(), out);
  out->append(text);
}

inline void PutFixed32(uint32_t value, std::string* out) {
  const char bytes[4] = {static_cast<char>(value), static_cast<char>(value >> 8),
                         static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
  out->append(bytes, sizeof bytes);
}

inline uint32_t LoadFixed32(const char* from) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(from);
  return bytes[0] | static_cast<uint32_t>(bytes[1]) << 8 | static_cast<uint32_t>(bytes[2]) << 16 |
         static_cast<uint32_t>(bytes[3]) << 24;
}

inline uint64_t LoadFixed64(const char* from) {
  return LoadFixed32(from) | static_cast<uint64_t>(LoadFixed32(from + sizeof(uint32_t))) << 32;
}

// Reads from the front. After a read that does not fit, ok() is false and every value is 0 or empty.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  std::string_view rest() const { return rest_; }

  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }

  std::string_view Bytes(uint64_t count) {
    if (count > rest_.size()) {
      Fail();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  std::string_view String() { return Bytes(Varint()); }

  uint32_t Fixed32() {
    const std::string_view bytes = Bytes(4);
    return bytes.empty() ? 0 : LoadFixed32(bytes.data());
  }

 private:
  void Fail() {
    ok_ = false;
    rest_ = {};
  }

  std::string_view rest_;
  bool ok_ = true;
};

// A quick checksum of four words of eight bytes a step, which need not wait for each other; finds damage, not
// malice.
inline uint32_t Checksum(std::string_view bytes) {
  constexpr uint64_t kFactor = 0xff51afd7ed558ccdu;
  constexpr size_t kLanes = 4;
  constexpr size_t kWord = sizeof(uint64_t);
  std::array<uint64_t, kLanes> lanes = {0x9e3779b97f4a7c15u ^ bytes.size(), 0xbf58476d1ce4e5b9u,
                                        0x94d049bb133111ebu, 0xd6e8feb86659fd93u};
  const auto mix = [](uint64_t* lane, uint64_t word) {
    *lane = (*lane ^ word) * kFactor;
    *lane ^= *lane >> 32;
  };
  for (; bytes.size() >= kLanes * kWord; bytes.remove_prefix(kLanes * kWord)) {
    for (size_t i = 0; i < kLanes; ++i) mix(&lanes[i], LoadFixed64(bytes.data() + i * kWord));
  }
  for (; bytes.size() >= kWord; bytes.remove_prefix(kWord)) mix(&lanes[0], LoadFixed64(bytes.data()));
  uint64_t last = 0;
  for (const char byte : bytes) last = last << 8 | static_cast<uint8_t>(byte);
  mix(&lanes[0], last);
  for (size_t i = 1; i < kLanes; ++i) mix(&lanes[0], lanes[i]);
  return static_cast<uint32_t>(lanes[0]);
}

}  // namespace duijie::search
