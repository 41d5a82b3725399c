// SPDX-License-Identifier: GPL-3.0-or-later
// A program started by a test, killed with it. Output goes to a file so that a failing test can show it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace duijie::testing {

class ChildProcess {
 public:
  // Starts argv[0] (a path); standard output and error are appended to `log_file`.
  ChildProcess(const std::vector<std::string>& argv, const std::string& log_file);
  ~ChildProcess();  // SIGKILL, if it still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void Signal(int signal) const;
  // Waits for the end; the exit code, or 128 + signal.
  int Wait();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

// Runs a program to its end.
struct RunResult {
  int exit_code;
  std::string output;  // standard output
  std::string errors;  // standard error
};
// `environment`: "NAME=value" added to the test's own.
RunResult RunProgram(const std::vector<std::string>& argv, const std::vector<std::string>& environment = {},
                     const std::string& input = "");

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& content);

}  // namespace duijie::testing
