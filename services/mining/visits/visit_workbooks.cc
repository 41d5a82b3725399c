// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_workbooks.h"

#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

using cells::D;
using cells::N;
using cells::T;

void AddTerms(const v1::VisitProposal& proposal, Workbook* book) {
  book->Sheet("预期产出", {{"企业", 28}, {"项", 18}, {"加分", 10}, {"事实", 48, true}, {"编号", 32}});
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    for (const v1::VisitYieldTerm& term : visit.yield().terms()) {
      book->Row({T(visit.enterprise_title()), T(term.term()), N(term.value()), T(term.text()),
                 T(visit.enterprise())});
    }
    if (!visit.has_yield()) continue;
    book->Row({T(visit.enterprise_title()), T("travel"), N(-visit.yield().travel_cost()),
               T(visit.yield().travel_text() + "（只影响派谁去，不计入预期）"), T(visit.enterprise())});
  }
}

void AddShortfalls(const v1::VisitProposal& proposal, Workbook* book) {
  book->Sheet("未满足的要求", {{"要求", 36}, {"应有", 8}, {"缺", 8}, {"原因与办法", 80, true}});
  for (const v1::VisitShortfall& shortfall : proposal.shortfalls()) {
    book->Row({T(shortfall.demand()), N(shortfall.asked()), N(shortfall.missing()),
               T(Joined(shortfall.advice(), "\n"))});
  }
  book->Sheet("未列入考虑的企业", {{"原因", 48}, {"家数", 10}});
  for (const v1::VisitExclusion& exclusion : proposal.exclusions()) {
    book->Row({T(exclusion.reason()), N(exclusion.enterprises())});
  }
}

}  // namespace

Status WritePlanWorkbook(const v1::VisitPlan& plan, const TaxonomySet& taxonomies,
                         const WorkbookPlace& place) {
  Workbook book(place);
  const v1::VisitProposal& proposal = plan.proposal();
  book.Sheet("走访计划", {{"序号", 6},
                          {"日期", 12},
                          {"企业", 28},
                          {"统一社会信用代码", 22},
                          {"地区", 14},
                          {"园区", 18},
                          {"专家", 14},
                          {"预期有效需求", 12},
                          {"是否保留", 10},
                          {"理由", 60, true},
                          {"企业编号", 34},
                          {"走访编号", 34}});
  int number = 0;
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    book.Row({N(++number), D(visit.date()), T(visit.enterprise_title()), T(visit.credit_code()),
              T(RegionName(taxonomies, visit.region_code())), T(ParkName(taxonomies, visit.park_code())),
              T(Joined(visit.expert_titles())), visit.kept() ? TableCell() : N(visit.yield().expected()),
              T(visit.kept() ? "已约定或已走访" : ""), T(Joined(visit.reasons(), "\n")),
              T(visit.enterprise()), T(visit.visit())});
  }
  AddTerms(proposal, &book);
  AddShortfalls(proposal, &book);
  book.Sheet("依据", {{"项", 20}, {"值", 48}});
  book.Row({T("计划"), T(plan.name())});
  book.Row({T("目录版本"), N(static_cast<double>(proposal.snapshot_revision()))});
  book.Row({T("产出模型"), T(proposal.yield_model())});
  book.Row({T("规划日期"), D(proposal.as_of())});
  return book.Finish();
}

Status WriteRecordWorkbook(const v1::Visit& visit, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place) {
  Workbook book(place);
  book.Sheet("走访记录", {{"项", 20}, {"内容", 80, true}});
  book.Row({T("编号"), T(visit.name())});
  book.Row({T("企业"), T(visit.enterprise_title())});
  book.Row({T("统一社会信用代码"), T(visit.credit_code())});
  book.Row({T("地区"), T(RegionName(taxonomies, visit.region_code()))});
  book.Row({T("园区"), T(ParkName(taxonomies, visit.park_code()))});
  book.Row({T("日期"), D(visit.date())});
  book.Row({T("专家"), T(Joined(visit.expert_titles()))});
  book.Row({T("状态"), T(WordFor(visit.state()))});
  book.Row({T("发现"), T(visit.findings())});
  book.Row({T("带回的需求"), T(Joined(visit.needs()))});
  book.Row({T("记录摘要（SHA-256）"), T(visit.content_digest())});
  book.Sheet("问与答", {{"问", 48, true}, {"答", 80, true}});
  for (const v1::VisitAnswer& answer : visit.answers()) book.Row({T(answer.question()), T(answer.answer())});
  book.Sheet("附件", {{"文件", 36}, {"类型", 20}, {"字节", 12}, {"SHA-256", 68}, {"编号", 60}});
  for (const v1::VisitAttachment& file : visit.attachments()) {
    book.Row({T(file.file_name()), T(file.media_type()), N(static_cast<double>(file.size())),
              T(file.sha256()), T(file.name())});
  }
  book.Sheet("签字", {{"代表", 12}, {"签字人", 20}, {"时间", 20}, {"效力", 28}});
  for (const v1::VisitSignature& signature : visit.signatures()) {
    const bool counts = signature.content_digest() == visit.content_digest();
    book.Row({T(WordFor(signature.role())), T(signature.signer()), T(ChinaMinute(signature.time())),
              T(counts ? "有效" : "签字后记录有改动，已失效")});
  }
  return book.Finish();
}

Status WriteLedgerWorkbook(const v1::VisitLedger& ledger, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place) {
  Workbook book(place);
  book.Sheet("年度走访台账", {{"计数", 8},
                              {"日期", 12},
                              {"企业", 28},
                              {"统一社会信用代码", 22},
                              {"地区", 14},
                              {"园区", 18},
                              {"专家", 18},
                              {"状态", 14},
                              {"不计数的原因", 24},
                              {"需求", 40, true},
                              {"企业编号", 34},
                              {"走访编号", 34}});
  for (const v1::VisitLedgerEntry& entry : ledger.entries()) {
    book.Row({entry.counted() ? N(entry.number()) : TableCell(), D(entry.date()), T(entry.enterprise_title()),
              T(entry.credit_code()), T(RegionName(taxonomies, entry.region_code())),
              T(ParkName(taxonomies, entry.park_code())), T(Joined(entry.expert_titles())),
              T(WordFor(entry.state())), T(entry.not_counted_because()), T(Joined(entry.needs())),
              T(entry.enterprise()), T(entry.visit())});
  }
  book.Sheet("进度", {{"项", 32}, {"值", 12}});
  book.Row({T("年度"), N(ledger.year())});
  book.Row({T("已计数企业（按统一社会信用代码）"), N(ledger.enterprises())});
  book.Row({T("目标"), N(ledger.target())});
  book.Row({T("已签字走访"), N(ledger.signed_visits())});
  book.Row({T("带回的需求"), N(ledger.needs())});
  return book.Finish();
}

}  // namespace duijie::mining
