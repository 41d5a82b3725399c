// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/visit_view.h"

#include "services/duijie/download.h"
#include "services/duijie/exit_codes.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/match_view.h"

namespace duijie {
namespace {

template <typename Texts>
std::string JoinedTexts(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void Lines(Session& session, const std::vector<FieldLine>& lines) {
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
}

Table ProposalTable(const v1::VisitProposal& proposal) {
  Table table{{{"日期"},
               {"企业", Align::kLeft, true},
               {"专家"},
               {"预期", Align::kRight},
               {"保留"},
               {"理由", Align::kLeft, true},
               {"编号"}},
              {}};
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    table.rows.push_back({visit.date(), visit.enterprise_title(), JoinedTexts(visit.expert_titles()),
                          visit.kept() ? "" : ScoreText(visit.yield().expected()), visit.kept() ? "是" : "",
                          JoinedTexts(visit.reasons()),
                          visit.visit().empty() ? visit.enterprise() : visit.visit()});
  }
  return table;
}

void AddShortfalls(const v1::VisitProposal& proposal, std::vector<FieldLine>* lines) {
  for (const v1::VisitShortfall& shortfall : proposal.shortfalls()) {
    std::string text = shortfall.demand() + "，还差 " + std::to_string(shortfall.missing()) + " 家";
    for (const std::string& advice : shortfall.advice()) text += "\n" + advice;
    lines->push_back({"未满足", text});
  }
  for (const v1::VisitExclusion& exclusion : proposal.exclusions()) {
    lines->push_back({"未考虑", exclusion.reason() + "：" + std::to_string(exclusion.enterprises()) + " 家"});
  }
}

}  // namespace

std::unique_ptr<v1::VisitService::Stub> VisitStub(Session& session) {
  return session.client.NewStub<v1::VisitService>("mining");
}

void ShowVisitPlan(Session& session, const v1::VisitPlan& plan) {
  if (session.output.json()) {
    session.output.Json(plan);
    return;
  }
  const v1::VisitProposal& proposal = plan.proposal();
  std::vector<FieldLine> lines = {{"编号", plan.name()},
                                  {"标题", plan.title()},
                                  {"年度", std::to_string(plan.year())},
                                  {"状态", EnumLabel(plan.state())},
                                  {"目标", std::to_string(plan.demands().target()) + " 家"},
                                  {"期间", plan.demands().starts_on() + " 至 " + plan.demands().ends_on()}};
  if (plan.has_proposal()) {
    lines.push_back({"安排", std::to_string(proposal.visits_size()) + " 次；可选企业 " +
                                 std::to_string(proposal.candidates()) + " 家；预期有效需求 " +
                                 ScoreText(proposal.expected_yield()) + " 项"});
    lines.push_back({"依据", "目录版本 " + std::to_string(proposal.snapshot_revision()) + "，" +
                                 proposal.as_of() + "，" + proposal.yield_model()});
  }
  AddShortfalls(proposal, &lines);
  Lines(session, lines);
  if (!plan.has_proposal()) return;
  session.output.Raw("\n");
  session.output.Print(ProposalTable(proposal));
}

Table VisitPlanTable(const std::vector<v1::VisitPlan>& plans) {
  Table table{{{"编号"},
               {"年度"},
               {"标题", Align::kLeft, true},
               {"状态"},
               {"目标", Align::kRight},
               {"安排", Align::kRight}},
              {}};
  for (const v1::VisitPlan& plan : plans) {
    table.rows.push_back({plan.name(), std::to_string(plan.year()), plan.title(), EnumLabel(plan.state()),
                          std::to_string(plan.demands().target()),
                          std::to_string(plan.proposal().visits_size())});
  }
  return table;
}

void ShowVisit(Session& session, const v1::Visit& visit) {
  if (session.output.json()) {
    session.output.Json(visit);
    return;
  }
  std::vector<FieldLine> lines = {{"编号", visit.name()},
                                  {"企业", visit.enterprise_title() + "（" + visit.enterprise() + "）"},
                                  {"专家", JoinedTexts(visit.expert_titles())},
                                  {"日期", visit.date()},
                                  {"状态", EnumLabel(visit.state())}};
  if (!visit.plan().empty()) lines.push_back({"计划", visit.plan()});
  for (const v1::VisitAnswer& answer : visit.answers()) {
    lines.push_back(
        {"问答", answer.question() + "\n" + (answer.answer().empty() ? "（待答复）" : answer.answer())});
  }
  if (!visit.findings().empty()) lines.push_back({"发现", visit.findings()});
  if (!visit.needs().empty()) lines.push_back({"需求", JoinedTexts(visit.needs())});
  for (const v1::VisitAttachment& file : visit.attachments()) {
    lines.push_back(
        {"附件", file.file_name() + "，" + std::to_string(file.size()) + " 字节，" + file.name()});
  }
  for (const v1::VisitSignature& signature : visit.signatures()) {
    const bool counts = signature.content_digest() == visit.content_digest();
    lines.push_back({"签字", EnumLabel(signature.role()) + " " + signature.signer() + "，" +
                                 TimeText(signature.time()) + (counts ? "" : "（记录已改动，失效）")});
  }
  lines.push_back({"记录摘要", visit.content_digest()});
  Lines(session, lines);
}

Table VisitTable(const std::vector<v1::Visit>& visits) {
  Table table{{{"日期"}, {"企业", Align::kLeft, true}, {"专家"}, {"状态"}, {"编号"}}, {}};
  for (const v1::Visit& visit : visits) {
    table.rows.push_back({visit.date(), visit.enterprise_title(), JoinedTexts(visit.expert_titles()),
                          EnumLabel(visit.state()), visit.name()});
  }
  return table;
}

void ShowVisitBrief(Session& session, const v1::VisitBrief& brief) {
  if (session.output.json()) {
    session.output.Json(brief);
    return;
  }
  std::vector<FieldLine> lines = {
      {"企业", brief.enterprise().title() + "（" + brief.enterprise().name() + "）"},
      {"主要产品", JoinedTexts(brief.enterprise().products())}};
  for (const v1::BriefNeed& need : brief.needs()) {
    lines.push_back(
        {"以往需求", need.entered_on() + " " + need.title() + "（" + EnumLabel(need.state()) + "）"});
  }
  for (const v1::BriefVisit& visit : brief.visits()) {
    lines.push_back(
        {"以往走访", visit.date() + " " + JoinedTexts(visit.expert_titles()) + " " + visit.findings()});
  }
  for (const v1::BriefProblem& problem : brief.problems()) {
    lines.push_back({problem.hypothesis() ? "推测" : "未解决", problem.text() + "\n" + problem.evidence()});
  }
  for (const v1::MatchResult& candidate : brief.candidates()) {
    lines.push_back({"试探成果", candidate.achievement_title() + "（" + ScoreText(candidate.score()) + "，" +
                                     candidate.achievement() + "）"});
  }
  for (const std::string& question : brief.questions()) lines.push_back({"拟问", question});
  Lines(session, lines);
}

void ShowVisitLedger(Session& session, const v1::VisitLedger& ledger) {
  if (session.output.json()) {
    session.output.Json(ledger);
    return;
  }
  Table table{{{"计数", Align::kRight},
               {"日期"},
               {"企业", Align::kLeft, true},
               {"统一社会信用代码"},
               {"状态"},
               {"不计数的原因"},
               {"编号"}},
              {}};
  for (const v1::VisitLedgerEntry& entry : ledger.entries()) {
    table.rows.push_back({entry.counted() ? std::to_string(entry.number()) : "", entry.date(),
                          entry.enterprise_title(), entry.credit_code(), EnumLabel(entry.state()),
                          entry.not_counted_because(), entry.visit()});
  }
  session.output.Print(table);
  session.output.Note(std::to_string(ledger.year()) + " 年进度 " + std::to_string(ledger.enterprises()) +
                      "/" + std::to_string(ledger.target()) + " 家；已签字走访 " +
                      std::to_string(ledger.signed_visits()) + " 次，带回需求 " +
                      std::to_string(ledger.needs()) + " 项");
}

StatusOr<ExitCode> SaveVisitDocument(Session& session, v1::ExportVisitDocumentRequest request,
                                     const std::string& path) {
  if (EndsWith(path, ".xlsx")) {
    request.set_format(v1::VISIT_DOCUMENT_FORMAT_XLSX);
  } else if (EndsWith(path, ".html") || path == "-") {
    request.set_format(v1::VISIT_DOCUMENT_FORMAT_HTML);
  } else {
    return UsageError("文件名须以 .html 或 .xlsx 结尾");
  }
  const auto stub = VisitStub(session);
  DUIJIE_ASSIGN_OR_RETURN(const int64_t bytes, Download<v1::ExportVisitDocumentResponse>(
                                                   session, path, [&](grpc::ClientContext* context) {
                                                     return stub->ExportVisitDocument(context, request);
                                                   }));
  session.output.Note("已写入 " + path + "（" + std::to_string(bytes) + " 字节）");
  return ExitCode::kOk;
}

}  // namespace duijie
