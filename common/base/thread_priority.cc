// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/thread_priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace duijie {

void LowerThreadPriority() {
  // On Linux a thread's number names it alone, although POSIX speaks of processes.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kBatchNiceness);
}

}  // namespace duijie
