// SPDX-License-Identifier: GPL-3.0-or-later
// The whole daemon on a disk that fills up: it says so, goes on answering, loses nothing that it
// acknowledged, and takes writes again once there is room.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include <cstdio>
#include <filesystem>
#include <random>
#include <set>

#include "common/rpc/edge.h"
#include "tests/support/cluster.h"
#include "tests/support/records.h"

namespace duijie::testing {
namespace {

constexpr int kCannotMount = 77;
constexpr int kFirstWrites = 150;  // before the disk gets small
constexpr int kMostWrites = 20'000;
constexpr uint64_t kLargeBytes = uint64_t{512} << 20;
constexpr uint64_t kRoomBytes = uint64_t{8} << 20;  // what is left then

void Check(bool condition, const std::string& what) {
  if (condition) return;
  std::fprintf(stderr, "failed: %s\n", what.c_str());
  std::_Exit(1);
}

std::string SizeOption(uint64_t bytes) { return "size=" + std::to_string(bytes); }

// A file system of this process and its children; needs the right to mount.
void MountDisk(const std::string& folder) {
  std::filesystem::create_directories(folder);
  if (unshare(CLONE_NEWNS) != 0) std::_Exit(kCannotMount);
  if (mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) std::_Exit(kCannotMount);
  if (mount("tmpfs", folder.c_str(), "tmpfs", 0, SizeOption(kLargeBytes).c_str()) != 0)
    std::_Exit(kCannotMount);
}

void Resize(const std::string& disk, uint64_t bytes) {
  const int result = mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, SizeOption(bytes).c_str());
  Check(result == 0, "a disk of " + std::to_string(bytes) + " bytes");
}

// What the store takes of a disk before its first record differs from machine to machine, so the size is set
// from what is in use.
void LeaveLittleRoom(const std::string& disk) {
  struct statvfs usage {};
  Check(statvfs(disk.c_str(), &usage) == 0, "usage of the disk");
  Resize(disk, (usage.f_blocks - usage.f_bfree) * usage.f_frsize + kRoomBytes);
}

// Chinese text that hardly compresses.
std::string RandomText(std::mt19937& random, int characters) {
  std::string text;
  for (int i = 0; i < characters; ++i) {
    const unsigned rune = 0x4E00 + random() % 0x5000;  // three bytes of UTF-8
    text += static_cast<char>(0xE0 | rune >> 12);
    text += static_cast<char>(0x80 | (rune >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (rune & 0x3F));
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const Cluster& cluster) : cluster_(cluster) {}

  grpc::Status Write() {
    const Client client = cluster_.Admin();
    v1::CreateAchievementRequest request;
    const std::string id = "r" + std::to_string(next_++);
    request.set_achievement_id(id);
    request.mutable_achievement()->set_title("磁盘写满测试 " + id);
    request.mutable_achievement()->set_summary(RandomText(random_, 4'000));
    v1::CreateAchievementResponse response;
    const grpc::Status status =
        client.Call(client.catalog.get(), &v1::CatalogService::Stub::CreateAchievement, request, &response);
    if (status.ok()) {
      acknowledged_.insert(response.achievement().name());
      revision_ = response.achievement().revision();
    }
    return status;
  }

  void CheckAllAreThere(const std::string& when) const {
    const Client client = cluster_.Admin();
    for (const std::string& name : acknowledged_) {
      v1::GetAchievementRequest request;
      request.set_name(name);
      v1::GetAchievementResponse response;
      const grpc::Status status =
          client.Call(client.catalog.get(), &v1::CatalogService::Stub::GetAchievement, request, &response);
      Check(status.ok(), when + ": " + name + ": " + status.error_message());
    }
  }

  size_t acknowledged() const { return acknowledged_.size(); }
  int64_t revision() const { return revision_; }

 private:
  const Cluster& cluster_;
  std::mt19937 random_{1};
  std::set<std::string> acknowledged_;
  int next_ = 0;
  int64_t revision_ = 0;
};

int64_t Indexed(const Cluster& cluster, int64_t revision) {
  const Client client = cluster.Admin();
  v1::SearchRequest request;
  request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  request.mutable_filter()->add_states(v1::RECORD_STATE_DRAFT);
  request.set_min_revision(revision);
  v1::SearchResponse response;
  grpc::Status status;
  do {
    status = client.Call(client.search.get(), &v1::SearchService::Stub::Search, request, &response);
  } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);  // the index catches up
  Check(status.ok(), "search: " + status.error_message());
  return response.total();
}

[[noreturn]] void FillAndEnlarge() {
  Cluster cluster(Topology::kSingle, {{"limits", "requests_per_second = 1000000.0\nburst = 1000000"}});
  const std::string disk = cluster.data_folder("catalog");
  MountDisk(disk);
  cluster.Start();
  Writer writer(cluster);
  for (int i = 0; i < kFirstWrites; ++i) {
    const grpc::Status status = writer.Write();
    Check(status.ok(), "a write with room: " + status.error_message());
  }
  LeaveLittleRoom(disk);
  grpc::Status refused;
  for (int i = 0; i < kMostWrites && refused.ok(); ++i) refused = writer.Write();
  Check(refused.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED, refused.error_message());
  Check(ReasonOf(rpc::FromGrpc(refused)) == "DISK_FULL", refused.error_message());
  writer.CheckAllAreThere("while full");

  Resize(disk, kLargeBytes);
  grpc::Status again;  // the first ones may still meet a flush that failed
  do {
    again = writer.Write();
  } while (!again.ok());
  Check(Indexed(cluster, writer.revision()) == static_cast<int64_t>(writer.acknowledged()), "all are found");

  cluster.Kill("catalog");
  cluster.Start();
  writer.CheckAllAreThere("after a restart");
  Check(Indexed(cluster, writer.revision()) == static_cast<int64_t>(writer.acknowledged()),
        "all are found after a restart");
  for (const auto& [role, code] : cluster.Stop()) Check(code == 0, "a clean end of " + role);
  std::_Exit(0);
}

TEST(DiskFullTest, NothingAcknowledgedIsLostAndWritesGoOnOnceThereIsRoom) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  bool mounted = true;
  const auto succeeded = [&](int status) {
    mounted = !::testing::ExitedWithCode(kCannotMount)(status);
    return !mounted || ::testing::ExitedWithCode(0)(status);
  };
  EXPECT_EXIT(FillAndEnlarge(), succeeded, "");
  if (!mounted) GTEST_SKIP() << "this process may not mount a file system";
}

}  // namespace
}  // namespace duijie::testing
