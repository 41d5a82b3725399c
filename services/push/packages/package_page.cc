// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/package_page.h"

#include <array>
#include <utility>

#include "common/documents/html_writer.h"

namespace duijie::push {
namespace {

std::string ModesOf(const v1::PackageMember& member) {
  static constexpr std::array<std::string_view, 9> kModes = {
      "", "转让", "许可", "作价入股", "合作开发", "委托开发", "技术服务", "技术咨询", "产品采购"};
  if (member.cooperation_modes().empty()) return "未说明，须向成果方核实";
  std::string text;
  for (const int mode : member.cooperation_modes()) {
    if (mode <= 0 || static_cast<size_t>(mode) >= kModes.size()) continue;
    text += (text.empty() ? "" : "、") + std::string(kModes[static_cast<size_t>(mode)]);
  }
  return text;
}

std::string DemandText(const v1::PackageDemand& demand) {
  if (demand.subject()) return "（需求未列出指标，以题目论）";
  return demand.indicator().empty() ? demand.demand() : demand.indicator() + " " + demand.demand();
}

std::string PlacesText(const google::protobuf::RepeatedField<int32_t>& places) {
  std::string text;
  for (const int place : places) text += (text.empty() ? "" : "、") + std::to_string(place + 1);
  return text;
}

std::string BestText(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return "有成果满足，但未入选";
    case v1::VERDICT_PARTLY:
      return "最好的成果部分满足";
    case v1::VERDICT_NOT_STATED:
      return "没有成果说明";
    default:
      return "有成果说明，均不满足";
  }
}

void AddMembers(const v1::Package& package, HtmlWriter* page) {
  page->Section("一、入选成果");
  if (package.members().empty()) page->Paragraph("没有成果满足这些需求的任何一项要求。");
  std::vector<HtmlWriter::Row> rows;
  for (const v1::PackageMember& member : package.members()) {
    rows.push_back({std::to_string(rows.size() + 1), member.title() + "\n" + member.achievement(),
                    member.maturity_level() == 0 ? "未说明" : std::to_string(member.maturity_level()) + " 级",
                    ModesOf(member), PlacesText(member.covers()), PlacesText(member.covers_alone())});
  }
  if (!rows.empty()) page->Table({"序号", "成果", "成熟度", "合作方式", "满足的要求", "仅由它满足"}, rows);
  HtmlWriter::Row rights;
  for (const v1::PackageMember& member : package.members()) {
    if (!member.background_rights().empty())
      rights.push_back(member.title() + "：" + member.background_rights());
  }
  if (rights.empty()) return;
  page->Paragraph("下列成果以他人权利为基础，合用前须逐项核实：");
  page->Bullets(rights);
}

void AddCoverage(const v1::Package& package, HtmlWriter* page) {
  page->Section("二、要求覆盖表");
  std::vector<HtmlWriter::Row> rows;
  for (const v1::PackageDemand& demand : package.demands()) {
    std::string by;
    for (const v1::PackageCover& cover : demand.covers()) {
      by += (by.empty() ? "" : "\n") + cover.achievement() + "：" + cover.text();
    }
    rows.push_back({std::to_string(rows.size() + 1), demand.need_title(), DemandText(demand),
                    by.empty() ? "未覆盖：" + BestText(demand.best_verdict()) : by});
  }
  page->Table({"序号", "需求", "要求", "由谁满足"}, rows);
}

}  // namespace

std::string PackagePage(const v1::Package& package) {
  HtmlWriter page(package.title(), HtmlWriter::Paper::kLandscape);
  page.Title("成果包说明书");
  page.FactTable({{"名称", package.title()},
                  {"编号", package.name()},
                  {"需求", std::to_string(package.needs_size()) + " 条"},
                  {"要求", "共 " + std::to_string(package.demands_size()) + " 项，满足 " +
                               std::to_string(package.covered()) + " 项，未满足 " +
                               std::to_string(package.demands_size() - package.covered()) + " 项"},
                  {"组成", std::to_string(package.members_size()) + " 项成果，" +
                               (package.proven_smallest() ? "已证明没有更小的组合" : "未证明没有更小的组合")},
                  {"依据", "目录修订号 " + std::to_string(package.index_revision()) + "，排序模型 " +
                               package.model_version()}});
  AddMembers(package, &page);
  AddCoverage(package, &page);
  page.Note("“满足”只认成果文字中写明的指标；未写明的一律不算满足。去掉任一入选成果，满足的要求都会减少。");
  return std::move(page).Finish();
}

}  // namespace duijie::push
