// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/temp_dir.h"

namespace duijie::testing {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const auto& text : strings) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

struct Streams {
  std::string input = "/dev/null";
  std::string output;
  std::string errors;
};

void Redirect(const std::string& path, int flags, int target) {
  const int file = open(path.c_str(), flags, 0600);
  if (file < 0 || dup2(file, target) < 0) _exit(126);
}

pid_t Spawn(const std::vector<std::string>& argv, const std::vector<std::string>& environment,
            const Streams& streams) {
  const auto pointers = Pointers(argv);
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // a crashed test leaves no daemon behind
  Redirect(streams.input, O_RDONLY, 0);
  Redirect(streams.output, O_WRONLY | O_CREAT | O_APPEND, 1);
  Redirect(streams.errors, O_WRONLY | O_CREAT | O_APPEND, 2);
  for (const auto& pair : environment) putenv(const_cast<char*>(pair.c_str()));
  execv(pointers[0], pointers.data());
  _exit(127);
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& argv, const std::string& log_file)
    : pid_(Spawn(argv, {}, {"/dev/null", log_file, log_file})) {}

ChildProcess::~ChildProcess() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  WaitFor(pid_);
}

void ChildProcess::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

int ChildProcess::Wait() {
  const int code = WaitFor(pid_);
  pid_ = -1;
  return code;
}

RunResult RunProgram(const std::vector<std::string>& argv, const std::vector<std::string>& environment,
                     const std::string& input) {
  TempDir dir;
  WriteFile(dir.File("in"), input);
  const int code = WaitFor(Spawn(argv, environment, {dir.File("in"), dir.File("out"), dir.File("err")}));
  return {code, ReadFile(dir.File("out")), ReadFile(dir.File("err"))};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace duijie::testing
