// SPDX-License-Identifier: GPL-3.0-or-later
// search, similar, suggest.
#pragma once

#include "duijie/v1/search_service.pb.h"
#include "services/duijie/session.h"

namespace duijie {

void AddSearchCommands(Command root, Invocation& invocation);

// The snippet with its matched parts marked; highlights that do not fit the text are left out. Pure.
StyledText SnippetText(const v1::Snippet& snippet);

}  // namespace duijie
