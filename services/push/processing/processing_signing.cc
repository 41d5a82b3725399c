// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_signing.h"

#include <algorithm>

#include "services/push/processing/processing_checks.h"
#include "services/push/processing/processing_fields.h"

namespace duijie::push {
namespace {

using v1::Processing;

constexpr char kSystem[] = "system";

bool SameFields(const Processing& processing, const v1::Achievement& a, const v1::Achievement& b) {
  return std::all_of(processing.fields().begin(), processing.fields().end(),
                     [&](const std::string& field) { return SameField(field, a, b); });
}

bool HasEntered(const Processing& processing, const std::string& key_id) {
  return std::find(processing.recorders().begin(), processing.recorders().end(), key_id) !=
         processing.recorders().end();
}

}  // namespace

ProcessingSigning::ProcessingSigning(RoleStore& store, const Peers& peers, const ProcessingTable& table)
    : store_(store),
      table_(table),
      reader_(peers),
      updates_(
          store, peers, std::string(kProcessingUpdates),
          [this](const AchievementUpdate& update, const Status& refusal) { return End(update, refusal); }) {}

Status ProcessingSigning::Begin(const rpc::CallContext& call, const WriteRequest& write,
                                Processing processing, const v1::Achievement& values,
                                const std::string& at_etag, v1::ProcessingState to,
                                const std::string& reason) {
  v1::Achievement changed;
  CopyFields(FieldsOf(processing), values, &changed);
  changed.set_name(processing.achievement());
  const AchievementUpdate update =
      AchievementUpdates::Make(processing.name(), call.principal(), std::move(changed), FieldsOf(processing),
                               at_etag, processing.etag());
  const UnixMicros now = store_.Now();
  TakeStep(&processing, to, reason, call.principal().key_id(), now);
  const Status begun =
      store_.Commit(write, {table_.rows().Replace(std::move(processing), now)}, {updates_.Entry(update)})
          .status();
  if (ReasonOf(begun) == "UNIQUE_CONFLICT") {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "这项成果的另一份加工单正在签发或撤销");
  }
  DUIJIE_RETURN_IF_ERROR(begun);
  const Status ran = updates_.Run(call, update);
  return AchievementUpdates::IsPassing(ran.code()) ? OkStatus() : ran;
}

Status ProcessingSigning::Sign(const rpc::CallContext& call, const WriteRequest& write,
                               Processing processing) {
  DUIJIE_RETURN_IF_ERROR(CheckStep(processing.state(), v1::PROCESSING_STATE_SIGNING));
  if (HasEntered(processing, call.principal().key_id())) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "录入过这份加工单的人不能签发，须由另一人签发");
  }
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement current, reader_.Read(call, processing.achievement()));
  DUIJIE_RETURN_IF_ERROR(AchievementReader::CheckMayEdit(call, current));
  // Changes of other fields, e.g. its state, do not matter.
  if (!SameFields(processing, current, processing.raw())) {
    return Error(StatusCode::kAborted, "STALE_ETAG", "成果的原文在提交之后改过，请退回重新加工");
  }
  // Copied first: Begin moves the processing.
  const v1::Achievement values = processing.processed();
  return Begin(call, write, std::move(processing), values, current.etag(), v1::PROCESSING_STATE_SIGNING, "");
}

Status ProcessingSigning::Revert(const rpc::CallContext& call, const WriteRequest& write,
                                 Processing processing, const std::string& reason,
                                 bool overwrite_later_changes) {
  DUIJIE_RETURN_IF_ERROR(CheckStep(processing.state(), v1::PROCESSING_STATE_REVERTING));
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement current, reader_.Read(call, processing.achievement()));
  DUIJIE_RETURN_IF_ERROR(AchievementReader::CheckMayEdit(call, current));
  if (!overwrite_later_changes && !SameFields(processing, current, processing.processed())) {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE",
                 "签发之后这些字段又改过；确要恢复原文请选择覆盖后来的修改",
                 {{"from", v1::ProcessingState_Name(processing.state())}});
  }
  const v1::Achievement values = processing.raw();
  return Begin(call, write, std::move(processing), values, current.etag(), v1::PROCESSING_STATE_REVERTING,
               reason);
}

StatusOr<std::vector<Mutation>> ProcessingSigning::EndSigning(Processing processing,
                                                              const Principal& signer) const {
  const UnixMicros now = store_.Now();
  std::vector<Mutation> mutations;
  DUIJIE_ASSIGN_OR_RETURN(std::optional<Processing> before, table_.InForce(processing.achievement()));
  if (before) {
    processing.set_supersedes(before->name());
    TakeStep(&*before, v1::PROCESSING_STATE_SUPERSEDED, "", kSystem, now);
    mutations.push_back(table_.rows().Replace(*std::move(before), now));
  }
  processing.set_signer(signer.key_id());
  *processing.mutable_sign_time() = TimestampOf(now);
  TakeStep(&processing, v1::PROCESSING_STATE_SIGNED, "", signer.key_id(), now);
  mutations.push_back(table_.rows().Replace(std::move(processing), now));
  return mutations;
}

StatusOr<std::vector<Mutation>> ProcessingSigning::EndReverting(Processing processing,
                                                                const Principal& actor) const {
  const UnixMicros now = store_.Now();
  std::vector<Mutation> mutations;
  if (!processing.supersedes().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(Processing before, table_.rows().Get(processing.supersedes()));
    TakeStep(&before, v1::PROCESSING_STATE_SIGNED, "", kSystem, now);
    mutations.push_back(table_.rows().Replace(std::move(before), now));
  }
  TakeStep(&processing, v1::PROCESSING_STATE_REVERTED, "", actor.key_id(), now);
  mutations.push_back(table_.rows().Replace(std::move(processing), now));
  return mutations;
}

StatusOr<std::vector<Mutation>> ProcessingSigning::End(const AchievementUpdate& update,
                                                       const Status& refusal) const {
  DUIJIE_ASSIGN_OR_RETURN(Processing processing, table_.rows().Get(update.resource()));
  const bool signing = processing.state() == v1::PROCESSING_STATE_SIGNING;
  if (!signing && processing.state() != v1::PROCESSING_STATE_REVERTING) return std::vector<Mutation>();
  if (refusal.ok()) {
    return signing ? EndSigning(std::move(processing), update.caller())
                   : EndReverting(std::move(processing), update.caller());
  }
  // The reason alone: the message may speak of the record.
  TakeStep(&processing, signing ? v1::PROCESSING_STATE_SUBMITTED : v1::PROCESSING_STATE_SIGNED,
           "目录未接受：" + ReasonOf(refusal), kSystem, store_.Now());
  return std::vector<Mutation>{table_.rows().Replace(std::move(processing), store_.Now())};
}

}  // namespace duijie::push
