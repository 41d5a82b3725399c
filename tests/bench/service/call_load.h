// SPDX-License-Identifier: GPL-3.0-or-later
// The same list of calls, made by one or several threads, each timed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/bench/report/report.h"
#include "tests/bench/service/daemon.h"

namespace duijie::bench {

struct LoadResult {
  std::vector<double> milliseconds;  // by call
  double calls_per_second = 0;
};

// Calls call(i) for i = 0 to count - 1, each once, spread over `threads`. `call` may throw; the first error
// is rethrown.
LoadResult RunLoad(size_t count, size_t threads, const std::function<void(size_t)>& call);

// MatchNeed with default parameters for each need, in order.
LoadResult MatchNeeds(const testing::Client& client, const std::vector<v1::Need>& needs, size_t threads);

// Two or three words each, as a person types: keywords of needs.
std::vector<std::string> ShortQueries(const std::vector<v1::Need>& needs);
// Search for achievements, first page.
LoadResult SearchAll(const testing::Client& client, const std::vector<std::string>& queries, size_t threads);

// Share of the ten best achievements that have a hidden topic in common with their need, over the first
// `count` needs. `topics` is the generator's topics.tsv.
double TopicPrecision(const testing::Client& client, const std::vector<v1::Need>& needs, size_t count,
                      const std::string& topics);

}  // namespace duijie::bench
