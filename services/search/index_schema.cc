// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/index_schema.h"

#include <algorithm>
#include <cstdio>

namespace duijie::search {
namespace {

// FNV-1a with the finalizer of MurmurHash3 (both in the public domain), so that short texts spread over all
// bits.
uint64_t Hash64(std::string_view bytes, uint64_t seed) {
  uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3u;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53u;
  return hash ^ (hash >> 33);
}

constexpr size_t kRegionDigits = 6;

// Big endian, so that new documents are appended to the table.
std::string KeyOf(char kind, Xapian::docid id) {
  std::string key(1, kind);
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(id >> shift));
  return key;
}

}  // namespace

std::string TermOf(Prefix prefix, std::string_view text) {
  std::string term(1, static_cast<char>(prefix));
  if (text.size() <= kMaxTermTextBytes) return term.append(text);
  char hash[20];
  std::snprintf(hash, sizeof hash, "#%016llx", static_cast<unsigned long long>(Hash64(text, 0)));
  return term.append(text.substr(0, kMaxTermTextBytes)).append(hash);
}

std::string TermOf(Prefix prefix, int number) { return TermOf(prefix, std::to_string(number)); }

std::string AccessTerm(Prefix prefix, v1::RecordState state, std::string_view access_term) {
  return TermOf(prefix, std::to_string(static_cast<int>(state)).append(access_term));
}

std::string ForwardKey(Xapian::docid id) { return KeyOf('f', id); }
std::string TextsKey(Xapian::docid id) { return KeyOf('t', id); }

std::string CityOf(std::string_view region_code) {
  return region_code.size() == kRegionDigits ? std::string(region_code.substr(0, 4)) + "00"
                                             : std::string(region_code);
}

std::string ProvinceOf(std::string_view region_code) {
  return region_code.size() == kRegionDigits ? std::string(region_code.substr(0, 2)) + "0000"
                                             : std::string(region_code);
}

uint32_t HashTerm(TermClass kind, std::string_view text) {
  const auto hash = static_cast<uint32_t>(Hash64(text, static_cast<uint8_t>(kind)) >> 32);
  switch (kind) {
    case TermClass::kBigram:
      return std::max(hash & ~1U, 2U);
    case TermClass::kUnigram:
      return hash | 1U;
    case TermClass::kWord:
      break;
  }
  return std::max(hash, 1U);
}

}  // namespace duijie::search
