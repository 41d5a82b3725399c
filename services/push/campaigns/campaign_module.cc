// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_module.h"

#include "common/documents/scratch_file.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/push/campaigns/campaign_engine.h"
#include "services/push/campaigns/campaign_service.h"

namespace duijie::push {
namespace {

// Everything of campaigns, in order of construction.
struct CampaignParts {
  explicit CampaignParts(std::shared_ptr<PushRole> push_role)
      : role(std::move(push_role)),
        store(*role->store),
        engine(store, role->peers, *role->pushes),
        campaigns(store, role->peers, [this] { engine.Wake(); }) {}

  const std::shared_ptr<PushRole> role;
  const CampaignStore store;
  CampaignEngine engine;
  Campaigns campaigns;
};

}  // namespace

Status BindCampaigns(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string export_folder, app.DataFolder("push-exports"));
  EmptyFolder(export_folder);
  DUIJIE_ASSIGN_OR_RETURN(const std::shared_ptr<const TaxonomySet> taxonomies,
                          TaxonomySet::Load(app.ShareFolder("taxonomies")));
  const auto parts = std::make_shared<CampaignParts>(role);
  const auto park_name = [taxonomies](const std::string& code) {
    const Park* const park = taxonomies->FindPark(code);
    return park == nullptr ? code : park->name;
  };
  app.AddService(std::make_unique<CampaignServiceImpl>(
      CampaignServiceImpl::Dependencies{app.edge(), parts->campaigns, park_name, export_folder, parts}));
  app.AddStarter("campaigns", [parts] {
    parts->engine.Start();
    return OkStatus();
  });
  app.AddDrainHook([parts] {
    parts->engine.AskToStop();
    parts->campaigns.AskToStop();
  });
  app.AddCloser("campaigns", [parts] { parts->engine.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
