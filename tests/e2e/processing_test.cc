// SPDX-License-Identifier: GPL-3.0-or-later
// An achievement is made readable, assessed and published, end to end.
#include "duijie/v1/maturity_service.grpc.pb.h"
#include "duijie/v1/processing_service.grpc.pb.h"
#include "duijie/v1/publication_service.grpc.pb.h"
#include "tests/e2e/command_line.h"
#include "tests/support/status_matchers.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using Processings = v1::ProcessingService;
using Maturity = v1::MaturityService;
using Publications = v1::PublicationService;

class ProcessingTest : public CommandLineTest {
 protected:
  void SetUp() override {
    CommandLineTest::SetUp();
    author_ = cluster_.NewClient(v1::ROLE_STAFF, "", {}, true);
    signer_ = cluster_.NewClient(v1::ROLE_STAFF, "", {}, true);
    processings_ = Processings::NewStub(cluster_.Channel("push"));
    maturity_ = Maturity::NewStub(cluster_.Channel("push"));
    publications_ = Publications::NewStub(cluster_.Channel("push"));
    v1::Achievement raw;
    raw.set_title("高阻尼橡胶配方");
    raw.set_summary("一种用于减震的橡胶材料。");
    raw.set_owner_name("河北工业大学");
    achievement_ = Publish(cluster_.Admin(), raw);
  }

  v1::Achievement Current() const {
    v1::GetAchievementRequest request;
    request.set_name(achievement_.name());
    v1::GetAchievementResponse response;
    const auto status =
        signer_.Call(signer_.catalog.get(), &v1::CatalogService::Stub::GetAchievement, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.achievement();
  }
  int64_t Found(const std::string& words) const {
    return Search(signer_, v1::COLLECTION_ACHIEVEMENTS, words, Current().revision()).total();
  }
  // Written and submitted by the author.
  std::string Submitted() const {
    v1::CreateProcessingRequest create;
    v1::Processing& processing = *create.mutable_processing();
    processing.set_achievement(achievement_.name());
    processing.set_expert("张工（橡胶所）");
    processing.add_fields("problem_solved");
    processing.mutable_processed()->set_problem_solved("解决桥梁支座三年即老化开裂的问题。");
    v1::FieldEvidence& evidence = *processing.add_evidences();
    evidence.set_field("problem_solved");
    evidence.set_text("检测报告 2026-018");
    v1::CreateProcessingResponse created;
    auto status = author_.Call(processings_.get(), &Processings::Stub::CreateProcessing, create, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    v1::SubmitProcessingRequest submit;
    submit.set_name(created.processing().name());
    v1::SubmitProcessingResponse submitted;
    status = author_.Call(processings_.get(), &Processings::Stub::SubmitProcessing, submit, &submitted);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return created.processing().name();
  }

  void Assess();
  void PublishTwice();

  Client author_, signer_;
  std::unique_ptr<Processings::Stub> processings_;
  std::unique_ptr<Maturity::Stub> maturity_;
  std::unique_ptr<Publications::Stub> publications_;
  v1::Achievement achievement_;
};
DUIJIE_BOTH_TOPOLOGIES(ProcessingTest);

TEST_P(ProcessingTest, WhatASecondPersonSignedIsFoundAndTheRawTextComesBack) {
  const std::string name = Submitted();
  EXPECT_EQ(Found("桥梁支座"), 0);
  v1::SignProcessingRequest sign;
  sign.set_name(name);
  v1::SignProcessingResponse signed_one;
  EXPECT_EQ(
      author_.Call(processings_.get(), &Processings::Stub::SignProcessing, sign, &signed_one).error_code(),
      grpc::StatusCode::PERMISSION_DENIED);
  auto status = signer_.Call(processings_.get(), &Processings::Stub::SignProcessing, sign, &signed_one);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(signed_one.processing().state(), v1::PROCESSING_STATE_SIGNED);
  EXPECT_EQ(Current().summary(), achievement_.summary());
  EXPECT_EQ(Found("桥梁支座"), 1);
  EXPECT_EQ(Found("减震"), 1);

  v1::RevertProcessingRequest revert;
  revert.set_name(name);
  revert.set_reason("检测报告撤销");
  v1::RevertProcessingResponse reverted;
  status = signer_.Call(processings_.get(), &Processings::Stub::RevertProcessing, revert, &reverted);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(Current().problem_solved(), "");
  EXPECT_EQ(Found("桥梁支座"), 0);
}

// An assessment gives the achievement its level.
void ProcessingTest::Assess() {
  v1::ListMaturitySchemesResponse schemes;
  ASSERT_TRUE(author_.Call(maturity_.get(), &Maturity::Stub::ListMaturitySchemes, {}, &schemes).ok());
  ASSERT_EQ(schemes.maturity_schemes_size(), 2);
  v1::CreateMaturityAssessmentRequest create;
  v1::MaturityAssessment& assessment = *create.mutable_maturity_assessment();
  assessment.set_achievement(achievement_.name());
  assessment.set_scheme(schemes.maturity_schemes(0).name());
  assessment.set_assessor("李工");
  assessment.set_assessor_unit("河北工业大学");
  for (const v1::MaturityCondition& condition : schemes.maturity_schemes(0).conditions()) {
    if (condition.level() > 5) break;
    v1::ConditionEvidence& evidence = *assessment.add_evidences();
    evidence.set_condition(condition.code());
    evidence.set_text("报告");
  }
  v1::CreateMaturityAssessmentResponse created;
  auto status = author_.Call(maturity_.get(), &Maturity::Stub::CreateMaturityAssessment, create, &created);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(created.maturity_assessment().level(), 5);
  EXPECT_TRUE(created.maturity_assessment().assessor_from_owner());
  v1::CompleteMaturityAssessmentRequest complete;
  complete.set_name(created.maturity_assessment().name());
  v1::CompleteMaturityAssessmentResponse completed;
  status = author_.Call(maturity_.get(), &Maturity::Stub::CompleteMaturityAssessment, complete, &completed);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(Current().maturity_level(), 5);
  EXPECT_THAT(Current().maturity_evidence(), HasSubstr(completed.maturity_assessment().name()));
  EXPECT_THAT(Current().maturity_evidence(), HasSubstr("评价人来自成果完成单位"));
}

// Two publications of one year count once, in its catalogue too.
void ProcessingTest::PublishTwice() {
  v1::CreatePublicationRequest create;
  create.mutable_publication()->set_achievement(achievement_.name());
  create.mutable_publication()->set_audience("高新区橡胶企业");
  create.mutable_publication()->set_channel(v1::PUBLICATION_CHANNEL_EVENT);
  v1::CreatePublicationResponse first, second;
  auto status = author_.Call(publications_.get(), &Publications::Stub::CreatePublication, create, &first);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_TRUE(
      author_.Call(publications_.get(), &Publications::Stub::CreatePublication, create, &second).ok());
  EXPECT_FALSE(first.republication());
  const int year = std::stoi(first.publication().published_on().substr(0, 4));
  if (second.publication().published_on().substr(0, 4) == first.publication().published_on().substr(0, 4)) {
    EXPECT_TRUE(second.republication());
  }
  v1::GetPublicationProgressRequest count;
  count.set_year(year);
  v1::GetPublicationProgressResponse progress;
  ASSERT_TRUE(
      author_.Call(publications_.get(), &Publications::Stub::GetPublicationProgress, count, &progress).ok());
  EXPECT_EQ(progress.achievements(), 1);
  EXPECT_EQ(progress.target(), 100);
  v1::ExportCatalogueRequest request;
  request.set_year(year);
  const auto context = author_.Context();
  const auto stream = publications_->ExportCatalogue(context.get(), request);
  std::string file;
  v1::ExportCatalogueResponse chunk;
  while (stream->Read(&chunk)) file += chunk.chunk();
  status = stream->Finish();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(file.substr(0, 2), "PK");
}

TEST_P(ProcessingTest, AnAchievementIsAssessedAndPublished) {
  Assess();
  PublishTwice();
}

TEST_P(ProcessingTest, TheCommandLineLeadsThroughAllOfIt) {
  const auto run = [&](const std::string& key, const std::vector<std::string>& arguments) {
    const RunResult result = CliAs(key, arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments.front() << ": " << result.output << result.errors;
    return result.output;
  };
  const auto created = nlohmann::json::parse(
      run(author_.key, {"--json", "processing", "create", achievement_.name(), "--expert", "张工", "--set",
                        "解决的问题=支座老化", "--indicator", "拉伸强度≥20MPa@23℃", "--evidence",
                        "解决的问题=报告一", "--evidence", "技术指标=报告二"}));
  const std::string name = created.at("name");
  run(author_.key, {"processing", "submit", name});
  EXPECT_THAT(run(signer_.key, {"processing", "diff", name}), HasSubstr("〔增：支座老化〕"));
  EXPECT_THAT(run(signer_.key, {"processing", "sign", name}), HasSubstr("已签发"));
  run(signer_.key, {"processing", "document", name, "-o", File("sheet.html")});
  EXPECT_THAT(run(signer_.key, {"processing", "list", "--state", "已签发"}), HasSubstr(name));
  EXPECT_THAT(run(author_.key, {"maturity", "scheme", "new_materials"}), HasSubstr("样品验证"));
  const auto assessed = nlohmann::json::parse(
      run(author_.key, {"--json", "maturity", "create", achievement_.name(), "--assessor", "李工", "--unit",
                        "生产力中心", "--evidence", "1.1=论文", "--evidence", "1.2=论文"}));
  EXPECT_EQ(assessed.at("level"), 1);
  EXPECT_THAT(run(author_.key, {"maturity", "complete", assessed.at("name")}), HasSubstr("有效"));
  run(author_.key, {"maturity", "document", assessed.at("name"), "-o", File("assessment.html")});
  run(author_.key, {"publication", "add", achievement_.name(), "--audience", "橡胶企业", "--channel",
                    "对接活动", "--on", "2025-12-31 23:59:59"});
  EXPECT_THAT(run(author_.key, {"publication", "progress", "2025", "--target", "50"}), HasSubstr("1/50"));
  EXPECT_THAT(run(author_.key, {"publication", "progress", "2026"}), HasSubstr("0/100"));
  run(author_.key, {"publication", "catalogue", "2025", "-o", File("catalogue.xlsx")});
  for (const char* file : {"sheet.html", "assessment.html", "catalogue.xlsx"}) {
    EXPECT_TRUE(std::filesystem::exists(File(file))) << file;
  }
}

}  // namespace
}  // namespace duijie::testing
