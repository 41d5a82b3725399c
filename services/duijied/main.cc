// SPDX-License-Identifier: GPL-3.0-or-later
// duijied: the roles of the system in one process, or some of them.
#include "services/admin/admin_module.h"
#include "services/duijied/daemon.h"
#include "services/duijied/options.h"
#if __has_include("services/catalog/catalog_module.h")
#include "services/catalog/catalog_module.h"
#define DUIJIE_HAS_CATALOG
#endif
#if __has_include("services/search/search_module.h")
#include "services/search/search_module.h"
#define DUIJIE_HAS_SEARCH
#endif
#if __has_include("services/matching/matching_module.h")
#include "services/matching/matching_module.h"
#define DUIJIE_HAS_MATCHING
#endif

int main(int argc, char** argv) {
  const duijie::Invocation invocation = duijie::ReadCommandLine(argc, argv);
  if (invocation.exit_code) return *invocation.exit_code;
  const std::vector<duijie::Role> roles = {
#ifdef DUIJIE_HAS_CATALOG
      {"catalog", duijie::BindCatalog},
#endif
#ifdef DUIJIE_HAS_SEARCH
      {"search", duijie::BindSearch},
#endif
#ifdef DUIJIE_HAS_MATCHING
      {"matching", duijie::BindMatching},
#endif
      {"admin", duijie::BindAdmin},
  };
  return static_cast<int>(duijie::RunDaemon(invocation.config, roles));
}
