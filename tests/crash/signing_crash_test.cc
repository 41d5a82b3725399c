// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKILL at random moments while visits and processings are written and signed and a campaign is approved:
// nothing acknowledged is lost, nothing is signed by half, and a call whose answer was lost does nothing
// twice when it is repeated under its request id.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "common/taxonomy/credit_code.h"
#include "duijie/v1/campaign_service.grpc.pb.h"
#include "duijie/v1/processing_service.grpc.pb.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "duijie/v1/visit_service.grpc.pb.h"
#include "tests/crash/kills.h"
#include "tests/support/cluster.h"
#include "tests/support/records.h"
#include "tests/support/standing_push.h"

namespace duijie::testing {
namespace {

using Visits = v1::VisitService::Stub;
using Processings = v1::ProcessingService::Stub;
using Campaigns = v1::CampaignService::Stub;

constexpr int kPairs = 14;  // visits, and as many processings
constexpr int kDefaultRounds = 5;
constexpr int kMaxWritesBeforeKill = 20;
constexpr int kCampaignRounds = 2;
constexpr int kNeedsOfCampaign = 4;
constexpr int kYearOfVisits = 2025;
constexpr char kExpert[] = "张教授";
constexpr char kOwner[] = "王厂长";
constexpr std::chrono::seconds kPatience{30};

std::map<std::string, std::string> NoRateLimit() {
  return {{"limits", "requests_per_second = 1000000.0\nburst = 1000000"}};
}

int SeedOfToday() {
  const int seed = FromEnvironment("DUIJIE_SEED", static_cast<int>(std::random_device()() % 1'000'000));
  std::cout << "DUIJIE_SEED=" << seed << std::endl;
  return seed;
}

// Those who write and sign, as they reach the daemon that runs now.
class Office {
 public:
  Office(const Cluster& cluster, const std::string& author_key, const std::string& signer_key)
      : author_(cluster.ClientFor(author_key)),
        signer_(cluster.ClientFor(signer_key)),
        visits_(v1::VisitService::NewStub(cluster.Channel("mining"))),
        processings_(v1::ProcessingService::NewStub(cluster.Channel("push"))) {}

  const Client& author() const { return author_; }
  const Client& signer() const { return signer_; }

  template <typename Request, typename Response>
  grpc::Status Write(grpc::Status (Visits::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Request& request, Response* response) const {
    return author_.Call(visits_.get(), method, request, response);
  }
  template <typename Request, typename Response>
  grpc::Status Write(grpc::Status (Processings::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Request& request, Response* response) const {
    return author_.Call(processings_.get(), method, request, response);
  }
  grpc::Status Sign(const v1::SignProcessingRequest& request, v1::SignProcessingResponse* response) const {
    return signer_.Call(processings_.get(), &Processings::SignProcessing, request, response);
  }

 private:
  Client author_, signer_;
  std::unique_ptr<Visits> visits_;
  std::unique_ptr<Processings> processings_;
};

// What is written, one call after the other; each is repeated under its request id until it is acknowledged.
class Script {
 public:
  using Call = std::function<grpc::Status(const Office& office, const std::string& request_id)>;

  Script(const std::vector<std::string>& enterprises, const std::string& expert,
         const std::vector<std::string>& achievements)
      : visits_(enterprises.size()), processings_(achievements.size()) {
    for (size_t i = 0; i < enterprises.size(); ++i) {
      AddVisit(enterprises[i], expert, i);
      AddProcessing(achievements[i], i);
    }
  }

  bool done() const { return next_ == calls_.size(); }
  const std::vector<v1::Visit>& visits() const { return visits_; }                 // as acknowledged last
  const std::vector<v1::Processing>& processings() const { return processings_; }  // the same

  // Goes on until the daemon dies or everything is done.
  void Run(const Office& office, const std::function<void()>& told) {
    for (; !done(); ++next_, told()) {
      if (!Answered(calls_[next_](office, RequestId(static_cast<int>(next_))))) return;
    }
  }

 private:
  void AddVisit(const std::string& enterprise, const std::string& expert, size_t i);
  void AddVisitStep(size_t i, v1::VisitState to);
  void AddSignature(size_t i, v1::VisitSignerRole role, const std::string& signer);
  void AddProcessing(const std::string& achievement, size_t i);

  std::vector<Call> calls_;
  size_t next_ = 0;
  std::vector<v1::Visit> visits_;
  std::vector<v1::Processing> processings_;
};

void Script::AddVisitStep(size_t i, v1::VisitState to) {
  calls_.push_back([this, i, to](const Office& office, const std::string& request_id) {
    v1::TransitionVisitRequest request;
    request.set_name(visits_[i].name());
    request.set_to(to);
    request.set_request_id(request_id);
    v1::TransitionVisitResponse response;
    const auto status = office.Write(&Visits::TransitionVisit, request, &response);
    if (status.ok()) visits_[i] = response.visit();
    return status;
  });
}

void Script::AddSignature(size_t i, v1::VisitSignerRole role, const std::string& signer) {
  calls_.push_back([this, i, role, signer](const Office& office, const std::string& request_id) {
    v1::SignVisitRequest request;
    request.set_name(visits_[i].name());
    request.set_role(role);
    request.set_signer(signer);
    request.set_content_digest(visits_[i].content_digest());
    request.set_request_id(request_id);
    v1::SignVisitResponse response;
    const auto status = office.Write(&Visits::SignVisit, request, &response);
    if (status.ok()) visits_[i] = response.visit();
    return status;
  });
}

void Script::AddVisit(const std::string& enterprise, const std::string& expert, size_t i) {
  calls_.push_back([=, this](const Office& office, const std::string& request_id) {
    char day[32];
    std::snprintf(day, sizeof(day), "%04d-03-%02d", kYearOfVisits, static_cast<int>(i) + 1);
    v1::CreateVisitRequest request;
    request.mutable_visit()->set_enterprise(enterprise);
    request.mutable_visit()->add_experts(expert);
    request.mutable_visit()->set_date(day);
    request.set_request_id(request_id);
    v1::CreateVisitResponse response;
    const auto status = office.Write(&Visits::CreateVisit, request, &response);
    if (status.ok()) visits_[i] = response.visit();
    return status;
  });
  AddVisitStep(i, v1::VISIT_STATE_AGREED);
  AddVisitStep(i, v1::VISIT_STATE_HELD);
  calls_.push_back([this, i](const Office& office, const std::string& request_id) {
    v1::UpdateVisitRequest request;
    request.mutable_visit()->set_name(visits_[i].name());
    request.mutable_visit()->set_findings("支座三年即老化开裂");
    request.mutable_update_mask()->add_paths("findings");
    request.set_request_id(request_id);
    v1::UpdateVisitResponse response;
    const auto status = office.Write(&Visits::UpdateVisit, request, &response);
    if (status.ok()) visits_[i] = response.visit();
    return status;
  });
  AddSignature(i, v1::VISIT_SIGNER_ROLE_ENTERPRISE, kOwner);
  AddSignature(i, v1::VISIT_SIGNER_ROLE_EXPERT, kExpert);
}

void Script::AddProcessing(const std::string& achievement, size_t i) {
  calls_.push_back([=, this](const Office& office, const std::string& request_id) {
    v1::CreateProcessingRequest request;
    v1::Processing& processing = *request.mutable_processing();
    processing.set_achievement(achievement);
    processing.set_expert("张工（橡胶所）");
    processing.add_fields("problem_solved");
    processing.mutable_processed()->set_problem_solved("解决第" + std::to_string(i) + "类支座老化的问题。");
    processing.add_evidences()->set_field("problem_solved");
    processing.mutable_evidences(0)->set_text("检测报告");
    request.set_request_id(request_id);
    v1::CreateProcessingResponse response;
    const auto status = office.Write(&Processings::CreateProcessing, request, &response);
    if (status.ok()) processings_[i] = response.processing();
    return status;
  });
  calls_.push_back([this, i](const Office& office, const std::string& request_id) {
    v1::SubmitProcessingRequest request;
    request.set_name(processings_[i].name());
    request.set_request_id(request_id);
    v1::SubmitProcessingResponse response;
    const auto status = office.Write(&Processings::SubmitProcessing, request, &response);
    if (status.ok()) processings_[i] = response.processing();
    return status;
  });
  calls_.push_back([this, i](const Office& office, const std::string& request_id) {
    v1::SignProcessingRequest request;
    request.set_name(processings_[i].name());
    request.set_request_id(request_id);
    v1::SignProcessingResponse response;
    const auto status = office.Sign(request, &response);
    if (status.ok()) processings_[i] = response.processing();
    return status;
  });
}

bool HasBothSignatures(const v1::Visit& visit) {
  std::set<v1::VisitSignerRole> sides;
  for (const v1::VisitSignature& signature : visit.signatures()) {
    if (signature.content_digest() == visit.content_digest()) sides.insert(signature.role());
  }
  return sides.size() == 2;
}

// No visit is signed by half: it has both signatures, or it is not counted.
void ExpectWholeVisits(const Office& office, const Script& script) {
  v1::ListVisitsRequest list;
  list.set_year(kYearOfVisits);
  list.set_page_size(200);
  v1::ListVisitsResponse listed;
  ASSERT_TRUE(office.Write(&Visits::ListVisits, list, &listed).ok());
  std::map<std::string, v1::Visit> stored;
  int signed_visits = 0;
  for (const v1::Visit& visit : listed.visits()) {
    stored[visit.name()] = visit;
    const bool is_signed = visit.state() == v1::VISIT_STATE_SIGNED;
    EXPECT_EQ(is_signed, HasBothSignatures(visit)) << visit.ShortDebugString();
    signed_visits += is_signed ? 1 : 0;
    EXPECT_LE(visit.signatures_size(), 2) << "a signature was doubled";
    std::set<std::string> steps;
    for (const v1::VisitStep& step : visit.steps()) {
      EXPECT_TRUE(steps.insert(step.to()).second) << visit.name() << " took the step twice to " << step.to();
    }
  }
  v1::GetVisitLedgerRequest request;
  request.set_year(kYearOfVisits);
  v1::GetVisitLedgerResponse ledger;
  ASSERT_TRUE(office.Write(&Visits::GetVisitLedger, request, &ledger).ok());
  EXPECT_EQ(ledger.ledger().enterprises(), signed_visits);
  std::set<std::string> enterprises;
  for (const v1::Visit& visit : listed.visits()) enterprises.insert(visit.enterprise());
  EXPECT_EQ(enterprises.size(), stored.size()) << "a visit was entered twice";
  for (const v1::Visit& told : script.visits()) {
    if (told.name().empty()) continue;
    EXPECT_GE(stored[told.name()].steps_size(), told.steps_size()) << "an acknowledged step is lost";
    EXPECT_GE(stored[told.name()].signatures_size(), told.signatures_size()) << "a signature is lost";
  }
}

v1::ListProcessingsResponse SettledProcessings(const Office& office) {
  v1::ListProcessingsRequest list;
  list.set_page_size(200);
  v1::ListProcessingsResponse listed;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  bool signing = true;
  while (signing && std::chrono::steady_clock::now() < end) {
    EXPECT_TRUE(office.Write(&Processings::ListProcessings, list, &listed).ok());
    signing = false;
    for (const v1::Processing& processing : listed.processings()) {
      signing = signing || processing.state() == v1::PROCESSING_STATE_SIGNING;
    }
  }
  EXPECT_FALSE(signing) << "a signature is still under way";
  return listed;
}

// No processing is signed by half: the achievement carries its text, or it is not signed.
void ExpectWholeProcessings(const Office& office, const Script& script) {
  const v1::ListProcessingsResponse listed = SettledProcessings(office);
  std::map<std::string, v1::Processing> stored;
  std::set<std::string> achievements;
  for (const v1::Processing& processing : listed.processings()) {
    stored[processing.name()] = processing;
    EXPECT_TRUE(achievements.insert(processing.achievement()).second) << "entered twice";
    v1::GetAchievementRequest get;
    get.set_name(processing.achievement());
    v1::GetAchievementResponse response;
    ASSERT_TRUE(
        office.author()
            .Call(office.author().catalog.get(), &v1::CatalogService::Stub::GetAchievement, get, &response)
            .ok());
    const bool is_signed = processing.state() == v1::PROCESSING_STATE_SIGNED;
    EXPECT_EQ(is_signed, response.achievement().problem_solved() == processing.processed().problem_solved());
    EXPECT_EQ(is_signed, !response.achievement().problem_solved().empty());
    std::set<v1::ProcessingState> steps;
    for (const v1::ProcessingStep& step : processing.steps()) {
      EXPECT_TRUE(steps.insert(step.to()).second) << processing.name() << " took a step twice";
    }
  }
  for (const v1::Processing& told : script.processings()) {
    if (told.name().empty()) continue;
    EXPECT_GE(stored[told.name()].steps_size(), told.steps_size()) << "an acknowledged step is lost";
  }
}

std::string CreditCodeOf(int number) {
  char text[32];
  std::snprintf(text, sizeof(text), "91131100%09d", number);
  return std::string(text) + CreditCodeCheckDigit(text);
}

std::string PublishExpert(const Client& admin) {
  v1::Expert expert;
  expert.set_title(kExpert);
  return Publish(admin, expert).name();
}

TEST(SigningCrashTest, KillsAmongSignaturesLoseAndDoubleNothing) {
  std::mt19937_64 random(static_cast<uint64_t>(SeedOfToday()));
  const int rounds = FromEnvironment("DUIJIE_SIGNING_CRASH_ROUNDS", kDefaultRounds);
  Cluster cluster(Topology::kSingle, NoRateLimit());
  cluster.Start();
  const Client admin = cluster.Admin();
  std::vector<std::string> enterprises, achievements;
  for (int i = 0; i < kPairs; ++i) {
    v1::Enterprise enterprise;
    enterprise.set_title("衡水橡胶制品" + std::to_string(i) + "厂");
    enterprise.set_credit_code(CreditCodeOf(i));
    enterprises.push_back(Publish(admin, enterprise).name());
    v1::Achievement achievement;
    achievement.set_title("橡胶配方 " + std::to_string(i));
    achievements.push_back(Publish(admin, achievement).name());
  }
  Script script(enterprises, PublishExpert(admin), achievements);
  const std::string author = cluster.NewClient(v1::ROLE_STAFF, "", {}, true).key;
  const std::string signer = cluster.NewClient(v1::ROLE_STAFF, "", {}, true).key;

  for (int round = 0; round < rounds && !script.done(); ++round) {
    const Office before(cluster, author, signer);
    RunAndKill(cluster, "push", kMaxWritesBeforeKill, random,
               [&](const std::function<void()>& told) { script.Run(before, told); });
    const Office after(cluster, author, signer);
    ASSERT_NO_FATAL_FAILURE(ExpectWholeVisits(after, script)) << "round " << round;
    ASSERT_NO_FATAL_FAILURE(ExpectWholeProcessings(after, script)) << "round " << round;
  }
  const Office office(cluster, author, signer);
  script.Run(office, [] {});  // whatever is left, in peace
  ASSERT_TRUE(script.done());
  ExpectWholeVisits(office, script);
  ExpectWholeProcessings(office, script);
  for (const v1::Visit& visit : script.visits()) EXPECT_EQ(visit.state(), v1::VISIT_STATE_SIGNED);
  const v1::ListProcessingsResponse processings = SettledProcessings(office);
  EXPECT_EQ(processings.processings_size(), kPairs);
  for (const v1::Processing& processing : processings.processings()) {
    EXPECT_EQ(processing.state(), v1::PROCESSING_STATE_SIGNED);
  }
}

// A campaign for the needs of one park, worked on by the daemon that runs now.
class CampaignDesk {
 public:
  explicit CampaignDesk(const Cluster& cluster)
      : admin_(cluster.Admin()), campaigns_(v1::CampaignService::NewStub(cluster.Channel("push"))) {}

  v1::Campaign Previewed(const std::string& park) const {
    v1::CreateCampaignRequest create;
    create.mutable_campaign()->set_title("推送");
    create.mutable_campaign()->mutable_rule()->mutable_subject_filter()->add_park_codes(park);
    v1::CreateCampaignResponse created;
    EXPECT_TRUE(admin_.Call(campaigns_.get(), &Campaigns::CreateCampaign, create, &created).ok());
    v1::PreviewCampaignRequest preview;
    preview.set_name(created.campaign().name());
    v1::PreviewCampaignResponse response;
    EXPECT_TRUE(admin_.Call(campaigns_.get(), &Campaigns::PreviewCampaign, preview, &response).ok());
    return Ended(created.campaign().name());
  }
  grpc::Status Approve(const v1::Campaign& campaign, const std::string& request_id) const {
    v1::ApproveCampaignRequest request;
    request.set_name(campaign.name());
    request.set_digest(campaign.preview().digest());
    request.set_request_id(request_id);
    v1::ApproveCampaignResponse response;
    return admin_.Call(campaigns_.get(), &Campaigns::ApproveCampaign, request, &response);
  }
  // Once nothing works on it.
  v1::Campaign Ended(const std::string& name) const {
    v1::WatchCampaignRequest request;
    request.set_name(name);
    const auto context = admin_.Context();
    const auto stream = campaigns_->WatchCampaign(context.get(), request);
    v1::WatchCampaignResponse response;
    v1::Campaign last;
    while (stream->Read(&response)) last = response.campaign();
    EXPECT_TRUE(stream->Finish().ok());
    return last;
  }
  const Client& admin() const { return admin_; }

 private:
  Client admin_;
  std::unique_ptr<Campaigns> campaigns_;
};

void PublishNeedsIn(const Client& admin, const std::string& park) {
  for (int i = 0; i < kNeedsOfCampaign; ++i) {
    v1::Enterprise enterprise;
    enterprise.set_title(park + "橡胶厂" + std::to_string(i));
    enterprise.set_park_code(park);
    v1::Need need;
    need.set_enterprise(Publish(admin, enterprise).name());
    need.set_title("橡胶支座耐老化");
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    need.set_description("桥梁橡胶支座老化开裂，希望提高耐老化性能。");
    need.set_park_code(park);
    need.mutable_consents()->set_push(true);
    Publish(admin, need);
  }
}

// Pushes of the campaign, each of a pair of its own.
void ExpectPushedOnce(const Cluster& cluster, const Client& admin, const v1::Campaign& campaign) {
  const auto pushes = v1::PushService::NewStub(cluster.Channel("push"));
  v1::ListPushesRequest list;
  list.set_campaign(campaign.name());
  v1::ListPushesResponse listed;
  ASSERT_TRUE(admin.Call(pushes.get(), &v1::PushService::Stub::ListPushes, list, &listed).ok());
  EXPECT_EQ(listed.pushes_size(), campaign.preview().proposed());
  EXPECT_EQ(listed.pushes_size(), campaign.pushed());
  std::set<std::string> pairs;
  for (const v1::Push& push : listed.pushes()) {
    EXPECT_TRUE(pairs.insert(push.need() + push.achievement()).second) << "a line was pushed twice";
  }
  std::set<v1::CampaignState> steps;
  for (const v1::CampaignStep& step : campaign.steps()) {
    EXPECT_TRUE(steps.insert(step.to()).second) << "a step was taken twice";
  }
}

TEST(SigningCrashTest, AKillAmidAnApprovalPushesEachLineOnce) {
  std::mt19937_64 random(static_cast<uint64_t>(SeedOfToday()));
  const std::vector<std::string> parks = {"sjz-gxq", "hs-gxq", "bd-gxq"};
  const int rounds = std::min(FromEnvironment("DUIJIE_SIGNING_CRASH_ROUNDS", kCampaignRounds),
                              static_cast<int>(parks.size()));
  Cluster cluster(Topology::kSingle, NoRateLimit());
  cluster.Start();
  StandingPush(cluster).TurnOff();
  v1::Achievement achievement;
  achievement.set_title("耐老化桥梁橡胶支座");
  achievement.set_summary("一种桥梁橡胶支座配方。耐老化性能好，使用寿命长。");
  Publish(cluster.Admin(), achievement);
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(round);
    PublishNeedsIn(cluster.Admin(), parks[static_cast<size_t>(round)]);
    const CampaignDesk before(cluster);
    const v1::Campaign listed = before.Previewed(parks[static_cast<size_t>(round)]);
    ASSERT_EQ(listed.preview().proposed(), kNeedsOfCampaign) << listed.ShortDebugString();
    const bool approves_first = random() % 2 == 0;  // or the kill comes before the answer
    RunAndKill(cluster, "push", 1, random, [&](const std::function<void()>& told) {
      if (!approves_first) told();
      if (Answered(before.Approve(listed, RequestId(round))) && approves_first) told();
    });
    const CampaignDesk after(cluster);
    ASSERT_TRUE(after.Approve(listed, RequestId(round)).ok());
    const v1::Campaign done = after.Ended(listed.name());
    EXPECT_EQ(done.state(), v1::CAMPAIGN_STATE_DONE);
    ASSERT_NO_FATAL_FAILURE(ExpectPushedOnce(cluster, after.admin(), done));
  }
}

}  // namespace
}  // namespace duijie::testing
