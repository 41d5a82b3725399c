// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/cell_codec.h"

#include <cmath>
#include <utility>
#include <vector>

#include "services/catalog/catalog_keys.h"
#include "services/catalog/cell_text.h"
#include "services/catalog/china_date.h"
#include "services/catalog/code_lookup.h"
#include "services/catalog/enum_names.h"
#include "services/catalog/indicator_text.h"

namespace duijie::catalog {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Result = std::optional<CellError>;

// The message that holds the field, and the field.
struct Place {
  Message* message;
  const FieldDescriptor* field;
};
struct ConstPlace {
  const Message* message;
  const FieldDescriptor* field;
};

std::pair<std::string, std::string> SplitPath(std::string_view path) {
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) return {"", std::string(path)};
  return {std::string(path.substr(0, dot)), std::string(path.substr(dot + 1))};
}

Place PlaceOf(const Column& column, Message* message) {
  const auto [outer, inner] = SplitPath(column.field);
  if (!outer.empty()) {
    const auto* field = message->GetDescriptor()->FindFieldByName(outer);
    message = message->GetReflection()->MutableMessage(message, field);
  }
  return {message, message->GetDescriptor()->FindFieldByName(inner)};
}

ConstPlace PlaceOf(const Column& column, const Message& message) {
  const auto [outer, inner] = SplitPath(column.field);
  const Message* holder = &message;
  if (!outer.empty()) {
    holder = &message.GetReflection()->GetMessage(message, message.GetDescriptor()->FindFieldByName(outer));
  }
  return {holder, holder->GetDescriptor()->FindFieldByName(inner)};
}

// Clears the field; a nested message that has become empty is removed, so that nothing is left of it.
void ClearField(const Column& column, Message* message) {
  const auto [outer, inner] = SplitPath(column.field);
  const auto* reflection = message->GetReflection();
  if (outer.empty()) {
    reflection->ClearField(message, message->GetDescriptor()->FindFieldByName(inner));
    return;
  }
  const auto* field = message->GetDescriptor()->FindFieldByName(outer);
  if (!reflection->HasField(*message, field)) return;
  Message* nested = reflection->MutableMessage(message, field);
  nested->GetReflection()->ClearField(nested, nested->GetDescriptor()->FindFieldByName(inner));
  if (nested->ByteSizeLong() == 0) reflection->ClearField(message, field);
}

CellError UnknownCode() { return {"UNKNOWN_CODE", "代码表中没有此代码或名称，或名称不唯一"}; }
CellError UnknownValue(const FieldDescriptor* field) {
  std::string names;
  for (const std::string& name : ChineseNames(field->enum_type()))
    names += (names.empty() ? "" : "、") + name;
  return {"UNKNOWN_VALUE", "应为：" + names};
}
CellError BadNumber() { return {"INVALID_NUMBER", "不是数"}; }

// A number with nothing after it but an optional unit.
std::optional<double> WholeNumber(std::string_view text, std::string_view unit) {
  const auto number = TakeNumber(&text);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!number || (!text.empty() && text != unit && text != "万")) return std::nullopt;
  return number;
}

Result ReadDate(const Place& at, const std::string& text) {
  const auto date = ParseDate(text);
  if (!date) return CellError{"INVALID_DATE", "不是有效日期，应为 2026-01-05 的形式"};
  at.message->GetReflection()->SetString(at.message, at.field, *date);
  return std::nullopt;
}

Result ReadMoney(const Place& at, const std::string& text) {
  const auto number = WholeNumber(text, "万元");
  if (!number) return BadNumber();
  at.message->GetReflection()->SetDouble(at.message, at.field, *number);
  return std::nullopt;
}

Result ReadCount(const Place& at, const std::string& text) {
  const auto number = WholeNumber(text, "次");
  constexpr double kMaxCount = 1'000'000;
  if (!number || std::trunc(*number) != *number || std::fabs(*number) > kMaxCount) return BadNumber();
  at.message->GetReflection()->SetInt32(at.message, at.field, static_cast<int32_t>(*number));
  return std::nullopt;
}

Result ReadMaturity(const Place& at, const std::string& text, const TaxonomySet& taxonomies) {
  const int level = MaturityLevelOf(taxonomies, text);
  if (level == 0 && text != "0") return CellError{"UNKNOWN_VALUE", "应为 1 到 9 级，如 5、TRL5 或等级名称"};
  at.message->GetReflection()->SetInt32(at.message, at.field, level);
  return std::nullopt;
}

Result ReadBool(const Place& at, const std::string& text) {
  for (const std::string_view yes : {"是", "true", "TRUE", "True", "1", "有", "√", "Y", "y"}) {
    if (text == yes) {
      at.message->GetReflection()->SetBool(at.message, at.field, true);
      return std::nullopt;
    }
  }
  for (const std::string_view no : {"否", "false", "FALSE", "False", "0", "无", "×", "N", "n"}) {
    if (text == no) return std::nullopt;
  }
  return CellError{"INVALID_BOOLEAN", "应为 是 或 否"};
}

Result ReadEnum(const Place& at, const std::string& text) {
  const auto value = EnumByName(at.field->enum_type(), text);
  if (!value) return UnknownValue(at.field);
  at.message->GetReflection()->SetEnumValue(at.message, at.field, *value);
  return std::nullopt;
}

Result ReadEnumList(const Place& at, const std::string& text) {
  for (const std::string& entry : SplitCell(text, kListSeparators)) {
    const auto value = EnumByName(at.field->enum_type(), entry);
    if (!value) return UnknownValue(at.field);
    at.message->GetReflection()->AddEnumValue(at.message, at.field, *value);
  }
  return std::nullopt;
}

Result ReadTextList(const Place& at, const std::string& text) {
  for (std::string& entry : SplitCell(text, kListSeparators)) {
    at.message->GetReflection()->AddString(at.message, at.field, std::move(entry));
  }
  return std::nullopt;
}

std::string CodeOf(CellKind kind, const TaxonomySet& taxonomies, const std::string& text) {
  switch (kind) {
    case CellKind::kIndustryList:
      return IndustryCode(taxonomies.industries, text);
    case CellKind::kFieldList:
      return FieldCode(taxonomies.fields, text);
    case CellKind::kPark:
      return ParkCode(taxonomies, text);
    default:
      return RegionCode(taxonomies.regions, text);
  }
}

Result ReadCode(const Place& at, CellKind kind, const std::string& text, const TaxonomySet& taxonomies) {
  const std::string code = CodeOf(kind, taxonomies, text);
  if (code.empty()) return UnknownCode();
  at.message->GetReflection()->SetString(at.message, at.field, code);
  return std::nullopt;
}

// The whole cell is tried first: names of industries and fields contain "、" themselves.
Result ReadCodeList(const Place& at, CellKind kind, const std::string& text, const TaxonomySet& taxonomies) {
  const std::string whole = CodeOf(kind, taxonomies, text);
  std::vector<std::string> codes =
      whole.empty() ? std::vector<std::string>() : std::vector<std::string>{whole};
  if (whole.empty()) {
    for (const std::string& entry : SplitCell(text, kListSeparators)) {
      codes.push_back(CodeOf(kind, taxonomies, entry));
      if (codes.back().empty()) return UnknownCode();
    }
  }
  for (std::string& code : codes)
    at.message->GetReflection()->AddString(at.message, at.field, std::move(code));
  return std::nullopt;
}

Result ReadIndicatorList(const Place& at, const std::string& text) {
  const auto indicators = ParseIndicators(text);
  if (!indicators) return CellError{"INVALID_INDICATOR", "指标应写作：名称≥数值单位@条件，多项以；分开"};
  for (const auto& indicator : *indicators) {
    at.message->GetReflection()->AddMessage(at.message, at.field)->CopyFrom(indicator);
  }
  return std::nullopt;
}

// The parts of "a:b:c:d"; missing ones are empty.
constexpr size_t kEntryParts = 4;
std::optional<std::vector<std::string>> Parts(const std::string& entry) {
  std::vector<std::string> parts = SplitCell(entry, kPartSeparators, true);
  if (parts.size() > kEntryParts) return std::nullopt;
  parts.resize(kEntryParts);
  return parts;
}

Result ReadProperties(v1::Achievement* achievement, const std::string& text) {
  const CellError bad{"INVALID_ENTRY", "知识产权应写作：类型:编号:法律状态:到期日，多项以；分开"};
  for (const std::string& entry : SplitCell(text, kEntrySeparators, false, false)) {
    const auto parts = Parts(entry);
    if (!parts) return bad;
    const auto kind = EnumByName(v1::IntellectualPropertyKind_descriptor(), (*parts)[0]);
    const auto expires = (*parts)[3].empty() ? std::optional<std::string>("") : ParseDate((*parts)[3]);
    if (!kind || !expires) return bad;
    auto* property = achievement->add_intellectual_properties();
    property->set_kind(static_cast<v1::IntellectualPropertyKind>(*kind));
    property->set_number((*parts)[1]);
    property->set_legal_status((*parts)[2]);
    property->set_expires_on(*expires);
  }
  return std::nullopt;
}

Result ReadCertificates(v1::Enterprise* enterprise, const std::string& text) {
  const CellError bad{"INVALID_ENTRY", "资质证书应写作：类型:编号:发证日期:有效期至，多项以；分开"};
  for (const std::string& entry : SplitCell(text, kEntrySeparators, false, false)) {
    const auto parts = Parts(entry);
    if (!parts) return bad;
    const auto issued = (*parts)[2].empty() ? std::optional<std::string>("") : ParseDate((*parts)[2]);
    const auto until = (*parts)[3].empty() ? std::optional<std::string>("") : ParseDate((*parts)[3]);
    if (!issued || !until) return bad;
    auto* certificate = enterprise->add_certificates();
    certificate->set_kind((*parts)[0]);
    certificate->set_number((*parts)[1]);
    certificate->set_issued_on(*issued);
    certificate->set_valid_until(*until);
  }
  return std::nullopt;
}

Result ReadEnterprise(const Place& at, const std::string& text) {
  const std::string name = IsValidId(text) ? MakeName(v1::COLLECTION_ENTERPRISES, text) : text;
  const auto parsed = ParseName(name);
  if (!parsed || parsed->collection != v1::COLLECTION_ENTERPRISES) {
    return CellError{"INVALID_NAME", "应为 enterprises/{id}"};
  }
  at.message->GetReflection()->SetString(at.message, at.field, name);
  return std::nullopt;
}

Result ReadText(const Place& at, const std::string& text) {
  at.message->GetReflection()->SetString(at.message, at.field, text);
  return std::nullopt;
}

Result ReadNonEmpty(const Column& column, const std::string& text, const TaxonomySet& taxonomies,
                    AnyRecord* record) {
  const Place at = PlaceOf(column, &ProtoOf(*record));
  switch (column.kind) {
    case CellKind::kTextList:
      return ReadTextList(at, text);
    case CellKind::kDate:
      return ReadDate(at, text);
    case CellKind::kMoney:
      return ReadMoney(at, text);
    case CellKind::kCount:
      return ReadCount(at, text);
    case CellKind::kMaturity:
      return ReadMaturity(at, text, taxonomies);
    case CellKind::kBool:
      return ReadBool(at, text);
    case CellKind::kEnum:
      return ReadEnum(at, text);
    case CellKind::kEnumList:
      return ReadEnumList(at, text);
    case CellKind::kRegion:
    case CellKind::kPark:
      return ReadCode(at, column.kind, text, taxonomies);
    case CellKind::kRegionList:
    case CellKind::kIndustryList:
    case CellKind::kFieldList:
      return ReadCodeList(at, column.kind, text, taxonomies);
    case CellKind::kIndicators:
      return ReadIndicatorList(at, text);
    case CellKind::kProperties:
      return ReadProperties(&std::get<v1::Achievement>(*record), text);
    case CellKind::kCertificates:
      return ReadCertificates(&std::get<v1::Enterprise>(*record), text);
    case CellKind::kEnterprise:
      return ReadEnterprise(at, text);
    default:
      return ReadText(at, text);
  }
}

std::string FormatTextList(const ConstPlace& at) {
  std::vector<std::string> entries;
  const auto* reflection = at.message->GetReflection();
  entries.reserve(static_cast<size_t>(reflection->FieldSize(*at.message, at.field)));
  for (int i = 0; i < reflection->FieldSize(*at.message, at.field); ++i) {
    entries.push_back(reflection->GetRepeatedString(*at.message, at.field, i));
  }
  return JoinCell(entries, kListSeparators);
}

std::string FormatEnumList(const ConstPlace& at) {
  std::vector<std::string> entries;
  const auto* reflection = at.message->GetReflection();
  entries.reserve(static_cast<size_t>(reflection->FieldSize(*at.message, at.field)));
  for (int i = 0; i < reflection->FieldSize(*at.message, at.field); ++i) {
    entries.emplace_back(
        ChineseName(at.field->enum_type(), reflection->GetRepeatedEnumValue(*at.message, at.field, i)));
  }
  return JoinCell(entries, kListSeparators);
}

std::string FormatIndicatorList(const ConstPlace& at) {
  Indicators indicators;
  const auto* reflection = at.message->GetReflection();
  for (int i = 0; i < reflection->FieldSize(*at.message, at.field); ++i) {
    indicators.Add()->CopyFrom(reflection->GetRepeatedMessage(*at.message, at.field, i));
  }
  return FormatIndicators(indicators);
}

// "a:b:c:d" without empty parts at the end.
std::string FormatParts(std::vector<std::string> parts) {
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    text += (i > 0 ? ":" : "") + EscapeMarks(parts[i], {":", "：", "；", ";", "\n"});
  }
  return text;
}

std::string FormatProperties(const v1::Achievement& achievement) {
  std::string text;
  for (const auto& property : achievement.intellectual_properties()) {
    text += (text.empty() ? "" : "；") +
            FormatParts({std::string(ChineseName(v1::IntellectualPropertyKind_descriptor(), property.kind())),
                         property.number(), property.legal_status(), property.expires_on()});
  }
  return text;
}

std::string FormatCertificates(const v1::Enterprise& enterprise) {
  std::string text;
  for (const auto& certificate : enterprise.certificates()) {
    text += (text.empty() ? "" : "；") + FormatParts({certificate.kind(), certificate.number(),
                                                      certificate.issued_on(), certificate.valid_until()});
  }
  return text;
}

std::string FormatSingle(const ConstPlace& at) {
  const auto* reflection = at.message->GetReflection();
  switch (at.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->HasField(*at.message, at.field)
                 ? FormatNumber(reflection->GetDouble(*at.message, at.field))
                 : "";
    case FieldDescriptor::CPPTYPE_INT32: {
      const int32_t number = reflection->GetInt32(*at.message, at.field);
      return number == 0 ? "" : std::to_string(number);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(*at.message, at.field) ? "是" : "";
    case FieldDescriptor::CPPTYPE_ENUM:
      return std::string(ChineseName(at.field->enum_type(), reflection->GetEnumValue(*at.message, at.field)));
    default:
      return reflection->GetString(*at.message, at.field);
  }
}

}  // namespace

bool IsFieldColumn(const Column& column) { return column.kind < CellKind::kRecordName; }

std::optional<CellError> ReadCell(const Column& column, const std::string& text,
                                  const TaxonomySet& taxonomies, AnyRecord* record) {
  ClearField(column, &ProtoOf(*record));
  if (text.empty()) return std::nullopt;
  Result result =
      ReadNonEmpty(column, HoldsFigures(column.kind) ? HalfWidth(text) : text, taxonomies, record);
  if (result || column.kind == CellKind::kBool) {
    // A failed cell leaves nothing behind, a "否" no empty message.
    const Place at = PlaceOf(column, &ProtoOf(*record));
    if (result || !at.message->GetReflection()->GetBool(*at.message, at.field))
      ClearField(column, &ProtoOf(*record));
  }
  return result;
}

std::string FormatCell(const Column& column, const AnyRecord& record) {
  const ConstPlace at = PlaceOf(column, ProtoOf(record));
  switch (column.kind) {
    case CellKind::kTextList:
    case CellKind::kRegionList:
    case CellKind::kIndustryList:
    case CellKind::kFieldList:
      return FormatTextList(at);
    case CellKind::kEnumList:
      return FormatEnumList(at);
    case CellKind::kIndicators:
      return FormatIndicatorList(at);
    case CellKind::kProperties:
      return FormatProperties(std::get<v1::Achievement>(record));
    case CellKind::kCertificates:
      return FormatCertificates(std::get<v1::Enterprise>(record));
    default:
      return FormatSingle(at);
  }
}

}  // namespace duijie::catalog
