// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/reserved_port.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace duijie::testing {
namespace {

constexpr int kPorts = 8'000;         // how many below the system's own range are tried
constexpr int kFirstUnowned = 1'024;  // below it a port needs a privilege
constexpr int kClosed = -1;

// The first number that the system gives to connections (Linux: 32,768 unless told otherwise).
int FirstOfConnections() {
  int first = 32'768;
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
  return std::max(first, kFirstUnowned + kPorts);
}

// A socket of a name in the abstract namespace, which has one owner at a time; kClosed if it has another.
int Lock(int port) {
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const std::string name = "duijie-test-port-" + std::to_string(port);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path + 1, sizeof(address.sun_path) - 1);  // a leading zero byte: abstract
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0) return fd;
  close(fd);
  return kClosed;
}

bool IsFree(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
             sizeof(on));  // closed connections of a test before do not count
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  const bool free = bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  return free;
}

}  // namespace

ReservedPort::ReservedPort() : number_(0), lock_(kClosed) {
  const int last = FirstOfConnections() - 1;
  for (int i = 0; i < kPorts; ++i) {
    const int port = last - (getpid() + i) % kPorts;  // tests side by side begin at places of their own
    lock_ = Lock(port);
    if (lock_ == kClosed) continue;
    number_ = port;
    if (IsFree(port)) return;
    close(lock_);
  }
  throw std::runtime_error("no free port");
}

ReservedPort::ReservedPort(ReservedPort&& other) noexcept
    : number_(other.number_), lock_(std::exchange(other.lock_, kClosed)) {}

ReservedPort::~ReservedPort() {
  if (lock_ != kClosed) close(lock_);
}

}  // namespace duijie::testing
