// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/cluster_secret.h"

#include <sys/stat.h>

#include <fstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

class ClusterSecretTest : public ::testing::Test {
 protected:
  void Put(const std::string& text) { std::ofstream(path_) << text; }
  testing::TempDir folder_;
  const std::string path_ = folder_.File("secret");
};

TEST_F(ClusterSecretTest, IsMadeOnceForItsOwnerOnlyAndKept) {
  ASSERT_OK_AND_ASSIGN(const std::string first, ReadOrCreateClusterSecret(path_));
  EXPECT_GE(first.size(), kMinClusterSecretBytes);
  struct stat info {};
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_OK_AND_ASSIGN(const std::string second, ReadOrCreateClusterSecret(path_));
  EXPECT_EQ(second, first);
  ASSERT_OK_AND_ASSIGN(const std::string other, ReadOrCreateClusterSecret(folder_.File("other")));
  EXPECT_NE(other, first);
}

TEST_F(ClusterSecretTest, ALineEndIsNotPartOfIt) {
  Put(std::string(32, 's') + "\r\n");
  ASSERT_OK_AND_ASSIGN(const std::string secret, ReadClusterSecret(path_));
  EXPECT_EQ(secret, std::string(32, 's'));
}

TEST_F(ClusterSecretTest, TooShortTooLongAndMissingAreRefused) {
  EXPECT_THAT(ReadClusterSecret(path_), StatusIs(StatusCode::kFailedPrecondition, "INVALID_CONFIG"));
  Put(std::string(31, 's') + "\n");
  EXPECT_THAT(ReadClusterSecret(path_), StatusIs(StatusCode::kFailedPrecondition));
  Put(std::string(kMaxClusterSecretBytes + 1, 's'));
  EXPECT_THAT(ReadClusterSecret(path_), StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(ClusterSecretTest, WritingReplacesAnOldFileWhole) {
  ASSERT_THAT(WriteSecretFile(path_, "old and long"), IsOk());
  ASSERT_THAT(WriteSecretFile(path_, "new"), IsOk());
  std::ifstream file(path_);
  std::string text;
  std::getline(file, text);
  EXPECT_EQ(text, "new");
}

TEST_F(ClusterSecretTest, AFolderThatIsMissingIsAnError) {
  EXPECT_FALSE(WriteSecretFile(folder_.File("missing/secret"), "x").ok());
}

}  // namespace
}  // namespace duijie
