// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/record_view.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "common/base/calendar.h"
#include "common/text/encoding.h"
#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/expert.pb.h"
#include "duijie/v1/need.pb.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int64_t kChinaOffsetSeconds = std::chrono::seconds(kChinaOffset).count();
constexpr char kEntrySeparator[] = "；";

std::string PropertyText(const v1::IntellectualProperty& property) {
  std::string text = EnumLabel(property.kind());
  for (const std::string& part : {property.number(), property.legal_status(), property.expires_on()}) {
    if (!part.empty()) text += " " + part;
  }
  return text;
}

std::string ProvenanceText(const v1::Provenance& provenance) {
  std::string text = provenance.source_library() + ":" + provenance.external_id();
  if (provenance.has_fetched_at()) text += "（" + TimeText(provenance.fetched_at()) + "）";
  return text;
}

std::string StateChangeText(const v1::StateChange& change) {
  std::string text = TimeText(change.time()) + " ";
  if (change.from() != v1::RECORD_STATE_UNSPECIFIED) text += EnumLabel(change.from()) + "→";
  text += EnumLabel(change.to());
  if (!change.reason().empty()) text += "：" + change.reason();
  if (!change.actor().empty()) text += "（" + change.actor() + "）";
  return text;
}

// Any other message: "标签：值，标签：值".
std::string PlainMessageText(const Message& message) {
  std::string text;
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const std::string value = FieldText(message, *type.field(i));
    if (!value.empty()) text += (text.empty() ? "" : "，") + FieldLabel(*type.field(i)) + "：" + value;
  }
  return text;
}

std::string MessageText(const Message& message) {
  const auto* type = message.GetDescriptor();
  if (type == v1::Indicator::descriptor()) return IndicatorText(static_cast<const v1::Indicator&>(message));
  if (type == v1::IntellectualProperty::descriptor()) {
    return PropertyText(static_cast<const v1::IntellectualProperty&>(message));
  }
  if (type == v1::Provenance::descriptor())
    return ProvenanceText(static_cast<const v1::Provenance&>(message));
  if (type == v1::StateChange::descriptor())
    return StateChangeText(static_cast<const v1::StateChange&>(message));
  if (type == google::protobuf::Timestamp::descriptor()) {
    return TimeText(static_cast<const google::protobuf::Timestamp&>(message));
  }
  return PlainMessageText(message);
}

std::string EntryText(const Message& message, const FieldDescriptor& field, int index) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetRepeatedString(message, &field, index);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumLabel(*field.enum_type(), reflection->GetRepeatedEnumValue(message, &field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(reflection->GetRepeatedMessage(message, &field, index));
    default:
      return "";
  }
}

std::string SingleText(const Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  if (!reflection->HasField(message, &field)) return "";
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumLabel(*field.enum_type(), reflection->GetEnumValue(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, &field) ? "是" : "否";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection->GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection->GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return NumberText(reflection->GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(reflection->GetMessage(message, &field));
    default:
      return "";
  }
}

// What a list shows beside name, title and state.
std::vector<std::string> ExtraListFields(v1::Collection collection) {
  switch (collection) {
    case v1::COLLECTION_ACHIEVEMENTS:
      return {"owner_name", "maturity_level"};
    case v1::COLLECTION_ENTERPRISES:
      return {"credit_code", "park_code"};
    case v1::COLLECTION_NEEDS:
      return {"type", "enterprise_name"};
    case v1::COLLECTION_EXPERTS:
      return {"organization", "position"};
    default:
      return {};
  }
}

const google::protobuf::Descriptor& TypeOf(v1::Collection collection) {
  switch (collection) {
    case v1::COLLECTION_ENTERPRISES:
      return *v1::Enterprise::descriptor();
    case v1::COLLECTION_NEEDS:
      return *v1::Need::descriptor();
    case v1::COLLECTION_EXPERTS:
      return *v1::Expert::descriptor();
    default:
      return *v1::Achievement::descriptor();
  }
}

std::vector<std::string> ListFields(v1::Collection collection) {
  std::vector<std::string> fields = {"name", "title"};
  for (const std::string& field : ExtraListFields(collection)) fields.push_back(field);
  fields.insert(fields.end(), {"tier", "state", "update_time"});
  return fields;
}

}  // namespace

std::string TimeText(const google::protobuf::Timestamp& time) {
  const std::time_t local = static_cast<std::time_t>(time.seconds() + kChinaOffsetSeconds);
  std::tm parts{};
  char text[32];
  if (gmtime_r(&local, &parts) == nullptr || std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &parts) == 0)
    return "";
  return text;
}

std::string NumberText(double value) {
  char text[64];
  const auto result = std::to_chars(text, text + sizeof(text), value, std::chars_format::general);
  return std::string(text, result.ptr);
}

std::string IndicatorText(const v1::Indicator& indicator) {
  std::string text = indicator.name();
  if (indicator.comparator() == v1::COMPARATOR_BETWEEN) {
    text +=
        "=" + NumberText(indicator.value()) + "~" + NumberText(indicator.upper_value()) + indicator.unit();
  } else if (indicator.has_value()) {
    text += EnumLabel(indicator.comparator()) + NumberText(indicator.value()) + indicator.unit();
  } else if (!indicator.unit().empty()) {
    text += "[" + indicator.unit() + "]";
  }
  return indicator.condition().empty() ? text : text + "@" + indicator.condition();
}

std::string FieldText(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) return SingleText(message, field);
  std::string text;
  const char* separator = field.name() == "state_changes" ? "\n" : kEntrySeparator;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    text += (i == 0 ? "" : separator) + EntryText(message, field, i);
  }
  return text;
}

std::string FieldText(const Message& message, const std::string& field) {
  return FieldText(message, *message.GetDescriptor()->FindFieldByName(field));
}

std::vector<FieldLine> DescribeRecord(const Message& record) {
  std::vector<FieldLine> lines;
  const auto& type = *record.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == "etag") continue;
    std::string text = FieldText(record, *type.field(i));
    if (!text.empty()) lines.push_back({FieldLabel(*type.field(i)), std::move(text)});
  }
  return lines;
}

std::string FormatFieldLines(const std::vector<FieldLine>& lines, bool color) {
  int width = 0;
  for (const FieldLine& line : lines) width = std::max(width, DisplayWidth(line.label));
  const std::string indent(static_cast<size_t>(width) + 2, ' ');
  std::string text;
  for (const FieldLine& line : lines) {
    const std::string padding(static_cast<size_t>(width - DisplayWidth(line.label)) + 2, ' ');
    text += Render({line.label, Style::kBold}, 0, color) + padding;
    bool first = true;
    for (const std::string& part : NeutraliseLines(line.text)) {
      text += (first ? "" : indent) + part + "\n";
      first = false;
    }
  }
  return text;
}

std::vector<Column> ListColumns(v1::Collection collection) {
  std::vector<Column> columns;
  for (const std::string& field : ListFields(collection)) {
    const bool shrinks =
        field == "title" || field == "owner_name" || field == "enterprise_name" || field == "organization";
    const Align align = field == "maturity_level" ? Align::kRight : Align::kLeft;
    columns.push_back({FieldLabel(*TypeOf(collection).FindFieldByName(field)), align, shrinks});
  }
  return columns;
}

std::vector<StyledText> ListRow(v1::Collection collection, const Message& record) {
  std::vector<StyledText> row;
  for (const std::string& field : ListFields(collection)) row.emplace_back(FieldText(record, field));
  return row;
}

}  // namespace duijie
