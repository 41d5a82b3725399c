// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/labels.h"

#include <algorithm>
#include <cctype>

#include "services/duijie/exit_codes.h"
#include "services/duijie/label_tables.h"

namespace duijie {
namespace {

constexpr std::string_view kUnspecified = "UNSPECIFIED";

std::string Upper(std::string_view text) {
  std::string upper;
  for (const char c : text) {
    upper += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return upper;
}

// "RECORD_STATE_" of RecordState: every zero value is <PREFIX>UNSPECIFIED.
std::string PrefixOf(const google::protobuf::EnumDescriptor& type) {
  const std::string& zero = type.value(0)->name();
  return zero.substr(0, zero.size() - std::min(zero.size(), kUnspecified.size()));
}

std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  return value.name().substr(PrefixOf(*value.type()).size());
}

}  // namespace

std::string EnumLabel(const google::protobuf::EnumValueDescriptor& value) {
  if (value.number() == 0) return "";
  const auto word = EnumWords().find(value.name());
  return word == EnumWords().end() ? ShortName(value) : word->second;
}

std::string EnumLabel(const google::protobuf::EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  return value == nullptr ? std::to_string(number) : EnumLabel(*value);
}

StatusOr<int> ParseEnum(const google::protobuf::EnumDescriptor& type, std::string_view text) {
  const std::string upper = Upper(text);
  for (int i = 0; i < type.value_count(); ++i) {
    const auto& value = *type.value(i);
    if (value.number() == 0) continue;
    if (EnumLabel(value) == text || value.name() == upper || ShortName(value) == upper) return value.number();
  }
  return UsageError("无法识别“" + std::string(text) + "”，可用的值：" + EnumChoices(type));
}

std::string EnumChoices(const google::protobuf::EnumDescriptor& type) {
  std::string choices;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    choices += (choices.empty() ? "" : "/") + EnumLabel(*type.value(i));
  }
  return choices;
}

std::string FieldLabel(const google::protobuf::FieldDescriptor& field) {
  const auto& words = FieldWords();
  auto word = words.find(field.containing_type()->name() + "." + field.name());
  if (word == words.end()) word = words.find("." + field.name());
  return word == words.end() ? field.name() : word->second;
}

StatusOr<v1::Collection> ParseCollection(std::string_view text) {
  const auto& type = *v1::Collection_descriptor();
  std::string word(text);
  if (word == "科技成果") word = "成果";
  if (word == "技术需求") word = "需求";
  StatusOr<int> number = ParseEnum(type, word);
  if (!number.ok()) {
    return UsageError("未知的记录种类“" + std::string(text) +
                      "”，可用：achievements（成果）、enterprises（企业）、needs（需求）、experts（专家）");
  }
  return static_cast<v1::Collection>(*number);
}

StatusOr<v1::Collection> CollectionOfName(std::string_view name) {
  const size_t slash = name.find('/');
  if (slash != std::string_view::npos && slash + 1 < name.size()) {
    StatusOr<v1::Collection> collection = ParseCollection(name.substr(0, slash));
    if (collection.ok() && CollectionName(*collection) == name.substr(0, slash)) return collection;
  }
  return UsageError("“" + std::string(name) + "”不是记录编号，应形如 needs/编号 或 achievements/编号");
}

std::string CollectionName(v1::Collection collection) {
  std::string name = v1::Collection_Name(collection).substr(PrefixOf(*v1::Collection_descriptor()).size());
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

}  // namespace duijie
