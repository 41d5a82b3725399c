// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/clinic_module.h"

#include <filesystem>

#include "common/text/shared_analyzer.h"
#include "services/mining/clinic/clinic_service.h"
#include "services/mining/clinic/diagnosis_service.h"

namespace duijie::mining {
namespace {

// An empty folder for workbooks; files of a killed process go.
StatusOr<std::string> PaperFolder(rpc::App& app) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string folder, app.DataFolder("mining_papers"));
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::filesystem::remove_all(it->path(), error);
  }
  return folder;
}

}  // namespace

Status BindClinic(rpc::App& app, std::shared_ptr<MiningRole> role) {
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const Analyzer> analyzer, SharedAnalyzer(app.ShareFolder("text")));
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const TaxonomySet> taxonomies,
                          TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_ASSIGN_OR_RETURN(std::string folder, PaperFolder(app));
  app.AddService(std::make_unique<DiagnosisServiceImpl>(
      app.edge(), std::make_shared<Diagnoses>(role, std::move(folder))));
  app.AddService(std::make_unique<ClinicServiceImpl>(
      app.edge(), std::make_shared<Clinic>(std::move(role), std::move(analyzer), std::move(taxonomies))));
  return OkStatus();
}

}  // namespace duijie::mining
