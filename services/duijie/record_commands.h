// SPDX-License-Identifier: GPL-3.0-or-later
// get, list, create, edit, delete, submit, publish, return, withdraw, close, contacts: records one by one.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddRecordCommands(Command root, Invocation& invocation);
void AddTransitionCommands(Command root, Invocation& invocation);
void AddEditCommand(Command root, Invocation& invocation);
void AddContactsCommand(Command root, Invocation& invocation);

// Prints a record that a write has returned: as JSON, or "<done> <name>（<title>，<state>）".
void PrintWritten(Session& session, const google::protobuf::Message& record, const std::string& done);

}  // namespace duijie
