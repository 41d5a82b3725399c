// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/service/lucene.h"

#include <sstream>
#include <stdexcept>

#include "tests/bench/report/report.h"
#include "tests/support/child_process.h"

namespace duijie::bench {
namespace {

constexpr int kWarmUpRounds = 6;  // after them another round is no faster

// The text after "key": in LuceneBench's flat JSON.
std::string After(const std::string& json, const std::string& key) {
  const std::string marker = "\"" + key + "\":";
  const size_t at = json.find(marker);
  if (at == std::string::npos) throw std::runtime_error("no " + key + " in: " + json);
  return json.substr(at + marker.size());
}

}  // namespace

std::string Lucene::RunJava(const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {"/usr/bin/java", "-Xms1g", "-Xmx1g", "-cp", class_path_, "LuceneBench"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const testing::RunResult result = testing::RunProgram(argv);
  if (result.exit_code != 0) throw std::runtime_error("java: " + result.output + result.errors);
  return result.output;
}

LuceneIndexed Lucene::Index(const std::string& tokens, size_t documents) const {
  const std::string json = RunJava({"index", folder_, tokens});
  if (std::stoul(After(json, "documents")) != documents)
    throw std::runtime_error("Lucene lost documents: " + json);
  return {std::stod(After(json, "seconds")), std::stod(After(json, "bytes")) / kBytesPerMiB};
}

LuceneSearched Lucene::Search(const std::string& queries, int limit) const {
  const std::string json =
      RunJava({"search", folder_, queries, std::to_string(limit), std::to_string(kWarmUpRounds)});
  LuceneSearched searched;
  std::istringstream list(After(json, "nanoseconds").substr(1));
  double nanoseconds = 0;
  for (char separator = ','; separator == ',' && list >> nanoseconds; list >> separator) {
    searched.milliseconds.push_back(nanoseconds / 1e6);
  }
  if (searched.milliseconds.empty()) throw std::runtime_error("no latencies in: " + json);
  searched.cpu_milliseconds =
      std::stod(After(json, "cpu_nanoseconds")) / 1e6 / static_cast<double>(searched.milliseconds.size());
  return searched;
}

}  // namespace duijie::bench
