// SPDX-License-Identifier: GPL-3.0-or-later
// What every use case of the catalog works with. All of it is thread-safe and outlives the use cases.
#pragma once

#include "common/base/clock.h"
#include "common/resources/id_maker.h"
#include "common/storage/record_log.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/catalog/china_date.h"
#include "services/catalog/write_gate.h"

namespace duijie::catalog {

struct CatalogParts {
  RecordLog& log;
  const TaxonomySet& taxonomies;
  const Clock& clock;
  IdMaker& ids;
  WriteGate& gate;

  std::string Today() const { return DateInChina(clock.Now()); }
};

}  // namespace duijie::catalog
