// SPDX-License-Identifier: GPL-3.0-or-later
// The same of what is made of a need: drafts, diagnoses, the clinic, duplicates, packages and joint needs.
#include "duijie/v1/clinic_service.grpc.pb.h"
#include "duijie/v1/diagnosis_service.grpc.pb.h"
#include "duijie/v1/intake_service.grpc.pb.h"
#include "duijie/v1/joint_need_service.grpc.pb.h"
#include "duijie/v1/package_service.grpc.pb.h"
#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

using Intake = v1::IntakeService::Stub;
using Clinic = v1::ClinicService::Stub;
using Diagnosis = v1::DiagnosisService::Stub;
using Joint = v1::JointNeedService::Stub;
using Packages = v1::PackageService::Stub;

class ConfidentialNeedsTest : public ConfidentialityTest {
 protected:
  void SetUp() override {
    ConfidentialityTest::SetUp();
    const auto mining = cluster_.Channel("mining");
    intake_ = v1::IntakeService::NewStub(mining);
    clinic_ = v1::ClinicService::NewStub(mining);
    diagnosis_ = v1::DiagnosisService::NewStub(mining);
    joint_ = v1::JointNeedService::NewStub(mining);
    packages_ = v1::PackageService::NewStub(cluster_.Channel("push"));
    PlantDraft();
    PlantVerdict();
    PlantJointNeed();
    PlantPackage();
  }

  void PlantDraft() {
    v1::CreateNeedDraftsRequest request;
    request.set_note(std::string(kSecretWord) + "涂层脱落，要求硬度不低于" + kSecretFigure + "HV。");
    request.set_source(v1::NOTE_SOURCE_VISIT);
    request.set_enterprise(owner_);
    v1::CreateNeedDraftsResponse response;
    Must(intake_, &Intake::CreateNeedDrafts, request, &response);
    draft_ = response.need_drafts(0).name();
  }

  void PlantVerdict() {
    v1::AssessNeedRequest request;
    request.set_need(secret_.name());
    request.set_verdict(v1::NEED_VERDICT_INCOMPLETE);
    request.set_reason(std::string(kSecretWord) + "的预算未定");
    v1::AssessNeedResponse response;
    Must(diagnosis_, &Diagnosis::AssessNeed, request, &response);
    verdict_ = response.need_diagnosis().name();
  }

  // Of three enterprises, none of which has consented.
  void PlantJointNeed() {
    v1::CreateJointNeedRequest request;
    request.mutable_joint_need()->set_title("涂层附着力");
    request.mutable_joint_need()->set_description("多家企业的涂层附着力不足。");
    request.mutable_joint_need()->add_members()->set_need(secret_.name());
    const std::map<std::string, std::string> firms = {{"91131100MA0000002H", "石家庄白泽涂装有限公司"},
                                                      {"91131100MA0000003L", "石家庄朱厌涂装有限公司"}};
    for (const auto& [credit_code, title] : firms) {
      v1::Enterprise enterprise;
      enterprise.set_title(title);
      enterprise.set_credit_code(credit_code);
      enterprise.set_park_code("bd-gxq");
      v1::Need need;
      need.set_title("涂层附着力不足");
      need.set_description("涂层附着力不足，希望改进。");
      need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
      need.set_enterprise(Publish(cluster_.Admin(), enterprise).name());
      need.set_park_code("bd-gxq");
      request.mutable_joint_need()->add_members()->set_need(Publish(cluster_.Admin(), need).name());
    }
    v1::CreateJointNeedResponse response;
    Must(joint_, &Joint::CreateJointNeed, request, &response);
    joint_need_ = response.joint_need().name();
  }

  void PlantPackage() {
    v1::CreatePackageRequest request;
    request.mutable_package()->set_title("涂层成果包");
    request.mutable_package()->add_needs(secret_.name());
    v1::CreatePackageResponse response;
    Must(packages_, &Packages::CreatePackage, request, &response);
    package_ = response.package().name();
  }

  std::string DraftsAsSeenBy(const Client& client) {
    v1::GetNeedDraftRequest get;
    get.set_name(draft_);
    v1::GetNeedDraftResponse got;
    std::string text = Answer(client, intake_.get(), &Intake::GetNeedDraft, get, &got);
    v1::ListNeedDraftsResponse listed;
    text += Answer(client, intake_.get(), &Intake::ListNeedDrafts, v1::ListNeedDraftsRequest(), &listed);
    EXPECT_EQ(listed.need_drafts_size(), 0);
    v1::FindDuplicateNeedsRequest find;
    find.set_name(secret_.name());
    v1::FindDuplicateNeedsResponse found;
    text += Answer(client, intake_.get(), &Intake::FindDuplicateNeeds, find, &found);
    v1::MergeNeedsRequest merge;
    merge.set_kept(masked_.name());
    merge.set_merged(secret_.name());
    v1::MergeNeedsResponse merged;
    return text + Answer(client, intake_.get(), &Intake::MergeNeeds, merge, &merged);
  }

  std::string DiagnosesAsSeenBy(const Client& client) {
    v1::GetNeedDiagnosisRequest get;
    get.set_name(verdict_);
    v1::GetNeedDiagnosisResponse got;
    std::string text = Answer(client, diagnosis_.get(), &Diagnosis::GetNeedDiagnosis, get, &got);
    v1::ListNeedDiagnosesResponse listed;
    text += Answer(client, diagnosis_.get(), &Diagnosis::ListNeedDiagnoses, v1::ListNeedDiagnosesRequest(),
                   &listed);
    EXPECT_EQ(listed.need_diagnoses_size(), 0);
    v1::ExportNeedDiagnosisRequest page;
    page.set_name(verdict_);
    v1::ExportNeedDiagnosisResponse paper;
    text += Answer(client, diagnosis_.get(), &Diagnosis::ExportNeedDiagnosis, page, &paper);
    v1::ExportNeedSummaryResponse summary;
    text += Answer(client, diagnosis_.get(), &Diagnosis::ExportNeedSummary, v1::ExportNeedSummaryRequest(),
                   &summary);
    EXPECT_EQ(summary.needs(), 0) << "a count is a leak too";
    v1::GetClinicQuestionsRequest ask;
    ask.set_need(secret_.name());
    v1::GetClinicQuestionsResponse asked;
    return text + Answer(client, clinic_.get(), &Clinic::GetClinicQuestions, ask, &asked);
  }

  std::string GroupsAsSeenBy(const Client& client) {
    v1::GetJointNeedRequest get;
    get.set_name(joint_need_);
    v1::GetJointNeedResponse got;
    std::string text = Answer(client, joint_.get(), &Joint::GetJointNeed, get, &got);
    v1::ListJointNeedsResponse listed;
    text += Answer(client, joint_.get(), &Joint::ListJointNeeds, v1::ListJointNeedsRequest(), &listed);
    v1::FindCommonProblemsResponse common;
    text +=
        Answer(client, joint_.get(), &Joint::FindCommonProblems, v1::FindCommonProblemsRequest(), &common);
    v1::GetPackageRequest get_package;
    get_package.set_name(package_);
    v1::GetPackageResponse package;
    text += Answer(client, packages_.get(), &Packages::GetPackage, get_package, &package);
    v1::ListPackagesResponse packages;
    text += Answer(client, packages_.get(), &Packages::ListPackages, v1::ListPackagesRequest(), &packages);
    EXPECT_EQ(packages.packages_size(), 0);
    v1::ExportPackageRequest page;
    page.set_name(package_);
    v1::ExportPackageResponse paper;
    text += Answer(client, packages_.get(), &Packages::ExportPackage, page, &paper);
    v1::CreatePackageRequest create;
    create.mutable_package()->set_title("试探");
    create.mutable_package()->add_needs(secret_.name());
    v1::CreatePackageResponse created;
    return text + Answer(client, packages_.get(), &Packages::CreatePackage, create, &created);
  }

  std::unique_ptr<Intake> intake_;
  std::unique_ptr<Clinic> clinic_;
  std::unique_ptr<Diagnosis> diagnosis_;
  std::unique_ptr<Joint> joint_;
  std::unique_ptr<Packages> packages_;
  std::string draft_, verdict_, joint_need_, package_;
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialNeedsTest);

TEST_P(ConfidentialNeedsTest, OutsidersLearnNothingOfWhatIsMadeOfANeed) {
  for (const auto& [who, client] : Outsiders()) {
    ExpectNoLeak(DraftsAsSeenBy(client), who + " drafts");
    ExpectNoLeak(DiagnosesAsSeenBy(client), who + " diagnoses");
    ExpectNoLeak(GroupsAsSeenBy(client), who + " groups");
  }
  v1::GetPackageRequest get;
  get.set_name(package_);
  v1::GetPackageResponse got;
  Must(packages_, &Packages::GetPackage, get, &got);
  EXPECT_EQ(got.package().needs(0), secret_.name()) << "it is there for those who may know";
}

}  // namespace
}  // namespace duijie::testing
