// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visits_module.h"

#include <filesystem>

#include "common/documents/scratch_file.h"
#include "common/rpc/peer.h"
#include "common/text/shared_analyzer.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "services/mining/problems/problem_words.h"
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

StatusOr<std::shared_ptr<VisitContext>> MakeVisitContext(rpc::App& app, std::shared_ptr<MiningRole> role) {
  DUIJIE_ASSIGN_OR_RETURN(YieldModel model, YieldModel::Load(app.ShareFolder("visits") + "/yield_model.tsv"));
  DUIJIE_ASSIGN_OR_RETURN(auto taxonomies, TaxonomySet::Load(app.ShareFolder("taxonomies")));
  const std::filesystem::path text = app.ShareFolder("text");
  DUIJIE_ASSIGN_OR_RETURN(auto analyzer, SharedAnalyzer(text));
  DUIJIE_ASSIGN_OR_RETURN(auto thesaurus, Thesaurus::Load(text / "thesaurus"));
  const auto words = std::make_shared<const ProblemWords>(std::move(analyzer), std::move(thesaurus));
  auto context = std::make_shared<VisitContext>(std::move(role), std::move(model), std::move(taxonomies),
                                                [words](std::string_view said) { return words->In(said); });
  context->list_pushes = PushesOf(app);
  return context;
}

Status BindVisits(rpc::App& app, std::shared_ptr<VisitContext> context) {
  DUIJIE_ASSIGN_OR_RETURN(std::string folder, app.DataFolder("visit_documents"));
  EmptyFolder(folder);
  app.AddService(std::make_unique<VisitServiceImpl>(
      app.edge(), std::make_unique<VisitParts>(std::move(context), std::move(folder))));
  return OkStatus();
}

}  // namespace duijie::mining
