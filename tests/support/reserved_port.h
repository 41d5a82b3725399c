// SPDX-License-Identifier: GPL-3.0-or-later
// A loopback port for a daemon that others must know before it listens, and that it may leave and take again.
#pragma once

namespace duijie::testing {

// Two things could take a port between its choice and the daemon's listen: another test that chose the same,
// and a connection whose own end the system gave that number. So it lies below the range of such numbers, and
// no other ReservedPort of this machine has it while this one lives.
class ReservedPort {
 public:
  // Throws std::runtime_error if every port of the range is taken.
  ReservedPort();
  ~ReservedPort();
  ReservedPort(ReservedPort&& other) noexcept;
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;
  ReservedPort& operator=(ReservedPort&&) = delete;

  int number() const { return number_; }

 private:
  int number_;
  int lock_;  // an open socket whose name says the port; the system drops it with the process
};

}  // namespace duijie::testing
