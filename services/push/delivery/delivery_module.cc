// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/delivery_module.h"

#include "services/push/delivery/delivery_worker.h"
#include "services/push/delivery/judgement_outbox.h"
#include "services/push/delivery/push_delivery.h"
#include "services/push/delivery/push_service.h"

namespace duijie::push {
namespace {

// Everything of the part, in order of construction.
struct Delivery {
  explicit Delivery(std::shared_ptr<PushRole> of)
      : role(std::move(of)),
        pushes(role->pushes),
        desk(*role->store, role->peers, *pushes),
        settings(*role->store, role->peers),
        events(*role->store, *pushes),
        delivery(*role->store, role->peers, *pushes),
        judgements(*role->store, role->peers),
        worker(*role->store) {
    worker.Add("push_delivery_failed", [this](size_t limit) { return delivery.DeliverDue(limit); });
    worker.Add("push_answers_failed", [this](size_t limit) { return judgements.SendDue(limit); });
  }

  const std::shared_ptr<PushRole> role;
  const std::shared_ptr<Pushes> pushes;
  PushDesk desk;
  PushSettingsBook settings;
  PushEvents events;
  PushDelivery delivery;
  JudgementOutbox judgements;
  DeliveryWorker worker;
};

}  // namespace

Status BindDelivery(rpc::App& app, std::shared_ptr<PushRole> role) {
  role->pushes = std::make_shared<Pushes>(*role->store, role->peers);
  const auto part = std::make_shared<Delivery>(std::move(role));
  app.AddService(std::make_unique<PushServiceImpl>(
      PushServiceImpl::Dependencies{app.edge(), part->desk, part->settings, part->events, part}));
  app.AddStarter("push delivery", [part] {
    part->worker.Start();
    return OkStatus();
  });
  app.AddDrainHook([part] {
    part->events.Stop();
    part->worker.AskToStop();
    part->role->store->log().Shutdown();
  });
  app.AddCloser("push delivery", [part] { part->worker.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
