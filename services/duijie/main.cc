// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "services/duijie/cli.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // `duijie list … | head` ends with a failed write, not with a signal
  std::ios::sync_with_stdio(false);
  return duijie::RunCli(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}
