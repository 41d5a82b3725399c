// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/profile_page.h"

#include "common/documents/html_writer.h"
#include "services/mining/profile/profile_words.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

using Row = HtmlWriter::Row;

// A table, or a sentence where there is nothing to put in it.
void TableOr(const std::string& none, const Row& headings, const std::vector<Row>& rows, HtmlWriter* page) {
  if (rows.empty()) {
    page->Paragraph(none);
  } else {
    page->Table(headings, rows);
  }
}

void AddRecord(const v1::EnterpriseProfile& profile, HtmlWriter* page) {
  const v1::Enterprise& enterprise = profile.enterprise();
  page->Section("一、基本情况")
      .FactTable({{"企业名称", enterprise.title()},
                  {"编号", enterprise.name()},
                  {"统一社会信用代码", enterprise.credit_code()},
                  {"地区", profile.region_name()},
                  {"园区", profile.park_name()},
                  {"所属行业", Joined(profile.industry_names())},
                  {"主要产品", Joined(enterprise.products())},
                  {"企业规模", enterprise.scale()},
                  {"成立日期", enterprise.founded_on()},
                  {"关键词", Joined(enterprise.keywords())},
                  {"定向推送", enterprise.push_opt_out() ? "已退订" : "接受"},
                  {"企业简介", enterprise.description()}});
}

void AddCertificates(const v1::EnterpriseProfile& profile, HtmlWriter* page) {
  std::vector<Row> rows;
  for (const v1::ProfileCertificate& marked : profile.certificates()) {
    const v1::Certificate& certificate = marked.certificate();
    rows.push_back({certificate.kind(), certificate.number(), certificate.issued_on(),
                    certificate.valid_until(), StandingText(marked)});
  }
  page->Section("二、资质证书（截至 " + profile.as_of() + "）");
  TableOr("没有资质证书。", {"资质", "编号", "发证日期", "有效期至", "状态"}, rows, page);
}

void AddNeeds(const v1::EnterpriseProfile& profile, HtmlWriter* page) {
  std::vector<Row> rows;
  for (const v1::ProfileNeed& entry : profile.needs()) {
    const v1::BriefNeed& need = entry.need();
    rows.push_back({need.entered_on(), need.title(), WordFor(need.state()), need.was_valid() ? "是" : "否",
                    WordFor(entry.verdict()), need.need()});
  }
  page->Section("三、技术需求");
  TableOr("没有需求记录。", {"提出日期", "需求", "状态", "曾为有效需求", "诊断", "编号"}, rows, page);
}

void AddPushes(const v1::EnterpriseProfile& profile, HtmlWriter* page) {
  std::vector<Row> rows;
  for (const v1::ProfilePush& push : profile.pushes()) {
    std::string answer = WordFor(push.state());
    if (push.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED) {
      answer += std::string("（") + WordFor(push.decline_reason()) + "）";
    }
    if (!push.text().empty()) answer += "\n" + push.text();
    rows.push_back({push.pushed_on(), push.achievement_title(), answer, push.need(), push.push()});
  }
  page->Section("四、推送与答复");
  TableOr("没有推送记录。", {"日期", "成果", "答复", "对应需求", "编号"}, rows, page);
}

void AddVisits(const v1::EnterpriseProfile& profile, HtmlWriter* page) {
  std::vector<Row> rows;
  for (const v1::BriefVisit& visit : profile.visits()) {
    rows.push_back({visit.date(), Joined(visit.expert_titles()), WordFor(visit.state()), visit.findings(),
                    visit.visit()});
  }
  page->Section("五、走访与发现");
  TableOr("没有走访记录。", {"日期", "专家", "状态", "发现", "编号"}, rows, page);
}

}  // namespace

std::string ProfilePage(const v1::EnterpriseProfile& profile) {
  HtmlWriter page("一企一档：" + profile.enterprise().title());
  page.Title("企业档案（一企一档）").RightAligned(profile.as_of());
  AddRecord(profile, &page);
  AddCertificates(profile, &page);
  AddNeeds(profile, &page);
  AddPushes(profile, &page);
  AddVisits(profile, &page);
  page.Note("由系统按现有记录汇集，目录版本 " + std::to_string(profile.snapshot_revision()) +
            "；每行末列为所依据记录的编号。内部资料，不得外传。");
  return std::move(page).Finish();
}

}  // namespace duijie::mining
