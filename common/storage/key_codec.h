// SPDX-License-Identifier: GPL-3.0-or-later
// Ordered key codec: tuples of byte tags, strings and 64-bit numbers <-> bytes, such that comparing the bytes
// (memcmp) compares the tuples field by field.
//
//   tag        1 byte
//   string     each byte 0x00 becomes 0x00 0xFF; then the terminator 0x00 0x01
//   u64        8 bytes, big-endian
//   u64 desc   8 bytes, big-endian, of the complement: greater numbers come first
//
// Each position of a key has one field type, fixed by the key's shape; the bytes do not carry types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace duijie {

class KeyBuilder {
 public:
  KeyBuilder& Tag(uint8_t tag);
  KeyBuilder& Str(std::string_view text);
  // The string without its terminator, so that the key is a prefix of every key whose string starts with
  // `text`.
  KeyBuilder& StrPrefix(std::string_view text);
  KeyBuilder& U64(uint64_t number);
  KeyBuilder& U64Desc(uint64_t number);
  // Bytes as they are; only as the last field.
  KeyBuilder& Raw(std::string_view bytes);
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

// Reads the fields of a key in order; any bytes are safe input. A read returns false, and every later one
// too, if the bytes there are not a field of that kind; the output is then unchanged. Keeps a view of the
// bytes.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}

  bool Tag(uint8_t expected);  // also false if the tag is another one
  bool AnyTag(uint8_t* tag);
  bool Str(std::string* text);
  bool U64(uint64_t* number);
  bool U64Desc(uint64_t* number);
  std::string_view Rest() const { return rest_; }
  bool ok() const { return ok_; }
  bool AtEnd() const { return ok_ && rest_.empty(); }  // everything was read, without an error

 private:
  bool Fail();

  std::string_view rest_;
  bool ok_ = true;
};

// The smallest key above every key that starts with `prefix`; empty, meaning no bound, if there is none.
std::string PrefixEnd(std::string_view prefix);

}  // namespace duijie
