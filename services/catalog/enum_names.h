// SPDX-License-Identifier: GPL-3.0-or-later
// The Chinese names of enum values, as tables show them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>

namespace duijie::catalog {

// "" for UNSPECIFIED and unknown values.
std::string_view ChineseName(const google::protobuf::EnumDescriptor* type, int value);

// By Chinese name ("转让") or short name in any case ("TRANSFER", "transfer").
std::optional<int> EnumByName(const google::protobuf::EnumDescriptor* type, std::string_view name);

// All Chinese names in order of value.
std::vector<std::string> ChineseNames(const google::protobuf::EnumDescriptor* type);

}  // namespace duijie::catalog
