// SPDX-License-Identifier: GPL-3.0-or-later
// Calls every method of the API with every role and compares what the daemon says with the policy table.
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>

#include <map>

#include "common/auth/policy.h"
#include "duijie/v1/campaign_service.pb.h"
#include "duijie/v1/clinic_service.pb.h"
#include "duijie/v1/diagnosis_service.pb.h"
#include "duijie/v1/intake_service.pb.h"
#include "duijie/v1/joint_need_service.pb.h"
#include "duijie/v1/judgement_service.pb.h"
#include "duijie/v1/letter_service.pb.h"
#include "duijie/v1/maturity_service.pb.h"
#include "duijie/v1/model_service.pb.h"
#include "duijie/v1/package_service.pb.h"
#include "duijie/v1/processing_service.pb.h"
#include "duijie/v1/profile_service.pb.h"
#include "duijie/v1/publication_service.pb.h"
#include "duijie/v1/push_service.pb.h"
#include "duijie/v1/standing_service.pb.h"
#include "duijie/v1/visit_service.pb.h"
#include "duijie/v1/webhook_service.pb.h"
#include "tests/e2e/topologies.h"

namespace duijie::testing {
namespace {

using PolicyWalkTest = EndToEndTest;
DUIJIE_BOTH_TOPOLOGIES(PolicyWalkTest);

struct Method {
  std::string service;  // "duijie.v1.CatalogService"
  std::string name;
  std::string role;  // of the process that serves it
};

std::vector<Method> AllMethods() {
  const std::map<std::string, std::string> services = {
      {"CatalogService", "catalog"},    {"SearchService", "search"},    {"MatchService", "matching"},
      {"JudgementService", "matching"}, {"ModelService", "matching"},   {"AdminService", "admin"},
      {"LetterService", "push"},        {"PackageService", "push"},     {"JointNeedService", "mining"},
      {"VisitService", "mining"},       {"PushService", "push"},        {"WebhookService", "push"},
      {"CampaignService", "push"},      {"StandingService", "push"},    {"ProcessingService", "push"},
      {"MaturityService", "push"},      {"PublicationService", "push"}, {"IntakeService", "mining"},
      {"DiagnosisService", "mining"},   {"ClinicService", "mining"},    {"ProfileService", "mining"}};
  v1::GetPackageRequest::descriptor();
  v1::GetNeedDraftRequest::descriptor();
  v1::GetNeedDiagnosisRequest::descriptor();
  v1::GetClinicQuestionsRequest::descriptor();
  v1::ExportPushLetterRequest::descriptor();
  v1::GetJointNeedRequest::descriptor();
  v1::GetVisitRequest::descriptor();
  v1::GetLatentNeedRequest::descriptor();
  v1::GetProcessingRequest::descriptor();
  v1::GetMaturityAssessmentRequest::descriptor();
  v1::GetPublicationRequest::descriptor();
  v1::GetPushRequest::descriptor();
  v1::GetWebhookRequest::descriptor();
  v1::GetCampaignRequest::descriptor();
  v1::GetStandingStatusRequest::descriptor();
  v1::GetModelRequest::descriptor();  // links the file; the others are linked by their stubs
  std::vector<Method> methods;
  for (const auto& [service, role] : services) {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName("duijie.v1." + service);
    for (int i = 0; i < descriptor->method_count(); ++i) {
      methods.push_back({"duijie.v1." + service, descriptor->method(i)->name(), role});
    }
  }
  return methods;
}

// Calls a method with an empty request; streaming methods accept an empty message as their first one too.
grpc::Status CallEmpty(const std::shared_ptr<grpc::Channel>& channel, const Method& method,
                       const std::string& key) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!key.empty()) context.AddMetadata("authorization", "Bearer " + key);
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, "/" + method.service + "/" + method.name, &queue);
  void* tag = nullptr;
  bool ok = false;
  const auto step = [&] { queue.Next(&tag, &ok); };
  call->StartCall(nullptr);
  step();
  grpc::Slice empty;
  call->WriteLast(grpc::ByteBuffer(&empty, 1), grpc::WriteOptions(), nullptr);
  step();
  grpc::ByteBuffer response;
  do {
    call->Read(&response, nullptr);
    step();
    if (ok && method.name == "WatchPushes") context.TryCancel();  // it would go on for ever
  } while (ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  step();
  queue.Shutdown();
  return status;
}

TEST_P(PolicyWalkTest, EveryMethodAnswersEveryRoleAsThePolicySays) {
  v1::Enterprise enterprise;
  enterprise.set_title("衡水云杉橡胶制品有限公司");
  const std::string owner = Publish(cluster_.Admin(), enterprise).name();
  const std::map<v1::Role, std::string> keys = {
      {v1::ROLE_STAFF, cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark}).key},
      {v1::ROLE_EXPERT, cluster_.NewClient(v1::ROLE_EXPERT).key},
      {v1::ROLE_ENTERPRISE, cluster_.NewClient(v1::ROLE_ENTERPRISE, owner).key},
      {v1::ROLE_PARTNER, cluster_.NewClient(v1::ROLE_PARTNER).key}};
  for (const Method& method : AllMethods()) {
    const auto channel = cluster_.Channel(method.role);
    const std::string full = method.service + "/" + method.name;
    EXPECT_EQ(CallEmpty(channel, method, "").error_code(), grpc::StatusCode::UNAUTHENTICATED) << full;
    const auto* policy = FindPolicy(full);
    ASSERT_NE(policy, nullptr) << full << " has no policy entry";
    for (const auto& [role, key] : keys) {
      const grpc::Status status = CallEmpty(channel, method, key);
      const bool denied = status.error_code() == grpc::StatusCode::PERMISSION_DENIED;
      const bool allowed = (policy->roles & (1u << role)) != 0;
      EXPECT_EQ(denied, !allowed) << full << " as " << v1::Role_Name(role) << ": " << status.error_message();
      EXPECT_NE(status.error_code(), grpc::StatusCode::UNKNOWN) << full;
      EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << full << ": " << status.error_message();
    }
  }
}

TEST_P(PolicyWalkTest, InternalServicesAreClosedToApiKeys) {
  const std::string key = cluster_.Admin().key;
  const std::vector<Method> internal = {{"duijie.internal.v1.FeedService", "ListChanges", "catalog"},
                                        {"duijie.internal.v1.FeedService", "ReadRecords", "catalog"},
                                        {"duijie.internal.v1.CandidateService", "FindCandidates", "search"},
                                        {"duijie.internal.v1.KeyService", "ResolveKey", "admin"},
                                        {"duijie.internal.v1.StoreService", "BackupStore", "catalog"}};
  for (const Method& method : internal) {
    const auto code = CallEmpty(cluster_.Channel(method.role), method, key).error_code();
    const bool refused =
        code == grpc::StatusCode::PERMISSION_DENIED || code == grpc::StatusCode::UNAUTHENTICATED;
    EXPECT_TRUE(refused) << method.service << "/" << method.name << " answered " << code;
  }
}

}  // namespace
}  // namespace duijie::testing
