// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/key_codec.h"

namespace duijie {
namespace {

constexpr char kZero = '\x00';
constexpr char kEscapedZero = '\xff';
constexpr char kEndOfString = '\x01';
constexpr size_t kU64Bytes = 8;

}  // namespace

KeyBuilder& KeyBuilder::Tag(uint8_t tag) {
  key_.push_back(static_cast<char>(tag));
  return *this;
}

KeyBuilder& KeyBuilder::StrPrefix(std::string_view text) {
  for (size_t zero = text.find(kZero); zero != std::string_view::npos; zero = text.find(kZero)) {
    key_.append(text.substr(0, zero + 1)).push_back(kEscapedZero);
    text.remove_prefix(zero + 1);
  }
  key_.append(text);
  return *this;
}

KeyBuilder& KeyBuilder::Str(std::string_view text) {
  StrPrefix(text);
  key_.push_back(kZero);
  key_.push_back(kEndOfString);
  return *this;
}

KeyBuilder& KeyBuilder::U64(uint64_t number) {
  for (size_t i = kU64Bytes; i-- > 0;) key_.push_back(static_cast<char>(number >> (8 * i)));
  return *this;
}

KeyBuilder& KeyBuilder::U64Desc(uint64_t number) { return U64(~number); }

KeyBuilder& KeyBuilder::Raw(std::string_view bytes) {
  key_.append(bytes);
  return *this;
}

bool KeyReader::Fail() {
  ok_ = false;
  rest_ = {};
  return false;
}

bool KeyReader::Tag(uint8_t expected) {
  uint8_t tag = 0;
  if (!AnyTag(&tag)) return false;
  return tag == expected || Fail();
}

bool KeyReader::AnyTag(uint8_t* tag) {
  if (rest_.empty()) return Fail();
  *tag = static_cast<uint8_t>(rest_[0]);
  rest_.remove_prefix(1);
  return true;
}

bool KeyReader::Str(std::string* text) {
  std::string decoded;
  std::string_view rest = rest_;
  while (true) {
    const size_t zero = rest.find(kZero);
    if (zero == std::string_view::npos || zero + 1 == rest.size()) return Fail();
    decoded.append(rest.substr(0, zero));
    const char mark = rest[zero + 1];
    rest.remove_prefix(zero + 2);
    if (mark == kEndOfString) break;
    if (mark != kEscapedZero) return Fail();
    decoded.push_back(kZero);
  }
  rest_ = rest;
  *text = std::move(decoded);
  return true;
}

bool KeyReader::U64(uint64_t* number) {
  if (rest_.size() < kU64Bytes) return Fail();
  uint64_t value = 0;
  for (size_t i = 0; i < kU64Bytes; ++i) value = (value << 8) | static_cast<uint8_t>(rest_[i]);
  rest_.remove_prefix(kU64Bytes);
  *number = value;
  return true;
}

bool KeyReader::U64Desc(uint64_t* number) {
  uint64_t complement = 0;
  if (!U64(&complement)) return false;
  *number = ~complement;
  return true;
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<uint8_t>(end.back()) + 1);
  return end;
}

}  // namespace duijie
