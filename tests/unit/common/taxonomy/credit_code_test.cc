// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/credit_code.h"

#include <gtest/gtest.h>

#include <string>

namespace duijie {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// The example that explanations of GB 32100-2015 print, then the published codes of well-known entities.
constexpr std::string_view kValid[] = {"91350100M000100Y43", "91110108551385082Q", "914403001922038216",
                                       "9144030071526726XG", "91110000802100433B", "12100000400000624D"};

TEST(CreditCodeTest, AcceptsPublishedCodes) {
  for (const std::string_view code : kValid) EXPECT_TRUE(IsValidCreditCode(code)) << code;
}

TEST(CreditCodeTest, CheckDigitIsTheLastCharacter) {
  for (const std::string_view code : kValid)
    EXPECT_EQ(CreditCodeCheckDigit(code.substr(0, 17)), code[17]) << code;
}

TEST(CreditCodeTest, CheckDigitOfZeroSumIsZero) { EXPECT_EQ(CreditCodeCheckDigit("00000000000000000"), '0'); }

TEST(CreditCodeTest, RejectsEveryChangeOfOneCharacter) {
  for (const std::string_view code : kValid) {
    for (size_t i = 0; i < code.size(); ++i) {
      for (const char c : kAlphabet) {
        if (c == code[i]) continue;
        std::string changed(code);
        changed[i] = c;
        EXPECT_FALSE(IsValidCreditCode(changed)) << changed;
      }
    }
  }
}

TEST(CreditCodeTest, RejectsSwappedNeighbours) {
  EXPECT_FALSE(IsValidCreditCode("91110108551380582Q"));
  EXPECT_FALSE(IsValidCreditCode("914403001922083216"));
}

TEST(CreditCodeTest, RejectsOtherLengths) {
  EXPECT_FALSE(IsValidCreditCode(""));
  EXPECT_FALSE(IsValidCreditCode("91350100M000100Y4"));
  EXPECT_FALSE(IsValidCreditCode("91350100M000100Y433"));
  EXPECT_EQ(CreditCodeCheckDigit("91350100M000100Y"), '\0');
}

TEST(CreditCodeTest, RejectsCharactersOutsideTheAlphabet) {
  for (const char c : std::string("IOSVZaq -\xE4")) {
    const std::string first17 = std::string("91350100M000100Y").append(1, c);
    EXPECT_EQ(CreditCodeCheckDigit(first17), '\0') << first17;
    EXPECT_FALSE(IsValidCreditCode(first17 + '\0')) << first17;
  }
  EXPECT_FALSE(IsValidCreditCode("91110108551385082q"));
}

TEST(CreditCodeTest, RejectsARegionWithLettersEvenIfTheChecksumFits) {
  const std::string first17 = "9135A100M000100Y4";
  const char check = CreditCodeCheckDigit(first17);
  ASSERT_NE(check, '\0');
  EXPECT_FALSE(IsValidCreditCode(first17 + check));
}

}  // namespace
}  // namespace duijie
