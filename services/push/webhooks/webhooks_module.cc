// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/webhooks/webhooks_module.h"

#include <random>

#include "services/push/delivery/delivery_worker.h"
#include "services/push/webhooks/webhook_dispatch.h"
#include "services/push/webhooks/webhook_service.h"

namespace duijie::push {
namespace {

// Everything of the part, in order of construction.
struct WebhookPart {
  WebhookPart(std::shared_ptr<PushRole> of, std::string secret_key)
      : role(std::move(of)),
        webhooks(*role->store, std::move(secret_key)),
        events(*role->store, *role->pushes),
        dispatch(*role->store, events, webhooks, &http::Send, std::random_device{}()),
        worker(*role->store) {
    worker.Add("webhook_follow_failed", [this](size_t limit) { return dispatch.Follow(limit); });
    worker.Add("webhook_send_failed", [this](size_t limit) { return dispatch.Send(limit); });
    worker.Add("webhook_prune_failed", [this](size_t limit) { return dispatch.Prune(limit); });
  }

  const std::shared_ptr<PushRole> role;
  Webhooks webhooks;
  const PushEvents events;
  WebhookDispatch dispatch;
  DeliveryWorker worker;  // its own: a slow receiver must not hold up digests
};

}  // namespace

Status BindWebhooks(rpc::App& app, std::shared_ptr<PushRole> role) {
  const auto part = std::make_shared<WebhookPart>(std::move(role), app.DerivedKey("webhook-secrets"));
  app.AddService(std::make_unique<WebhookServiceImpl>(app.edge(), part->webhooks, part));
  app.AddStarter("webhooks", [part] {
    part->worker.Start();
    return OkStatus();
  });
  app.AddDrainHook([part] {
    part->worker.AskToStop();
    part->dispatch.AskToStop();
  });
  app.AddCloser("webhooks", [part] { part->worker.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
