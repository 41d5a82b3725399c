// SPDX-License-Identifier: GPL-3.0-or-later
// webhook create, list, enable, disable, delete, deliveries, redeliver.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddWebhookCommands(Command root, Invocation& invocation);

}  // namespace duijie
