// SPDX-License-Identifier: GPL-3.0-or-later
// The time that a training takes, on judgements that are made up: what it costs does not depend on what is
// learned.
#pragma once

#include <vector>

#include "tests/bench/service/daemon.h"

namespace duijie::bench {

struct Training {
  size_t judgements = 0;
  double seconds = 0;      // of the call
  double cpu_seconds = 0;  // of the daemon, all threads
  double kib = 0;          // of the trained model
};

// Grades the best achievements of up to 150 needs, about as many pairs as the graded pairs of
// docs/evaluation.md, the more often high the better they rank, and trains a model on them. Throws
// std::runtime_error if a call fails.
Training Train(const Daemon& daemon, const std::vector<v1::Need>& needs);

}  // namespace duijie::bench
