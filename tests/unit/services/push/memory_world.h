// SPDX-License-Identifier: GPL-3.0-or-later
// A catalog with its past and a matching role, both in memory, behind the peers of the push role. Scores come
// from a table or else from a hash of the two names; every text holds one word that all share, so that every
// pair can be cited unless a test takes the word away. Thread-safe.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "common/auth/digest.h"
#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/resources/role_store.h"
#include "common/storage/memory_store.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/delivery/pushes.h"
#include "tests/support/status_matchers.h"

namespace duijie::push::testing {

using internal::v1::Record;

inline constexpr char kSharedWord[] = "耐磨衬板";
inline constexpr UnixMicros kWorldBegins = 1'790'000'000'000'000;

class MemoryWorld {
 public:
  MemoryWorld() : clock(kWorldBegins) {
    Reopen(NewMemoryStore());
    BindCatalog();
    BindMatching();
  }

  // Stores a record as it is; returns the catalog's revision.
  template <typename Message>
  int64_t Put(const Message& message) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Record record;
    Set(message, &record);
    changes_.push_back({message.name(), record});
    return static_cast<int64_t>(changes_.size());
  }
  int64_t revision() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<int64_t>(changes_.size());
  }
  // As after a restore of an older backup.
  void RollBackTo(int64_t revision) {
    const std::lock_guard<std::mutex> lock(mutex_);
    changes_.resize(static_cast<size_t>(revision));
  }

  static v1::Enterprise Enterprise(const std::string& id, const std::string& park) {
    v1::Enterprise enterprise;
    enterprise.set_name("enterprises/" + id);
    enterprise.set_title("企业" + id);
    enterprise.add_products(id + kSharedWord);
    enterprise.set_park_code(park);
    enterprise.set_region_code("131100");
    enterprise.set_state(v1::RECORD_STATE_PUBLISHED);
    return enterprise;
  }
  v1::Need Need(const std::string& id, const v1::Enterprise& enterprise) const {
    v1::Need need;
    need.set_name("needs/" + id);
    need.set_title("需求" + id);
    need.set_description(std::string("球磨机的") + kSharedWord + "寿命短。");
    need.set_enterprise(enterprise.name());
    need.set_park_code(enterprise.park_code());
    need.set_region_code("131100");
    need.mutable_consents()->set_push(true);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    *need.mutable_update_time() = TimestampOf(clock.Now());
    return need;
  }
  v1::Achievement Achievement(const std::string& id) const {
    v1::Achievement achievement;
    achievement.set_name("achievements/" + id);
    achievement.set_title("成果" + id);
    achievement.set_summary(std::string("一种高铬") + kSharedWord + "的铸造工艺。");
    achievement.set_region_code("110108");
    achievement.set_state(v1::RECORD_STATE_PUBLISHED);
    *achievement.mutable_update_time() = TimestampOf(clock.Now());
    return achievement;
  }

  double ScoreOf(const std::string& taker, const std::string& achievement) const {
    const auto found = scores.find({taker, achievement});
    if (found != scores.end()) return found->second;
    const std::string hash = crypto::Sha256(taker + "\n" + achievement);
    return static_cast<unsigned char>(hash[0]) / 256.0;
  }

  std::vector<v1::Push> AllPushes() const {
    const auto page = pushes->table().ListByIndex(kByTime, "", "", 10'000);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->items : std::vector<v1::Push>();
  }

  // A store with what the role has kept, as after a restart.
  void Reopen(std::unique_ptr<KvStore> kv) {
    pushes.reset();
    store = RoleStore::Over(std::move(kv), clock, std::string(32, 'k'), std::make_unique<CountingIdMaker>())
                .value();
    pushes = std::make_unique<Pushes>(*store, peers);
  }

  FakeClock clock;
  std::map<std::pair<std::string, std::string>, double> scores;
  std::set<std::pair<std::string, std::string>> ineligible;
  int match_calls = 0;
  Peers peers;
  std::unique_ptr<RoleStore> store;
  std::unique_ptr<Pushes> pushes;

 private:
  struct Change {
    std::string name;
    Record record;
  };
  struct Run {
    v1::MatchRun run;
    Principal creator;
    std::vector<v1::MatchResult> results;
  };

  static void Set(const v1::Enterprise& message, Record* record) { *record->mutable_enterprise() = message; }
  static void Set(const v1::Need& message, Record* record) { *record->mutable_need() = message; }
  static void Set(const v1::Achievement& message, Record* record) {
    *record->mutable_achievement() = message;
  }
  static std::string CollectionOf(v1::Collection collection) {
    if (collection == v1::COLLECTION_ACHIEVEMENTS) return "achievements/";
    return collection == v1::COLLECTION_NEEDS ? "needs/" : "enterprises/";
  }

  // The catalog at a revision, by name; 0 = now.
  std::map<std::string, Record> At(int64_t revision) const {
    std::map<std::string, Record> records;
    const size_t end = revision == 0 ? changes_.size() : static_cast<size_t>(revision);
    for (size_t i = 0; i < end && i < changes_.size(); ++i) records[changes_[i].name] = changes_[i].record;
    return records;
  }

  static bool Passes(const Record& record, const v1::RecordFilter& filter) {
    const auto state = record.has_need()         ? record.need().state()
                       : record.has_enterprise() ? record.enterprise().state()
                                                 : record.achievement().state();
    const std::string park = record.has_need() ? record.need().park_code() : record.enterprise().park_code();
    const auto& states = filter.states();
    const auto& parks = filter.park_codes();
    return (states.empty() || std::find(states.begin(), states.end(), state) != states.end()) &&
           (parks.empty() || std::find(parks.begin(), parks.end(), park) != parks.end());
  }

  void BindCatalog() {
    peers.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request)
        -> StatusOr<internal::v1::ReadRecordsResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      std::map<std::string, Record> records = At(request.at_revision());
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) *response.add_records() = records[name];
      response.set_revision(static_cast<int64_t>(changes_.size()));
      return response;
    };
    peers.scan_records = [this](const rpc::CallContext&, const internal::v1::ScanRecordsRequest& request)
        -> StatusOr<internal::v1::ScanRecordsResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      internal::v1::ScanRecordsResponse response;
      const std::string prefix = CollectionOf(request.collection());
      int looked_at = 0;
      response.set_done(true);
      for (const auto& [name, record] : At(request.at_revision())) {
        if (!name.starts_with(prefix) || name.substr(prefix.size()) <= request.after_id()) continue;
        if (looked_at++ == request.limit()) {
          response.set_done(false);
          break;
        }
        response.set_last_id(name.substr(prefix.size()));
        if (Passes(record, request.filter())) *response.add_records() = record;
      }
      response.set_revision(request.at_revision() == 0 ? static_cast<int64_t>(changes_.size())
                                                       : request.at_revision());
      return response;
    };
    peers.list_changes = [this](const rpc::CallContext&, const internal::v1::ListChangesRequest& request)
        -> StatusOr<internal::v1::ListChangesResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      internal::v1::ListChangesResponse response;
      std::map<std::string, int64_t> latest;
      auto end = static_cast<int64_t>(changes_.size());
      for (int64_t i = request.after_revision(); i < end; ++i) {
        const std::string& name = changes_[static_cast<size_t>(i)].name;
        if (!name.starts_with(CollectionOf(request.collection()))) continue;
        if (static_cast<int>(latest.size()) == request.limit() && !latest.contains(name)) {
          end = i;
          response.set_more(true);
        } else {
          latest[name] = i + 1;
        }
      }
      std::map<int64_t, std::string> ordered;
      for (const auto& [name, revision] : latest) ordered[revision] = name;
      for (const auto& [revision, name] : ordered) {
        auto* const change = response.add_changes();
        change->set_name(name);
        change->set_revision(revision);
        *change->mutable_record() = changes_[static_cast<size_t>(revision - 1)].record;
      }
      response.set_revision(end);
      return response;
    };
  }

  v1::MatchResult ResultOf(const std::string& taker, const std::string& taker_name,
                           const v1::Achievement& achievement) const {
    v1::MatchResult result;
    result.set_need(taker_name);
    result.set_achievement(achievement.name());
    result.set_score(ScoreOf(taker, achievement.name()));
    result.set_level(LevelOf(result.score()));
    result.set_probability(result.score());
    result.set_eligible(!ineligible.contains({taker, achievement.name()}));
    if (achievement.summary().find(kSharedWord) != std::string::npos) {
      result.mutable_explanation()->add_terms()->set_term(kSharedWord);
    }
    return result;
  }

  static v1::MatchLevel LevelOf(double score) {
    if (score >= 0.75) return v1::MATCH_LEVEL_STRONG;
    if (score >= 0.5) return v1::MATCH_LEVEL_FAIR;
    return score >= 0.25 ? v1::MATCH_LEVEL_WEAK : v1::MATCH_LEVEL_NONE;
  }

  static void Rank(const v1::MatchParameters& parameters, std::vector<v1::MatchResult>* results) {
    const bool drops = parameters.violation_policy() == v1::VIOLATION_POLICY_DROP;
    std::erase_if(*results, [&](const v1::MatchResult& result) {
      return result.score() < parameters.min_score() || result.level() < parameters.min_level() ||
             (drops && !result.eligible());
    });
    std::sort(results->begin(), results->end(), [](const v1::MatchResult& a, const v1::MatchResult& b) {
      return std::make_tuple(-a.score(), a.need(), a.achievement()) <
             std::make_tuple(-b.score(), b.need(), b.achievement());
    });
    results->resize(std::min(results->size(), static_cast<size_t>(parameters.top_k())));
  }

  // Achievements for one taker, best first.
  std::vector<v1::MatchResult> AchievementsFor(const std::string& taker, const std::string& taker_name,
                                               const std::map<std::string, Record>& records,
                                               const v1::MatchParameters& parameters) const {
    std::vector<v1::MatchResult> results;
    for (const auto& [name, record] : records) {
      if (record.has_achievement() && record.achievement().state() == v1::RECORD_STATE_PUBLISHED) {
        results.push_back(ResultOf(taker, taker_name, record.achievement()));
      }
    }
    Rank(parameters, &results);
    return results;
  }

  void BindMatching() {
    peers.match_need = [this](const rpc::CallContext&,
                              const v1::MatchNeedRequest& request) -> StatusOr<v1::MatchNeedResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++match_calls;
      v1::MatchNeedResponse response;
      const std::string taker = request.has_need() ? request.need().title() : request.name();
      for (v1::MatchResult& result :
           AchievementsFor(taker, request.has_need() ? "" : taker, At(0), request.parameters())) {
        *response.add_results() = std::move(result);
      }
      response.set_model_version("test-1");
      response.set_index_revision(static_cast<int64_t>(changes_.size()));
      return response;
    };
    peers.match_achievement =
        [this](const rpc::CallContext& call,
               const v1::MatchAchievementRequest& request) -> StatusOr<v1::MatchAchievementResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++match_calls;
      const std::map<std::string, Record> records = At(0);
      std::vector<v1::MatchResult> results;
      for (const auto& [name, record] : records) {
        if (!record.has_need() || record.need().state() != v1::RECORD_STATE_PUBLISHED) continue;
        if (VisibilityOf(call.principal(), AccessOf(record.need())) == Visibility::kNone) continue;
        results.push_back(ResultOf(name, name, records.at(request.name()).achievement()));
      }
      Rank(request.parameters(), &results);
      v1::MatchAchievementResponse response;
      for (v1::MatchResult& result : results) *response.add_results() = std::move(result);
      response.set_model_version("test-1");
      response.set_index_revision(static_cast<int64_t>(changes_.size()));
      return response;
    };
    peers.create_match_run =
        [this](const rpc::CallContext& call,
               const v1::CreateMatchRunRequest& request) -> StatusOr<v1::CreateMatchRunResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      Run run{request.match_run(), call.principal(), {}};
      run.run.set_name("matchRuns/" + std::to_string(++last_run_));
      run.run.mutable_parameters()->set_model_version("test-1");
      const std::map<std::string, Record> records = At(run.run.snapshot_revision());
      for (const auto& [name, record] : records) {
        if (!record.has_need() || !Passes(record, run.run.need_filter())) continue;
        if (VisibilityOf(call.principal(), AccessOf(record.need())) == Visibility::kNone) continue;
        for (v1::MatchResult& result : AchievementsFor(name, name, records, run.run.parameters())) {
          run.results.push_back(std::move(result));
        }
        run.run.set_records_total(run.run.records_total() + 1);
      }
      run.run.set_records_done(run.run.records_total());
      run.run.set_state(v1::MATCH_RUN_STATE_SUCCEEDED);
      v1::CreateMatchRunResponse response;
      *response.mutable_match_run() = run.run;
      runs_[run.run.name()] = std::move(run);
      return response;
    };
    peers.get_match_run = [this](const rpc::CallContext&,
                                 const v1::GetMatchRunRequest& request) -> StatusOr<v1::GetMatchRunResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      v1::GetMatchRunResponse response;
      if (!runs_.contains(request.name())) return NoSuchResource();
      *response.mutable_match_run() = runs_[request.name()].run;
      return response;
    };
    // Pages of three, so that needs are cut apart.
    peers.list_match_run_results =
        [this](const rpc::CallContext&,
               const v1::ListMatchRunResultsRequest& request) -> StatusOr<v1::ListMatchRunResultsResponse> {
      constexpr size_t kPage = 3;
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!runs_.contains(request.name())) return NoSuchResource();
      std::vector<v1::MatchResult> results = runs_[request.name()].results;
      std::erase_if(results, [&](const v1::MatchResult& result) {
        return !request.record().empty() && result.need() != request.record();
      });
      v1::ListMatchRunResultsResponse response;
      size_t at = request.page_token().empty() ? 0 : std::stoul(request.page_token());
      for (const size_t end = std::min(results.size(), at + kPage); at < end; ++at) {
        *response.add_results() = results[at];
      }
      if (at < results.size()) response.set_next_page_token(std::to_string(at));
      return response;
    };
    peers.cancel_match_run = [](const rpc::CallContext&,
                                const v1::CancelMatchRunRequest&) -> StatusOr<v1::CancelMatchRunResponse> {
      return v1::CancelMatchRunResponse();
    };
    peers.delete_match_run =
        [this](const rpc::CallContext&,
               const v1::DeleteMatchRunRequest& request) -> StatusOr<v1::DeleteMatchRunResponse> {
      const std::lock_guard<std::mutex> lock(mutex_);
      runs_.erase(request.name());
      return v1::DeleteMatchRunResponse();
    };
  }

  mutable std::mutex mutex_;
  std::vector<Change> changes_;  // the revision is the place, from 1
  std::map<std::string, Run> runs_;
  int last_run_ = 0;
};

inline rpc::CallContext CallAs(v1::Role role, const std::vector<std::string>& parks = {},
                               const std::string& enterprise = "") {
  Principal principal;
  principal.set_key_id("key-" + v1::Role_Name(role) + (parks.empty() ? "" : "-" + parks.front()));
  principal.set_role(role);
  for (const std::string& park : parks) principal.add_park_codes(park);
  principal.set_enterprise(enterprise);
  return {principal, "test", std::chrono::system_clock::now() + std::chrono::minutes(1), nullptr};
}

inline rpc::CallContext AsAdmin() { return rpc::CallContext::ForSystem(std::chrono::minutes(1)); }

}  // namespace duijie::push::testing
