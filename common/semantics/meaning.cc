// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/meaning.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace duijie {
namespace {

constexpr size_t kScaleBytes = sizeof(uint32_t);
constexpr double kLargest = 127;  // of a signed byte

float ScaleOf(std::string_view bytes) {
  uint32_t bits = 0;
  for (size_t i = kScaleBytes; i-- > 0;) bits = bits << 8U | static_cast<uint8_t>(bytes[i]);
  return std::bit_cast<float>(bits);
}

}  // namespace

std::string EncodeMeaning(const std::vector<double>& direction) {
  double largest = 0;
  for (const double entry : direction) largest = std::max(largest, std::abs(entry));
  if (!(largest > 0)) return {};
  const auto scale = static_cast<float>(largest / kLargest);
  std::string bytes;
  bytes.reserve(kScaleBytes + direction.size());
  for (size_t i = 0; i < kScaleBytes; ++i) {
    bytes.push_back(static_cast<char>(std::bit_cast<uint32_t>(scale) >> 8 * i));
  }
  for (const double entry : direction) {
    const double rounded = std::clamp(std::round(entry / static_cast<double>(scale)), -kLargest, kLargest);
    bytes.push_back(static_cast<char>(static_cast<int8_t>(rounded)));
  }
  return bytes;
}

double MeaningCosine(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.size() <= kScaleBytes) return 0;
  int32_t sum = 0;
  for (size_t i = kScaleBytes; i < a.size(); ++i) {
    sum += static_cast<int32_t>(static_cast<int8_t>(a[i])) * static_cast<int8_t>(b[i]);
  }
  const double cosine = static_cast<double>(ScaleOf(a)) * static_cast<double>(ScaleOf(b)) * sum;
  return std::isfinite(cosine) ? std::clamp(cosine, -1.0, 1.0) : 0;
}

}  // namespace duijie
