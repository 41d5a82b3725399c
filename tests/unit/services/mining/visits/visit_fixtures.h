// SPDX-License-Identifier: GPL-3.0-or-later
// A catalog in memory behind the peers of visits, over a store in memory and a clock of the test's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "common/storage/memory_store.h"
#include "common/taxonomy/credit_code.h"
#include "common/text/shared_analyzer.h"
#include "services/mining/problems/problem_words.h"
#include "services/mining/visits/visit_documents.h"
#include "services/mining/visits/visit_plans.h"
#include "services/mining/visits/visits.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::testing {

inline std::shared_ptr<const TaxonomySet> SourceTaxonomies() {
  static const auto loaded = TaxonomySet::Load(duijie::testing::SourceFile("data/taxonomies")).value();
  return loaded;
}

inline mining::YieldModel SourceYieldModel() {
  return mining::YieldModel::Load(duijie::testing::SourceFile("data/visits/yield_model.tsv")).value();
}

// The shipped dictionaries of the build, loaded by the first text that is read.
inline std::set<std::string> SourceProblemWords(std::string_view text) {
  static const mining::ProblemWords kWords = [] {
    const std::string folder = duijie::testing::BuiltFile("share/duijie/text");
    return mining::ProblemWords(SharedAnalyzer(folder).value(),
                                Thesaurus::Load(folder + "/thesaurus").value());
  }();
  return kWords.In(text);
}

// A credit code that passes its check, another one for each number below 10^8.
inline std::string CreditCode(int number) {
  std::string digits = std::to_string(number);
  digits.insert(0, 9 - digits.size(), '0');
  const std::string first17 = "91131100" + digits;
  return first17 + CreditCodeCheckDigit(first17);
}

inline v1::Enterprise TestEnterprise(int number, const std::string& region = "131102",
                                     const std::string& park = "hs-gxq") {
  v1::Enterprise enterprise;
  enterprise.set_name("enterprises/e" + std::to_string(100 + number));
  enterprise.set_title("企业" + std::to_string(number));
  enterprise.set_credit_code(CreditCode(number));
  enterprise.set_region_code(region);
  enterprise.set_park_code(park);
  enterprise.add_industry_codes("C291");
  enterprise.set_state(v1::RECORD_STATE_PUBLISHED);
  return enterprise;
}

inline v1::Expert TestExpert(int number, int per_month = 4, const std::string& region = "131102") {
  v1::Expert expert;
  expert.set_name("experts/x" + std::to_string(100 + number));
  expert.set_title("专家" + std::to_string(number));
  expert.set_region_code(region);
  expert.set_max_visits_per_month(per_month);
  expert.add_industry_codes("C29");
  expert.set_state(v1::RECORD_STATE_PUBLISHED);
  return expert;
}

// 2026-01-05T02:00:00Z, a Monday morning in China.
inline constexpr UnixMicros kTestNow = 1'767'578'400'000'000;

class VisitFixture : public ::testing::Test {
 protected:
  VisitFixture()
      : clock_(kTestNow),
        role_(MakeRole()),
        context_(role_, SourceYieldModel(), SourceTaxonomies(), &SourceProblemWords),
        plans_(context_),
        visits_(context_),
        briefs_(context_),
        documents_(context_, briefs_, dir_.File("")) {}

  std::shared_ptr<mining::MiningRole> MakeRole() {
    auto role = std::make_shared<mining::MiningRole>();
    role->store =
        RoleStore::Over(NewMemoryStore(), clock_, std::string(32, 'k'), std::make_unique<CountingIdMaker>())
            .value();
    role->peers.read_records =
        [this](
            const rpc::CallContext&,
            const internal::v1::ReadRecordsRequest& request) -> StatusOr<internal::v1::ReadRecordsResponse> {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) {
        const auto found = records_.find(name);
        *response.add_records() = found == records_.end() ? internal::v1::Record() : found->second;
      }
      return response;
    };
    role->peers.scan_records =
        [this](
            const rpc::CallContext&,
            const internal::v1::ScanRecordsRequest& request) -> StatusOr<internal::v1::ScanRecordsResponse> {
      internal::v1::ScanRecordsResponse response;
      const auto past = past_.find(request.at_revision());
      for (const auto& [name, record] : past == past_.end() ? records_ : past->second) {
        if (Passes(record, request.collection(), request.filter())) *response.add_records() = record;
      }
      response.set_done(true);
      response.set_revision(past == past_.end() ? revision_ : past->first);
      return response;
    };
    role->peers.match_need = [this](const rpc::CallContext&,
                                    const v1::MatchNeedRequest& request) -> StatusOr<v1::MatchNeedResponse> {
      matched_ = request;
      v1::MatchNeedResponse response;
      for (int i = 1; i <= request.parameters().top_k(); ++i) {
        v1::MatchResult& result = *response.add_results();
        result.set_rank(i);
        result.set_achievement("achievements/a" + std::to_string(i));
        result.set_achievement_title("成果" + std::to_string(i));
      }
      response.set_model_version("m1");
      return response;
    };
    return role;
  }

  static bool Passes(const internal::v1::Record& record, v1::Collection collection,
                     const v1::RecordFilter& filter) {
    const auto holds = [](const auto& values, const auto& value) {
      return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
    };
    const auto in_industry = [&](const auto& codes) {
      if (filter.industry_codes().empty()) return true;
      for (const std::string& code : codes) {
        for (const std::string& asked : filter.industry_codes()) {
          if (SourceTaxonomies()->industries.IsSelfOrDescendant(code, asked)) return true;
        }
      }
      return false;
    };
    if (collection == v1::COLLECTION_ENTERPRISES && record.has_enterprise()) {
      return holds(filter.states(), record.enterprise().state()) &&
             holds(filter.park_codes(), record.enterprise().park_code()) &&
             in_industry(record.enterprise().industry_codes());
    }
    if (collection == v1::COLLECTION_EXPERTS && record.has_expert()) {
      return holds(filter.states(), record.expert().state());
    }
    return collection == v1::COLLECTION_NEEDS && record.has_need() &&
           holds(filter.states(), record.need().state()) &&
           holds(filter.enterprises(), record.need().enterprise()) &&
           in_industry(record.need().industry_codes());
  }

  void Put(const v1::Enterprise& enterprise) {
    *records_[enterprise.name()].mutable_enterprise() = enterprise;
  }
  void Put(const v1::Expert& expert) { *records_[expert.name()].mutable_expert() = expert; }
  void Put(const v1::Need& need) { *records_[need.name()].mutable_need() = need; }

  // What the catalog says now stays readable under its revision.
  void KeepRevision() {
    past_[revision_] = records_;
    ++revision_;
  }

  static rpc::CallContext As(const Principal& caller) {
    return {caller, "request", std::chrono::system_clock::time_point::max(), nullptr};
  }
  static Principal Staff(const std::string& park = "") {
    Principal caller;
    caller.set_key_id("staff" + park);
    caller.set_role(v1::ROLE_STAFF);
    if (park.empty()) {
      caller.set_all_parks(true);
    } else {
      caller.add_park_codes(park);
    }
    return caller;
  }
  static Principal EnterpriseOf(const std::string& name) {
    Principal caller;
    caller.set_key_id("own");
    caller.set_role(v1::ROLE_ENTERPRISE);
    caller.set_enterprise(name);
    return caller;
  }

  // The steps of a visit, as all-parks staff.
  StatusOr<v1::Visit> NewVisit(int enterprise, int expert, const std::string& date) {
    v1::CreateVisitRequest request;
    request.mutable_visit()->set_enterprise("enterprises/e" + std::to_string(100 + enterprise));
    request.mutable_visit()->add_experts("experts/x" + std::to_string(100 + expert));
    request.mutable_visit()->set_date(date);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, visits_.Create(As(Staff()), request));
    return response.visit();
  }
  StatusOr<v1::Visit> Move(const std::string& name, v1::VisitState to, const std::string& date = "") {
    v1::TransitionVisitRequest request;
    request.set_name(name);
    request.set_to(to);
    request.set_date(date);
    if (to == v1::VISIT_STATE_CANCELLED) request.set_reason("企业停产");
    DUIJIE_ASSIGN_OR_RETURN(const auto response, visits_.Transition(As(Staff()), request));
    return response.visit();
  }
  StatusOr<v1::Visit> Record(const std::string& name, const std::string& findings) {
    v1::UpdateVisitRequest request;
    request.mutable_visit()->set_name(name);
    request.mutable_visit()->set_findings(findings);
    request.mutable_update_mask()->add_paths("findings");
    DUIJIE_ASSIGN_OR_RETURN(const auto response, visits_.Update(As(Staff()), request));
    return response.visit();
  }
  StatusOr<v1::Visit> Sign(const std::string& name, v1::VisitSignerRole role, const std::string& signer,
                           const Principal& caller = Staff()) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::Visit visit, context_.tables.visits.Get(name));
    v1::SignVisitRequest request;
    request.set_name(name);
    request.set_role(role);
    request.set_signer(signer);
    request.set_content_digest(visit.content_digest());
    DUIJIE_ASSIGN_OR_RETURN(const auto response, visits_.Sign(As(caller), request));
    return response.visit();
  }
  // Agreed, held, recorded and signed by both.
  v1::Visit SignedVisit(int enterprise, int expert, const std::string& date) {
    const std::string name = NewVisit(enterprise, expert, date).value().name();
    EXPECT_THAT(Move(name, v1::VISIT_STATE_AGREED), IsOk());
    EXPECT_THAT(Move(name, v1::VISIT_STATE_HELD), IsOk());
    EXPECT_THAT(Record(name, "磨耗大"), IsOk());
    EXPECT_THAT(Sign(name, v1::VISIT_SIGNER_ROLE_ENTERPRISE, "王厂长"), IsOk());
    return Sign(name, v1::VISIT_SIGNER_ROLE_STAFF, "李科长").value();
  }

  TempDir dir_;
  FakeClock clock_;
  std::map<std::string, internal::v1::Record> records_;
  int64_t revision_ = 7;
  std::map<int64_t, std::map<std::string, internal::v1::Record>> past_;
  v1::MatchNeedRequest matched_;
  std::shared_ptr<mining::MiningRole> role_;
  mining::VisitContext context_;
  mining::VisitPlans plans_;
  mining::Visits visits_;
  mining::VisitBriefs briefs_;
  mining::VisitDocuments documents_;
};

}  // namespace duijie::testing
