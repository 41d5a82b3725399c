// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/assessment_completion.h"

#include "common/log/log.h"
#include "services/push/achievements/china_day.h"
#include "services/push/maturity/assessment_text.h"

namespace duijie::push {
namespace {

using v1::MaturityAssessment;

constexpr char kSystem[] = "system";
constexpr std::chrono::milliseconds kExpiryTimeout{5'000};

const std::vector<std::string>& CarriedFields() {
  static const std::vector<std::string> fields = {"maturity_level", "maturity_evidence"};
  return fields;
}

}  // namespace

AssessmentCompletion::AssessmentCompletion(RoleStore& store, const Peers& peers, const AssessmentTable& table,
                                           const Schemes& schemes)
    : store_(store),
      table_(table),
      schemes_(schemes),
      reader_(peers),
      updates_(
          store, peers, std::string(kAssessmentUpdates),
          [this](const AchievementUpdate& update, const Status& refusal) { return End(update, refusal); }) {}

StatusOr<const v1::MaturityScheme*> AssessmentCompletion::SchemeOf(
    const MaturityAssessment& assessment) const {
  const v1::MaturityScheme* scheme = schemes_.Find(assessment.scheme());
  if (scheme != nullptr) return scheme;
  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "这个评价方案已不在本系统中");
}

Status AssessmentCompletion::Begin(const rpc::CallContext& call, const WriteRequest& write,
                                   MaturityAssessment assessment, const v1::Achievement& current, int level,
                                   const std::string& evidence, v1::MaturityAssessmentState to) {
  v1::Achievement values;
  values.set_name(assessment.achievement());
  values.set_maturity_level(level);
  values.set_maturity_evidence(evidence);
  const AchievementUpdate update =
      AchievementUpdates::Make(assessment.name(), call.principal(), std::move(values), CarriedFields(),
                               current.etag(), assessment.etag());
  const UnixMicros now = store_.Now();
  TakeStep(&assessment, to, "", call.principal().key_id(), now);
  const Status begun =
      store_.Commit(write, {table_.rows().Replace(std::move(assessment), now)}, {updates_.Entry(update)})
          .status();
  if (ReasonOf(begun) == "UNIQUE_CONFLICT") {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE",
                 "这项成果的另一次评价正在定级或失效，请稍后再试");
  }
  DUIJIE_RETURN_IF_ERROR(begun);
  const Status ran = updates_.Run(call, update);
  return AchievementUpdates::IsPassing(ran.code()) ? OkStatus() : ran;
}

Status AssessmentCompletion::Complete(const rpc::CallContext& call, const WriteRequest& write,
                                      MaturityAssessment assessment) {
  DUIJIE_RETURN_IF_ERROR(CheckStep(assessment.state(), v1::MATURITY_ASSESSMENT_STATE_COMPLETING));
  DUIJIE_ASSIGN_OR_RETURN(const v1::MaturityScheme* scheme, SchemeOf(assessment));
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement current, reader_.Read(call, assessment.achievement()));
  DUIJIE_RETURN_IF_ERROR(AchievementReader::CheckMayEdit(call, current));
  assessment.set_previous_level(current.maturity_level());
  assessment.set_previous_evidence(current.maturity_evidence());
  const int level = assessment.level();
  const std::string evidence = CarriedEvidence(assessment, *scheme);
  return Begin(call, write, std::move(assessment), current, level, evidence,
               v1::MATURITY_ASSESSMENT_STATE_COMPLETING);
}

Status AssessmentCompletion::Expire(const rpc::CallContext& call, MaturityAssessment assessment) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::MaturityScheme* scheme, SchemeOf(assessment));
  const StatusOr<v1::Achievement> current = reader_.Read(call, assessment.achievement());
  if (!current.ok() && current.status().code() != StatusCode::kNotFound) return current.status();
  const bool carried = current.ok() && current->maturity_level() == assessment.level() &&
                       current->maturity_evidence() == CarriedEvidence(assessment, *scheme);
  if (carried) {
    const std::string evidence = ExpiredEvidence(assessment, *scheme);
    return Begin(call, {}, std::move(assessment), *current, 0, evidence,
                 v1::MATURITY_ASSESSMENT_STATE_EXPIRING);
  }
  TakeStep(&assessment, v1::MATURITY_ASSESSMENT_STATE_EXPIRED, "目录中的等级已另行改过", kSystem,
           store_.Now());
  return store_.Commit({table_.rows().Replace(std::move(assessment), store_.Now())}).status();
}

Status AssessmentCompletion::ExpireDue(size_t limit) {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<MaturityAssessment> due, table_.ByLastDay("", limit));
  const std::string today = ChinaDay(store_.Now());
  for (MaturityAssessment& assessment : due.items) {
    if (assessment.valid_until() >= today) break;  // in order of that day
    const std::string name = assessment.name();
    const Status expired = Expire(rpc::CallContext::ForSystem(kExpiryTimeout), std::move(assessment));
    if (!expired.ok()) log::Warn("assessment_expiry_failed", {{"assessment", name}, {"error", expired}});
  }
  return OkStatus();
}

StatusOr<std::vector<Mutation>> AssessmentCompletion::EndCompleting(MaturityAssessment assessment,
                                                                    const std::string& actor) const {
  const UnixMicros now = store_.Now();
  std::vector<Mutation> mutations;
  DUIJIE_ASSIGN_OR_RETURN(std::optional<MaturityAssessment> before, table_.InForce(assessment.achievement()));
  if (before) {
    TakeStep(&*before, v1::MATURITY_ASSESSMENT_STATE_SUPERSEDED, "", kSystem, now);
    mutations.push_back(table_.rows().Replace(*std::move(before), now));
  }
  TakeStep(&assessment, v1::MATURITY_ASSESSMENT_STATE_COMPLETED, "", actor, now);
  mutations.push_back(table_.rows().Replace(std::move(assessment), now));
  return mutations;
}

StatusOr<std::vector<Mutation>> AssessmentCompletion::End(const AchievementUpdate& update,
                                                          const Status& refusal) const {
  DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment assessment, table_.rows().Get(update.resource()));
  const bool completing = assessment.state() == v1::MATURITY_ASSESSMENT_STATE_COMPLETING;
  if (!completing && assessment.state() != v1::MATURITY_ASSESSMENT_STATE_EXPIRING) {
    return std::vector<Mutation>();
  }
  if (completing && refusal.ok()) return EndCompleting(std::move(assessment), update.caller().key_id());
  // An assessment expires even if its achievement is closed or gone; only a change that came between is
  // tried again, by the next round. The reason alone: the message may speak of the record.
  const std::string reason = refusal.ok() ? "" : "目录未接受：" + ReasonOf(refusal);
  v1::MaturityAssessmentState to = v1::MATURITY_ASSESSMENT_STATE_EXPIRED;
  if (completing) to = v1::MATURITY_ASSESSMENT_STATE_DRAFT;
  if (!completing && refusal.code() == StatusCode::kAborted) to = v1::MATURITY_ASSESSMENT_STATE_COMPLETED;
  TakeStep(&assessment, to, reason, kSystem, store_.Now());
  return std::vector<Mutation>{table_.rows().Replace(std::move(assessment), store_.Now())};
}

}  // namespace duijie::push
