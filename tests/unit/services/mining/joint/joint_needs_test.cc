// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_needs.h"

#include <map>

#include "common/storage/memory_store.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"

namespace duijie::mining {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

const NeedSimilarity& Similarity() {
  static const NeedSimilarity kSimilarity = [] {
    const std::filesystem::path data = std::filesystem::path(duijie::testing::SourceFile("data"));
    Analyzer::Options options;
    const std::filesystem::path built =
        std::filesystem::path(duijie::testing::BuiltFile("share/duijie/text"));
    options.jieba_dict = (built / "jieba.dict.utf8").string();
    options.hmm_model = (built / "hmm_model.utf8").string();
    return NeedSimilarity(Analyzer::Create(options).value(),
                          NeedBoilerplate::Load(data / "semantics" / "need_boilerplate.tsv").value());
  }();
  return kSimilarity;
}

// Needs and enterprises in memory.
class JointNeedsTest : public ::testing::Test {
 protected:
  JointNeedsTest()
      : store_(RoleStore::Over(NewMemoryStore(), clock_, std::string(32, 'k'),
                               std::make_unique<CountingIdMaker>())
                   .value()) {
    peers_.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request) {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) {
        const auto found = records_.find(name);
        *response.add_records() = found == records_.end() ? internal::v1::Record() : found->second;
      }
      return StatusOr<internal::v1::ReadRecordsResponse>(response);
    };
    peers_.scan_records = [this](const rpc::CallContext&, const internal::v1::ScanRecordsRequest&) {
      internal::v1::ScanRecordsResponse response;
      for (const auto& [name, record] : records_) {
        if (record.has_need()) *response.add_records() = record;
      }
      response.set_done(true);
      return StatusOr<internal::v1::ScanRecordsResponse>(response);
    };
  }

  // A need of the enterprise `firm`, which is made with its name as credit code.
  std::string AddNeed(const std::string& id, const std::string& firm, const std::string& park = "as",
                      const std::string& title = "丝网表面镀锌层附着力差、易脱落") {
    v1::Enterprise& enterprise = *records_["enterprises/" + firm].mutable_enterprise();
    enterprise.set_name("enterprises/" + firm);
    enterprise.set_title("企业" + firm);
    enterprise.set_credit_code("code " + firm);
    v1::Need& need = *records_["needs/" + id].mutable_need();
    need.set_name("needs/" + id);
    need.set_title(title);
    need.set_enterprise(enterprise.name());
    need.set_park_code(park);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    need.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    return need.name();
  }

  static rpc::CallContext Caller(v1::Role role, const std::string& enterprise = "",
                                 const std::vector<std::string>& parks = {}) {
    Principal caller;
    caller.set_key_id(v1::Role_Name(role) + enterprise);
    caller.set_role(role);
    if (!enterprise.empty()) caller.set_enterprise("enterprises/" + enterprise);
    for (const std::string& park : parks) caller.add_park_codes(park);
    return {caller, "request", std::chrono::system_clock::time_point::max(), nullptr};
  }

  StatusOr<v1::JointNeed> Create(const rpc::CallContext& call, const std::vector<std::string>& needs) {
    v1::CreateJointNeedRequest request;
    request.mutable_joint_need()->set_title("丝网镀层附着力");
    request.mutable_joint_need()->set_description("热镀锌丝网镀层附着力不足，弯折后脱落。");
    for (const std::string& need : needs) request.mutable_joint_need()->add_members()->set_need(need);
    DUIJIE_ASSIGN_OR_RETURN(auto response, joint_.Create(call, request));
    return response.joint_need();
  }

  StatusOr<v1::JointNeed> OfThree() {
    return Create(admin_, {AddNeed("a", "甲"), AddNeed("b", "乙"), AddNeed("c", "丙", "other")});
  }

  StatusOr<v1::JointNeed> Get(const rpc::CallContext& call, const std::string& name) {
    v1::GetJointNeedRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(auto response, joint_.Get(call, request));
    return response.joint_need();
  }

  Status Answer(const rpc::CallContext& call, const std::string& name, const std::string& need,
                v1::JointConsent consent) {
    v1::AnswerJointNeedRequest request;
    request.set_name(name);
    request.set_need(need);
    request.set_consent(consent);
    return joint_.Answer(call, request).status();
  }

  Status Step(const std::string& name, v1::JointNeedState to) {
    v1::TransitionJointNeedRequest request;
    request.set_name(name);
    request.set_to(to);
    return joint_.Transition(admin_, request).status();
  }

  static std::vector<std::string> NeedsOf(const v1::JointNeed& joint) {
    std::vector<std::string> names;
    for (const v1::JointNeedMember& member : joint.members()) names.push_back(member.need());
    return names;
  }

  FakeClock clock_;
  std::unique_ptr<RoleStore> store_;
  std::map<std::string, internal::v1::Record> records_;
  Peers peers_;
  JointNeeds joint_{*store_, peers_, Similarity()};
  rpc::CallContext admin_ = Caller(v1::ROLE_ADMIN);
};

TEST_F(JointNeedsTest, ThreeNeedsOfOneEnterpriseAreOne) {
  EXPECT_THAT(Create(admin_, {AddNeed("a", "甲"), AddNeed("b", "甲"), AddNeed("c", "甲")}),
              StatusIs(StatusCode::kFailedPrecondition, "GROUP_TOO_SMALL"));
  EXPECT_EQ(OfThree()->enterprise_count(), 3);
}

TEST_F(JointNeedsTest, MembersMustBeNeedsThatTheCallerIsResponsibleFor) {
  AddNeed("a", "甲");
  AddNeed("b", "乙");
  AddNeed("c", "丙", "other");
  const rpc::CallContext staff = Caller(v1::ROLE_STAFF, "", {"as"});
  EXPECT_THAT(Create(staff, {"needs/a", "needs/b", "needs/c"}), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Create(admin_, {"needs/a", "needs/b", "needs/missing"}), StatusIs(StatusCode::kNotFound));
}

TEST_F(JointNeedsTest, AProposalIsKnownToItsMembersAndManagersOnly) {
  const std::string name = OfThree()->name();
  EXPECT_THAT(NeedsOf(*Get(admin_, name)), ElementsAre("needs/a", "needs/b", "needs/c"));
  EXPECT_THAT(NeedsOf(*Get(Caller(v1::ROLE_ENTERPRISE, "甲"), name)), ElementsAre("needs/a"));
  EXPECT_THAT(Get(Caller(v1::ROLE_ENTERPRISE, "丁"), name), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Get(Caller(v1::ROLE_STAFF, "", {"as"}), name), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Get(Caller(v1::ROLE_PARTNER), name), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(joint_.List(Caller(v1::ROLE_PARTNER), {})->joint_needs(), IsEmpty());
}

TEST_F(JointNeedsTest, MembersAreNamedOnceTheyConsent) {
  const std::string name = OfThree()->name();
  ASSERT_THAT(Step(name, v1::JOINT_NEED_STATE_OPEN), IsOk());
  const rpc::CallContext partner = Caller(v1::ROLE_PARTNER);
  EXPECT_THAT(NeedsOf(*Get(partner, name)), IsEmpty());
  EXPECT_EQ(Get(partner, name)->enterprise_count(), 3);
  ASSERT_THAT(Answer(Caller(v1::ROLE_ENTERPRISE, "乙"), name, "needs/b", v1::JOINT_CONSENT_GIVEN), IsOk());
  EXPECT_THAT(NeedsOf(*Get(partner, name)), ElementsAre("needs/b"));
  EXPECT_THAT(Get(partner, name)->members(0).answered_by(), IsEmpty());
  EXPECT_THAT(NeedsOf(*Get(Caller(v1::ROLE_ENTERPRISE, "甲"), name)), ElementsAre("needs/a", "needs/b"));
}

TEST_F(JointNeedsTest, NobodyAnswersForAnother) {
  const std::string name = OfThree()->name();
  EXPECT_THAT(Answer(Caller(v1::ROLE_ENTERPRISE, "甲"), name, "needs/b", v1::JOINT_CONSENT_GIVEN),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(JointNeedsTest, OneThatShrinksBelowThreeIsHiddenAgain) {
  const std::string name = OfThree()->name();
  ASSERT_THAT(Step(name, v1::JOINT_NEED_STATE_OPEN), IsOk());
  ASSERT_THAT(Answer(Caller(v1::ROLE_ENTERPRISE, "丙"), name, "needs/c", v1::JOINT_CONSENT_REFUSED), IsOk());
  EXPECT_EQ(Get(admin_, name)->state(), v1::JOINT_NEED_STATE_PROPOSED);
  EXPECT_THAT(Get(Caller(v1::ROLE_PARTNER), name), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Step(name, v1::JOINT_NEED_STATE_OPEN),
              StatusIs(StatusCode::kFailedPrecondition, "GROUP_TOO_SMALL"));
}

TEST_F(JointNeedsTest, AMemberDoesNotLearnACountBelowThree) {
  const std::string name = OfThree()->name();
  ASSERT_THAT(Answer(Caller(v1::ROLE_ENTERPRISE, "丙"), name, "needs/c", v1::JOINT_CONSENT_REFUSED), IsOk());
  EXPECT_EQ(Get(Caller(v1::ROLE_ENTERPRISE, "甲"), name)->enterprise_count(), 0);
}

TEST_F(JointNeedsTest, IllegalStepsNameBothStates) {
  const std::string name = OfThree()->name();
  ASSERT_THAT(Step(name, v1::JOINT_NEED_STATE_CLOSED), IsOk());
  for (const auto to :
       {v1::JOINT_NEED_STATE_OPEN, v1::JOINT_NEED_STATE_CLOSED, v1::JOINT_NEED_STATE_PROPOSED}) {
    EXPECT_THAT(Step(name, to), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  }
}

TEST_F(JointNeedsTest, FindsWhatThreeEnterprisesShareAndNothingSmaller) {
  AddNeed("a", "甲", "as", "热镀锌丝网镀层附着力差，弯折后镀层脱落");
  AddNeed("b", "乙", "as", "丝网热镀锌镀层弯折后脱落，附着力不足");
  AddNeed("c", "丙", "as", "提高热镀锌丝网的镀层附着力，防止脱落");
  AddNeed("d", "丁", "as", "橡胶密封圈低温开裂");
  AddNeed("e", "戊", "as", "橡胶密封圈在低温下开裂");
  const auto found = joint_.Find(admin_, {});
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->problems_size(), 1);
  EXPECT_EQ(found->problems(0).enterprise_count(), 3);
  EXPECT_THAT(found->problems(0).needs(), Not(Contains("needs/d")));
  EXPECT_EQ(found->compared(), 5);
}

TEST_F(JointNeedsTest, FindsOnlyAmongNeedsThatTheCallerIsResponsibleFor) {
  for (const char* firm : {"甲", "乙", "丙"}) AddNeed(firm, firm, firm == std::string("丙") ? "other" : "as");
  EXPECT_EQ(joint_.Find(admin_, {})->problems_size(), 1);
  const auto found = joint_.Find(Caller(v1::ROLE_STAFF, "", {"as"}), {});
  EXPECT_EQ(found->problems_size(), 0);
  EXPECT_EQ(found->compared(), 2);
}

TEST(GroupProblemsTest, NeedsOfUnknownEnterprisesAreNoMembers) {
  EXPECT_THAT(GroupProblems({"x", "y", ""}, {{0, 1, 0.9}, {0, 2, 0.9}, {1, 2, 0.9}}), IsEmpty());
}

TEST(GroupProblemsTest, EveryMemberIsAlikeToItsLeader) {
  // 0–1–2 and 2–3–4 hang together only through 2.
  const auto groups =
      GroupProblems({"a", "b", "c", "d", "e"}, {{0, 1, 0.5}, {1, 2, 0.5}, {2, 3, 0.6}, {3, 4, 0.5}});
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].members[0].need, 1u);
  EXPECT_EQ(groups[0].members.size(), 3u);
}

}  // namespace
}  // namespace duijie::mining
