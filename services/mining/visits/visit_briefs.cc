// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_briefs.h"

#include <algorithm>
#include <set>

#include "common/text/encoding.h"
#include "services/mining/visits/certificates.h"
#include "services/mining/visits/enterprise_history.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

constexpr int kMaxBriefNeeds = 20;
constexpr int kMaxBriefVisits = 10;
constexpr int kMaxOwnProblems = 5;
constexpr size_t kMaxHypotheses = 5;
constexpr int kTitleProducts = 5;  // products in the title of the need that is matched

bool IsOpen(v1::RecordState state) {
  return state == v1::RECORD_STATE_DRAFT || state == v1::RECORD_STATE_SUBMITTED ||
         state == v1::RECORD_STATE_RETURNED || state == v1::RECORD_STATE_PUBLISHED;
}

void AskAboutCertificates(const v1::VisitBrief& brief, std::vector<std::string>* questions) {
  const std::optional<Day> today = ParseVisitDay(brief.as_of());
  if (!today) return;
  for (const v1::Certificate& certificate : brief.enterprise().certificates()) {
    const v1::ProfileCertificate marked = MarkedCertificate(certificate, *today);
    if (!NeedsRenewal(marked)) continue;
    questions->push_back(certificate.kind() + ExpiryText(marked) + "，重新认定需要什么帮助？");
  }
}

void AddQuestions(const std::vector<std::string>& open_questions, v1::VisitBrief* brief) {
  std::vector<std::string> questions = open_questions;
  for (const v1::BriefProblem& problem : brief->problems()) {
    questions.push_back(
        problem.hypothesis()
            ? "同行业有“" + problem.text() + "”一类问题，贵企业是否遇到？现值多少，影响多大，试过什么办法？"
            : "“" + problem.text() + "”现值是多少？目标值、单位和检测条件是什么？预算、期限和决策人呢？");
  }
  AskAboutCertificates(*brief, &questions);
  for (const v1::MatchResult& candidate : brief->candidates()) {
    questions.push_back("对成果“" + candidate.achievement_title() + "”感兴趣吗？若不合适，原因是什么？");
  }
  questions.push_back("今后一年有哪些新产品、扩产或技术改造计划？卡在哪项技术上？");
  for (std::string& question : questions) brief->add_questions(std::move(question));
}

}  // namespace

v1::Need NeedOfProfile(const v1::VisitBrief& brief) {
  const v1::Enterprise& enterprise = brief.enterprise();
  v1::Need need;
  std::vector<std::string> products(enterprise.products().begin(), enterprise.products().end());
  if (products.size() > kTitleProducts) products.resize(kTitleProducts);
  if (products.empty()) products.assign(enterprise.keywords().begin(), enterprise.keywords().end());
  need.set_title(Joined(products));
  std::string description = enterprise.description();
  for (const v1::BriefProblem& problem : brief.problems()) {
    if (!problem.hypothesis()) description += (description.empty() ? "" : "\n") + problem.text();
  }
  need.set_description(description);
  *need.mutable_keywords() = enterprise.keywords();
  *need.mutable_industry_codes() = enterprise.industry_codes();
  need.set_region_code(enterprise.region_code());
  return need;
}

Status VisitBriefs::AddNeeds(const rpc::CallContext& call, v1::VisitBrief* brief) const {
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(const NeedsOfEnterprise own, ReadNeedsOf(catalog, brief->enterprise().name()));
  brief->set_snapshot_revision(own.revision);
  for (const v1::Need& need : own.needs) {
    const v1::BriefNeed entry = EntryOf(need);
    if (brief->needs_size() < kMaxBriefNeeds) *brief->add_needs() = entry;
    if (!IsOpen(need.state()) || brief->problems_size() == kMaxOwnProblems) continue;
    v1::BriefProblem& problem = *brief->add_problems();
    problem.set_text(need.title());
    problem.set_need(need.name());
    problem.set_evidence("企业 " + entry.entered_on() + " 提出的需求，状态：" + WordFor(need.state()));
  }
  return OkStatus();
}

Status VisitBriefs::AddVisits(const rpc::CallContext& call, const v1::Visit& of, v1::VisitBrief* brief,
                              std::vector<std::string>* open_questions) const {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Visit> visits,
                          ReadVisitsTo(context_, call.principal(), brief->enterprise().name()));
  for (const v1::Visit& visit : visits) {
    if (brief->visits_size() == kMaxBriefVisits) break;
    if (visit.name() == of.name() || (!of.date().empty() && visit.date() > of.date())) continue;
    *brief->add_visits() = EntryOf(visit);
    for (const v1::VisitAnswer& answer : visit.answers()) {
      if (!answer.answer().empty() || visit.date() > brief->as_of()) continue;
      open_questions->push_back(visit.date() + " 走访时的问题“" + answer.question() +
                                "”还没有答复，现在怎样？");
    }
  }
  return OkStatus();
}

Status VisitBriefs::AddHypotheses(const rpc::CallContext& call, v1::VisitBrief* brief) const {
  DUIJIE_ASSIGN_OR_RETURN(const PeerProblemList peers,
                          context_.peer_problems.Find(call, brief->enterprise(), brief->snapshot_revision()));
  const std::string industry = peers.industry.empty()
                                   ? "产品相近"
                                   : "同行业（" + IndustryName(*context_.taxonomies, peers.industry) + "）";
  std::set<std::string> told;
  for (const v1::BriefProblem& problem : brief->problems()) told.insert(problem.text());
  const auto add = [&](const std::vector<PeerProblem>& problems, size_t most) {
    for (const PeerProblem& peer : problems) {
      if (most == 0) return;
      if (!told.insert(peer.text).second) continue;
      --most;
      v1::BriefProblem& problem = *brief->add_problems();
      problem.set_text(peer.text);
      problem.set_hypothesis(true);
      problem.set_evidence(peer.need.empty() ? "推测：" + industry + " " + std::to_string(peer.enterprises) +
                                                   " 家企业未公开的需求都提到"
                                             : "推测：" + industry + "企业公开发布的需求");
    }
  };
  const size_t words = std::min(peers.words.size(), kMaxHypotheses / 2);
  add(peers.needs, kMaxHypotheses - words);
  add(peers.words, words);
  return OkStatus();
}

Status VisitBriefs::AddCandidates(const rpc::CallContext& call, v1::VisitBrief* brief) const {
  v1::MatchNeedRequest request;
  *request.mutable_need() = NeedOfProfile(*brief);
  const v1::Need& need = request.need();
  if (need.title().empty() && need.description().empty() && need.keywords().empty()) return OkStatus();
  request.mutable_parameters()->set_top_k(kBriefCandidates);
  DUIJIE_ASSIGN_OR_RETURN(v1::MatchNeedResponse response, context_.role->peers.match_need(call, request));
  brief->set_model_version(response.model_version());
  *brief->mutable_candidates() = std::move(*response.mutable_results());
  return OkStatus();
}

StatusOr<v1::VisitBrief> VisitBriefs::Make(const rpc::CallContext& call, const std::string& name) const {
  v1::Visit visit;
  visit.set_enterprise(name);
  if (IdIn("visits", name)) {
    DUIJIE_ASSIGN_OR_RETURN(visit, VisibleVisit(context_, call.principal(), name));
  }
  v1::VisitBrief brief;
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(*brief.mutable_enterprise(), catalog.Enterprise(visit.enterprise()));
  brief.set_visit(visit.name());
  brief.set_as_of(FormatDay(DayInChina(context_.store().Now())));
  std::vector<std::string> open_questions;
  DUIJIE_RETURN_IF_ERROR(AddNeeds(call, &brief));
  DUIJIE_RETURN_IF_ERROR(AddVisits(call, visit, &brief, &open_questions));
  DUIJIE_RETURN_IF_ERROR(AddHypotheses(call, &brief));
  DUIJIE_RETURN_IF_ERROR(AddCandidates(call, &brief));
  AddQuestions(open_questions, &brief);
  return brief;
}

}  // namespace duijie::mining
