// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/thread_priority.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

namespace duijie {
namespace {

int Niceness() { return getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))); }

TEST(ThreadPriorityTest, OnlyTheThreadThatAsksAndWhatItStartsYield) {
  const int before = Niceness();
  if (before >= kBatchNiceness) GTEST_SKIP() << "the test itself runs with a low priority";
  std::thread([] {
    LowerThreadPriority();
    EXPECT_EQ(Niceness(), kBatchNiceness);
    std::thread([] { EXPECT_EQ(Niceness(), kBatchNiceness); }).join();
  }).join();
  EXPECT_EQ(Niceness(), before);
}

}  // namespace
}  // namespace duijie
