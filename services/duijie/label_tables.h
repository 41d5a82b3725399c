// SPDX-License-Identifier: GPL-3.0-or-later
// The words themselves; see labels.h. Private to labels.cc.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace duijie {

// By full value name, e.g. "RECORD_STATE_DRAFT".
const std::map<std::string, std::string, std::less<>>& EnumWords();

// By "Message.field", or ".field" for every message that has none of its own.
const std::map<std::string, std::string, std::less<>>& FieldWords();

}  // namespace duijie
