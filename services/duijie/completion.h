// SPDX-License-Identifier: GPL-3.0-or-later
// Shell completion, generated from the command tree, so that it cannot differ from what the program takes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/duijie/session.h"

namespace duijie {

void AddCompletionCommand(Command root, Invocation& invocation);

// Words that may follow each command path ("", "run", "run start"…): subcommands, then options. Global
// options follow every path. Pure.
std::map<std::string, std::vector<std::string>> CompletionWords(Command root);

// A script for the shell to source. Pure.
std::string BashCompletion(Command root);
std::string ZshCompletion(Command root);

}  // namespace duijie
