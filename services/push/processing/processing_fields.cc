// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace duijie::push {
namespace {

const char* SignOf(v1::Comparator comparator) {
  switch (comparator) {
    case v1::COMPARATOR_AT_LEAST:
      return "≥";
    case v1::COMPARATOR_AT_MOST:
      return "≤";
    case v1::COMPARATOR_GREATER_THAN:
      return ">";
    case v1::COMPARATOR_LESS_THAN:
      return "<";
    case v1::COMPARATOR_APPROXIMATELY:
      return "≈";
    default:
      return "=";
  }
}

std::string EntryText(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor* field, int index) {
  const auto* reflection = message.GetReflection();
  if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
    return IndicatorText(
        static_cast<const v1::Indicator&>(reflection->GetRepeatedMessage(message, field, index)));
  }
  return reflection->GetRepeatedString(message, field, index);
}

}  // namespace

const std::vector<ProcessedField>& ProcessedFields() {
  static const std::vector<ProcessedField> fields = {
      {"problem_solved", "解决的问题"},
      {"indicators", "技术指标"},
      {"advantage", "与现有做法相比的优势"},
      {"economic_comparison", "经济性比较"},
      {"taker_requirements", "承接条件"},
      {"next_stage_funding_wan_yuan", "下一阶段所需投入（万元）"},
      {"price_min_wan_yuan", "最低价格（万元）"},
      {"price_max_wan_yuan", "最高价格（万元）"},
      {"industry_codes", "适用行业"},
      {"keywords", "关键词"},
  };
  return fields;
}

const ProcessedField* FindProcessedField(std::string_view name) {
  const auto& fields = ProcessedFields();
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const ProcessedField& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string NumberText(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

std::vector<std::string> FieldsOf(const v1::Processing& processing) {
  return {processing.fields().begin(), processing.fields().end()};
}

const v1::FieldEvidence* EvidenceOf(const v1::Processing& processing, const std::string& field) {
  for (const v1::FieldEvidence& evidence : processing.evidences()) {
    if (evidence.field() == field) return &evidence;
  }
  return nullptr;
}

std::string IndicatorText(const v1::Indicator& indicator) {
  std::string text = indicator.name();
  if (indicator.has_value()) text += SignOf(indicator.comparator()) + NumberText(indicator.value());
  if (indicator.has_upper_value()) text += "～" + NumberText(indicator.upper_value());
  text += indicator.unit();
  if (!indicator.condition().empty()) text += "（" + indicator.condition() + "）";
  return text;
}

std::string FieldValueText(const std::string& field, const v1::Achievement& achievement) {
  const auto* descriptor = v1::Achievement::descriptor()->FindFieldByName(field);
  const auto* reflection = achievement.GetReflection();
  if (descriptor->is_repeated()) {
    std::string text;
    for (int i = 0; i < reflection->FieldSize(achievement, descriptor); ++i) {
      text += (i == 0 ? "" : "\n") + EntryText(achievement, descriptor, i);
    }
    return text;
  }
  if (descriptor->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) {
    if (!reflection->HasField(achievement, descriptor)) return "";
    return NumberText(reflection->GetDouble(achievement, descriptor));
  }
  return reflection->GetString(achievement, descriptor);
}

}  // namespace duijie::push
