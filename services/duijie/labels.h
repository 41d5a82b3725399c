// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese words for enum values and record fields, in both directions. The words are those of the import
// headings.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <string_view>

#include "common/status/status.h"
#include "duijie/v1/common.pb.h"

namespace duijie {

// E.g. "草稿"; the short name ("DRAFT") of a value that has no word; "" for UNSPECIFIED.
std::string EnumLabel(const google::protobuf::EnumValueDescriptor& value);

// The same by number; the number itself for one this version does not know.
std::string EnumLabel(const google::protobuf::EnumDescriptor& type, int number);
template <typename Enum>
std::string EnumLabel(Enum value) {
  return EnumLabel(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

// Takes the Chinese word, the short name in any case ("draft"), or the full name. USAGE error listing the
// choices.
StatusOr<int> ParseEnum(const google::protobuf::EnumDescriptor& type, std::string_view text);
template <typename Enum>
StatusOr<Enum> ParseEnum(std::string_view text) {
  DUIJIE_ASSIGN_OR_RETURN(const int number, ParseEnum(*google::protobuf::GetEnumDescriptor<Enum>(), text));
  return static_cast<Enum>(number);
}

// "公开/匿名/仅工作人员", for help texts.
std::string EnumChoices(const google::protobuf::EnumDescriptor& type);

// E.g. "成果名称" for title of an achievement; the field's own name if it has no word.
std::string FieldLabel(const google::protobuf::FieldDescriptor& field);

// "achievements", "成果", "needs/…" … COLLECTION_UNSPECIFIED is never returned.
StatusOr<v1::Collection> ParseCollection(std::string_view text);
// Of a resource name such as "needs/ab12".
StatusOr<v1::Collection> CollectionOfName(std::string_view name);
// "achievements" …
std::string CollectionName(v1::Collection collection);

}  // namespace duijie
