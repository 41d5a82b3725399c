// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/policy.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <set>

#include "duijie/v1/admin_service.pb.h"
#include "duijie/v1/campaign_service.pb.h"
#include "duijie/v1/catalog_service.pb.h"
#include "duijie/v1/clinic_service.pb.h"
#include "duijie/v1/diagnosis_service.pb.h"
#include "duijie/v1/intake_service.pb.h"
#include "duijie/v1/joint_need_service.pb.h"
#include "duijie/v1/judgement_service.pb.h"
#include "duijie/v1/letter_service.pb.h"
#include "duijie/v1/match_service.pb.h"
#include "duijie/v1/maturity_service.pb.h"
#include "duijie/v1/model_service.pb.h"
#include "duijie/v1/package_service.pb.h"
#include "duijie/v1/processing_service.pb.h"
#include "duijie/v1/profile_service.pb.h"
#include "duijie/v1/publication_service.pb.h"
#include "duijie/v1/push_service.pb.h"
#include "duijie/v1/search_service.pb.h"
#include "duijie/v1/standing_service.pb.h"
#include "duijie/v1/visit_service.pb.h"
#include "duijie/v1/webhook_service.pb.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

std::vector<const google::protobuf::MethodDescriptor*> AllMethods() {
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* file : {v1::GetAchievementRequest::descriptor()->file(),
                           v1::SearchRequest::descriptor()->file(),
                           v1::MatchNeedRequest::descriptor()->file(),
                           v1::GetJudgementRequest::descriptor()->file(),
                           v1::GetModelRequest::descriptor()->file(),
                           v1::GetPackageRequest::descriptor()->file(),
                           v1::GetNeedDraftRequest::descriptor()->file(),
                           v1::GetNeedDiagnosisRequest::descriptor()->file(),
                           v1::GetClinicQuestionsRequest::descriptor()->file(),
                           v1::ExportPushLetterRequest::descriptor()->file(),
                           v1::GetJointNeedRequest::descriptor()->file(),
                           v1::GetVisitRequest::descriptor()->file(),
                           v1::GetLatentNeedRequest::descriptor()->file(),
                           v1::GetPushRequest::descriptor()->file(),
                           v1::GetWebhookRequest::descriptor()->file(),
                           v1::GetCampaignRequest::descriptor()->file(),
                           v1::GetStandingStatusRequest::descriptor()->file(),
                           v1::GetProcessingRequest::descriptor()->file(),
                           v1::GetMaturityAssessmentRequest::descriptor()->file(),
                           v1::GetPublicationRequest::descriptor()->file(),
                           v1::GetCallerRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m)
        methods.push_back(file->service(s)->method(m));
    }
  }
  return methods;
}

std::string NameOf(const google::protobuf::MethodDescriptor* method) {
  return method->service()->full_name() + "/" + method->name();
}

Principal CallerWith(v1::Role role) {
  Principal caller;
  caller.set_role(role);
  return caller;
}

bool May(v1::Role role, const std::string& method) {
  return CheckRole(CallerWith(role), "duijie.v1." + method).ok();
}

TEST(PolicyTest, EveryMethodHasARowAndEveryRowAMethod) {
  std::set<std::string> methods, rows;
  for (const auto* method : AllMethods()) methods.insert(NameOf(method));
  for (const MethodPolicy& row : AllPolicies()) {
    EXPECT_TRUE(rows.insert(std::string(row.method)).second) << row.method << " has two rows";
  }
  EXPECT_EQ(methods, rows);
}

TEST(PolicyTest, EveryRowSaysWhatItIsFor) {
  for (const MethodPolicy& row : AllPolicies()) EXPECT_FALSE(row.purpose.empty()) << row.method;
}

TEST(PolicyTest, WhatHasNoRowIsRefusedToEverybody) {
  for (int role = 0; role <= v1::Role_MAX; ++role) {
    EXPECT_THAT(CheckRole(CallerWith(static_cast<v1::Role>(role)), "duijie.v1.CatalogService/Invented"),
                StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  }
}

TEST(PolicyTest, ARoleThatIsNotKnownMayNothing) {
  for (const MethodPolicy& row : AllPolicies()) {
    for (const int role : {-1, 0, 6, 31, 1000}) {
      EXPECT_THAT(CheckRole(CallerWith(static_cast<v1::Role>(role)), row.method),
                  StatusIs(StatusCode::kPermissionDenied));
    }
  }
}

TEST(PolicyTest, AdministratorsMayEverything) {
  for (const MethodPolicy& row : AllPolicies())
    EXPECT_THAT(CheckRole(CallerWith(v1::ROLE_ADMIN), row.method), IsOk());
}

TEST(PolicyTest, EverythingThatWritesIsAudited) {
  // What does not begin with one of these writes.
  const std::vector<std::string> verbs = {"Get",     "BatchGet", "List",  "Search",  "Find",
                                          "Suggest", "Match",    "Score", "Watch",   "Export",
                                          "Compare", "Resolve",  "Diff",  "Extract", "Replay"};
  const std::set<std::string> restricted_names = {"GetContacts", "PromoteModel", "RollbackModel"};
  for (const auto* method : AllMethods()) {
    const bool writes = std::none_of(verbs.begin(), verbs.end(), [&](const std::string& verb) {
      return method->name().rfind(verb, 0) == 0;
    });
    const MethodPolicy* row = FindPolicy(NameOf(method));
    ASSERT_NE(row, nullptr);
    const bool restricted = restricted_names.contains(method->name());
    const AuditMode expected = restricted ? AuditMode::kRequired
                               : writes   ? AuditMode::kRecord
                                          : AuditMode::kNone;
    EXPECT_EQ(row->audit, expected) << row->method;
  }
}

TEST(PolicyTest, EveryStreamIsALongCall) {
  const std::set<std::string> working = {"CreateBackup", "TrainModel", "FindCommonProblems"};
  for (const auto* method : AllMethods()) {
    const MethodPolicy* row = FindPolicy(NameOf(method));
    ASSERT_NE(row, nullptr);
    const bool stream = method->client_streaming() || method->server_streaming();
    const bool works = working.contains(method->name());
    EXPECT_EQ(row->length == CallLength::kLong, stream || works) << row->method;
  }
}

TEST(PolicyTest, RolesBelowStaffWriteNothingButWhatAnEnterpriseOwns) {
  for (const MethodPolicy& row : AllPolicies()) {
    if (row.audit == AuditMode::kNone) continue;
    EXPECT_THAT(CheckRole(CallerWith(v1::ROLE_EXPERT), row.method), StatusIs(StatusCode::kPermissionDenied))
        << row.method;
    EXPECT_THAT(CheckRole(CallerWith(v1::ROLE_PARTNER), row.method), StatusIs(StatusCode::kPermissionDenied))
        << row.method;
  }
  for (const char* own : {"CreateNeed", "UpdateNeed", "DeleteNeed", "TransitionNeed", "UpdateEnterprise",
                          "GetContacts", "UpdateContacts", "GetImportTemplate"}) {
    EXPECT_TRUE(May(v1::ROLE_ENTERPRISE, std::string("CatalogService/") + own)) << own;
  }
  for (const char* foreign : {"CreateEnterprise", "DeleteEnterprise", "TransitionEnterprise",
                              "CreateAchievement", "ImportRecords", "ExportRecords", "ResolveExternalIds"}) {
    EXPECT_FALSE(May(v1::ROLE_ENTERPRISE, std::string("CatalogService/") + foreign)) << foreign;
  }
}

TEST(PolicyTest, RunsAndPairsAreForStaff) {
  for (const char* method : {"ScorePairs", "CreateMatchRun", "GetMatchRun", "ListMatchRuns", "WatchMatchRun",
                             "CancelMatchRun", "DeleteMatchRun", "ListMatchRunResults", "ExportMatchRun"}) {
    const std::string name = std::string("MatchService/") + method;
    EXPECT_TRUE(May(v1::ROLE_STAFF, name)) << method;
    for (auto role : {v1::ROLE_EXPERT, v1::ROLE_ENTERPRISE, v1::ROLE_PARTNER})
      EXPECT_FALSE(May(role, name)) << method;
  }
}

TEST(PolicyTest, AdministrationIsForAdministratorsButEverybodyMayAskWhoItIs) {
  for (auto role : {v1::ROLE_STAFF, v1::ROLE_EXPERT, v1::ROLE_ENTERPRISE, v1::ROLE_PARTNER}) {
    for (const char* method :
         {"CreateApiKey", "ListApiKeys", "RevokeApiKey", "CreateBackup", "GetStatus", "ListAuditEntries"}) {
      EXPECT_FALSE(May(role, std::string("AdminService/") + method)) << method << " role " << role;
    }
    EXPECT_TRUE(May(role, "AdminService/GetCaller")) << role;
  }
}

TEST(PolicyTest, InternalMethodsAreTold) {
  EXPECT_TRUE(IsInternalMethod("duijie.internal.v1.FeedService/ListChanges"));
  EXPECT_FALSE(IsInternalMethod("duijie.v1.CatalogService/GetNeed"));
  EXPECT_FALSE(IsInternalMethod(""));
}

}  // namespace
}  // namespace duijie
