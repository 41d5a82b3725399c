// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/enum_names.h"

#include <algorithm>

#include "duijie/v1/common.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::catalog {
namespace {

using google::protobuf::EnumDescriptor;
using Names = std::vector<std::string_view>;  // names[i] is value i + 1

const Names& NamesOf(const EnumDescriptor* type) {
  static const Names kModes = {"转让",     "许可",     "作价入股", "合作开发",
                               "委托开发", "技术服务", "技术咨询", "产品采购"};
  static const Names kTiers = {"公开", "匿名", "仅工作人员"};
  static const Names kStates = {"草稿", "已提交", "已退回", "已发布", "已撤回", "已过期", "已关闭"};
  static const Names kTypes = {"技术难题", "关键共性技术", "紧迫需求", "成果转化", "人才引进"};
  static const Names kUrgencies = {"一般", "较急", "紧急"};
  static const Names kStances = {"归企业所有", "双方共有", "获得许可即可"};
  static const Names kProperties = {"发明专利",   "实用新型",         "外观设计", "软件著作权",
                                    "植物新品种", "集成电路布图设计", "技术秘密"};
  static const Names kNone;
  if (type == v1::CooperationMode_descriptor()) return kModes;
  if (type == v1::ConfidentialityTier_descriptor()) return kTiers;
  if (type == v1::RecordState_descriptor()) return kStates;
  if (type == v1::NeedType_descriptor()) return kTypes;
  if (type == v1::Urgency_descriptor()) return kUrgencies;
  if (type == v1::RightsStance_descriptor()) return kStances;
  if (type == v1::IntellectualPropertyKind_descriptor()) return kProperties;
  return kNone;
}

std::string Upper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

// "COOPERATION_MODE_": what every value of the type starts with.
std::string PrefixOf(const EnumDescriptor* type) {
  static constexpr std::string_view kUnspecified = "UNSPECIFIED";
  const std::string& zero = type->FindValueByNumber(0)->name();
  return zero.substr(0, zero.size() - kUnspecified.size());
}

}  // namespace

std::string_view ChineseName(const EnumDescriptor* type, int value) {
  const Names& names = NamesOf(type);
  return value >= 1 && static_cast<size_t>(value) <= names.size() ? names[static_cast<size_t>(value) - 1]
                                                                  : "";
}

std::optional<int> EnumByName(const EnumDescriptor* type, std::string_view name) {
  const Names& names = NamesOf(type);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<int>(found - names.begin()) + 1;
  const std::string upper = Upper(name);
  const auto* value = type->FindValueByName(PrefixOf(type) + upper);
  if (value == nullptr) value = type->FindValueByName(upper);
  return value == nullptr ? std::nullopt : std::optional<int>(value->number());
}

std::vector<std::string> ChineseNames(const EnumDescriptor* type) {
  return {NamesOf(type).begin(), NamesOf(type).end()};
}

}  // namespace duijie::catalog
