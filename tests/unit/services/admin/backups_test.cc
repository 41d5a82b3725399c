// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/backups.h"

#include <filesystem>
#include <fstream>
#include <future>

#include "services/admin/page_size.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

TEST(BackupManifestTest, IsReadBackAsItWasWritten) {
  BackupManifest manifest{"20260131-235959-42", 42, 30, {{"keys", 10}, {"records", 20}}};
  ASSERT_OK_AND_ASSIGN(const BackupManifest read, ParseManifest(ToText(manifest)));
  EXPECT_EQ(ToText(read), ToText(manifest));
  EXPECT_EQ(read.stores.at("records"), 20);
}

TEST(BackupManifestTest, DamageIsTold) {
  const std::string good = ToText({"id", 1, 2, {{"keys", 2}}});
  for (size_t end = 0; end < good.size(); ++end) {
    EXPECT_THAT(ParseManifest(good.substr(0, end)), StatusIs(StatusCode::kDataLoss, "BACKUP_DAMAGED")) << end;
  }
  for (const std::string line :
       {"store.../etc = 1\n", "store.a/b = 1\n", "bytes = -1\n", "bytes = x\n", "what = 1\n", "x\n"}) {
    EXPECT_THAT(ParseManifest(good + line), StatusIs(StatusCode::kDataLoss, "BACKUP_DAMAGED")) << line;
  }
  EXPECT_THAT(ParseManifest("format = 2\n"), StatusIs(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW"));
}

TEST(BackupManifestTest, TheIdTellsTimeAndRevision) {
  EXPECT_EQ(BackupId(0, 0), "19700101-000000-0");
  EXPECT_EQ(BackupId(1'769'903'999'999'999, 42), "20260131-235959-42");
}

class BackupsTest : public ::testing::Test {
 protected:
  Backups::Source SourceWith(const std::string& store, StatusOr<Backups::Written> result) {
    return {store, [this, store, result](const std::string& id) {
              order_.push_back(store);
              std::filesystem::create_directories(folder_.path() / id / store);
              return result;
            }};
  }
  testing::TempDir folder_;
  FakeClock clock_;
  std::vector<std::string> order_;
};

TEST_F(BackupsTest, StoresAreWrittenInOrderAndTheManifestSumsUp) {
  Backups backups(
      folder_.path().string(),
      {SourceWith("runs", Backups::Written{10, 0}), SourceWith("records", Backups::Written{20, 43})}, clock_);
  ASSERT_OK_AND_ASSIGN(const BackupManifest manifest, backups.Create(42));
  EXPECT_EQ(order_, (std::vector<std::string>{"runs", "records"}));
  EXPECT_EQ(manifest.bytes, 30);
  EXPECT_EQ(manifest.revision, 43);
}

TEST_F(BackupsTest, AFailureLeavesNothingAndNamesTheStore) {
  Backups backups(folder_.path().string(),
                  {SourceWith("runs", Backups::Written{10, 0}),
                   SourceWith("records", Error(StatusCode::kResourceExhausted, "DISK_FULL", "full"))},
                  clock_);
  const auto result = backups.Create(42);
  EXPECT_THAT(result, StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
  EXPECT_EQ(MessageOf(result.status()), "store records: full");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(BackupsTest, OnlyOneIsWrittenAtATime) {
  std::promise<void> entered, release;
  Backups backups(folder_.path().string(),
                  {{"runs",
                    [&](const std::string& id) -> StatusOr<Backups::Written> {
                      std::filesystem::create_directories(folder_.path() / id);
                      entered.set_value();
                      release.get_future().wait();
                      return Backups::Written{};
                    }}},
                  clock_);
  auto first = std::async(std::launch::async, [&] { return backups.Create(1); });
  entered.get_future().wait();
  EXPECT_THAT(backups.Create(2), StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
  release.set_value();
  EXPECT_THAT(first.get(), IsOk());
}

TEST(PageSizeTest, ZeroIsTheDefaultTooMuchTheMostAndNegativeAnError) {
  constexpr PageSize kPages{50, 200};
  EXPECT_EQ(kPages.Read(0).value(), 50);
  EXPECT_EQ(kPages.Read(7).value(), 7);
  EXPECT_EQ(kPages.Read(201).value(), 200);
  EXPECT_THAT(kPages.Read(-1), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

}  // namespace
}  // namespace duijie
