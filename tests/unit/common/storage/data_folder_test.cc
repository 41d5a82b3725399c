// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/data_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(DataFolder, MakesMissingFolders) {
  const testing::TempDir temp;
  const auto folder = DataFolder::Open(temp.File("a/b/c"));
  ASSERT_THAT(folder, IsOk());
  EXPECT_TRUE(std::filesystem::is_directory(temp.File("a/b/c")));
  EXPECT_EQ(folder->Sub("catalog"), temp.File("a/b/c/catalog"));
}

TEST(DataFolder, SecondOpenerIsToldWhoHoldsIt) {
  const testing::TempDir temp;
  const auto first = DataFolder::Open(temp.File("data"));
  ASSERT_THAT(first, IsOk());
  const auto second = DataFolder::Open(temp.File("data"));
  ASSERT_THAT(second, StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  EXPECT_THAT(std::string(MessageOf(second.status())), HasSubstr(temp.File("data")));
  EXPECT_THAT(std::string(MessageOf(second.status())), HasSubstr(std::to_string(getpid())));
}

TEST(DataFolder, IsFreeAgainAfterItsHolder) {
  const testing::TempDir temp;
  {
    auto first = DataFolder::Open(temp.File("data"));
    ASSERT_THAT(first, IsOk());
    const DataFolder moved = *std::move(first);
    EXPECT_THAT(DataFolder::Open(temp.File("data")),
                StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  }
  EXPECT_THAT(DataFolder::Open(temp.File("data")), IsOk());
}

TEST(DataFolder, FileInTheWayIsNamed) {
  const testing::TempDir temp;
  std::ofstream(temp.File("data")) << "a file";
  for (const std::string& path : {temp.File("data"), temp.File("data/below")}) {
    EXPECT_THAT(DataFolder::Open(path),
                StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_NOT_A_FOLDER"));
  }
}

// Root may write anywhere, so for the test the process becomes an ordinary user.
class OrdinaryUser {
 public:
  OrdinaryUser() : is_(geteuid() != 0 || seteuid(kNobody) == 0) {}
  ~OrdinaryUser() {
    if (getuid() == 0 && seteuid(0) != 0) std::abort();
  }
  bool is() const { return is_; }

 private:
  static constexpr uid_t kNobody = 65534;
  const bool is_;
};

TEST(DataFolder, ReadOnlyFolderIsNamed) {
  namespace fs = std::filesystem;
  const testing::TempDir temp;
  fs::permissions(temp.path(), fs::perms::owner_all | fs::perms::group_all | fs::perms::others_all);
  fs::create_directory(temp.File("data"));
  std::ofstream(temp.File("data/" + std::string(kLockFileName))).flush();
  fs::permissions(temp.File("data/" + std::string(kLockFileName)), fs::perms::all);
  constexpr fs::perms kReadOnly =
      fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec;
  fs::permissions(temp.File("data"), kReadOnly);
  StatusOr<DataFolder> existing = absl::UnknownError("");
  StatusOr<DataFolder> below = absl::UnknownError("");
  {
    const OrdinaryUser user;
    if (!user.is()) GTEST_SKIP() << "this process cannot become an ordinary user";
    existing = DataFolder::Open(temp.File("data"));
    below = DataFolder::Open(temp.File("data/below"));
  }
  fs::permissions(temp.File("data"), fs::perms::owner_all);
  EXPECT_THAT(existing, StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_READ_ONLY"));
  EXPECT_THAT(below, StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_READ_ONLY"));
}

TEST(DataFolder, SystemErrorsHaveTheirOwnReasons) {
  EXPECT_THAT(FolderError(EROFS, "f"), StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_READ_ONLY"));
  EXPECT_THAT(FolderError(ENOSPC, "f"), StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
  EXPECT_THAT(FolderError(EIO, "f"), StatusIs(StatusCode::kUnavailable, "STORE_IO_ERROR"));
}

}  // namespace
}  // namespace duijie
