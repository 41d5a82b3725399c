// SPDX-License-Identifier: GPL-3.0-or-later
// duijied: the roles of the system in one process, or some of them.
#include "services/admin/admin_module.h"
#include "services/catalog/catalog_module.h"
#include "services/duijied/daemon.h"
#include "services/duijied/options.h"
#include "services/matching/matching_module.h"
#include "services/mining/mining_module.h"
#include "services/push/push_module.h"
#include "services/search/search_module.h"

// Read by jemalloc before main: huge pages where the kernel allows them on request, because indexing walks
// hundreds of megabytes of small blocks. MALLOC_CONF in the environment goes first. docs/adr/0009-jemalloc.md
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always";
}

int main(int argc, char** argv) {
  const duijie::Invocation invocation = duijie::ReadCommandLine(argc, argv);
  if (invocation.exit_code) return *invocation.exit_code;
  const std::vector<duijie::Role> roles = {
      {"catalog", duijie::BindCatalog},
      {"search", duijie::BindSearch},
      {"matching", duijie::matching::BindMatching},
      {"push", duijie::push::BindPush},
      {"mining", duijie::mining::BindMining},
      {"admin", duijie::BindAdmin},
  };
  return static_cast<int>(duijie::RunDaemon(invocation.config, roles));
}
