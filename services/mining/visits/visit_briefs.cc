// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_briefs.h"

#include <algorithm>
#include <set>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/text/encoding.h"
#include "services/mining/visits/visit_catalog.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

constexpr int kMaxBriefNeeds = 20;
constexpr int kMaxBriefVisits = 10;
constexpr int kMaxOwnProblems = 5;
constexpr size_t kMaxHypotheses = 5;
constexpr size_t kFindingsShown = 200;  // code points
constexpr size_t kMaxNeedsScanned = 1'000'000;
constexpr int kTitleProducts = 5;          // products in the title of the need that is matched
constexpr int kDivisionLevel = 2;          // of GB/T 4754, e.g. C29
constexpr double kPointsPerMention = 0.5;  // of a product, against 1 for each shared level of the industry
constexpr size_t kMostMentions = 4;
constexpr auto kExpirySoon = std::chrono::days(180);

bool IsOpen(v1::RecordState state) {
  return state == v1::RECORD_STATE_DRAFT || state == v1::RECORD_STATE_SUBMITTED ||
         state == v1::RECORD_STATE_RETURNED || state == v1::RECORD_STATE_PUBLISHED;
}

// The divisions that the enterprise's industries lie in; a code above them stands for itself.
std::set<std::string> DivisionsOf(const v1::Enterprise& enterprise, const TaxonomySet& taxonomies) {
  std::set<std::string> divisions;
  for (const std::string& code : enterprise.industry_codes()) {
    const TaxonomyEntry* entry = taxonomies.industries.Find(code);
    while (entry != nullptr && entry->level > kDivisionLevel) entry = taxonomies.industries.ParentOf(*entry);
    if (entry != nullptr) divisions.insert(entry->code);
  }
  return divisions;
}

// How deep in the classification the need meets the enterprise's industries, 0 to 4.
double SharedDepth(const v1::Need& need, const v1::Enterprise& enterprise, const TaxonomySet& taxonomies) {
  double best = 0;
  for (const std::string& own : enterprise.industry_codes()) {
    const std::vector<std::string> path = taxonomies.industries.AncestorsOf(own);
    for (const std::string& code : need.industry_codes()) {
      for (const std::string& step : path) {
        if (!taxonomies.industries.IsSelfOrDescendant(code, step)) continue;
        best = std::max<double>(best, taxonomies.industries.Find(step)->level);
        break;  // the path goes upwards
      }
    }
  }
  return best;
}

double PeerPoints(const v1::Need& need, const v1::Enterprise& enterprise, const TaxonomySet& taxonomies) {
  const std::string text = need.title() + "\n" + need.description();
  size_t mentions = 0;
  const auto count = [&](const std::string& word) {
    if (CountCodePoints(word) > 1 && text.find(word) != std::string::npos) ++mentions;
  };
  for (const std::string& product : enterprise.products()) count(product);
  for (const std::string& keyword : enterprise.keywords()) count(keyword);
  return SharedDepth(need, enterprise, taxonomies) +
         kPointsPerMention * static_cast<double>(std::min(mentions, kMostMentions));
}

// Whether a need may be told as that of "somebody in the industry".
bool IsTellable(const Principal& caller, const v1::Need& need) {
  const AccessFacts facts = AccessOf(need);
  const bool open =
      facts.tier == v1::CONFIDENTIALITY_TIER_PUBLIC || facts.tier == v1::CONFIDENTIALITY_TIER_ANONYMOUS;
  return open && need.state() == v1::RECORD_STATE_PUBLISHED &&
         VisibilityOf(caller, facts) != Visibility::kNone;
}

struct Peer {
  double points = 0;
  std::string name, title;
};

void AskAboutCertificates(const v1::VisitBrief& brief, std::vector<std::string>* questions) {
  const std::optional<Day> today = ParseVisitDay(brief.as_of());
  for (const v1::Certificate& certificate : brief.enterprise().certificates()) {
    const std::optional<Day> until = ParseVisitDay(certificate.valid_until());
    if (!today || !until || *until > *today + kExpirySoon) continue;
    questions->push_back(certificate.kind() + (*until < *today ? "已于 " : "将于 ") +
                         certificate.valid_until() + " 到期，重新认定需要什么帮助？");
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
  v1::RecordFilter filter;
  filter.add_enterprises(brief->enterprise().name());
  std::vector<v1::Need> needs;
  const VisitCatalog catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(const int64_t revision,
                          catalog.ForEach(v1::COLLECTION_NEEDS, filter, 0, kMaxNeedsScanned,
                                          [&](const internal::v1::Record& record) {
                                            if (SeesInFull(call.principal(), record.need())) {
                                              needs.push_back(record.need());
                                            }
                                          }));
  brief->set_snapshot_revision(revision);
  std::stable_sort(needs.begin(), needs.end(), [](const v1::Need& a, const v1::Need& b) {
    return MicrosOf(a.create_time()) > MicrosOf(b.create_time());
  });
  for (const v1::Need& need : needs) {
    const std::string day = FormatDay(DayInChina(MicrosOf(need.create_time())));
    if (brief->needs_size() < kMaxBriefNeeds) {
      v1::BriefNeed& entry = *brief->add_needs();
      entry.set_need(need.name());
      entry.set_title(need.title());
      entry.set_state(need.state());
      entry.set_entered_on(day);
      entry.set_was_valid(WasValid(need));
    }
    if (!IsOpen(need.state()) || brief->problems_size() == kMaxOwnProblems) continue;
    v1::BriefProblem& problem = *brief->add_problems();
    problem.set_text(need.title());
    problem.set_need(need.name());
    problem.set_evidence("企业 " + day + " 提出的需求，状态：" + WordFor(need.state()));
  }
  return OkStatus();
}

Status VisitBriefs::AddVisits(const rpc::CallContext& call, const v1::Visit& of, v1::VisitBrief* brief,
                              std::vector<std::string>* open_questions) const {
  std::vector<v1::Visit> visits;
  std::string position;
  do {
    const auto keep = [&](const v1::Visit& visit) {
      return visit.name() != of.name() && MaySeeVisit(call.principal(), visit) &&
             visit.state() != v1::VISIT_STATE_CANCELLED && (of.date().empty() || visit.date() <= of.date());
    };
    DUIJIE_ASSIGN_OR_RETURN(
        auto page, context_.tables.visits.ListByIndex(
                       kVisitsByEnterprise, DatedKey(brief->enterprise().name(), ""), position, 100, keep));
    std::move(page.items.begin(), page.items.end(), std::back_inserter(visits));
    position = page.next;
  } while (!position.empty());
  std::reverse(visits.begin(), visits.end());
  for (const v1::Visit& visit : visits) {
    if (brief->visits_size() == kMaxBriefVisits) break;
    v1::BriefVisit& entry = *brief->add_visits();
    entry.set_visit(visit.name());
    entry.set_date(visit.date());
    entry.set_state(visit.state());
    *entry.mutable_expert_titles() = visit.expert_titles();
    entry.set_findings(TruncateCodePoints(visit.findings(), kFindingsShown));
    for (const v1::VisitAnswer& answer : visit.answers()) {
      if (!answer.answer().empty() || visit.date() > brief->as_of()) continue;
      open_questions->push_back(visit.date() + " 走访时的问题“" + answer.question() +
                                "”还没有答复，现在怎样？");
    }
  }
  return OkStatus();
}

Status VisitBriefs::AddHypotheses(const rpc::CallContext& call, v1::VisitBrief* brief) const {
  const v1::Enterprise& enterprise = brief->enterprise();
  v1::RecordFilter filter;
  for (const std::string& division : DivisionsOf(enterprise, *context_.taxonomies)) {
    filter.add_industry_codes(division);
  }
  if (filter.industry_codes().empty()) return OkStatus();  // nobody knows who its peers are
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  std::set<std::string> titles;
  for (const v1::BriefProblem& problem : brief->problems()) titles.insert(problem.text());
  std::vector<Peer> peers;
  const VisitCatalog catalog(context_.role->peers, call);
  const auto add = [&](const internal::v1::Record& record) {
    const v1::Need& need = record.need();
    if (need.enterprise() == enterprise.name() || !IsTellable(call.principal(), need)) return;
    if (titles.contains(need.title())) return;
    peers.push_back({PeerPoints(need, enterprise, *context_.taxonomies), need.name(), need.title()});
  };
  DUIJIE_RETURN_IF_ERROR(
      catalog.ForEach(v1::COLLECTION_NEEDS, filter, brief->snapshot_revision(), kMaxNeedsScanned, add)
          .status());
  std::sort(peers.begin(), peers.end(), [](const Peer& a, const Peer& b) {
    return a.points != b.points ? a.points > b.points : a.name < b.name;
  });
  size_t added = 0;
  for (const Peer& peer : peers) {
    if (added == kMaxHypotheses || !titles.insert(peer.title).second) continue;
    ++added;
    v1::BriefProblem& problem = *brief->add_problems();
    problem.set_text(peer.title);
    problem.set_hypothesis(true);
    problem.set_evidence("推测：同行业（" + IndustryName(*context_.taxonomies, filter.industry_codes(0)) +
                         "）已公开或匿名发布的需求");
  }
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
  const VisitCatalog catalog(context_.role->peers, call);
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
