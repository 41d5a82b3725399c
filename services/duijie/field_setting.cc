// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/field_setting.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/field_comparator.h>
#include <google/protobuf/util/message_differencer.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "services/duijie/exit_codes.h"
#include "services/duijie/json_output.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kSeparators[] = {"；", ";", "、", "|"};

Status WrongValue(const FieldDescriptor& field, std::string_view value, const std::string& expected) {
  return UsageError("字段 " + field.name() + "（" + FieldLabel(field) + "）的值“" + std::string(value) +
                    "”有误，应为" + expected);
}

const FieldDescriptor* FindField(const google::protobuf::Descriptor& type, std::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == name || FieldLabel(*type.field(i)) == name) return type.field(i);
  }
  return nullptr;
}

template <typename Number>
bool ParseNumber(std::string_view text, Number* number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), *number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

StatusOr<bool> ParseBool(const FieldDescriptor& field, std::string_view text) {
  if (text == "是" || text == "true" || text == "TRUE" || text == "1") return true;
  if (text == "否" || text == "false" || text == "FALSE" || text == "0") return false;
  return WrongValue(field, text, "是或否");
}

// Messages and lists of them, and any list given as JSON, go through the JSON parser: {"field": value}.
Status SetFromJson(std::string_view value, const FieldDescriptor& field, Message* message) {
  nlohmann::json parsed = nlohmann::json::parse(value, nullptr, /*allow_exceptions=*/false);
  if (field.message_type() != nullptr && field.message_type()->full_name() == "google.protobuf.Timestamp" &&
      parsed.is_discarded()) {
    parsed = std::string(value);
  }
  if (parsed.is_discarded()) return WrongValue(field, value, "JSON");
  std::unique_ptr<Message> fresh(message->New());
  DUIJIE_RETURN_IF_ERROR(
      ParseJson(nlohmann::json{{field.name(), parsed}}.dump(), "字段 " + field.name(), fresh.get()));
  message->GetReflection()->ClearField(message, &field);
  fresh->GetReflection()->SwapFields(fresh.get(), message, {&field});
  return OkStatus();
}

// Sets a singular field or adds to a list.
Status PutScalar(std::string_view value, const FieldDescriptor& field, Message* message) {
  const auto* reflection = message->GetReflection();
  const bool add = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      add ? reflection->AddString(message, &field, std::string(value))
          : reflection->SetString(message, &field, std::string(value));
      return OkStatus();
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const StatusOr<int> number = ParseEnum(*field.enum_type(), value);
      if (!number.ok()) return WrongValue(field, value, EnumChoices(*field.enum_type()) + "之一");
      add ? reflection->AddEnumValue(message, &field, *number)
          : reflection->SetEnumValue(message, &field, *number);
      return OkStatus();
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      DUIJIE_ASSIGN_OR_RETURN(const bool flag, ParseBool(field, value));
      reflection->SetBool(message, &field, flag);
      return OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT32: {
      int32_t number = 0;
      if (!ParseNumber(value, &number)) return WrongValue(field, value, "整数");
      reflection->SetInt32(message, &field, number);
      return OkStatus();
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      double number = 0;
      if (!ParseNumber(value, &number) || !std::isfinite(number)) return WrongValue(field, value, "数字");
      reflection->SetDouble(message, &field, number);
      return OkStatus();
    }
    default:
      return WrongValue(field, value, "JSON（请改用 --file 或编辑器）");
  }
}

Status SetValue(std::string_view value, const FieldDescriptor& field, Message* message) {
  message->GetReflection()->ClearField(message, &field);
  if (value.empty()) return OkStatus();
  const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (is_message || (field.is_repeated() && value.front() == '[')) return SetFromJson(value, field, message);
  if (!field.is_repeated()) return PutScalar(value, field, message);
  for (const std::string& entry : SplitList(value)) DUIJIE_RETURN_IF_ERROR(PutScalar(entry, field, message));
  return OkStatus();
}

Status SetPath(std::string_view path, std::string_view value, Message* message, const FieldDescriptor** top) {
  const size_t dot = path.find('.');
  const std::string_view name = path.substr(0, dot);
  const FieldDescriptor* field = FindField(*message->GetDescriptor(), name);
  if (field == nullptr) return UsageError("没有名为“" + std::string(name) + "”的字段");
  *top = field;
  if (dot == std::string_view::npos) return SetValue(value, *field, message);
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated()) {
    return UsageError("字段 " + std::string(name) + " 没有下级字段");
  }
  const FieldDescriptor* below = nullptr;
  return SetPath(path.substr(dot + 1), value, message->GetReflection()->MutableMessage(message, field),
                 &below);
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> entries;
  std::string entry;
  const auto finish = [&] {
    if (const std::string_view trimmed = Trim(entry); !trimmed.empty()) entries.emplace_back(trimmed);
    entry.clear();
  };
  const auto separator_at = [&](size_t at) -> size_t {
    for (const std::string_view separator : kSeparators) {
      if (text.substr(at, separator.size()) == separator) return separator.size();
    }
    return 0;
  };
  for (size_t at = 0; at < text.size();) {
    const size_t escaped = text[at] == '\\' && at + 1 < text.size() ? separator_at(at + 1) : 0;
    if (escaped > 0) {
      entry += text.substr(at + 1, escaped);
      at += 1 + escaped;
    } else if (const size_t size = separator_at(at); size > 0) {
      finish();
      at += size;
    } else {
      entry += text[at++];
    }
  }
  finish();
  return entries;
}

bool IsOutputField(const FieldDescriptor& field) {
  static const std::set<std::string> kNames = {
      "name", "state", "state_changes", "etag", "create_time", "update_time", "revision", "identity_hidden"};
  return kNames.count(field.name()) > 0;
}

Status ApplySetting(std::string_view setting, Message* record, google::protobuf::FieldMask* mask) {
  const size_t equals = setting.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return UsageError("应写作 字段=值：" + std::string(setting));
  }
  const std::string_view path = Trim(setting.substr(0, equals));
  const FieldDescriptor* top = FindField(*record->GetDescriptor(), path.substr(0, path.find('.')));
  if (top != nullptr && IsOutputField(*top)) {
    return UsageError("字段 " + top->name() + "（" + FieldLabel(*top) + "）由系统维护，不能修改");
  }
  DUIJIE_RETURN_IF_ERROR(SetPath(path, Trim(setting.substr(equals + 1)), record, &top));
  for (const std::string& known : mask->paths()) {
    if (known == top->name()) return OkStatus();
  }
  mask->add_paths(top->name());
  return OkStatus();
}

google::protobuf::FieldMask ChangedFields(const Message& before, const Message& after) {
  google::protobuf::FieldMask mask;
  const auto& type = *before.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (IsOutputField(*type.field(i))) continue;
    const FieldDescriptor* field = type.field(i);
    // The differencer takes a value that is absent for its default: 0 would look like "not stated".
    const bool came_or_went = field->has_presence() && before.GetReflection()->HasField(before, field) !=
                                                           after.GetReflection()->HasField(after, field);
    google::protobuf::util::MessageDifferencer differencer;
    if (came_or_went || !differencer.CompareWithFields(before, after, {field}, {field})) {
      mask.add_paths(field->name());
    }
  }
  return mask;
}

}  // namespace duijie
