// SPDX-License-Identifier: GPL-3.0-or-later
// intake extract: reads the texts of a file as notes are read, for people to judge.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddExtractCommand(Command group, Invocation& invocation);

}  // namespace duijie
