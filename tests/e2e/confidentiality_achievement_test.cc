// SPDX-License-Identifier: GPL-3.0-or-later
// The same of what is made of an achievement that only staff may know: processing, maturity, publication; and
// of letters about pushes.
#include "duijie/v1/letter_service.grpc.pb.h"
#include "duijie/v1/maturity_service.grpc.pb.h"
#include "duijie/v1/processing_service.grpc.pb.h"
#include "duijie/v1/publication_service.grpc.pb.h"
#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

using Processings = v1::ProcessingService::Stub;
using Maturity = v1::MaturityService::Stub;
using Publications = v1::PublicationService::Stub;
using Letters = v1::LetterService::Stub;

class ConfidentialAchievementTest : public ConfidentialityTest {
 protected:
  void SetUp() override {
    ConfidentialityTest::SetUp();
    const auto push = cluster_.Channel("push");
    processings_ = v1::ProcessingService::NewStub(push);
    maturity_ = v1::MaturityService::NewStub(push);
    publications_ = v1::PublicationService::NewStub(push);
    letters_ = v1::LetterService::NewStub(push);
    v1::Achievement hidden;
    hidden.set_title(std::string(kSecretWord) + "涂层");
    hidden.set_summary(std::string(kSecretWord) + "涂层，硬度" + kSecretFigure + "HV。");
    hidden.set_owner_name(kSecretFirm);
    hidden.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    hidden_ = Publish(cluster_.Admin(), hidden).name();
    PlantProcessing();
    PlantAssessment();
  }

  v1::CreateProcessingRequest ProcessingRequest() const {
    v1::CreateProcessingRequest request;
    v1::Processing& processing = *request.mutable_processing();
    processing.set_achievement(hidden_);
    processing.set_expert("张工");
    processing.add_fields("problem_solved");
    processing.mutable_processed()->set_problem_solved("解决涂层脱落。");
    v1::FieldEvidence& evidence = *processing.add_evidences();
    evidence.set_field("problem_solved");
    evidence.set_text("试用报告");
    return request;
  }

  void PlantProcessing() {
    v1::CreateProcessingResponse response;
    Must(processings_, &Processings::CreateProcessing, ProcessingRequest(), &response);
    processing_ = response.processing().name();
  }

  void PlantAssessment() {
    v1::ListMaturitySchemesResponse schemes;
    Must(maturity_, &Maturity::ListMaturitySchemes, v1::ListMaturitySchemesRequest(), &schemes);
    v1::CreateMaturityAssessmentRequest request;
    request.mutable_maturity_assessment()->set_achievement(hidden_);
    request.mutable_maturity_assessment()->set_scheme(schemes.maturity_schemes(0).name());
    request.mutable_maturity_assessment()->set_assessor("李工");
    v1::CreateMaturityAssessmentResponse response;
    Must(maturity_, &Maturity::CreateMaturityAssessment, request, &response);
    assessment_ = response.maturity_assessment().name();
  }

  std::string ProcessingsAsSeenBy(const Client& client) {
    v1::GetProcessingRequest get;
    get.set_name(processing_);
    v1::GetProcessingResponse got;
    std::string text = Answer(client, processings_.get(), &Processings::GetProcessing, get, &got);
    v1::ListProcessingsResponse listed;
    text += Answer(client, processings_.get(), &Processings::ListProcessings, v1::ListProcessingsRequest(),
                   &listed);
    EXPECT_EQ(listed.processings_size(), 0);
    v1::DiffProcessingRequest diff;
    diff.set_name(processing_);
    v1::DiffProcessingResponse differences;
    text += Answer(client, processings_.get(), &Processings::DiffProcessing, diff, &differences);
    v1::ExportProcessingRequest page;
    page.set_name(processing_);
    v1::ExportProcessingResponse paper;
    text += Answer(client, processings_.get(), &Processings::ExportProcessing, page, &paper);
    v1::CreateProcessingResponse created;
    return text +
           Answer(client, processings_.get(), &Processings::CreateProcessing, ProcessingRequest(), &created);
  }

  std::string RestAsSeenBy(const Client& client) {
    v1::GetMaturityAssessmentRequest get;
    get.set_name(assessment_);
    v1::GetMaturityAssessmentResponse got;
    std::string text = Answer(client, maturity_.get(), &Maturity::GetMaturityAssessment, get, &got);
    v1::ListMaturityAssessmentsResponse listed;
    text += Answer(client, maturity_.get(), &Maturity::ListMaturityAssessments,
                   v1::ListMaturityAssessmentsRequest(), &listed);
    EXPECT_EQ(listed.maturity_assessments_size(), 0);
    v1::ExportMaturityAssessmentRequest page;
    page.set_name(assessment_);
    v1::ExportMaturityAssessmentResponse paper;
    text += Answer(client, maturity_.get(), &Maturity::ExportMaturityAssessment, page, &paper);
    v1::CreatePublicationRequest publish;
    publish.mutable_publication()->set_achievement(hidden_);
    v1::CreatePublicationResponse published;
    text += Answer(client, publications_.get(), &Publications::CreatePublication, publish, &published);
    v1::ExportPushLetterRequest letter;
    letter.set_enterprise(owner_);
    v1::ExportPushLetterResponse written;
    return text + Answer(client, letters_.get(), &Letters::ExportPushLetter, letter, &written);
  }

  std::unique_ptr<Processings> processings_;
  std::unique_ptr<Maturity> maturity_;
  std::unique_ptr<Publications> publications_;
  std::unique_ptr<Letters> letters_;
  std::string hidden_, processing_, assessment_;
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialAchievementTest);

TEST_P(ConfidentialAchievementTest, OutsidersLearnNothingOfWhatIsMadeOfIt) {
  for (const auto& [who, client] : Outsiders()) {
    ExpectNoLeak(ProcessingsAsSeenBy(client), who + " processings");
    ExpectNoLeak(RestAsSeenBy(client), who + " assessments, publications, letters");
  }
  v1::GetProcessingRequest get;
  get.set_name(processing_);
  v1::GetProcessingResponse got;
  Must(processings_, &Processings::GetProcessing, get, &got);
  EXPECT_NE(got.processing().title().find(kSecretWord), std::string::npos)
      << "it is there for those who may know";
}

}  // namespace
}  // namespace duijie::testing
