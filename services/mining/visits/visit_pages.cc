// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_pages.h"

#include <algorithm>

#include "common/documents/html_writer.h"
#include "services/mining/visits/visit_digest.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

using Row = HtmlWriter::Row;

std::string PlaceOf(const TaxonomySet& taxonomies, const std::string& region, const std::string& park) {
  std::string place = RegionName(taxonomies, region);
  if (!park.empty()) place += (place.empty() ? "" : "，") + ParkName(taxonomies, park);
  return place;
}

void AddShortfalls(const v1::VisitProposal& proposal, HtmlWriter* page) {
  for (const v1::VisitShortfall& shortfall : proposal.shortfalls()) {
    std::string text =
        "未满足：" + shortfall.demand() + "，还差 " + std::to_string(shortfall.missing()) + " 家。";
    for (const std::string& advice : shortfall.advice()) text += "\n" + advice + "。";
    page->Mark(text);
  }
}

std::string CertificateText(const v1::Certificate& certificate) {
  std::string text = certificate.kind();
  if (!certificate.number().empty()) text += " " + certificate.number();
  if (!certificate.valid_until().empty()) text += "（有效期至 " + certificate.valid_until() + "）";
  return text;
}

void AddProfile(const v1::Enterprise& enterprise, const TaxonomySet& taxonomies, HtmlWriter* page) {
  std::vector<std::string> industries, certificates;
  for (const std::string& code : enterprise.industry_codes())
    industries.push_back(IndustryName(taxonomies, code));
  for (const v1::Certificate& certificate : enterprise.certificates()) {
    certificates.push_back(CertificateText(certificate));
  }
  page->FactTable({{"企业名称", enterprise.title()},
                   {"统一社会信用代码", enterprise.credit_code()},
                   {"地区与园区", PlaceOf(taxonomies, enterprise.region_code(), enterprise.park_code())},
                   {"所属行业", Joined(industries)},
                   {"主要产品", Joined(enterprise.products())},
                   {"企业规模", enterprise.scale()},
                   {"成立日期", enterprise.founded_on()},
                   {"资质证书", Joined(certificates, "；")},
                   {"关键词", Joined(enterprise.keywords())},
                   {"企业简介", enterprise.description()}});
}

void AddHistory(const v1::VisitBrief& brief, HtmlWriter* page) {
  std::vector<Row> needs, visits;
  for (const v1::BriefNeed& need : brief.needs()) {
    needs.push_back({need.entered_on(), need.title(), WordFor(need.state()), need.was_valid() ? "是" : "否",
                     need.need()});
  }
  for (const v1::BriefVisit& visit : brief.visits()) {
    visits.push_back({visit.date(), Joined(visit.expert_titles()), WordFor(visit.state()), visit.findings(),
                      visit.visit()});
  }
  page->Section("二、以往需求");
  if (needs.empty()) page->Paragraph("没有需求记录。");
  if (!needs.empty()) page->Table({"提出日期", "需求", "状态", "曾为有效需求", "编号"}, needs);
  page->Section("三、以往走访");
  if (visits.empty()) page->Paragraph("没有走访记录。");
  if (!visits.empty()) page->Table({"日期", "专家", "状态", "发现", "编号"}, visits);
}

void AddProblems(const v1::VisitBrief& brief, HtmlWriter* page) {
  page->Section("四、可能的问题");
  page->Note("标有“推测”的来自同行业公开或匿名发布的需求，不是这家企业说的，不计为需求。");
  std::vector<Row> rows;
  for (const v1::BriefProblem& problem : brief.problems()) {
    rows.push_back({problem.hypothesis() ? "推测" : "本企业需求", problem.text(), problem.evidence()});
  }
  if (rows.empty()) page->Paragraph("没有可供推测的依据。");
  if (!rows.empty()) page->Table({"性质", "问题", "依据"}, rows);
}

void AddCandidates(const v1::VisitBrief& brief, HtmlWriter* page) {
  page->Section("五、拟试探的成果");
  std::vector<Row> rows;
  for (const v1::MatchResult& candidate : brief.candidates()) {
    rows.push_back({std::to_string(candidate.rank()), candidate.achievement_title(),
                    TwoDecimals(candidate.score()), candidate.explanation().summary(),
                    candidate.achievement()});
  }
  if (rows.empty()) page->Paragraph("没有可供试探的成果。");
  if (!rows.empty()) page->Table({"序号", "成果", "得分", "理由", "编号"}, rows);
}

std::vector<Row> AttachmentRows(const v1::Visit& visit) {
  std::vector<Row> rows;
  for (const v1::VisitAttachment& file : visit.attachments()) {
    rows.push_back({file.file_name(), file.media_type(), std::to_string(file.size()), file.sha256()});
  }
  return rows;
}

std::vector<Row> SignatureRows(const v1::Visit& visit) {
  std::vector<Row> rows;
  for (const v1::VisitSignature& signature : visit.signatures()) {
    const bool counts = signature.content_digest() == visit.content_digest();
    rows.push_back({WordFor(signature.role()), signature.signer(), ChinaMinute(signature.time()),
                    counts ? "有效" : "签字后记录有改动，已失效"});
  }
  return rows;
}

}  // namespace

std::string PlanPage(const v1::VisitPlan& plan, const TaxonomySet& taxonomies) {
  HtmlWriter page(plan.title(), HtmlWriter::Paper::kLandscape);
  const v1::VisitProposal& proposal = plan.proposal();
  page.Title(std::to_string(plan.year()) + " 年走访计划")
      .FactTable({{"名称", plan.title()},
                  {"编号", plan.name()},
                  {"状态", WordFor(plan.state())},
                  {"目标", std::to_string(plan.demands().target()) + " 家企业"},
                  {"期间", plan.demands().starts_on() + " 至 " + plan.demands().ends_on()},
                  {"安排", std::to_string(proposal.visits_size()) + " 次，预期带来有效需求 " +
                               TwoDecimals(proposal.expected_yield()) + " 项"},
                  {"依据", "目录版本 " + std::to_string(proposal.snapshot_revision()) + "，" +
                               proposal.as_of() + "，产出模型 " + proposal.yield_model()}});
  AddShortfalls(proposal, &page);
  std::vector<Row> rows;
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    rows.push_back({std::to_string(rows.size() + 1), visit.date(), visit.enterprise_title(),
                    visit.credit_code(), PlaceOf(taxonomies, visit.region_code(), visit.park_code()),
                    Joined(visit.expert_titles()), visit.kept() ? "" : TwoDecimals(visit.yield().expected()),
                    Joined(visit.reasons(), "\n"),
                    visit.visit().empty() ? visit.enterprise() : visit.visit()});
  }
  page.Table({"序号", "日期", "企业", "统一社会信用代码", "地区与园区", "专家", "预期", "理由", "编号"},
             rows);
  std::vector<std::string> exclusions;
  for (const v1::VisitExclusion& exclusion : proposal.exclusions()) {
    exclusions.push_back(exclusion.reason() + "：" + std::to_string(exclusion.enterprises()) + " 家");
  }
  if (!exclusions.empty()) page.Section("未列入考虑的企业").Bullets(exclusions);
  return std::move(page).Finish();
}

std::string BriefPage(const v1::VisitBrief& brief, const TaxonomySet& taxonomies) {
  HtmlWriter page("走访前简报");
  page.Title("走访前简报");
  page.RightAligned(brief.as_of() + (brief.visit().empty() ? "" : "　" + brief.visit()));
  page.Section("一、企业概况");
  AddProfile(brief.enterprise(), taxonomies, &page);
  AddHistory(brief, &page);
  AddProblems(brief, &page);
  AddCandidates(brief, &page);
  page.Section("六、拟问的问题")
      .Numbered({brief.questions().begin(), brief.questions().end()})
      .Note("依据：目录版本 " + std::to_string(brief.snapshot_revision()) + "，匹配模型 " +
            brief.model_version() + "。内部资料，不得外传。");
  return std::move(page).Finish();
}

std::string RecordPage(const v1::Visit& visit, const TaxonomySet& taxonomies) {
  HtmlWriter page("走访记录");
  page.Title("企业走访记录")
      .FactTable({{"编号", visit.name()},
                  {"企业", visit.enterprise_title()},
                  {"统一社会信用代码", visit.credit_code()},
                  {"地区与园区", PlaceOf(taxonomies, visit.region_code(), visit.park_code())},
                  {"日期", visit.date()},
                  {"专家", Joined(visit.expert_titles())},
                  {"状态", WordFor(visit.state())},
                  {"带回的需求", Joined(visit.needs())}});
  page.Section("一、问与答");
  std::vector<Row> answers;
  for (const v1::VisitAnswer& answer : visit.answers()) {
    answers.push_back({answer.question(), answer.answer().empty() ? "（待答复）" : answer.answer()});
  }
  if (!answers.empty()) page.Table({"问", "答"}, answers);
  page.Section("二、发现").Paragraph(visit.findings()).Section("三、附件");
  const std::vector<Row> files = AttachmentRows(visit);
  if (files.empty()) page.Paragraph("无。");
  if (!files.empty()) page.Table({"文件", "类型", "字节", "SHA-256"}, files);
  page.Section("四、签字");
  const std::vector<Row> signatures = SignatureRows(visit);
  if (!signatures.empty()) page.Table({"代表", "签字人", "时间", "效力"}, signatures);
  if (!IsSigned(visit))
    page.Mark("双方尚未都签字，不计入年度走访数。")
        .SignatureLines({"企业代表签字：", "专家或工作人员签字："});
  page.Note("记录摘要（SHA-256）：" + visit.content_digest());
  return std::move(page).Finish();
}

std::string LedgerPage(const v1::VisitLedger& ledger, const TaxonomySet& taxonomies) {
  const std::string year = std::to_string(ledger.year());
  HtmlWriter page(year + " 年走访台账", HtmlWriter::Paper::kLandscape);
  page.Title(year + " 年走访台账");
  page.Mark("进度：" + std::to_string(ledger.enterprises()) + "/" + std::to_string(ledger.target()) +
            " 家（按统一社会信用代码去重，只计双方已签字的走访）。已签字走访 " +
            std::to_string(ledger.signed_visits()) + " 次，带回需求 " + std::to_string(ledger.needs()) +
            " 项。");
  std::vector<Row> rows;
  for (const v1::VisitLedgerEntry& entry : ledger.entries()) {
    rows.push_back({entry.counted() ? std::to_string(entry.number()) : "", entry.date(),
                    entry.enterprise_title(), entry.credit_code(),
                    PlaceOf(taxonomies, entry.region_code(), entry.park_code()),
                    Joined(entry.expert_titles()), WordFor(entry.state()),
                    entry.counted() ? "计数" : "不计数：" + entry.not_counted_because(),
                    Joined(entry.needs()), entry.visit()});
  }
  page.Table(
      {"计数", "日期", "企业", "统一社会信用代码", "地区与园区", "专家", "状态", "是否计数", "需求", "编号"},
      rows);
  return std::move(page).Finish();
}

}  // namespace duijie::mining
