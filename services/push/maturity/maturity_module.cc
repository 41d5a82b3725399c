// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/maturity_module.h"

#include "common/log/log.h"
#include "services/push/achievements/worker.h"
#include "services/push/maturity/maturity_service.h"

namespace duijie::push {
namespace {

// What lives as long as the service, in order of dependence.
struct Part {
  Part(std::shared_ptr<PushRole> of, Schemes tables)
      : role(std::move(of)),
        schemes(std::move(tables)),
        assessments({*role->store, role->peers, schemes}),
        worker([this] {
          const StatusOr<size_t> left = assessments.Round();
          if (!left.ok()) log::Warn("assessments_wait", {{"error", left.status()}});
          return !left.ok() || *left > 0;
        }) {}

  const std::shared_ptr<PushRole> role;
  const Schemes schemes;
  Assessments assessments;
  Worker worker;
};

}  // namespace

Status BindMaturity(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(Schemes schemes, Schemes::Load(app.ShareFolder("maturity")));
  const auto part = std::make_shared<Part>(role, std::move(schemes));
  app.AddService(std::make_unique<MaturityServiceImpl>(
      app.edge(), part->assessments, [part = part.get()] { part->worker.Wake(); }, part));
  app.AddStarter("maturity", [part] {
    part->worker.Start();
    return OkStatus();
  });
  app.AddDrainHook([part] { part->worker.TellToStop(); });
  app.AddCloser("maturity", [part] { part->worker.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
