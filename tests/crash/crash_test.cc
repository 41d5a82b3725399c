// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKILL at random moments under concurrent writes: nothing acknowledged is lost, index and catalog agree,
// no manual step.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/crash/kills.h"
#include "tests/support/cluster.h"
#include "tests/support/records.h"

namespace duijie::testing {
namespace {

constexpr int kWriters = 4;
constexpr int kMaxWritesBeforeKill = 120;
constexpr int kRoundsBetweenChecks = 10;
constexpr int kRoundsPerCluster = 100;  // keeps a listing within the deepest page of a search

// What the daemon has acknowledged: the last revision of each record, or its deletion.
class Acknowledged {
 public:
  struct Entry {
    std::string title;
    bool deleted = false;
  };

  void Put(const std::string& name, Entry entry, int64_t revision) {
    std::lock_guard lock(mutex_);
    entries_[name] = std::move(entry);
    revision_ = std::max(revision_, revision);
    ++writes_;
    changed_.notify_all();
  }
  // Waits for `writes` acknowledged writes since the last call.
  void AwaitWrites(int writes) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return writes_ >= writes; });
    writes_ = 0;
  }
  std::map<std::string, Entry> entries() {
    std::lock_guard lock(mutex_);
    return entries_;
  }
  int64_t revision() {
    std::lock_guard lock(mutex_);
    return revision_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Entry> entries_;
  int64_t revision_ = 0;
  int writes_ = 0;
};

// Creates, updates and deletes its own records until the daemon dies. A write whose answer was lost may or
// may not have happened, so the record it was about is forgotten.
class Writer {
 public:
  Writer(const Client& client, Acknowledged& acknowledged, uint64_t seed, int round, int index)
      : client_(client),
        acknowledged_(acknowledged),
        random_(seed),
        prefix_("r" + std::to_string(round) + "w" + std::to_string(index) + "n") {}

  void Run() {
    while (Create() && (random_() % 3 != 0 || Update()) && (random_() % 8 != 0 || Delete())) {
    }
  }

 private:
  using Stub = v1::CatalogService::Stub;

  bool Create() {
    v1::CreateAchievementRequest request;
    request.set_achievement_id(prefix_ + std::to_string(count_++));
    request.mutable_achievement()->set_title("铸造缺陷检测 " + request.achievement_id());
    v1::CreateAchievementResponse response;
    if (!client_.Call(client_.catalog.get(), &Stub::CreateAchievement, request, &response).ok()) return false;
    last_ = response.achievement();
    acknowledged_.Put(last_.name(), {last_.title(), false}, last_.revision());
    return true;
  }

  bool Update() {
    v1::UpdateAchievementRequest request;
    *request.mutable_achievement() = last_;
    request.mutable_achievement()->set_title(last_.title() + " 改");
    request.mutable_update_mask()->add_paths("title");
    v1::UpdateAchievementResponse response;
    pending_ = last_.name();
    if (!client_.Call(client_.catalog.get(), &Stub::UpdateAchievement, request, &response).ok()) return false;
    pending_.clear();
    last_ = response.achievement();
    acknowledged_.Put(last_.name(), {last_.title(), false}, last_.revision());
    return true;
  }

  bool Delete() {
    v1::DeleteAchievementRequest request;
    request.set_name(last_.name());
    v1::DeleteAchievementResponse response;
    pending_ = last_.name();
    if (!client_.Call(client_.catalog.get(), &Stub::DeleteAchievement, request, &response).ok()) return false;
    pending_.clear();
    acknowledged_.Put(last_.name(), {"", true}, response.revision());
    return true;
  }

 public:
  const std::string& pending() const { return pending_; }

 private:
  const Client& client_;
  Acknowledged& acknowledged_;
  std::mt19937_64 random_;
  std::string prefix_;
  int count_ = 0;
  v1::Achievement last_;
  std::string pending_;
};

// Writes from several threads, kills the daemon after a random number of acknowledged writes, and starts it
// again.
std::set<std::string> WriteAndKill(Cluster& cluster, Acknowledged& acknowledged, std::mt19937_64& random,
                                   int round) {
  const Client client = cluster.Admin();
  std::vector<Writer> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back(client, acknowledged, random(), round, i);
  std::vector<std::thread> threads;
  for (Writer& writer : writers) threads.emplace_back([&writer] { writer.Run(); });
  acknowledged.AwaitWrites(1 + static_cast<int>(random() % kMaxWritesBeforeKill));
  cluster.Kill("catalog");
  for (auto& thread : threads) thread.join();
  cluster.Start();
  std::set<std::string> unsure;
  for (const Writer& writer : writers) {
    if (!writer.pending().empty()) unsure.insert(writer.pending());
  }
  return unsure;
}

void ExpectNothingLost(const Client& client, Acknowledged& acknowledged,
                       const std::set<std::string>& unsure) {
  const auto entries = acknowledged.entries();
  for (const auto& [name, entry] : entries) {
    if (unsure.count(name) > 0) continue;
    v1::GetAchievementRequest request;
    request.set_name(name);
    v1::GetAchievementResponse response;
    const auto status =
        client.Call(client.catalog.get(), &v1::CatalogService::Stub::GetAchievement, request, &response);
    if (entry.deleted) {
      EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << name << " was deleted";
    } else {
      EXPECT_TRUE(status.ok()) << name << " is lost: " << status.error_message();
      EXPECT_EQ(response.achievement().title(), entry.title) << name;
    }
  }
}

// Every live record of the catalog is in the index under its current title, and nothing else is.
void ExpectIndexAgrees(const Client& client, int64_t revision) {
  std::map<std::string, std::string> catalog, index;
  v1::ListAchievementsRequest list;
  v1::ListAchievementsResponse page;
  do {
    list.set_page_size(1000);
    list.set_page_token(page.next_page_token());
    page.Clear();
    ASSERT_TRUE(
        client.Call(client.catalog.get(), &v1::CatalogService::Stub::ListAchievements, list, &page).ok());
    for (const auto& record : page.achievements()) catalog[record.name()] = record.title();
  } while (!page.next_page_token().empty());
  v1::SearchRequest search;
  search.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  search.mutable_filter()->add_states(v1::RECORD_STATE_DRAFT);
  search.set_page_size(200);
  search.set_min_revision(revision);
  v1::SearchResponse hits;
  bool again = false;
  do {
    search.set_page_token(hits.next_page_token());
    hits.Clear();
    const grpc::Status status =
        client.Call(client.search.get(), &v1::SearchService::Stub::Search, search, &hits);
    again = status.error_code() == grpc::StatusCode::UNAVAILABLE;
    if (again) {  // the index is behind, or being built anew: list it from the beginning
      index.clear();
      hits.Clear();
      continue;
    }
    ASSERT_TRUE(status.ok()) << status.error_message();
    for (const auto& hit : hits.hits()) index[hit.name()] = hit.title().text();
  } while (again || !hits.next_page_token().empty());
  EXPECT_EQ(catalog, index);
}

void KillRepeatedly(std::mt19937_64& random, int begin, int end) {
  Cluster cluster(Topology::kSingle, {{"limits", "requests_per_second = 1000000.0\nburst = 1000000"},
                                      {"search", "commit_interval_ms = 20"}});
  cluster.Start();
  Acknowledged acknowledged;
  std::set<std::string> unsure;
  for (int round = begin; round < end; ++round) {
    unsure.merge(WriteAndKill(cluster, acknowledged, random, round));
    if (round + 1 == end || round % kRoundsBetweenChecks == kRoundsBetweenChecks - 1) {
      ExpectNothingLost(cluster.Admin(), acknowledged, unsure);
      ExpectIndexAgrees(cluster.Admin(), acknowledged.revision());
    }
    ASSERT_FALSE(::testing::Test::HasFailure()) << "round " << round << "\n" << cluster.Logs();
  }
  ASSERT_EQ(cluster.Logs().find("index_damaged"), std::string::npos) << cluster.Logs();
}

TEST(CrashTest, KillsUnderConcurrentWritesLoseNothingAcknowledged) {
  const int rounds = FromEnvironment("DUIJIE_CRASH_ROUNDS", 50);
  const int seed = FromEnvironment("DUIJIE_SEED", static_cast<int>(std::random_device()() % 1'000'000));
  std::cout << "DUIJIE_SEED=" << seed << " DUIJIE_CRASH_ROUNDS=" << rounds << std::endl;
  std::mt19937_64 random(static_cast<uint64_t>(seed));
  for (int done = 0; done < rounds; done += kRoundsPerCluster) {
    KillRepeatedly(random, done, std::min(rounds, done + kRoundsPerCluster));
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace duijie::testing
