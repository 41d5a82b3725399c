// SPDX-License-Identifier: GPL-3.0-or-later
// A real index in a temporary folder, with records to put into it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/default_paths.h"
#include "services/search/candidates.h"
#include "services/search/collection_index.h"
#include "services/search/search_context.h"
#include "services/search/searcher.h"
#include "services/search/similar.h"
#include "services/search/suggest.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::search::testing {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using duijie::testing::TempDir;

inline SearchTools SharedTools() {
  static const SearchTools kTools = [] {
    return SearchTools{
        Analyzer::Create(TextOptionsIn(duijie::testing::BuiltFile("share/duijie/text"))).value(),
        TaxonomySet::Load(duijie::testing::BuiltFile("share/duijie/taxonomies")).value()};
  }();
  return kTools;
}

inline std::shared_ptr<const DocumentBuilder> SharedBuilder() {
  return std::make_shared<const DocumentBuilder>(
      SharedTools().analyzer, SharedTools().taxonomies,
      *WordVectors::Shared(duijie::testing::SourceFile("data/semantics/words.vec")));
}

inline v1::Achievement MakeAchievement(const std::string& id, const std::string& title,
                                       const std::string& summary = "") {
  v1::Achievement record;
  record.set_name("achievements/" + id);
  record.set_title(title);
  record.set_summary(summary);
  record.set_state(v1::RECORD_STATE_PUBLISHED);
  record.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
  return record;
}

inline v1::Need MakeNeed(const std::string& id, const std::string& title, v1::ConfidentialityTier tier,
                         const std::string& description = "") {
  v1::Need record;
  record.set_name("needs/" + id);
  record.set_title(title);
  record.set_description(description);
  record.set_state(v1::RECORD_STATE_PUBLISHED);
  record.set_tier(tier);
  record.set_park_code("sjz-gxq");
  record.set_enterprise("enterprises/e-" + id);
  record.set_region_code("130102");
  return record;
}

// Changes of a collection, in order.
class Page {
 public:
  Page& Put(const v1::Achievement& record) {
    *Add(record.name())->mutable_record()->mutable_achievement() = record;
    return *this;
  }
  Page& Put(const v1::Need& record) {
    *Add(record.name())->mutable_record()->mutable_need() = record;
    return *this;
  }
  Page& Delete(const std::string& name) {
    Add(name);
    return *this;
  }
  Page& From(int64_t revision) {
    page_.set_revision(revision);
    return *this;
  }
  const internal::v1::ListChangesResponse& get() const { return page_; }

 private:
  internal::v1::ChangedRecord* Add(const std::string& name) {
    internal::v1::ChangedRecord* change = page_.add_changes();
    change->set_name(name);
    page_.set_revision(page_.revision() + 1);
    change->set_revision(page_.revision());
    return change;
  }
  internal::v1::ListChangesResponse page_;
};

inline Principal PrincipalOf(v1::Role role) {
  Principal principal;
  principal.set_key_id("k-" + v1::Role_Name(role));
  principal.set_role(role);
  return principal;
}

inline Principal ParkStaff(const std::string& park) {
  Principal principal = PrincipalOf(v1::ROLE_STAFF);
  principal.add_park_codes(park);
  return principal;
}

inline Caller CallerOf(const Principal& principal) {
  return {principal, [] { return OkStatus(); }};
}

// Both indexes and the use cases on them.
class IndexTest : public ::testing::Test {
 protected:
  IndexTest() : searcher_(indexes_, SharedTools(), PageTokens(std::string(32, 'k'))) {
    indexes_.achievements = CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()).value();
    indexes_.needs = CollectionIndex::Open(dir_.File("index/needs"), SharedBuilder()).value();
  }

  static void Load(CollectionIndex& index, const Page& page) {
    ASSERT_THAT(index.Apply(page.get()), IsOk());
    ASSERT_THAT(index.Commit(), IsOk());
  }

  StatusOr<v1::SearchResponse> Search(const v1::SearchRequest& request,
                                      const Principal& principal = PrincipalOf(v1::ROLE_PARTNER)) const {
    return searcher_.Search(CallerOf(principal), request);
  }

  // Names found, in order; an error fails the test.
  std::vector<std::string> Names(const v1::SearchRequest& request,
                                 const Principal& principal = PrincipalOf(v1::ROLE_PARTNER)) const {
    const auto response = Search(request, principal);
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> names;
    if (!response.ok()) return names;
    for (const v1::SearchHit& hit : response->hits()) names.push_back(hit.name());
    EXPECT_EQ(response->total(), static_cast<int64_t>(names.size())) << "of one page";
    return names;
  }

  static v1::SearchRequest Achievements(const std::string& query) {
    return Request(v1::COLLECTION_ACHIEVEMENTS, query);
  }
  static v1::SearchRequest Needs(const std::string& query) { return Request(v1::COLLECTION_NEEDS, query); }
  static v1::SearchRequest Request(v1::Collection collection, const std::string& query) {
    v1::SearchRequest request;
    request.set_collection(collection);
    request.set_query(query);
    request.set_page_size(200);
    return request;
  }

  TempDir dir_;
  Indexes indexes_;
  Searcher searcher_;
};

// A request for candidates by the words, bigrams and unigrams of a text.
inline internal::v1::FindCandidatesRequest CandidatesFor(v1::Collection collection, const std::string& text,
                                                         const Principal& principal) {
  internal::v1::FindCandidatesRequest request;
  request.set_collection(collection);
  request.set_limit(100);
  *request.mutable_principal() = principal;
  for (const Token& token : SharedTools().analyzer->Analyze(text).tokens) {
    internal::v1::QueryTerm* term = request.add_terms();
    term->mutable_term()->set_text(token.text);
    term->mutable_term()->set_kind(static_cast<internal::v1::TermKind>(static_cast<int>(token.kind) + 1));
    term->set_weight(1);
  }
  return request;
}

}  // namespace duijie::search::testing
