// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/credit_code.h"

#include <algorithm>

namespace duijie {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr size_t kModulus = 31;
constexpr size_t kWeightBase = 3;
constexpr size_t kRegionStart = 2;
constexpr size_t kRegionLength = 6;
static_assert(kAlphabet.size() == kModulus);

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

char CreditCodeCheckDigit(std::string_view first17) {
  if (first17.size() != kCreditCodeLength - 1) return '\0';
  size_t sum = 0;
  size_t weight = 1;
  for (const char c : first17) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return '\0';
    sum += value * weight;
    weight = weight * kWeightBase % kModulus;
  }
  return kAlphabet[(kModulus - sum % kModulus) % kModulus];
}

bool IsValidCreditCode(std::string_view code) {
  if (code.size() != kCreditCodeLength) return false;
  const std::string_view region = code.substr(kRegionStart, kRegionLength);
  if (!std::all_of(region.begin(), region.end(), IsDigit)) return false;
  const char check = CreditCodeCheckDigit(code.substr(0, kCreditCodeLength - 1));
  return check != '\0' && check == code.back();
}

}  // namespace duijie
