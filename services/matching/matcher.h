// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks counterparts for one record, in either direction: terms → statistics → candidates → features → order
// → explanations of what is returned. Search filters candidates by who asks. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "common/rpc/call_context.h"
#include "common/taxonomy/taxonomy_set.h"
#include "common/text/analyzer.h"
#include "duijie/v1/match.pb.h"
#include "services/matching/bag_cache.h"
#include "services/matching/model.h"
#include "services/matching/peers.h"
#include "services/matching/query_expansion.h"
#include "services/matching/query_terms.h"
#include "services/matching/ranking.h"
#include "services/matching/source_record.h"
#include "services/matching/title_terms.h"

namespace duijie::matching {

struct MatchRequest {
  const SourceRecord& source;
  v1::MatchParameters parameters;  // complete; see parameters.h
  Principal principal;             // who may see the candidates
  v1::RecordFilter filter;         // of the counterparts
  int64_t min_revision = 0;
  std::string snapshot_id;  // empty: the live index
  int64_t at_revision = 0;  // of the catalog, for the texts of counterparts; 0 = now
  v1::MatchView view = v1::MATCH_VIEW_FULL;
};

struct MatchOutcome {
  std::vector<v1::MatchResult> results;  // best first
  int32_t candidates = 0;                // scored
  int64_t index_revision = 0;
};

struct PairsRequest {
  const SourceRecord& need;
  std::vector<std::string> achievements;
  v1::MatchParameters parameters;  // complete; top_k and candidate_limit are not used
  Principal principal;
  v1::MatchView view = v1::MATCH_VIEW_FULL;
};

struct PairsOutcome {
  std::vector<v1::MatchResult> results;
  std::vector<std::string> missing_names;
};

class Matcher {
 public:
  // What does not change while the daemon runs.
  struct Knowledge {
    std::shared_ptr<const Analyzer> analyzer;
    std::shared_ptr<const TaxonomySet> taxonomies;
    std::shared_ptr<const NeedBoilerplate> boilerplate;
    std::shared_ptr<const Thesaurus> thesaurus;
    std::shared_ptr<const WordVectors> vectors;
    std::shared_ptr<const indicator::NameTable> names;
  };
  Matcher(Knowledge knowledge, std::shared_ptr<const ModelSet> models, Peers peers);

  // Errors: those of the peers (INDEX_BEHIND, PEER_UNAVAILABLE, …).
  StatusOr<MatchOutcome> Match(const rpc::CallContext& call, const MatchRequest& request) const;
  StatusOr<PairsOutcome> ScorePairs(const rpc::CallContext& call, const PairsRequest& request) const;
  // The features that ScorePairs would score, for training. Achievements that the principal may not see are
  // left out.
  StatusOr<std::vector<PairFeatures>> PairFeaturesOf(const rpc::CallContext& call,
                                                     const PairsRequest& request) const;

  const ModelSet& models() const { return *models_; }
  const TaxonomySet& taxonomies() const { return *knowledge_.taxonomies; }

 private:
  // The index that a call reads: a snapshot, or the live one as soon as it shows a revision.
  struct ShownIndex {
    std::string snapshot_id;
    int64_t min_revision = 0;
  };
  struct DescribedPairs {
    Query query;
    internal::v1::DescribeRecordsResponse described;
  };
  StatusOr<DescribedPairs> Describe(const rpc::CallContext& call, const PairsRequest& request,
                                    const RankingModel& model) const;
  // The record's terms with what the thesaurus adds, as this model asks for them.
  std::shared_ptr<const TermBag> BagOf(const SourceRecord& source, const RankingModel& model) const;
  StatusOr<Query> PrepareQuery(const rpc::CallContext& call, const SourceRecord& source,
                               v1::Collection sought, const RankingModel& model,
                               const ShownIndex& index) const;

  PairFits FitsOf(const rpc::CallContext& call, const SourceRecord& source, const Principal& principal,
                  int64_t at_revision) const;

  Knowledge knowledge_;
  std::shared_ptr<const ModelSet> models_;
  Peers peers_;
  std::unique_ptr<BagCache> bags_;        // of sources
  std::unique_ptr<FigureCache> figures_;  // of counterparts
  std::unique_ptr<TitleTerms> titles_;    // of counterparts
};

}  // namespace duijie::matching
