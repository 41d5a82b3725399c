// SPDX-License-Identifier: GPL-3.0-or-later
// A confidential need with a unique word is planted; nobody unauthorised finds the word, or that the need
// exists, by any way.
#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

DUIJIE_BOTH_TOPOLOGIES(ConfidentialityTest);

TEST_P(ConfidentialityTest, CatalogHidesTheRecordAndMasksTheAnonymousOne) {
  using Stub = v1::CatalogService::Stub;
  for (const auto& [who, client] : Outsiders()) {
    v1::GetNeedRequest get;
    get.set_name(secret_.name());
    v1::GetNeedResponse got;
    auto status = client.Call(client.catalog.get(), &Stub::GetNeed, get, &got);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << who;
    get.set_name("needs/no-such-need");
    v1::GetNeedResponse absent;
    const auto other = client.Call(client.catalog.get(), &Stub::GetNeed, get, &absent);
    EXPECT_EQ(status.error_code(), other.error_code()) << who << ": hidden and absent must look alike";

    v1::BatchGetNeedsRequest batch;
    batch.add_names(secret_.name());
    batch.add_names(masked_.name());
    v1::BatchGetNeedsResponse both;
    ASSERT_TRUE(client.Call(client.catalog.get(), &Stub::BatchGetNeeds, batch, &both).ok()) << who;
    ASSERT_EQ(both.needs_size(), 1) << who;
    EXPECT_TRUE(both.needs(0).identity_hidden()) << who;
    both.clear_missing_names();
    ExpectNoLeak(both.DebugString(), who + " BatchGetNeeds");

    v1::ListNeedsResponse list;
    ExpectNoLeak(Answer(client, client.catalog.get(), &Stub::ListNeeds, v1::ListNeedsRequest(), &list),
                 who + " ListNeeds");
    EXPECT_EQ(list.needs_size(), 1) << who;
    v1::ListNeedsRequest by_source;
    by_source.mutable_filter()->add_source_libraries("hs-visits");
    v1::ListNeedsResponse none;
    client.Call(client.catalog.get(), &Stub::ListNeeds, by_source, &none);
    EXPECT_EQ(none.needs_size(), 0) << who << ": a filter on a hidden field must not tell";

    v1::ResolveExternalIdsRequest resolve;
    resolve.set_collection(v1::COLLECTION_NEEDS);
    resolve.set_source_library("hs-visits");
    resolve.add_external_ids("V-3");
    v1::ResolveExternalIdsResponse resolved;
    if (client.Call(client.catalog.get(), &Stub::ResolveExternalIds, resolve, &resolved).ok()) {
      EXPECT_EQ(resolved.names(0), "") << who;
    }
    for (const auto& name : {secret_.name(), masked_.name()}) {
      v1::GetContactsRequest contacts;
      contacts.set_name(name);
      v1::GetContactsResponse response;
      EXPECT_FALSE(client.Call(client.catalog.get(), &Stub::GetContacts, contacts, &response).ok()) << who;
    }
    auto context = client.Context();
    v1::ExportRecordsRequest request;
    request.set_collection(v1::COLLECTION_NEEDS);
    auto stream = client.catalog->ExportRecords(context.get(), request);
    v1::ExportRecordsResponse chunk;
    std::string exported;
    while (stream->Read(&chunk)) exported += chunk.chunk();
    stream->Finish();
    ExpectNoLeak(exported, who + " ExportRecords");
  }
}

TEST_P(ConfidentialityTest, SearchCountsFacetsAndSuggestionsKnowNothing) {
  using Stub = v1::SearchService::Stub;
  for (const auto& [who, client] : Outsiders()) {
    v1::SearchRequest request;
    request.set_collection(v1::COLLECTION_NEEDS);
    request.set_query(kSecretWord);
    request.set_min_revision(revision_);
    for (int kind = v1::FACET_KIND_FIELD; kind <= v1::FACET_KIND_SOURCE_LIBRARY; ++kind) {
      if (kind != v1::FACET_KIND_MATURITY) request.add_facets(static_cast<v1::FacetKind>(kind));
    }
    v1::SearchResponse response;
    ExpectNoLeak(Answer(client, client.search.get(), &Stub::Search, request, &response), who + " Search");
    EXPECT_EQ(response.total(), 0) << who;
    request.set_query("");
    v1::SearchResponse everything;
    ExpectNoLeak(Answer(client, client.search.get(), &Stub::Search, request, &everything),
                 who + " Search for all");
    EXPECT_EQ(everything.total(), 1) << who << " " << everything.ShortDebugString();
    for (const auto& facet : everything.facets()) {
      for (const auto& count : facet.counts()) EXPECT_EQ(count.count(), 1) << who;
    }
    request.clear_facets();
    request.mutable_filter()->add_park_codes(kPark);
    v1::SearchResponse by_park;
    client.Call(client.search.get(), &Stub::Search, request, &by_park);
    EXPECT_EQ(by_park.total(), 0) << who << ": the park of an anonymous need is hidden";
    for (const char* prefix : {"鲲", "鲲鹏", "衡水", "赤霄"}) {
      v1::SuggestRequest suggest;
      suggest.set_collection(v1::COLLECTION_NEEDS);
      suggest.set_prefix(prefix);
      v1::SuggestResponse suggestions;
      client.Call(client.search.get(), &Stub::Suggest, suggest, &suggestions);
      EXPECT_EQ(suggestions.suggestions_size(), 0) << who << " " << prefix;
    }
    v1::FindSimilarRequest similar;
    similar.set_name(masked_.name());
    v1::FindSimilarResponse alike;
    ExpectNoLeak(Answer(client, client.search.get(), &Stub::FindSimilar, similar, &alike),
                 who + " FindSimilar");
    EXPECT_EQ(alike.hits_size(), 0) << who;
    similar.set_name(secret_.name());
    EXPECT_EQ(client.Call(client.search.get(), &Stub::FindSimilar, similar, &alike).error_code(),
              grpc::StatusCode::NOT_FOUND)
        << who;
  }
}

TEST_P(ConfidentialityTest, MatchesRunsAndExportsKnowNothing) {
  using Stub = v1::MatchService::Stub;
  const Client admin = cluster_.Admin();
  v1::MatchRun run;
  run.set_direction(v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS);
  const v1::MatchRun admins_run = RunToEnd(admin, run);
  ASSERT_GE(admins_run.pairs(), 2) << "the administrator sees both needs";
  for (const auto& [who, client] : Outsiders()) {
    v1::MatchAchievementRequest match;
    match.set_name(achievement_.name());
    match.set_min_revision(revision_);
    v1::MatchAchievementResponse matched;
    ExpectNoLeak(Answer(client, client.match.get(), &Stub::MatchAchievement, match, &matched),
                 who + " MatchAchievement");
    EXPECT_LE(matched.results_size(), 1) << who;
    v1::MatchNeedRequest need;
    need.set_name(secret_.name());
    v1::MatchNeedResponse ranked;
    EXPECT_EQ(client.Call(client.match.get(), &Stub::MatchNeed, need, &ranked).error_code(),
              grpc::StatusCode::NOT_FOUND)
        << who;
    v1::ListMatchRunResultsRequest list;
    list.set_name(admins_run.name());
    v1::ListMatchRunResultsResponse results;
    ExpectNoLeak(Answer(client, client.match.get(), &Stub::ListMatchRunResults, list, &results),
                 who + " results");
  }
  const Client staff = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  const v1::MatchRun own = RunToEnd(staff, run);
  ASSERT_EQ(own.state(), v1::MATCH_RUN_STATE_SUCCEEDED) << own.error();
  EXPECT_EQ(own.pairs(), 1);
  for (const auto format : {v1::MATCH_RUN_FORMAT_CSV, v1::MATCH_RUN_FORMAT_TREC}) {
    ExpectNoLeak(Export(staff, own.name(), format), "export");
  }
}

TEST_P(ConfidentialityTest, ATierRaisedLaterHoldsForOldRuns) {
  const Client staff = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  v1::MatchRun run;
  run.set_direction(v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS);
  const v1::MatchRun before = RunToEnd(staff, run);
  ASSERT_EQ(before.pairs(), 1);
  RaiseTier();
  v1::ListMatchRunResultsRequest list;
  list.set_name(before.name());
  v1::ListMatchRunResultsResponse results;
  ASSERT_TRUE(
      staff.Call(staff.match.get(), &v1::MatchService::Stub::ListMatchRunResults, list, &results).ok());
  EXPECT_EQ(results.results_size(), 0);
  EXPECT_EQ(Export(staff, before.name(), v1::MATCH_RUN_FORMAT_CSV).find("换热器涂层附着力不足"),
            std::string::npos);
}

TEST_P(ConfidentialityTest, LogsHoldNoRecordTextAndNoSecret) {
  for (const auto& [who, client] : Outsiders()) Search(client, v1::COLLECTION_NEEDS, kSecretWord, revision_);
  Search(cluster_.Admin(), v1::COLLECTION_NEEDS, kSecretWord, revision_);
  const std::string admin_key = cluster_.Admin().key;
  cluster_.Stop();
  const std::string logs = cluster_.Logs();
  EXPECT_GT(logs.size(), 0u);
  EXPECT_EQ(logs.find(kSecretWord), std::string::npos);
  EXPECT_EQ(logs.find(kSecretFirm), std::string::npos);
  EXPECT_EQ(logs.find(admin_key), std::string::npos);
}

TEST_P(ConfidentialityTest, TheOwnerAndStaffInScopeSeeEverything) {
  for (const Client& client : {cluster_.NewClient(v1::ROLE_ENTERPRISE, owner_),
                               cluster_.NewClient(v1::ROLE_STAFF, "", {kPark}), cluster_.Admin()}) {
    EXPECT_EQ(Search(client, v1::COLLECTION_NEEDS, kSecretWord, revision_).total(), 1);
    v1::GetNeedRequest get;
    get.set_name(masked_.name());
    v1::GetNeedResponse got;
    ASSERT_TRUE(client.Call(client.catalog.get(), &v1::CatalogService::Stub::GetNeed, get, &got).ok());
    EXPECT_EQ(got.need().enterprise(), owner_);
  }
}

}  // namespace
}  // namespace duijie::testing
