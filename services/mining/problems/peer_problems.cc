// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/problems/peer_problems.h"

#include <algorithm>
#include <map>

#include "common/resources/record_access.h"
#include "common/text/encoding.h"

namespace duijie::mining {

struct PeerNeed {
  double points = 0;
  bool quotable = false;
  std::string name, title, text, enterprise, park;
};

namespace {

constexpr size_t kMaxNeedsScanned = 1'000'000;
constexpr int kDivisionLevel = 2;          // of GB/T 4754, e.g. C29
constexpr double kPointsPerMention = 0.5;  // of a product, against 1 for each shared level of the industry
constexpr size_t kMostMentions = 4;

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

std::string TextOf(const v1::Need& need) {
  return need.title() + "\n" + need.description() + "\n" + need.current_practice();
}

double PeerPoints(const v1::Need& need, const v1::Enterprise& enterprise, const TaxonomySet& taxonomies) {
  const std::string text = TextOf(need);
  size_t mentions = 0;
  const auto count = [&](const std::string& word) {
    if (CountCodePoints(word) > 1 && text.find(word) != std::string::npos) ++mentions;
  };
  for (const std::string& product : enterprise.products()) count(product);
  for (const std::string& keyword : enterprise.keywords()) count(keyword);
  return SharedDepth(need, enterprise, taxonomies) +
         kPointsPerMention * static_cast<double>(std::min(mentions, kMostMentions));
}

// Whether the word is part of what the enterprise makes: then it names no problem.
bool IsOfProducts(const std::string& word, const v1::Enterprise& enterprise) {
  const auto has_word = [&](const std::string& text) { return text.find(word) != std::string::npos; };
  return std::any_of(enterprise.products().begin(), enterprise.products().end(), has_word) ||
         std::any_of(enterprise.keywords().begin(), enterprise.keywords().end(), has_word);
}

std::vector<PeerProblem> QuotesOf(const std::vector<PeerNeed>& needs) {
  std::vector<PeerProblem> quotes;
  std::set<std::string> titles;
  for (const PeerNeed& need : needs) {
    if (need.quotable && titles.insert(need.title).second) quotes.push_back({need.title, need.name, 0});
  }
  return quotes;
}

// The enterprises that have a word, by credit code.
struct Carriers {
  std::set<std::string> of_park, elsewhere;

  size_t Count() const {
    std::set<std::string> all = of_park;
    if (elsewhere.size() >= kFewestEnterprises) all.insert(elsewhere.begin(), elsewhere.end());
    return all.size();
  }
};

}  // namespace

bool IsQuotable(const v1::Need& need) {
  return need.state() == v1::RECORD_STATE_PUBLISHED && AccessOf(need).tier == v1::CONFIDENTIALITY_TIER_PUBLIC;
}

StatusOr<std::vector<PeerNeed>> PeerProblems::NearestNeeds(const CatalogView& catalog,
                                                           const v1::Enterprise& enterprise,
                                                           const std::set<std::string>& divisions,
                                                           int64_t revision) const {
  v1::RecordFilter filter;
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  for (const std::string& division : divisions) filter.add_industry_codes(division);
  std::vector<PeerNeed> needs;
  const auto add = [&](const internal::v1::Record& record) {
    const v1::Need& need = record.need();
    if (need.enterprise() == enterprise.name()) return;
    const double points = PeerPoints(need, enterprise, *taxonomies_);
    if (points == 0) return;
    needs.push_back({points, IsQuotable(need), need.name(), need.title(), TextOf(need), need.enterprise(),
                     need.park_code()});
  };
  DUIJIE_RETURN_IF_ERROR(
      catalog.ForEach(v1::COLLECTION_NEEDS, filter, revision, kMaxNeedsScanned, add).status());
  std::sort(needs.begin(), needs.end(), [](const PeerNeed& a, const PeerNeed& b) {
    return a.points != b.points ? a.points > b.points : a.name < b.name;
  });
  if (needs.size() > kMostPeerNeeds) needs.resize(kMostPeerNeeds);
  return needs;
}

StatusOr<std::vector<PeerProblem>> PeerProblems::SharedWords(const CatalogView& catalog,
                                                             const v1::Enterprise& enterprise,
                                                             const std::vector<PeerNeed>& needs) const {
  std::set<std::string> names;
  for (const PeerNeed& need : needs) names.insert(need.enterprise);
  names.erase("");
  DUIJIE_ASSIGN_OR_RETURN(const auto owners, catalog.AllEnterprises(names));
  std::map<std::string, Carriers> words;
  for (const PeerNeed& need : needs) {
    const auto owner = owners.find(need.enterprise);
    if (need.quotable || owner == owners.end()) continue;
    const std::string& code = owner->second.credit_code();
    if (code.empty() || code == enterprise.credit_code()) continue;
    DUIJIE_RETURN_IF_ERROR(catalog.call().CheckAlive());
    const bool here = !need.park.empty() && need.park == enterprise.park_code();
    for (const std::string& word : find_words_(need.text)) {
      (here ? words[word].of_park : words[word].elsewhere).insert(code);
    }
  }
  std::vector<PeerProblem> shared;
  for (const auto& [word, carriers] : words) {
    if (carriers.Count() < kFewestEnterprises || IsOfProducts(word, enterprise)) continue;
    shared.push_back({word, "", carriers.Count()});
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const PeerProblem& a, const PeerProblem& b) { return a.enterprises > b.enterprises; });
  return shared;
}

StatusOr<PeerProblemList> PeerProblems::Find(const rpc::CallContext& call, const v1::Enterprise& enterprise,
                                             int64_t revision) const {
  PeerProblemList found;
  const std::set<std::string> divisions = DivisionsOf(enterprise, *taxonomies_);
  if (!divisions.empty()) found.industry = *divisions.begin();
  if (divisions.empty() && enterprise.products().empty()) return found;  // nobody knows its peers
  const CatalogView catalog(peers_, call);
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<PeerNeed> needs,
                          NearestNeeds(catalog, enterprise, divisions, revision));
  found.needs = QuotesOf(needs);
  DUIJIE_ASSIGN_OR_RETURN(found.words, SharedWords(catalog, enterprise, needs));
  return found;
}

}  // namespace duijie::mining
