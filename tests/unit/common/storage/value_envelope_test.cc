// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/value_envelope.h"

#include <gtest/gtest.h>

#include "common/storage/checksummed_store.h"
#include "common/storage/crc32c.h"
#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

// RFC 3720, section B.4.
TEST(Crc32c, AgreesWithThePublishedVectors) {
  EXPECT_EQ(ExtendCrc32c(0, std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(ExtendCrc32c(0, std::string(32, '\xff')), 0x62a8ab43U);
  std::string ascending;
  for (char c = 0; c < 32; ++c) ascending.push_back(c);
  EXPECT_EQ(ExtendCrc32c(0, ascending), 0x46dd794eU);
  EXPECT_EQ(ExtendCrc32c(0, "123456789"), 0xe3069283U);
}

TEST(Crc32c, IsTheSameInPieces) {
  const std::string text = "石墨烯 slicing at every place";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(ExtendCrc32c(ExtendCrc32c(0, text.substr(0, cut)), text.substr(cut)), ExtendCrc32c(0, text));
  }
}

TEST(ValueEnvelope, RoundTrips) {
  for (const std::string& payload : {std::string(), std::string("x"), std::string("\0\xff", 2)}) {
    const std::string sealed = SealValue("key", payload);
    ASSERT_OK_AND_ASSIGN(const std::string_view opened, OpenValue("key", sealed));
    EXPECT_EQ(opened, payload);
  }
}

TEST(ValueEnvelope, EveryFlippedBitIsSeen) {
  const std::string sealed = SealValue("key", "payload");
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string damaged = sealed;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(OpenValue("key", damaged), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"))
        << "bit " << bit;
  }
}

TEST(ValueEnvelope, EveryCutIsSeen) {
  const std::string sealed = SealValue("key", "payload");
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_THAT(OpenValue("key", sealed.substr(0, size)),
                StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  }
}

TEST(ValueEnvelope, ValueUnderAnotherKeyIsSeen) {
  const std::string sealed = SealValue("key", "payload");
  EXPECT_THAT(OpenValue("kez", sealed), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
}

// A store whose values can be damaged beneath the checksums.
class DamagedStore : public ::testing::Test {
 protected:
  void SetUp() override {
    WriteBatch batch;
    for (const char* key : {"a", "b", "c"}) batch.Put(key, "value");
    ASSERT_THAT(store_->Write(batch), IsOk());
    ASSERT_OK_AND_ASSIGN(const auto sealed, raw_->Get("b"));
    std::string damaged = sealed.value();
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    WriteBatch damage;
    damage.Put("b", damaged);
    ASSERT_THAT(raw_->Write(damage), IsOk());
  }

  std::unique_ptr<KvStore> raw_ = NewMemoryStore();
  std::unique_ptr<KvStore> store_ = NewChecksummedStore(raw_.get());
};

TEST_F(DamagedStore, GetNamesTheKey) {
  const auto value = store_->Get("b");
  ASSERT_THAT(value, StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  EXPECT_EQ(MetadataOf(value.status()).at("key"), "62");
  EXPECT_THAT(store_->Get("a"), IsOk());
}

TEST_F(DamagedStore, ScanStopsAtTheDamageWithTheSameError) {
  const auto it = store_->Scan("", "");
  ASSERT_TRUE(it->Valid());
  it->Next();
  EXPECT_FALSE(it->Valid());
  ASSERT_THAT(it->status(), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  EXPECT_EQ(MetadataOf(it->status()).at("key"), "62");
  it->Seek("c");
  EXPECT_TRUE(it->Valid());
  EXPECT_THAT(it->status(), IsOk());
}

}  // namespace
}  // namespace duijie
