// SPDX-License-Identifier: GPL-3.0-or-later
// The unified social credit code of legal entities (统一社会信用代码), GB 32100-2015.
//
// 18 characters: 1 registration authority, 1 kind of entity, 6 digits of the region (GB/T 2260), 9 of the
// organization code, 1 check character. Characters are 0-9 and A-Z without I, O, S, V, Z; the value of one is
// its place in that list (0 to 30). With weights W(i) = 3^(i-1) mod 31 for i = 1..17 the check value is
// (31 - sum of value(i) * W(i) mod 31) mod 31. As 31 is prime and no weight is
// 0, every change of a single character is found.
#pragma once

#include <cstddef>
#include <string_view>

namespace duijie {

constexpr size_t kCreditCodeLength = 18;

// The 18th character for the first 17, or '\0' if they are not 17 characters of the alphabet.
char CreditCodeCheckDigit(std::string_view first17);

// Whether `code` has 18 characters of the alphabet (upper case), a region of digits, and the right check
// character. Whether the entity exists cannot be told from the code.
bool IsValidCreditCode(std::string_view code);

}  // namespace duijie
