// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processings.h"

#include <random>

#include "services/push/processing/processing_checks.h"
#include "tests/support/paths.h"
#include "tests/unit/services/push/memory_catalog.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using testing::CallOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MemoryCatalog;
using v1::Processing;
using Fault = MemoryCatalog::Fault;

constexpr char kName[] = "achievements/a";
constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";

class ProcessingsTest : public ::testing::Test {
 protected:
  ProcessingsTest()
      : industries_(Taxonomy::Load(duijie::testing::SourceFile("data/taxonomies/industries_gbt4754_2017.tsv"))
                        .value()),
        store_(testing::NewStore(clock_)) {
    catalog_.Put(MemoryCatalog::Sample("a"));
    Restart();
  }

  // As after a crash: only what is stored is left.
  void Restart() {
    processings_ =
        std::make_unique<Processings>(Processings::Dependencies{*store_, catalog_.peers, industries_});
  }

  static Processing Written(const std::string& problem) {
    Processing p;
    p.set_achievement(kName);
    p.set_expert("张工（橡胶所）");
    p.add_fields("problem_solved");
    p.add_fields("indicators");
    p.mutable_processed()->set_problem_solved(problem);
    p.mutable_processed()->set_title("不该写入的名称");
    v1::Indicator& indicator = *p.mutable_processed()->add_indicators();
    indicator.set_name("老化后拉伸强度保持率");
    indicator.set_comparator(v1::COMPARATOR_AT_LEAST);
    indicator.set_value(85);
    indicator.set_unit("%");
    for (const char* field : {"problem_solved", "indicators"}) {
      v1::FieldEvidence& evidence = *p.add_evidences();
      evidence.set_field(field);
      evidence.set_text("检测报告 2026-018");
    }
    return p;
  }

  Processing Created(const Processing& written, const std::string& key = "author") {
    v1::CreateProcessingRequest request;
    *request.mutable_processing() = written;
    auto response = processings_->Create(CallOf(key), request);
    EXPECT_THAT(response, IsOk());
    clock_.Advance(std::chrono::seconds(1));
    return response.ok() ? response->processing() : Processing();
  }
  Processing Submitted(const Processing& written) {
    const Processing created = Created(written);
    v1::SubmitProcessingRequest request;
    request.set_name(created.name());
    EXPECT_THAT(processings_->Submit(CallOf("author"), request), IsOk());
    return Get(created.name());
  }
  StatusOr<v1::SignProcessingResponse> Sign(const std::string& name, const std::string& key = "signer",
                                            const std::string& request_id = "") {
    v1::SignProcessingRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return processings_->Sign(CallOf(key), request);
  }
  StatusOr<v1::RevertProcessingResponse> Revert(const std::string& name, bool overwrite = false) {
    v1::RevertProcessingRequest request;
    request.set_name(name);
    request.set_reason("数据有误");
    request.set_overwrite_later_changes(overwrite);
    return processings_->Revert(CallOf("signer"), request);
  }
  Processing Get(const std::string& name, const rpc::CallContext& call = CallOf("reader")) {
    v1::GetProcessingRequest request;
    request.set_name(name);
    const auto response = processings_->Get(call, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->processing() : Processing();
  }
  std::string Problem() const { return catalog_.At(kName).problem_solved(); }

  FakeClock clock_;
  MemoryCatalog catalog_;
  const Taxonomy industries_;
  std::unique_ptr<RoleStore> store_;
  std::unique_ptr<Processings> processings_;
};

TEST_F(ProcessingsTest, SigningPutsTheProcessedFieldsIntoTheAchievementAndKeepsTheRawOnes) {
  const Processing submitted = Submitted(Written("桥梁支座三年即老化开裂。"));
  EXPECT_EQ(Problem(), "老化。");
  ASSERT_OK_AND_ASSIGN(const auto signed_one, Sign(submitted.name()));
  EXPECT_EQ(signed_one.processing().state(), v1::PROCESSING_STATE_SIGNED);
  EXPECT_EQ(signed_one.processing().signer(), "signer");
  EXPECT_EQ(Problem(), "桥梁支座三年即老化开裂。");
  ASSERT_EQ(catalog_.At(kName).indicators_size(), 1);
  EXPECT_EQ(catalog_.At(kName).summary(), "一种高阻尼橡胶配方。");
  EXPECT_EQ(catalog_.At(kName).title(), "橡胶支座耐久性提升技术");
  EXPECT_EQ(Get(submitted.name()).raw().problem_solved(), "老化。");
  EXPECT_EQ(Get(submitted.name()).raw().indicators_size(), 0);
}

TEST_F(ProcessingsTest, WhoEnteredSomethingMayNotSignNotEvenAnAdministrator) {
  const Processing submitted = Submitted(Written("甲"));
  EXPECT_THAT(Sign(submitted.name(), "author"), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  v1::SignProcessingRequest request;
  request.set_name(submitted.name());
  EXPECT_THAT(processings_->Sign(CallOf("author", v1::ROLE_ADMIN), request),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_EQ(Get(submitted.name()).state(), v1::PROCESSING_STATE_SUBMITTED);
  EXPECT_EQ(catalog_.updates, 0);
}

TEST_F(ProcessingsTest, TheSecondWhoEditedMayNotSignEither) {
  const Processing created = Created(Written("甲"));
  v1::UpdateProcessingRequest update;
  *update.mutable_processing() = created;
  update.mutable_processing()->mutable_processed()->set_problem_solved("乙");
  ASSERT_OK_AND_ASSIGN(const auto updated, processings_->Update(CallOf("second"), update));
  EXPECT_THAT(updated.processing().recorders(), ElementsAre("author", "second"));
  // Each field says who entered it last.
  EXPECT_EQ(updated.processing().evidences(0).recorder(), "second");
  EXPECT_EQ(updated.processing().evidences(1).recorder(), "author");
  EXPECT_EQ(updated.processing().evidences(1).author(), "张工（橡胶所）");
  v1::SubmitProcessingRequest submit;
  submit.set_name(created.name());
  ASSERT_THAT(processings_->Submit(CallOf("author"), submit), IsOk());
  EXPECT_THAT(Sign(created.name(), "second"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Sign(created.name(), "third"), IsOk());
}

TEST_F(ProcessingsTest, WithoutEvidenceOrChangeOrValueNothingIsSubmitted) {
  v1::SubmitProcessingRequest submit;
  Processing bare = Written("甲");
  bare.mutable_evidences()->RemoveLast();
  submit.set_name(Created(bare).name());
  EXPECT_THAT(processings_->Submit(CallOf("author"), submit),
              StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  Processing vague = Written("甲");
  vague.mutable_processed()->mutable_indicators(0)->clear_value();
  submit.set_name(Created(vague).name());
  EXPECT_THAT(processings_->Submit(CallOf("author"), submit),
              StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  Processing same = Written("老化。");
  same.mutable_fields()->RemoveLast();
  same.mutable_evidences()->RemoveLast();
  submit.set_name(Created(same).name());
  EXPECT_THAT(processings_->Submit(CallOf("author"), submit),
              StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
}

TEST_F(ProcessingsTest, BadInputIsRefusedByField) {
  const auto violation = [&](const Processing& written) {
    v1::CreateProcessingRequest request;
    *request.mutable_processing() = written;
    const auto violations = ViolationsOf(processings_->Create(CallOf("author"), request).status());
    return violations.empty() ? "" : violations.front().field;
  };
  Processing title = Written("甲");
  title.add_fields("title");
  EXPECT_EQ(violation(title), "processing.fields[2]");
  Processing summary = Written("甲");
  summary.add_fields("summary");
  EXPECT_EQ(violation(summary), "processing.fields[2]");
  Processing nobody = Written("甲");
  nobody.clear_expert();
  EXPECT_EQ(violation(nobody), "processing.expert");
  Processing industry = Written("甲");
  industry.add_fields("industry_codes");
  industry.mutable_processed()->add_industry_codes("Z999");
  EXPECT_EQ(violation(industry), "processing.processed.industry_codes[0]");
  Processing price = Written("甲");
  price.add_fields("price_min_wan_yuan");
  price.mutable_processed()->set_price_min_wan_yuan(-1);
  EXPECT_EQ(violation(price), "processing.processed.price_min_wan_yuan");
}

TEST_F(ProcessingsTest, AReturnedOneIsWrittenAnew) {
  const Processing submitted = Submitted(Written("甲"));
  v1::ReturnProcessingRequest back;
  back.set_name(submitted.name());
  EXPECT_THAT(processings_->Return(CallOf("signer"), back), StatusIs(StatusCode::kInvalidArgument));
  back.set_reason("缺少对比");
  ASSERT_THAT(processings_->Return(CallOf("signer"), back), IsOk());
  EXPECT_THAT(Sign(submitted.name()), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  const Processing returned = Get(submitted.name());
  EXPECT_EQ(returned.steps(returned.steps_size() - 1).reason(), "缺少对比");
  v1::SubmitProcessingRequest submit;
  submit.set_name(submitted.name());
  EXPECT_THAT(processings_->Submit(CallOf("author"), submit), IsOk());
}

TEST_F(ProcessingsTest, RawTextChangedAfterSubmissionIsNotOverwritten) {
  const Processing submitted = Submitted(Written("甲"));
  v1::Achievement changed = catalog_.At(kName);
  changed.set_problem_solved("业主自己改过。");
  catalog_.Put(changed);
  EXPECT_THAT(Sign(submitted.name()), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_EQ(Problem(), "业主自己改过。");
}

TEST_F(ProcessingsTest, AChangeOfOtherFieldsDoesNotMatter) {
  const Processing submitted = Submitted(Written("甲"));
  v1::Achievement changed = catalog_.At(kName);
  changed.set_award("省科技进步二等奖");
  catalog_.Put(changed);
  ASSERT_THAT(Sign(submitted.name()), IsOk());
  EXPECT_EQ(Problem(), "甲");
  EXPECT_EQ(catalog_.At(kName).award(), "省科技进步二等奖");
}

TEST_F(ProcessingsTest, ALaterOneSupersedesAndRevertingGoesBackStepByStep) {
  const Processing first = Submitted(Written("甲"));
  ASSERT_THAT(Sign(first.name()), IsOk());
  const Processing second = Submitted(Written("乙"));
  EXPECT_EQ(second.raw().problem_solved(), "甲");
  ASSERT_THAT(Sign(second.name()), IsOk());
  EXPECT_EQ(Get(first.name()).state(), v1::PROCESSING_STATE_SUPERSEDED);
  EXPECT_EQ(Get(second.name()).supersedes(), first.name());
  EXPECT_THAT(Revert(first.name()), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  ASSERT_THAT(Revert(second.name()), IsOk());
  EXPECT_EQ(Problem(), "甲");
  EXPECT_EQ(Get(first.name()).state(), v1::PROCESSING_STATE_SIGNED);
  ASSERT_THAT(Revert(first.name()), IsOk());
  EXPECT_EQ(Problem(), "老化。");
  EXPECT_EQ(catalog_.At(kName).indicators_size(), 0);
  EXPECT_EQ(Get(first.name()).state(), v1::PROCESSING_STATE_REVERTED);
}

TEST_F(ProcessingsTest, RevertingDoesNotOverwriteLaterChangesUnasked) {
  const Processing submitted = Submitted(Written("甲"));
  ASSERT_THAT(Sign(submitted.name()), IsOk());
  v1::Achievement changed = catalog_.At(kName);
  changed.set_problem_solved("后来改的");
  catalog_.Put(changed);
  EXPECT_THAT(Revert(submitted.name()), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  ASSERT_THAT(Revert(submitted.name(), true), IsOk());
  EXPECT_EQ(Problem(), "老化。");
}

TEST_F(ProcessingsTest, ACrashBeforeTheCatalogIsReachedEndsWithBoth) {
  const Processing submitted = Submitted(Written("甲"));
  catalog_.fault = Fault::kUnreachable;
  ASSERT_OK_AND_ASSIGN(const auto waiting, Sign(submitted.name()));
  EXPECT_EQ(waiting.processing().state(), v1::PROCESSING_STATE_SIGNING);
  EXPECT_EQ(Problem(), "老化。");
  Restart();
  EXPECT_EQ(processings_->GoOn().value(), 1u);
  catalog_.fault = Fault::kNone;
  EXPECT_EQ(processings_->GoOn().value(), 0u);
  EXPECT_EQ(Problem(), "甲");
  EXPECT_EQ(Get(submitted.name()).state(), v1::PROCESSING_STATE_SIGNED);
  EXPECT_EQ(Get(submitted.name()).signer(), "signer");
  EXPECT_EQ(catalog_.updates, 1);
}

TEST_F(ProcessingsTest, ACrashAfterTheCatalogWasChangedEndsWithBothAndChangesItOnce) {
  for (const bool forgotten : {false, true}) {
    SCOPED_TRACE(forgotten ? "a day later" : "at once");
    const Processing submitted = Submitted(Written(forgotten ? "乙" : "甲"));
    const int before = catalog_.updates;
    catalog_.fault = Fault::kSilentAfterDoing;
    ASSERT_OK_AND_ASSIGN(const auto waiting, Sign(submitted.name()));
    EXPECT_EQ(waiting.processing().state(), v1::PROCESSING_STATE_SIGNING);
    catalog_.fault = Fault::kNone;
    if (forgotten) catalog_.ForgetRequests();
    Restart();
    EXPECT_EQ(processings_->GoOn().value(), 0u);
    EXPECT_EQ(Get(submitted.name()).state(), v1::PROCESSING_STATE_SIGNED);
    EXPECT_EQ(catalog_.updates, before + 1);
  }
}

TEST_F(ProcessingsTest, ARefusalOfTheCatalogLeavesNeither) {
  const Processing submitted = Submitted(Written("甲"));
  catalog_.fault = Fault::kRefuses;
  EXPECT_THAT(Sign(submitted.name()), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_EQ(Problem(), "老化。");
  const Processing back = Get(submitted.name());
  EXPECT_EQ(back.state(), v1::PROCESSING_STATE_SUBMITTED);
  EXPECT_THAT(back.steps(back.steps_size() - 1).reason(), HasSubstr("ILLEGAL_TRANSITION"));
  // And it can be signed later, with a request id of its own.
  catalog_.fault = Fault::kNone;
  ASSERT_THAT(Sign(submitted.name()), IsOk());
  EXPECT_EQ(Problem(), "甲");
}

TEST_F(ProcessingsTest, AChangeThatCameBetweenWhileTheCatalogWasAwayIsNotOverwritten) {
  const Processing submitted = Submitted(Written("甲"));
  catalog_.fault = Fault::kUnreachable;
  ASSERT_THAT(Sign(submitted.name()), IsOk());
  v1::Achievement changed = catalog_.At(kName);
  changed.set_problem_solved("业主自己改过。");
  catalog_.Put(changed);
  catalog_.fault = Fault::kNone;
  EXPECT_EQ(processings_->GoOn().value(), 0u);
  EXPECT_EQ(Problem(), "业主自己改过。");
  EXPECT_EQ(Get(submitted.name()).state(), v1::PROCESSING_STATE_SUBMITTED);
}

TEST_F(ProcessingsTest, TwoProcessingsOfOneAchievementAreNotSignedAtATime) {
  const Processing first = Submitted(Written("甲"));
  const Processing second = Submitted(Written("乙"));
  catalog_.fault = Fault::kUnreachable;
  ASSERT_THAT(Sign(first.name()), IsOk());
  EXPECT_THAT(Sign(second.name()), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_EQ(Get(second.name()).state(), v1::PROCESSING_STATE_SUBMITTED);
}

TEST_F(ProcessingsTest, ARepeatedRequestSignsOnce) {
  const Processing submitted = Submitted(Written("甲"));
  ASSERT_THAT(Sign(submitted.name(), "signer", kUuid), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto again, Sign(submitted.name(), "signer", kUuid));
  EXPECT_EQ(again.processing().state(), v1::PROCESSING_STATE_SIGNED);
  EXPECT_EQ(catalog_.updates, 1);
}

TEST_F(ProcessingsTest, WhoDoesNotSeeTheAchievementSeesNoProcessingOfIt) {
  const Processing created = Created(Written("甲"));
  v1::Achievement hidden = catalog_.At(kName);
  hidden.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  catalog_.Put(hidden);
  const rpc::CallContext elsewhere = CallOf("other", v1::ROLE_STAFF, false);
  v1::GetProcessingRequest get;
  get.set_name(created.name());
  EXPECT_THAT(processings_->Get(elsewhere, get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  v1::DiffProcessingRequest diff;
  diff.set_name(created.name());
  EXPECT_THAT(processings_->Diff(elsewhere, diff), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(processings_->List(elsewhere, {})->processings_size(), 0);
  EXPECT_EQ(processings_->List(CallOf("reader"), {})->processings_size(), 1);
}

TEST_F(ProcessingsTest, StaffWhoMayNotChangeTheAchievementMayNotSign) {
  const Processing submitted = Submitted(Written("甲"));
  v1::SignProcessingRequest request;
  request.set_name(submitted.name());
  EXPECT_THAT(processings_->Sign(CallOf("other", v1::ROLE_STAFF, false), request),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(ProcessingsTest, ListsAreLatestFirstByAchievementAndState) {
  catalog_.Put(MemoryCatalog::Sample("b"));
  const Processing first = Submitted(Written("甲"));
  const Processing second = Created(Written("乙"));
  Processing of_b = Written("丙");
  of_b.set_achievement("achievements/b");
  const Processing third = Created(of_b);
  const auto names = [&](const v1::ListProcessingsRequest& request) {
    std::vector<std::string> found;
    const auto response = processings_->List(CallOf("reader"), request);
    for (const Processing& p : response->processings()) {
      found.push_back(p.name());
    }
    return found;
  };
  v1::ListProcessingsRequest request;
  EXPECT_THAT(names(request), ElementsAre(third.name(), second.name(), first.name()));
  request.set_achievement(kName);
  EXPECT_THAT(names(request), ElementsAre(second.name(), first.name()));
  request.set_state(v1::PROCESSING_STATE_SUBMITTED);
  EXPECT_THAT(names(request), ElementsAre(first.name()));
  v1::ListProcessingsRequest pages;
  pages.set_page_size(2);
  const auto page = processings_->List(CallOf("reader"), pages);
  pages.set_page_token(page->next_page_token());
  EXPECT_THAT(names(pages), ElementsAre(first.name()));
}

TEST_F(ProcessingsTest, TheDocumentShowsBeforeAndAfterWithEveryTextEscaped) {
  const Processing submitted = Submitted(Written("老化<b>快</b>。"));
  v1::ExportProcessingRequest request;
  request.set_name(submitted.name());
  ASSERT_OK_AND_ASSIGN(const auto document, processings_->Export(CallOf("reader"), request));
  EXPECT_THAT(document.html(), HasSubstr("成果二次加工单"));
  EXPECT_THAT(document.html(), HasSubstr("老化〔增：&lt;b&gt;快&lt;/b&gt;〕。"));
  EXPECT_THAT(document.html(), HasSubstr("老化后拉伸强度保持率≥85%"));
  EXPECT_THAT(document.html(), HasSubstr("检测报告 2026-018"));
  EXPECT_THAT(document.file_name(), HasSubstr(".html"));
}

// Random walks over the operations: the achievement carries the processed fields of the one that is in force,
// or the raw ones; nothing else ever.
TEST_F(ProcessingsTest, WhateverHappensTheAchievementCarriesWhatIsInForce) {
  const uint32_t seed = std::random_device{}();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 random(seed);
  std::vector<std::string> names;
  for (int step = 0; step < 400; ++step) {
    catalog_.fault = static_cast<Fault>(random() % 4);
    const std::string name = names.empty() ? "" : names[random() % names.size()];
    switch (random() % 6) {
      case 0:
        names.push_back(Submitted(Written("加工" + std::to_string(step))).name());
        break;
      case 1:
      case 2:
        if (!name.empty()) (void)Sign(name);
        break;
      case 3:
        if (!name.empty()) (void)Revert(name);
        break;
      case 4:
        Restart();
        (void)processings_->GoOn();
        break;
      default:
        catalog_.ForgetRequests();
    }
    catalog_.fault = Fault::kNone;
    ASSERT_EQ(processings_->GoOn().value(), 0u);
    std::string expected = "老化。";
    int in_force = 0;
    for (const std::string& each : names) {
      const Processing p = Get(each);
      ASSERT_NE(p.state(), v1::PROCESSING_STATE_SIGNING) << "step " << step;
      ASSERT_NE(p.state(), v1::PROCESSING_STATE_REVERTING) << "step " << step;
      if (p.state() != v1::PROCESSING_STATE_SIGNED) continue;
      ++in_force;
      expected = p.processed().problem_solved();
    }
    ASSERT_LE(in_force, 1) << "step " << step;
    ASSERT_EQ(Problem(), expected) << "step " << step;
  }
}

TEST(ProcessingStepTest, OnlyTheStepsOfTheTableAreLegal) {
  int legal = 0;
  for (int from = 0; from < v1::ProcessingState_ARRAYSIZE; ++from) {
    for (int to = 0; to < v1::ProcessingState_ARRAYSIZE; ++to) {
      const Status status =
          CheckStep(static_cast<v1::ProcessingState>(from), static_cast<v1::ProcessingState>(to));
      if (status.ok()) {
        ++legal;
      } else {
        EXPECT_EQ(MetadataOf(status).count("from"), 1u);
      }
    }
  }
  EXPECT_EQ(legal, 12);
  EXPECT_THAT(CheckStep(v1::PROCESSING_STATE_DRAFT, v1::PROCESSING_STATE_SIGNING),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

}  // namespace
}  // namespace duijie::push
