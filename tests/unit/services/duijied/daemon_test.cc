// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, run as operators run it; only the admin role, which every build has.
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "services/duijied/exit_code.h"
#include "tests/support/child_process.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::ChildProcess;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::ReadFile;
using testing::RunProgram;

const std::string kProgram = duijie::testing::BuiltFile("bin/duijied");

// What systemd listens on: datagrams of "KEY=value" lines.
class NotifySocket {
 public:
  explicit NotifySocket(const std::string& path) : fd_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    if (bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
      ADD_FAILURE() << "bind " << path;
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~NotifySocket() {
    unsetenv("NOTIFY_SOCKET");
    close(fd_);
  }
  std::string Receive() const {
    char buffer[512];
    const ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
    return n < 0 ? "" : std::string(buffer, static_cast<size_t>(n));
  }

 private:
  int fd_;
};

class DaemonTest : public ::testing::Test {
 protected:
  std::vector<std::string> Command() const {
    return {kProgram, "--roles=admin", "--listen=127.0.0.1:0", "--data",
            data_,    "--port-file",   folder_.File("ports")};
  }
  testing::TempDir folder_;
  const std::string data_ = folder_.File("data");
  const std::string log_ = folder_.File("log");
};

TEST_F(DaemonTest, TellsSystemdWhenItServesAndWhenItStopsAndEndsWithZero) {
  NotifySocket systemd(folder_.File("notify"));
  ChildProcess daemon(Command(), log_);
  EXPECT_THAT(systemd.Receive(), HasSubstr("READY=1"));
  EXPECT_THAT(ReadFile(folder_.File("ports")), HasSubstr("grpc=127.0.0.1:"));
  daemon.Signal(SIGTERM);
  EXPECT_THAT(systemd.Receive(), HasSubstr("STOPPING=1"));
  EXPECT_EQ(daemon.Wait(), 0) << ReadFile(log_);
  const std::string log = ReadFile(log_);
  EXPECT_THAT(log, HasSubstr(R"("event":"stopped")"));
  EXPECT_THAT(log, HasSubstr(R"("event":"admin_key_written")"));
  std::string key = ReadFile(data_ + "/admin.key");
  key.pop_back();
  EXPECT_THAT(log, Not(HasSubstr(key)));
}

TEST_F(DaemonTest, ASecondDaemonOnTheSameFolderIsRefused) {
  NotifySocket systemd(folder_.File("notify"));
  ChildProcess first(Command(), log_);
  EXPECT_THAT(systemd.Receive(), HasSubstr("READY=1"));
  const auto second = RunProgram(Command());
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_THAT(second.errors, HasSubstr("数据目录正被另一个进程使用"));
  EXPECT_THAT(second.errors, HasSubstr(data_));
  first.Signal(SIGINT);
  EXPECT_EQ(first.Wait(), 0);
}

TEST_F(DaemonTest, AFileInPlaceOfTheFolderIsAClearError) {
  std::ofstream{data_} << "x";
  const auto result = RunProgram(Command());
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_THAT(result.errors, HasSubstr(data_));
}

TEST_F(DaemonTest, AReadOnlyFolderIsAClearError) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  std::filesystem::create_directory(data_);
  chmod(data_.c_str(), 0500);
  const auto result = RunProgram(Command());
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_THAT(result.errors, HasSubstr("不可写"));
}

TEST_F(DaemonTest, AnAddressInUseIsAClearError) {
  NotifySocket systemd(folder_.File("notify"));
  ChildProcess first(Command(), log_);
  EXPECT_THAT(systemd.Receive(), HasSubstr("READY=1"));
  std::string address = ReadFile(folder_.File("ports")).substr(5);
  address = address.substr(0, address.find('\n'));
  const auto second =
      RunProgram({kProgram, "--roles=admin", "--listen", address, "--data", folder_.File("other")});
  EXPECT_EQ(second.exit_code, 6);
  EXPECT_THAT(second.errors, HasSubstr(address));
}

TEST_F(DaemonTest, WhatItMakesIsForItsUserOnly) {
  NotifySocket systemd(folder_.File("notify"));
  ChildProcess daemon(Command(), log_);
  EXPECT_THAT(systemd.Receive(), HasSubstr("READY=1"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data_)) {
    struct stat info {};
    ASSERT_EQ(stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0077, 0u) << entry.path();
  }
}

}  // namespace
}  // namespace duijie
