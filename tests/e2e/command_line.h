// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a program of its own, against real daemons.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/topologies.h"

namespace duijie::testing {

// Exit codes, as `duijie --help` has them.
inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kRowsRejected = 3;
inline constexpr int kNotFound = 4;
inline constexpr int kNotPermitted = 5;
inline constexpr int kUnavailable = 6;
inline constexpr int kConflict = 7;

class CommandLineTest : public EndToEndTest {
 protected:
  RunResult Cli(const std::vector<std::string>& arguments) { return CliAs(cluster_.Admin().key, arguments); }

  RunResult CliAs(const std::string& key, const std::vector<std::string>& arguments,
                  const std::string& input = "") {
    std::vector<std::string> argv = {ProgramPath("duijie"), "--server", cluster_.address("catalog")};
    for (const std::string role : {"search", "matching", "push", "mining"}) {
      argv.insert(argv.end(), {"--" + role + "-server", cluster_.address(role)});
    }
    if (!cluster_.ca_file().empty()) argv.insert(argv.end(), {"--ca", cluster_.ca_file()});
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    WriteFile(File("cli.toml"), "");  // so that the one of whoever runs the tests does not matter
    return RunProgram(argv, {"DUIJIE_KEY=" + key, "DUIJIE_CONFIG=" + File("cli.toml")}, input);
  }

  // Runs a command that must succeed; its output.
  std::string Done(const std::vector<std::string>& arguments) {
    const RunResult result = Cli(arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments.front() << ": " << result.output << result.errors;
    return result.output;
  }

  // The JSON objects that a command prints, one a line.
  std::vector<nlohmann::json> Objects(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--json");
    std::istringstream lines(Done(arguments));
    std::vector<nlohmann::json> objects;
    for (std::string line; std::getline(lines, line);) objects.push_back(nlohmann::json::parse(line));
    return objects;
  }

  // Of a command that answers with one.
  nlohmann::json One(std::vector<std::string> arguments) { return Objects(std::move(arguments)).at(0); }

  // Until the index has everything that the catalog has.
  void AwaitIndex() {
    constexpr int kTries = 600;  // each a call of some ten milliseconds
    for (int i = 0; i < kTries; ++i) {
      const auto status = Objects({"admin", "status"}).at(0);
      const auto& collections = status.at("collections");
      const bool behind = std::any_of(collections.begin(), collections.end(), [&](const auto& collection) {
        const std::string name = collection.value("collection", "");
        if (name != "achievements" && name != "needs") return false;
        return std::stoll(collection.value("index_revision", "0")) <
               std::stoll(status.value("revision", "0"));
      });
      if (!behind) return;
    }
    ADD_FAILURE() << "the index stays behind";
  }

  std::string File(const std::string& name) const { return cluster_.dir().File(name); }
};

}  // namespace duijie::testing
