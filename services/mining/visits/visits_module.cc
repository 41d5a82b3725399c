// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visits_module.h"

#include "common/documents/scratch_file.h"
#include "common/rpc/peer.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "services/mining/visits/visit_service.h"

namespace duijie::mining {
namespace {

// The call keeps the stub that it is made from.
ListPushes PushesOf(rpc::App& app) {
  const auto stub = std::make_shared<rpc::LazyStub<v1::PushService>>(app, "push");
  return
      [stub, list = rpc::Peer(app, *stub, &v1::PushService::Stub::ListPushes)](
          const rpc::CallContext& call, const v1::ListPushesRequest& request) { return list(call, request); };
}

}  // namespace

Status BindVisits(rpc::App& app, std::shared_ptr<MiningRole> role) {
  DUIJIE_ASSIGN_OR_RETURN(YieldModel model, YieldModel::Load(app.ShareFolder("visits") + "/yield_model.tsv"));
  DUIJIE_ASSIGN_OR_RETURN(auto taxonomies, TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_ASSIGN_OR_RETURN(std::string folder, app.DataFolder("visit_documents"));
  EmptyFolder(folder);
  auto parts = std::make_unique<VisitParts>(std::move(role), std::move(model), std::move(taxonomies),
                                            std::move(folder));
  parts->context.list_pushes = PushesOf(app);
  app.AddService(std::make_unique<VisitServiceImpl>(app.edge(), std::move(parts)));
  return OkStatus();
}

}  // namespace duijie::mining
