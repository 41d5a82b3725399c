// SPDX-License-Identifier: GPL-3.0-or-later
// admin key|whoami|status|audit|backup|restore, and taxonomy.
#pragma once

#include "duijie/v1/admin_service.pb.h"
#include "services/duijie/session.h"

namespace duijie {

void AddAdminCommands(Command root, Invocation& invocation);
void AddTaxonomyCommand(Command root, Invocation& invocation);

// `admin key …`; called by AddAdminCommands.
void AddKeyCommands(Command group, Invocation& invocation);

// What a key is, line by line. Pure.
std::string KeyText(const v1::ApiKey& key, bool color);

}  // namespace duijie
