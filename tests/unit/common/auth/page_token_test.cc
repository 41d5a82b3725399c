// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/page_token.h"

#include <random>

#include "common/auth/crypto.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::StatusIs;

constexpr char kScope[] = "ListNeeds|state=PUBLISHED";
const auto kNoToken = StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN");

class PageTokenTest : public ::testing::Test {
 protected:
  PageTokens tokens_{std::string(32, 'k')};
};

TEST_F(PageTokenTest, OpensToThePositionItWasMadeOf) {
  for (const std::string& position : {std::string(), std::string("n123"), std::string("\0\xff", 2),
                                      std::string(PageTokens::kMaxPositionBytes, 'p')}) {
    ASSERT_OK_AND_ASSIGN(const std::string opened, tokens_.Open(kScope, tokens_.Make(kScope, position)));
    EXPECT_EQ(opened, position);
  }
}

TEST_F(PageTokenTest, IsTheSameInEveryProcessWithTheKey) {
  EXPECT_EQ(PageTokens(std::string(32, 'k')).Make(kScope, "p"), tokens_.Make(kScope, "p"));
}

TEST_F(PageTokenTest, IsRefusedForAnotherQuery) {
  EXPECT_THAT(tokens_.Open("ListNeeds|state=DRAFT", tokens_.Make(kScope, "p")), kNoToken);
}

TEST_F(PageTokenTest, ScopeAndPositionCannotBeShifted) {
  EXPECT_THAT(tokens_.Open("ab", tokens_.Make("a", "bc")), kNoToken);
}

TEST_F(PageTokenTest, IsRefusedUnderAnotherKey) {
  EXPECT_THAT(PageTokens(std::string(32, 'x')).Open(kScope, tokens_.Make(kScope, "p")), kNoToken);
}

TEST_F(PageTokenTest, IsRefusedWhenAnyCharacterIsChangedDroppedOrAdded) {
  const std::string token = tokens_.Make(kScope, "position");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(tokens_.Open(kScope, changed), kNoToken) << i;
    EXPECT_THAT(tokens_.Open(kScope, token.substr(0, i)), kNoToken) << i;
  }
  EXPECT_THAT(tokens_.Open(kScope, token + "A"), kNoToken);
  EXPECT_THAT(tokens_.Open(kScope, token + "="), kNoToken);
  EXPECT_THAT(tokens_.Open(kScope, token + "\n"), kNoToken);
}

TEST_F(PageTokenTest, OverlongTokensAreRefused) {
  EXPECT_THAT(tokens_.Open(kScope, std::string(1 << 20, 'A')), kNoToken);
}

TEST_F(PageTokenTest, RandomBytesAreRefusedAndNeverCrash) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 100, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    ASSERT_THAT(tokens_.Open(kScope, bytes), kNoToken);
    ASSERT_THAT(tokens_.Open(kScope, crypto::ToBase64Url(bytes)), kNoToken);
  }
}

TEST(CryptoTest, Base64UrlTakesOnlyTheCanonicalText) {
  EXPECT_EQ(crypto::ToBase64Url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(crypto::FromBase64Url("-__-"), "\xfb\xff\xfe");
  EXPECT_EQ(crypto::FromBase64Url(""), "");
  EXPECT_EQ(crypto::FromBase64Url("QQ"), "A");
  for (const char* bad : {"QR", "QQ==", "Q", "Q Q", "+//+", "\xff"})
    EXPECT_EQ(crypto::FromBase64Url(bad), std::nullopt) << bad;
}

TEST(CryptoTest, HashIsBlake2b256) {
  // BLAKE2b-256 of "abc", as b2sum -l 256 prints it.
  EXPECT_EQ(crypto::ToHex(crypto::Hash("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(CryptoTest, DerivedKeysDifferByPurposeAndSecret) {
  const std::string key = crypto::DeriveKey("secret", "a");
  EXPECT_EQ(key.size(), crypto::kKeyBytes);
  EXPECT_EQ(key, crypto::DeriveKey("secret", "a"));
  EXPECT_NE(key, crypto::DeriveKey("secret", "b"));
  EXPECT_NE(key, crypto::DeriveKey("secres", "a"));
}

TEST(CryptoTest, EqualComparesContents) {
  EXPECT_TRUE(crypto::Equal("abc", "abc"));
  EXPECT_FALSE(crypto::Equal("abc", "abd"));
  EXPECT_FALSE(crypto::Equal("abc", "ab"));
  EXPECT_TRUE(crypto::Equal("", ""));
}

}  // namespace
}  // namespace duijie
