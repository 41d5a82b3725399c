// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/package_view.h"

#include "services/duijie/labels.h"

namespace duijie {
namespace {

std::string CoverageText(const v1::Package& package) {
  return std::to_string(package.covered()) + "/" + std::to_string(package.demands_size());
}

std::string PlacesText(const google::protobuf::RepeatedField<int32_t>& places) {
  std::string text;
  for (const int place : places) text += (text.empty() ? "" : "、") + std::to_string(place + 1);
  return text;
}

std::string ModesText(const v1::PackageMember& member) {
  std::string text;
  for (const int mode : member.cooperation_modes()) {
    text += (text.empty() ? "" : "、") + EnumLabel(static_cast<v1::CooperationMode>(mode));
  }
  return text.empty() ? "未说明" : text;
}

}  // namespace

std::vector<FieldLine> DescribePackage(const v1::Package& package) {
  std::string needs;
  for (const std::string& need : package.needs()) needs += (needs.empty() ? "" : "\n") + need;
  return {{"编号", package.name()},
          {"名称", package.title()},
          {"需求", needs},
          {"满足的要求", CoverageText(package)},
          {"最小组合", package.proven_smallest() ? "已证明" : "未证明"},
          {"考察的成果", std::to_string(package.candidates())},
          {"模型版本", package.model_version()},
          {"生成时间", TimeText(package.update_time())}};
}

Table MemberTable(const v1::Package& package) {
  Table table{{{"成果"},
               {"名称", Align::kLeft, true},
               {"成熟度", Align::kRight},
               {"合作方式"},
               {"满足的要求"},
               {"仅由它满足"}},
              {}};
  for (const v1::PackageMember& member : package.members()) {
    table.rows.push_back({member.achievement(), member.title(),
                          member.maturity_level() == 0 ? "–" : std::to_string(member.maturity_level()),
                          ModesText(member), PlacesText(member.covers()), PlacesText(member.covers_alone())});
  }
  return table;
}

Table DemandTable(const v1::Package& package) {
  Table table{
      {{"序号", Align::kRight}, {"需求", Align::kLeft, true}, {"要求", Align::kLeft, true}, {"由谁满足"}},
      {}};
  for (const v1::PackageDemand& demand : package.demands()) {
    std::string by;
    for (const v1::PackageCover& cover : demand.covers())
      by += (by.empty() ? "" : "、") + cover.achievement();
    if (by.empty()) by = "无（最好：" + EnumLabel(demand.best_verdict()) + "）";
    table.rows.push_back({std::to_string(table.rows.size() + 1), demand.need_title(),
                          demand.subject() ? "（以题目论）" : demand.indicator() + " " + demand.demand(),
                          by});
  }
  return table;
}

std::vector<Column> PackageColumns() {
  return {{"编号"},
          {"名称", Align::kLeft, true},
          {"需求", Align::kRight},
          {"成果", Align::kRight},
          {"满足的要求", Align::kRight},
          {"生成时间"}};
}

std::vector<StyledText> PackageRow(const v1::Package& package) {
  return {package.name(),
          package.title(),
          std::to_string(package.needs_size()),
          std::to_string(package.members_size()),
          CoverageText(package),
          TimeText(package.update_time())};
}

}  // namespace duijie
