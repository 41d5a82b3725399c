// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/clinic_module.h"

#include "common/documents/scratch_file.h"
#include "common/text/shared_analyzer.h"
#include "services/mining/clinic/clinic_service.h"
#include "services/mining/clinic/diagnosis_service.h"

namespace duijie::mining {
Status BindClinic(rpc::App& app, std::shared_ptr<MiningRole> role) {
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const Analyzer> analyzer, SharedAnalyzer(app.ShareFolder("text")));
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const TaxonomySet> taxonomies,
                          TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const indicator::NameTable> names,
                          indicator::NameTable::Load(app.ShareFolder("indicators") + "/names.tsv"));
  DUIJIE_ASSIGN_OR_RETURN(std::string folder, app.DataFolder("mining_papers"));
  EmptyFolder(folder);
  app.AddService(std::make_unique<DiagnosisServiceImpl>(
      app.edge(), std::make_shared<Diagnoses>(role, std::move(folder))));
  app.AddService(std::make_unique<ClinicServiceImpl>(
      app.edge(), std::make_shared<Clinic>(std::move(role), std::move(analyzer), std::move(taxonomies),
                                           std::move(names))));
  return OkStatus();
}

}  // namespace duijie::mining
