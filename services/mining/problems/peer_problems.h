// SPDX-License-Identifier: GPL-3.0-or-later
// What the needs of an enterprise's peers suggest that it may need too. Briefs and latent needs guess by it.
//
// Peers are enterprises whose published needs lie in the same division of GB/T 4754 or, where the enterprise
// states no industry, name one of its products. The nearest needs come first: shared levels of the industry,
// plus half a point for each product or keyword of the enterprise that the need names (at most four).
//
// What peers keep to themselves stays with them, whoever asks:
//   - only published needs of tier PUBLIC are quoted, by title and name;
//   - of all others nothing is told but a word of ProblemWords, of none of the enterprise's products, that
//     needs of at least three distinct enterprises (by credit code) have, and how many these are.
//     Enterprises without a credit code are not counted. Those of other parks count only if they are three
//     by themselves, so that who knows the park's own needs learns nothing of a single one elsewhere.
// The same records give the same answer, whoever asks.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "services/mining/records/catalog_view.h"
#include "services/mining/records/suppression.h"

namespace duijie::mining {

inline constexpr size_t kMostPeerNeeds = 2'000;  // the nearest that are looked into

struct PeerProblem {
  std::string text;        // the title of a public need, or a word
  std::string need;        // "needs/{id}" of the public need; "" for a word
  size_t enterprises = 0;  // that the word is shared by; 0 for a public need
};

struct PeerProblemList {
  std::vector<PeerProblem> needs;  // nearest first, ties by name; no title twice
  std::vector<PeerProblem> words;  // of most enterprises first, ties by bytes
  std::string industry;            // code that the peers share; "" if they were found by products
};

struct PeerNeed;

// Whether everybody may read the need and who has it.
bool IsQuotable(const v1::Need& need);

// Thread-safe.
class PeerProblems {
 public:
  using FindWords = std::function<std::set<std::string>(std::string_view text)>;
  // `peers` must outlive this. `find_words`: ProblemWords::In.
  PeerProblems(const Peers& peers, std::shared_ptr<const TaxonomySet> taxonomies, FindWords find_words)
      : peers_(peers), taxonomies_(std::move(taxonomies)), find_words_(std::move(find_words)) {}

  // `revision`: of the catalog, 0 = now. RESOURCE_EXHAUSTED TOO_LARGE beyond 1,000,000 needs.
  StatusOr<PeerProblemList> Find(const rpc::CallContext& call, const v1::Enterprise& enterprise,
                                 int64_t revision) const;

  std::set<std::string> WordsIn(std::string_view text) const { return find_words_(text); }

 private:
  // Of the divisions, or that name a product; nearest first, ties by name.
  StatusOr<std::vector<PeerNeed>> NearestNeeds(const CatalogView& catalog, const v1::Enterprise& enterprise,
                                               const std::set<std::string>& divisions,
                                               int64_t revision) const;
  StatusOr<std::vector<PeerProblem>> SharedWords(const CatalogView& catalog, const v1::Enterprise& enterprise,
                                                 const std::vector<PeerNeed>& needs) const;

  const Peers& peers_;
  const std::shared_ptr<const TaxonomySet> taxonomies_;
  const FindWords find_words_;
};

}  // namespace duijie::mining
