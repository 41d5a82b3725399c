// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/profile_view.h"

#include "services/duijie/files.h"
#include "services/duijie/labels.h"
#include "services/duijie/match_view.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

template <typename Texts>
std::string JoinedTexts(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

void Lines(Session& session, const std::vector<FieldLine>& lines) {
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
}

std::string CertificateText(const v1::ProfileCertificate& marked) {
  const v1::Certificate& certificate = marked.certificate();
  std::string text = certificate.kind();
  if (!certificate.valid_until().empty()) text += "（有效期至 " + certificate.valid_until() + "）";
  text += "：" + EnumLabel(marked.standing());
  if (marked.standing() == v1::CERTIFICATE_STANDING_EXPIRING) {
    text += "，还有 " + std::to_string(marked.days_left()) + " 天";
  }
  return text;
}

std::string PushText(const v1::ProfilePush& push) {
  std::string text = push.pushed_on() + " " + push.achievement_title() + "：" + EnumLabel(push.state());
  if (push.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED) {
    text += "（" + EnumLabel(push.decline_reason()) + "）";
  }
  if (!push.text().empty()) text += "，" + push.text();
  return text + "（" + push.push() + "）";
}

// The terms that add to the score, with their weights.
std::string TermsText(const v1::KeyEnterprise& enterprise) {
  std::string text;
  for (const v1::VisitYieldTerm& term : enterprise.terms()) {
    if (term.term() == "base") continue;
    text += (text.empty() ? "" : "；") + ScoreText(term.value()) + "/" + ScoreText(term.weight()) + " " +
            term.text();
  }
  return text;
}

void AddEvidence(const v1::LatentNeed& latent, std::vector<FieldLine>* lines) {
  for (const v1::LatentEvidence& evidence : latent.evidence()) {
    lines->push_back({"依据", EnumLabel(evidence.basis()) + "：" + evidence.text() +
                                  (evidence.source().empty() ? "" : "（" + evidence.source() + "）")});
  }
}

}  // namespace

std::unique_ptr<v1::ProfileService::Stub> ProfileStub(Session& session) {
  return session.client.NewStub<v1::ProfileService>("mining");
}

std::string NameInCollection(const std::string& collection, const std::string& text) {
  return text.find('/') == std::string::npos ? collection + text : text;
}

StatusOr<ExitCode> SaveDocument(Session& session, const std::string& content, const std::string& path) {
  OutputFile file(path, session.output.out());
  DUIJIE_RETURN_IF_ERROR(file.Open());
  DUIJIE_RETURN_IF_ERROR(file.Write(content));
  DUIJIE_RETURN_IF_ERROR(file.Commit());
  if (path != "-") session.output.Note("已写入 " + path);
  return ExitCode::kOk;
}

void ShowProfile(Session& session, const v1::EnterpriseProfile& profile) {
  if (session.output.json()) {
    session.output.Json(profile);
    return;
  }
  const v1::Enterprise& enterprise = profile.enterprise();
  std::vector<FieldLine> lines = {{"企业", enterprise.title() + "（" + enterprise.name() + "）"},
                                  {"统一社会信用代码", enterprise.credit_code()},
                                  {"地区", profile.region_name()},
                                  {"园区", profile.park_name()},
                                  {"所属行业", JoinedTexts(profile.industry_names())},
                                  {"主要产品", JoinedTexts(enterprise.products())},
                                  {"企业规模", enterprise.scale()}};
  for (const v1::ProfileCertificate& marked : profile.certificates()) {
    lines.push_back({"资质证书", CertificateText(marked)});
  }
  for (const v1::ProfileNeed& entry : profile.needs()) {
    const v1::BriefNeed& need = entry.need();
    const bool assessed = entry.verdict() != v1::NEED_VERDICT_UNSPECIFIED;
    lines.push_back({"需求", need.entered_on() + " " + need.title() + "：" + EnumLabel(need.state()) +
                                 (assessed ? "，诊断" + EnumLabel(entry.verdict()) : "") + "（" +
                                 need.need() + "）"});
  }
  for (const v1::ProfilePush& push : profile.pushes()) lines.push_back({"推送", PushText(push)});
  for (const v1::BriefVisit& visit : profile.visits()) {
    lines.push_back({"走访", visit.date() + " " + JoinedTexts(visit.expert_titles()) + "：" +
                                 EnumLabel(visit.state()) + " " + visit.findings() + "（" + visit.visit() +
                                 "）"});
  }
  lines.push_back({"截至", profile.as_of() + "，目录版本 " + std::to_string(profile.snapshot_revision())});
  Lines(session, lines);
}

void ShowKeyEnterprises(Session& session, const v1::KeyEnterpriseSelection& selection) {
  if (session.output.json()) {
    session.output.Json(selection);
    return;
  }
  Table table{{{"名次", Align::kRight},
               {"企业", Align::kLeft, true},
               {"统一社会信用代码"},
               {"得分", Align::kRight},
               {"得分/权重 事实", Align::kLeft, true},
               {"编号"}},
              {}};
  for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
    table.rows.push_back({std::to_string(enterprise.rank()), enterprise.title(), enterprise.credit_code(),
                          ScoreText(enterprise.score()), TermsText(enterprise), enterprise.enterprise()});
  }
  session.output.Print(table);
  session.output.Raw("\n");
  std::vector<FieldLine> lines;
  if (!selection.name().empty()) lines = {{"编号", selection.name()}, {"标题", selection.title()}};
  lines.push_back({"可选企业", std::to_string(selection.candidates()) + " 家，选出 " +
                                   std::to_string(selection.enterprises_size()) + " 家"});
  for (const v1::VisitExclusion& exclusion : selection.exclusions()) {
    lines.push_back({"未列入", exclusion.reason() + "：" + std::to_string(exclusion.enterprises()) + " 家"});
  }
  lines.push_back({"依据", "截至 " + selection.as_of() + "，目录版本 " +
                               std::to_string(selection.snapshot_revision()) + "，模型 " +
                               selection.model_version()});
  lines.push_back({"名单摘要", selection.digest()});
  Lines(session, lines);
}

void ShowLatentNeed(Session& session, const v1::LatentNeed& latent) {
  if (session.output.json()) {
    session.output.Json(latent);
    return;
  }
  std::vector<FieldLine> lines = {{"编号", latent.name()},
                                  {"企业", latent.enterprise_title() + "（" + latent.enterprise() + "）"},
                                  {"可能的问题", latent.problem()},
                                  {"状态", EnumLabel(latent.state())}};
  AddEvidence(latent, &lines);
  if (!latent.need().empty()) lines.push_back({"需求", latent.need()});
  if (!latent.need_drafts().empty()) lines.push_back({"需求草稿", JoinedTexts(latent.need_drafts())});
  if (!latent.reject_reason().empty()) lines.push_back({"否定原因", latent.reject_reason()});
  lines.push_back({"说明", "推测，不是需求：不计数、不匹配、不推送"});
  Lines(session, lines);
}

void ShowLatentNeeds(Session& session, const std::vector<v1::LatentNeed>& latent) {
  Table table{{{"编号"},
               {"企业", Align::kLeft, true},
               {"可能的问题（推测）", Align::kLeft, true},
               {"状态"},
               {"依据", Align::kLeft, true}},
              {}};
  for (const v1::LatentNeed& guess : latent) {
    if (session.output.json()) session.output.Json(guess);
    std::string evidence;
    for (const v1::LatentEvidence& piece : guess.evidence()) {
      evidence += (evidence.empty() ? "" : "；") + EnumLabel(piece.basis()) + "：" + piece.text();
    }
    table.rows.push_back(
        {guess.name(), guess.enterprise_title(), guess.problem(), EnumLabel(guess.state()), evidence});
  }
  if (!session.output.json()) session.output.Print(table);
}

}  // namespace duijie
