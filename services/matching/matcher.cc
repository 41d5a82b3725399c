// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/matcher.h"

#include <google/protobuf/arena.h>

#include <algorithm>

#include "common/taxonomy/region.h"
#include "services/matching/query_terms.h"
#include "services/matching/ranking.h"

namespace duijie::matching {
namespace {

constexpr const char* kBeijing = "110000";
constexpr const char* kTianjin = "120000";
constexpr const char* kHebei = "130000";

v1::Collection SoughtFor(const SourceRecord& source) {
  return source.is_need ? v1::COLLECTION_ACHIEVEMENTS : v1::COLLECTION_NEEDS;
}

// With only_jing_jin_to_ji, a source on the wrong side has no counterpart at all.
bool HasNoCounterpart(const MatchRequest& request) {
  if (!request.parameters.only_jing_jin_to_ji()) return false;
  const std::string& region = request.source.facts.region_code();
  return request.source.is_need ? !IsHebei(region) : !IsBeijingTianjin(region);
}

// The filter for candidate search. Regions are narrowed where the caller named none; ranking checks again.
v1::RecordFilter CandidateFilter(const MatchRequest& request) {
  v1::RecordFilter filter = request.filter;
  if (!request.parameters.only_jing_jin_to_ji() || !filter.region_codes().empty()) return filter;
  if (request.source.is_need) {
    filter.add_region_codes(kBeijing);
    filter.add_region_codes(kTianjin);
  } else {
    filter.add_region_codes(kHebei);
  }
  return filter;
}

internal::v1::CosineSearch CosineOf(const Query& query, const internal::v1::RankingParameters& parameters) {
  internal::v1::CosineSearch cosine;
  cosine.set_unigram_weight(parameters.unigram_weight());
  cosine.set_feedback_records(parameters.feedback_records());
  cosine.set_feedback_grams(parameters.feedback_grams());
  cosine.set_feedback_share(parameters.feedback_share());
  cosine.set_meaning(query.meaning);
  cosine.set_meaning_share(parameters.search_meaning_share());
  return cosine;
}

StatusOr<std::shared_ptr<const RankingModel>> ModelFor(const ModelSet& models,
                                                       const v1::MatchParameters& parameters) {
  std::shared_ptr<const RankingModel> model = models.Find(parameters.model_version());
  if (model == nullptr) {
    return Error(StatusCode::kNotFound, "MODEL_MISSING",
                 "ranking model " + parameters.model_version() + " is not installed");
  }
  return model;
}

}  // namespace

Matcher::Matcher(Knowledge knowledge, std::shared_ptr<const ModelSet> models, Peers peers)
    : knowledge_(std::move(knowledge)),
      models_(std::move(models)),
      peers_(std::move(peers)),
      bags_(std::make_unique<BagCache>(kBagCacheBytes)),
      figures_(std::make_unique<FigureCache>(kFigureCacheBytes)),
      titles_(std::make_unique<TitleTerms>(knowledge_.thesaurus, knowledge_.analyzer)) {}

PairFits Matcher::FitsOf(const rpc::CallContext& call, const SourceRecord& source, const Principal& principal,
                         int64_t at_revision) const {
  return PairFits({call, peers_, *knowledge_.names, *figures_, principal, at_revision}, source);
}

std::shared_ptr<const TermBag> Matcher::BagOf(const SourceRecord& source, const RankingModel& model) const {
  if (auto known = bags_->Find(source, model.version())) return known;
  const NeedBoilerplate* const boilerplate = source.is_need ? knowledge_.boilerplate.get() : nullptr;
  auto bag =
      std::make_shared<TermBag>(TermBag::Of(source, *knowledge_.analyzer, model.parameters().search_decay()));
  Expand({*knowledge_.analyzer, *knowledge_.thesaurus, *knowledge_.vectors, boilerplate}, model.parameters(),
         source.is_need, bag.get());
  bags_->Put(source, model.version(), bag);
  return bag;
}

StatusOr<Query> Matcher::PrepareQuery(const rpc::CallContext& call, const SourceRecord& source,
                                      v1::Collection sought, const RankingModel& model,
                                      const ShownIndex& index) const {
  const NeedBoilerplate* const boilerplate = source.is_need ? knowledge_.boilerplate.get() : nullptr;
  const std::shared_ptr<const TermBag> bag = BagOf(source, model);
  google::protobuf::Arena arena;  // frees thousands of terms at once
  auto& request = *google::protobuf::Arena::CreateMessage<internal::v1::GetTermStatisticsRequest>(&arena);
  request.set_collection(sought);
  request.set_snapshot_id(index.snapshot_id);
  request.set_min_revision(index.min_revision);
  for (const BagTerm& term : bag->terms) {
    internal::v1::Term* const asked = request.add_terms();
    asked->set_text(term.text);
    asked->set_kind(term.kind);
  }
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::GetTermStatisticsResponse response,
                          peers_.term_statistics(call, request));
  return Query::Weigh(*bag, response.statistics(), model.parameters(), boilerplate);
}

StatusOr<MatchOutcome> Matcher::Match(const rpc::CallContext& call, const MatchRequest& request) const {
  MatchOutcome outcome;
  if (HasNoCounterpart(request)) return outcome;
  DUIJIE_ASSIGN_OR_RETURN(const auto model, ModelFor(*models_, request.parameters));
  const v1::Collection sought = SoughtFor(request.source);
  DUIJIE_ASSIGN_OR_RETURN(const Query query, PrepareQuery(call, request.source, sought, *model,
                                                          {request.snapshot_id, request.min_revision}));
  if (query.terms.empty()) return outcome;  // a title of punctuation only

  google::protobuf::Arena arena;
  auto& find = *google::protobuf::Arena::CreateMessage<internal::v1::FindCandidatesRequest>(&arena);
  find.set_collection(sought);
  query.AddTo(find.mutable_terms());
  *find.mutable_filter() = CandidateFilter(request);
  *find.mutable_principal() = request.principal;
  find.set_limit(request.parameters.candidate_limit());
  find.set_min_revision(request.min_revision);
  find.set_snapshot_id(request.snapshot_id);
  *find.mutable_cosine() = CosineOf(query, model->parameters());
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::FindCandidatesResponse found,
                          peers_.find_candidates(call, find));
  DUIJIE_RETURN_IF_ERROR(call.CheckAlive());

  outcome.candidates = found.candidates_size();
  outcome.index_revision = found.index_revision();
  const PairFits fits = FitsOf(call, request.source, request.principal, request.at_revision);
  const RelatedTerms related(query, *titles_);
  DUIJIE_ASSIGN_OR_RETURN(
      outcome.results,
      Rank({request.source, query, *model, *knowledge_.taxonomies, request.parameters, found.candidates(),
            static_cast<size_t>(request.parameters.top_k()), request.view, &fits, &related}));
  return outcome;
}

StatusOr<Matcher::DescribedPairs> Matcher::Describe(const rpc::CallContext& call, const PairsRequest& request,
                                                    const RankingModel& model) const {
  DescribedPairs pairs;
  DUIJIE_ASSIGN_OR_RETURN(pairs.query,
                          PrepareQuery(call, request.need, v1::COLLECTION_ACHIEVEMENTS, model, {}));
  internal::v1::DescribeRecordsRequest describe;
  describe.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  pairs.query.AddTo(describe.mutable_terms());
  if (describe.terms().empty()) {  // the peer demands one term; a space is never a term of a text
    describe.add_terms()->mutable_term()->set_text(" ");
    describe.mutable_terms(0)->mutable_term()->set_kind(internal::v1::TERM_KIND_WORD);
  }
  *describe.mutable_names() = {request.achievements.begin(), request.achievements.end()};
  *describe.mutable_principal() = request.principal;
  DUIJIE_ASSIGN_OR_RETURN(pairs.described, peers_.describe_records(call, describe));
  return pairs;
}

StatusOr<PairsOutcome> Matcher::ScorePairs(const rpc::CallContext& call, const PairsRequest& request) const {
  PairsOutcome outcome;
  DUIJIE_ASSIGN_OR_RETURN(const auto model, ModelFor(*models_, request.parameters));
  DUIJIE_ASSIGN_OR_RETURN(const DescribedPairs pairs, Describe(call, request, *model));
  std::vector<std::string> found;
  for (const internal::v1::Candidate& candidate : pairs.described.candidates())
    found.push_back(candidate.name());
  std::sort(found.begin(), found.end());
  for (const std::string& name : request.achievements) {
    if (!std::binary_search(found.begin(), found.end(), name)) outcome.missing_names.push_back(name);
  }
  const PairFits fits = FitsOf(call, request.need, request.principal, 0);
  const RelatedTerms related(pairs.query, *titles_);
  DUIJIE_ASSIGN_OR_RETURN(outcome.results, Rank({request.need, pairs.query, *model, *knowledge_.taxonomies,
                                                 request.parameters, pairs.described.candidates(),
                                                 static_cast<size_t>(pairs.described.candidates_size()),
                                                 request.view, &fits, &related}));
  return outcome;
}

StatusOr<std::vector<PairFeatures>> Matcher::PairFeaturesOf(const rpc::CallContext& call,
                                                            const PairsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const auto model, ModelFor(*models_, request.parameters));
  DUIJIE_ASSIGN_OR_RETURN(const DescribedPairs pairs, Describe(call, request, *model));
  const PairFits fits = FitsOf(call, request.need, request.principal, 0);
  return FeaturesOf({request.need, pairs.query, *model, *knowledge_.taxonomies, request.parameters,
                     pairs.described.candidates(), 0, v1::MATCH_VIEW_BASIC, &fits});
}

}  // namespace duijie::matching
