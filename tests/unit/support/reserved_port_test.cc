// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/reserved_port.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <set>
#include <vector>

namespace duijie::testing {
namespace {

// What a daemon does; the socket, or nothing where the port is taken.
std::optional<int> Listen(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 && listen(fd, 1) == 0) return fd;
  close(fd);
  return std::nullopt;
}

TEST(ReservedPortTest, NoTwoAreTheSameWhileTheyLive) {
  std::vector<ReservedPort> ports(50);
  std::set<int> numbers;
  for (const ReservedPort& port : ports) numbers.insert(port.number());
  EXPECT_EQ(numbers.size(), ports.size());
}

TEST(ReservedPortTest, APortThatSomebodyListensOnIsPassedOver) {
  std::optional<int> listening;
  int taken = 0;
  {
    const ReservedPort port;
    taken = port.number();
    listening = Listen(taken);
  }
  ASSERT_TRUE(listening);
  EXPECT_NE(ReservedPort().number(), taken);
  close(*listening);
}

TEST(ReservedPortTest, ConnectionsAreGivenOtherNumbers) {
  int first = 0;
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
  EXPECT_LT(ReservedPort().number(), first);
}

}  // namespace
}  // namespace duijie::testing
