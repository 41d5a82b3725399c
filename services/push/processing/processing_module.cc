// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_module.h"

#include "common/log/log.h"
#include "services/push/achievements/worker.h"
#include "services/push/processing/processing_service.h"

namespace duijie::push {
namespace {

// What lives as long as the service, in order of dependence.
struct Part {
  Part(std::shared_ptr<PushRole> of, Taxonomy codes)
      : role(std::move(of)),
        industries(std::move(codes)),
        processings({*role->store, role->peers, industries}),
        worker([this] {
          const StatusOr<size_t> left = processings.GoOn();
          if (!left.ok()) log::Warn("processings_wait", {{"error", left.status()}});
          return !left.ok() || *left > 0;
        }) {}

  const std::shared_ptr<PushRole> role;
  const Taxonomy industries;
  Processings processings;
  Worker worker;
};

}  // namespace

Status BindProcessing(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(Taxonomy industries,
                          Taxonomy::Load(app.ShareFolder("taxonomies") + "/industries_gbt4754_2017.tsv"));
  const auto part = std::make_shared<Part>(role, std::move(industries));
  app.AddService(std::make_unique<ProcessingServiceImpl>(
      app.edge(), part->processings, [part = part.get()] { part->worker.Wake(); }, part));
  app.AddStarter("processing", [part] {
    part->worker.Start();
    return OkStatus();
  });
  app.AddDrainHook([part] { part->worker.TellToStop(); });
  app.AddCloser("processing", [part] { part->worker.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
