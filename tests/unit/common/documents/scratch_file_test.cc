// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/scratch_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(ScratchFileTest, GoesWithItsObjectAndNeverSharesAPath) {
  const testing::TempDir folder;
  std::string path;
  {
    const ScratchFile file(folder.path()), other(folder.path());
    path = file.path();
    EXPECT_NE(path, other.path());
    Write(path, "x");
    ASSERT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ScratchFileTest, AFolderIsEmptiedOfFilesAndFolders) {
  const testing::TempDir folder;
  Write(folder.File("left"), "x");
  std::filesystem::create_directories(folder.File("deep/er"));
  EmptyFolder(folder.path());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ReadInChunksTest, GivesEveryByteInPiecesOfBoundedSize) {
  const testing::TempDir folder;
  const std::string bytes = std::string(kFileChunkBytes, 'a') + "tail";
  Write(folder.File("f"), bytes);
  std::string read;
  ASSERT_THAT(ReadInChunks(folder.File("f"),
                           [&](const std::string& chunk) {
                             EXPECT_LE(chunk.size(), kFileChunkBytes);
                             read += chunk;
                             return OkStatus();
                           }),
              IsOk());
  EXPECT_EQ(read, bytes);
  EXPECT_EQ(*ReadWhole(folder.File("f")), bytes);
}

TEST(ReadInChunksTest, EndsWithTheFirstErrorAndTellsOfAMissingFile) {
  const testing::TempDir folder;
  Write(folder.File("f"), "x");
  const Status gone = Error(StatusCode::kCancelled, "CALLER_GONE", "gone");
  EXPECT_THAT(ReadInChunks(folder.File("f"), [&](const std::string&) { return gone; }),
              StatusIs(StatusCode::kCancelled, "CALLER_GONE"));
  EXPECT_THAT(ReadWhole(folder.File("missing")), StatusIs(StatusCode::kInternal, "DOCUMENT_FAILED"));
}

}  // namespace
}  // namespace duijie
