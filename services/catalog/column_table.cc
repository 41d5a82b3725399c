// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/column_table.h"

#include <map>

namespace duijie::catalog {
namespace {

using K = CellKind;
using Columns = std::vector<Column>;

Columns AchievementColumns() {
  return {
      {"系统编号", "name", K::kRecordName, {}, ""},
      {"成果名称", "title", K::kText, {"名称", "项目名称", "标题"}, "示例：低温脱氮除磷一体化装置"},
      {"成果简介",
       "summary",
       K::kText,
       {"简介", "摘要", "成果描述", "abstract", "description"},
       "用一两段话说明成果是什么"},
      {"解决的问题", "problem_solved", K::kText, {}, "冬季低温下出水总氮超标"},
      {"技术优势", "advantage", K::kText, {"优势", "创新点"}, "水温 8℃ 时总氮去除率提高 20 个百分点"},
      {"技术指标", "indicators", K::kIndicators, {}, "总氮去除率≥75%@水温8℃；吨水电耗≤0.35kWh/t"},
      {"关键词", "keywords", K::kTextList, {}, "脱氮除磷；低温；污水处理"},
      {"技术领域", "field_codes", K::kFieldList, {"领域"}, ""},
      {"应用行业", "industry_codes", K::kIndustryList, {"所属行业", "行业"}, ""},
      {"所在地区", "region_code", K::kRegion, {"地区"}, "北京市海淀区"},
      {"完成单位", "owner_name", K::kText, {"单位", "申请人", "assignee"}, "示例研究院"},
      {"完成单位统一社会信用代码", "owner_credit_code", K::kText, {"统一社会信用代码", "信用代码"}, ""},
      {"完成人", "contributors", K::kTextList, {}, "张示例；李示例"},
      {"技术成熟度", "maturity_level", K::kMaturity, {"成熟度", "trl"}, "6"},
      {"成熟度依据", "maturity_evidence", K::kText, {}, ""},
      {"成果登记号", "registration_number", K::kText, {"登记号"}, ""},
      {"研究起始日期", "started_on", K::kDate, {}, "2023-03-01"},
      {"研究终止日期", "finished_on", K::kDate, {}, "2025-06-30"},
      {"成果属性", "attribute", K::kText, {}, "原始性创新"},
      {"成果体现形式", "form", K::kText, {"体现形式"}, "新装备"},
      {"成果水平", "standing", K::kText, {}, "国内领先"},
      {"评价方式", "evaluation_method", K::kText, {}, "鉴定"},
      {"知识产权",
       "intellectual_properties",
       K::kProperties,
       {},
       "发明专利:ZL202010000000.0:有效:2040-05-01"},
      {"背景知识产权", "background_rights", K::kText, {}, ""},
      {"合作方式", "cooperation_modes", K::kEnumList, {}, "许可；技术服务"},
      {"最低价格（万元）", "price_min_wan_yuan", K::kMoney, {}, "50"},
      {"最高价格（万元）", "price_max_wan_yuan", K::kMoney, {}, "120"},
      {"承接条件", "taker_requirements", K::kText, {}, ""},
      {"下阶段投入（万元）", "next_stage_funding_wan_yuan", K::kMoney, {}, ""},
      {"经济性比较", "economic_comparison", K::kText, {}, ""},
      {"应用案例", "reference_users", K::kText, {}, ""},
      {"团队可出差", "team_travels", K::kBool, {}, "是"},
      {"可提供样品", "samples_available", K::kBool, {}, "否"},
      {"新技术新产品", "purchasable_product", K::kBool, {}, "否"},
      {"获奖情况", "award", K::kText, {}, ""},
      {"计划项目编号", "programme_number", K::kText, {}, ""},
      {"最近确认日期", "reconfirmed_on", K::kDate, {}, ""},
  };
}

Columns EnterpriseColumns() {
  return {
      {"系统编号", "name", K::kRecordName, {}, ""},
      {"企业名称", "title", K::kText, {"名称", "单位名称"}, "示例环保设备有限公司"},
      {"统一社会信用代码", "credit_code", K::kText, {"信用代码"}, ""},
      {"所在地区", "region_code", K::kRegion, {"地区"}, "石家庄市"},
      {"所属园区", "park_code", K::kPark, {"园区"}, "sjz-gxq"},
      {"所属行业", "industry_codes", K::kIndustryList, {"行业"}, ""},
      {"主要产品", "products", K::kTextList, {"产品"}, "污水处理成套设备"},
      {"企业简介", "description", K::kText, {"简介"}, "用一两段话说明企业做什么"},
      {"关键词", "keywords", K::kTextList, {}, "污水处理；环保装备"},
      {"企业规模", "scale", K::kText, {"规模"}, "中型"},
      {"成立日期", "founded_on", K::kDate, {}, "2010-05-20"},
      {"资质证书",
       "certificates",
       K::kCertificates,
       {"资质"},
       "高新技术企业:GR000000000000:2024-11-03:2027-11-03"},
      {"拒绝推送", "push_opt_out", K::kBool, {"退订"}, "否"},
  };
}

Columns NeedColumns() {
  return {
      {"系统编号", "name", K::kRecordName, {}, ""},
      {"需求名称", "title", K::kText, {"名称", "标题"}, "示例：低温条件下污水总氮达标"},
      {"企业", "enterprise", K::kEnterprise, {}, ""},
      {"企业统一社会信用代码",
       "enterprise_credit_code",
       K::kEnterpriseCreditCode,
       {"统一社会信用代码", "信用代码"},
       ""},
      {"企业名称", "enterprise_name", K::kText, {"单位名称"}, "示例环保设备有限公司"},
      {"需求类型", "type", K::kEnum, {}, "技术难题"},
      {"问题描述",
       "description",
       K::kText,
       {"需求描述", "描述", "需求内容"},
       "水温低于 10℃ 时出水总氮超过 15mg/L"},
      {"现有做法", "current_practice", K::kText, {"现状"}, "延长停留时间，总氮仍为 18mg/L"},
      {"目标指标", "targets", K::kIndicators, {"技术指标"}, "出水总氮≤12mg/L@水温8℃"},
      {"已尝试办法", "tried", K::kText, {}, ""},
      {"不可采用", "must_not", K::kText, {}, ""},
      {"数量规模", "quantity", K::kText, {}, "日处理 5000 吨"},
      {"截止日期", "deadline", K::kDate, {"期限"}, "2027-06-30"},
      {"紧急程度", "urgency", K::kEnum, {}, "较急"},
      {"最低预算（万元）", "budget_min_wan_yuan", K::kMoney, {}, "50"},
      {"最高预算（万元）", "budget_max_wan_yuan", K::kMoney, {"预算"}, "200"},
      {"付款方式", "payment", K::kText, {}, ""},
      {"合作方式", "cooperation_modes", K::kEnumList, {}, "合作开发；技术服务"},
      {"知识产权归属", "rights_stance", K::kEnum, {}, "双方共有"},
      {"最低成熟度", "min_maturity_level", K::kMaturity, {}, "6"},
      {"场地限制", "site_constraints", K::kText, {}, ""},
      {"可接受地区", "acceptable_region_codes", K::kRegionList, {}, "北京市；天津市"},
      {"决策人", "decision_owner", K::kText, {}, ""},
      {"技术领域", "field_codes", K::kFieldList, {"领域"}, ""},
      {"所属行业", "industry_codes", K::kIndustryList, {"行业"}, ""},
      {"所在地区", "region_code", K::kRegion, {"地区"}, ""},
      {"所属园区", "park_code", K::kPark, {"园区"}, ""},
      {"关键词", "keywords", K::kTextList, {}, "总氮；低温；污水"},
      {"进口产品", "import_substitution.product", K::kText, {}, ""},
      {"进口厂家", "import_substitution.maker", K::kText, {}, ""},
      {"进口规格", "import_substitution.specification", K::kText, {}, ""},
      {"进口价格", "import_substitution.price", K::kText, {}, ""},
      {"同意推送", "consents.push", K::kBool, {}, "是"},
      {"同意公开", "consents.publish", K::kBool, {}, "否"},
      {"同意揭榜", "consents.bounty", K::kBool, {}, "否"},
  };
}

Columns ExpertColumns() {
  return {
      {"系统编号", "name", K::kRecordName, {}, ""},
      {"姓名", "title", K::kText, {"专家姓名", "名称"}, "王示例"},
      {"工作单位", "organization", K::kText, {"单位"}, "示例大学"},
      {"单位统一社会信用代码", "organization_credit_code", K::kText, {"统一社会信用代码", "信用代码"}, ""},
      {"职称", "position", K::kText, {}, "教授"},
      {"技术领域", "field_codes", K::kFieldList, {"领域"}, ""},
      {"擅长行业", "industry_codes", K::kIndustryList, {"所属行业", "行业"}, ""},
      {"专长关键词", "keywords", K::kTextList, {"关键词", "专长"}, "水处理；膜技术"},
      {"个人简介", "biography", K::kText, {"简介"}, ""},
      {"所在地区", "region_code", K::kRegion, {"地区"}, "天津市南开区"},
      {"每月可走访次数", "max_visits_per_month", K::kCount, {}, "2"},
      {"回避企业", "conflict_credit_codes", K::kTextList, {}, ""},
  };
}

void AddCommon(Columns* columns) {
  const Columns common = {
      {"保密级别", "tier", K::kEnum, {}, "公开"},
      {"来源库", "source_library", K::kSourceLibrary, {}, "example-library"},
      {"外部编号", "external_id", K::kExternalId, {"外部id", "来源编号"}, "A-0001"},
      {"采集时间", "fetched_at", K::kFetchedAt, {}, ""},
      {"其他来源", "other_provenances", K::kOtherProvenances, {}, ""},
      {"有效期起", "valid_from", K::kDate, {}, ""},
      {"有效期止", "valid_until", K::kDate, {"有效期"}, ""},
      {"状态", "state", K::kState, {}, ""},
      {"联系人", "contact_person", K::kContactPerson, {}, "赵示例"},
      {"联系人职务", "contact_position", K::kContactPosition, {}, ""},
      {"联系电话", "contact_phone", K::kContactPhone, {"电话", "手机"}, "0311-00000000"},
      {"电子邮箱", "contact_email", K::kContactEmail, {"邮箱", "email"}, "name@example.com"},
  };
  columns->insert(columns->end(), common.begin(), common.end());
}

// The form in which headings are compared.
std::string Normalise(std::string_view heading) {
  static constexpr std::pair<std::string_view, std::string_view> kSame[] = {
      {"（", "("}, {"）", ")"}, {"\u3000", ""}, {"\u00a0", ""}, {" ", ""}, {"\n", ""}};
  std::string plain;
  for (size_t i = 0; i < heading.size();) {
    bool replaced = false;
    for (const auto& [from, to] : kSame) {
      if (heading.substr(i, from.size()) != from) continue;
      plain += to;
      i += from.size();
      replaced = true;
      break;
    }
    if (replaced) continue;
    const char c = heading[i++];
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  static constexpr std::string_view kUnit = "(万元)";
  if (plain.size() > kUnit.size() && plain.ends_with(kUnit)) plain.resize(plain.size() - kUnit.size());
  return plain;
}

struct Table {
  Columns columns;
  std::map<std::string, const Column*> by_heading;

  explicit Table(Columns own) : columns(std::move(own)) {
    AddCommon(&columns);
    for (const Column& column : columns) {
      by_heading.emplace(Normalise(column.heading), &column);
      by_heading.emplace(Normalise(column.field), &column);
    }
    // After all headings and field names, so that an alias never hides one.
    for (const Column& column : columns) {
      for (const auto alias : column.aliases) by_heading.emplace(Normalise(alias), &column);
    }
  }
};

const Table& TableOf(v1::Collection collection) {
  static const Table achievements(AchievementColumns());
  static const Table enterprises(EnterpriseColumns());
  static const Table needs(NeedColumns());
  static const Table experts(ExpertColumns());
  switch (collection) {
    case v1::COLLECTION_ENTERPRISES:
      return enterprises;
    case v1::COLLECTION_NEEDS:
      return needs;
    case v1::COLLECTION_EXPERTS:
      return experts;
    default:
      return achievements;
  }
}

}  // namespace

const std::vector<Column>& ColumnsOf(v1::Collection collection) { return TableOf(collection).columns; }

const Column* FindColumn(v1::Collection collection, std::string_view heading) {
  const auto& by_heading = TableOf(collection).by_heading;
  const auto found = by_heading.find(Normalise(heading));
  return found == by_heading.end() ? nullptr : found->second;
}

bool IsContactColumn(const Column& column) {
  return column.kind == CellKind::kContactPerson || column.kind == CellKind::kContactPosition ||
         column.kind == CellKind::kContactPhone || column.kind == CellKind::kContactEmail;
}

bool HoldsFigures(CellKind kind) {
  switch (kind) {
    case CellKind::kDate:
    case CellKind::kMoney:
    case CellKind::kCount:
    case CellKind::kMaturity:
    case CellKind::kRegion:
    case CellKind::kRegionList:
    case CellKind::kIndustryList:
    case CellKind::kFieldList:
    case CellKind::kPark:
    case CellKind::kIndicators:
      return true;
    default:
      return false;
  }
}

}  // namespace duijie::catalog
