// SPDX-License-Identifier: GPL-3.0-or-later
// One flat record from one JSON object. The implementation is the only file of this module that includes
// nlohmann/json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/tabular/table_reader.h"

namespace duijie::tabular {

inline constexpr int kMaxJsonDepth = 16;  // the object itself is depth 1

// Fields in the order of the keys (see table_reader.h for the form of values). Returns "" or, in Chinese,
// what is wrong: not one object, bad UTF-8, nested too deep, a key twice, an empty key, NUL in a text, more
// than `max_fields` keys.
std::string ParseJsonObject(std::string_view line, size_t max_fields, std::vector<Field>* fields);

}  // namespace duijie::tabular
