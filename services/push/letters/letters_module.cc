// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/letters/letters_module.h"

#include "services/push/letters/letter_service.h"

namespace duijie::push {
namespace {

struct Part {
  explicit Part(std::shared_ptr<PushRole> owner)
      : role(std::move(owner)),
        desk(*role->store, role->peers, *role->pushes),
        letters(*role->store, role->peers, desk) {}

  const std::shared_ptr<PushRole> role;
  const PushDesk desk;
  const Letters letters;
};

}  // namespace

Status BindLetters(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  const auto part = std::make_shared<Part>(role);
  app.AddService(std::make_unique<LetterServiceImpl>(app.edge(), part->letters, part));
  return OkStatus();
}

}  // namespace duijie::push
