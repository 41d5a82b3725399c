// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/service/call_load.h"

#include <atomic>
#include <exception>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace duijie::bench {
namespace {

constexpr int kJudged = 10;

void Check(const grpc::Status& status, const char* what) {
  if (!status.ok()) throw std::runtime_error(std::string(what) + ": " + status.error_message());
}

v1::MatchNeedResponse Match(const testing::Client& client, const v1::Need& need) {
  v1::MatchNeedRequest request;
  request.set_name(need.name());
  v1::MatchNeedResponse response;
  Check(client.Call(client.match.get(), &v1::MatchService::Stub::MatchNeed, request, &response), "MatchNeed");
  return response;
}

using Topics = std::map<std::string, std::pair<int, int>>;  // by external id

Topics ReadTopics(const std::string& path) {
  Topics topics;
  std::ifstream file(path);
  std::string id;
  int first = 0;
  int second = 0;
  while (file >> id >> first >> second) topics[id] = {first, second};
  return topics;
}

template <typename Record>
std::pair<int, int> TopicsOf(const Topics& topics, const Record& record) {
  if (record.provenances().empty()) return {-1, -1};
  const auto at = topics.find(record.provenances(0).external_id());
  return at == topics.end() ? std::pair(-1, -1) : at->second;
}

bool Overlap(std::pair<int, int> a, std::pair<int, int> b) {
  const auto in_b = [&](int topic) { return topic >= 0 && (topic == b.first || topic == b.second); };
  return in_b(a.first) || in_b(a.second);
}

}  // namespace

LoadResult RunLoad(size_t count, size_t threads, const std::function<void(size_t)>& call) {
  LoadResult result;
  result.milliseconds.resize(count);
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;
  const Stopwatch all;
  const auto work = [&] {
    try {
      for (size_t i = next++; i < count; i = next++) {
        const Stopwatch one;
        call(i);
        result.milliseconds[i] = one.Milliseconds();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      error = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> workers;
  for (size_t i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  if (error) std::rethrow_exception(error);
  result.calls_per_second = static_cast<double>(count) / all.Seconds();
  return result;
}

LoadResult MatchNeeds(const testing::Client& client, const std::vector<v1::Need>& needs, size_t threads) {
  return RunLoad(needs.size(), threads, [&](size_t i) {
    if (Match(client, needs[i]).results().empty()) throw std::runtime_error("a need without a match");
  });
}

std::vector<std::string> ShortQueries(const std::vector<v1::Need>& needs) {
  std::vector<std::string> queries;
  for (size_t i = 0; i < needs.size(); ++i) {
    std::string query;
    for (int word = 0; word < needs[i].keywords_size() && word < 2 + static_cast<int>(i % 2); ++word) {
      query += (query.empty() ? "" : " ") + needs[i].keywords(word);
    }
    if (query.empty()) query = needs[i].title().substr(0, 6);  // two characters
    queries.push_back(query);
  }
  return queries;
}

LoadResult SearchAll(const testing::Client& client, const std::vector<std::string>& queries, size_t threads) {
  return RunLoad(queries.size(), threads, [&](size_t i) {
    v1::SearchRequest request;
    request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
    request.set_query(queries[i]);
    v1::SearchResponse response;
    Check(client.Call(client.search.get(), &v1::SearchService::Stub::Search, request, &response), "Search");
  });
}

double TopicPrecision(const testing::Client& client, const std::vector<v1::Need>& needs, size_t count,
                      const std::string& topics_path) {
  const Topics topics = ReadTopics(topics_path);
  size_t judged = 0;
  size_t shared = 0;
  for (size_t i = 0; i < needs.size() && i < count; ++i) {
    const v1::MatchNeedResponse matched = Match(client, needs[i]);
    v1::BatchGetAchievementsRequest request;
    for (int rank = 0; rank < matched.results_size() && rank < kJudged; ++rank) {
      request.add_names(matched.results(rank).achievement());
    }
    if (request.names().empty()) continue;
    v1::BatchGetAchievementsResponse response;
    Check(client.Call(client.catalog.get(), &v1::CatalogService::Stub::BatchGetAchievements, request,
                      &response),
          "BatchGetAchievements");
    for (const v1::Achievement& achievement : response.achievements()) {
      ++judged;
      if (Overlap(TopicsOf(topics, needs[i]), TopicsOf(topics, achievement))) ++shared;
    }
  }
  return judged == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(judged);
}

}  // namespace duijie::bench
