// SPDX-License-Identifier: GPL-3.0-or-later
// An empty table to fill in: headings, one example row and, in a workbook, how to fill each column and the
// code lists.
#pragma once

#include <string>

#include "common/status/status.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

StatusOr<v1::GetImportTemplateResponse> MakeImportTemplate(const v1::GetImportTemplateRequest& request,
                                                           const CatalogParts& parts,
                                                           const std::string& temp_folder);

// The code lists of the API.
StatusOr<v1::GetTaxonomyResponse> ReadTaxonomy(const v1::GetTaxonomyRequest& request,
                                               const TaxonomySet& taxonomies);

}  // namespace duijie::catalog
