// SPDX-License-Identifier: GPL-3.0-or-later
// 重点企业名单 as an .xlsx file. The same selection gives the same bytes.
#pragma once

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/profile.pb.h"
#include "services/mining/visits/workbook.h"

namespace duijie::mining {

// Errors as XlsxWriter's.
Status WriteKeyEnterprises(const v1::KeyEnterpriseSelection& selection, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place);

}  // namespace duijie::mining
