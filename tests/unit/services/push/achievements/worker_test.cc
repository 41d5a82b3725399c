// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/worker.h"

#include <gtest/gtest.h>

#include <future>

namespace duijie::push {
namespace {

TEST(WorkerTest, WorksAtTheStartAndAgainWhenWoken) {
  std::promise<void> first, second;
  int rounds = 0;
  Worker worker([&] {
    ++rounds;
    if (rounds == 1) first.set_value();
    if (rounds == 2) second.set_value();
    return false;
  });
  worker.Start();
  first.get_future().wait();
  worker.Wake();
  second.get_future().wait();
  worker.Stop();
  EXPECT_EQ(rounds, 2);
}

TEST(WorkerTest, StopsWithoutHavingBeenStarted) {
  Worker worker([] { return true; });
  worker.TellToStop();
  worker.Stop();
  EXPECT_NO_THROW(worker.Stop());
}

}  // namespace
}  // namespace duijie::push
