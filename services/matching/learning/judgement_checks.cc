// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgement_checks.h"

#include <cmath>

#include "common/text/encoding.h"

namespace duijie::matching {
namespace {

constexpr size_t kMaxNameBytes = 200;
constexpr size_t kUuidLength = 36;

bool IsBlankByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsBlankByte(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlankByte(text.back())) text.remove_suffix(1);
  return std::string(text);
}

bool IsForbiddenControl(char c, bool lines) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && !(lines && (c == '\n' || c == '\t'))) || byte == 0x7f;
}

void CheckText(std::string_view text, size_t most, bool lines, const std::string& field,
               std::vector<FieldViolation>* wrong) {
  for (const char c : text) {
    if (!IsForbiddenControl(c, lines)) continue;
    wrong->push_back({field, "CONTROL_CHARACTER", "含有控制字符"});
    break;
  }
  const size_t length = CountCodePoints(text);
  if (length <= most) return;
  wrong->push_back({field, "TOO_LONG",
                    "最多 " + std::to_string(most) + " 个字符，现有 " + std::to_string(length) + " 个"});
}

template <typename Enum>
bool CheckKnown(Enum value, bool (*is_valid)(int), const std::string& field,
                std::vector<FieldViolation>* wrong) {
  if (is_valid(value)) return true;
  wrong->push_back({field, "UNKNOWN_VALUE", "未知的取值"});
  return false;
}

void CheckVerdict(const v1::Judgement& judgement, const std::string& prefix,
                  std::vector<FieldViolation>* wrong) {
  const bool known =
      CheckKnown(judgement.level(), v1::MatchLevel_IsValid, prefix + "level", wrong) &
      CheckKnown(judgement.decision(), v1::JudgementDecision_IsValid, prefix + "decision", wrong) &
      CheckKnown(judgement.decline_reason(), v1::DeclineReason_IsValid, prefix + "decline_reason", wrong);
  if (!known) return;
  const bool declined = judgement.decision() == v1::JUDGEMENT_DECISION_DECLINED;
  const bool reasoned = judgement.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED;
  if (judgement.level() == v1::MATCH_LEVEL_UNSPECIFIED &&
      judgement.decision() == v1::JUDGEMENT_DECISION_UNSPECIFIED) {
    wrong->push_back({prefix + "level", "REQUIRED", "须给出等级，或接受、拒绝的决定"});
  }
  if (declined && !reasoned) wrong->push_back({prefix + "decline_reason", "REQUIRED", "拒绝时须说明原因"});
  if (!declined && reasoned) {
    wrong->push_back({prefix + "decline_reason", "NOT_ALLOWED", "只有拒绝时才有拒绝原因"});
  }
  if (judgement.decline_reason() == v1::DECLINE_REASON_OTHER && judgement.comment().empty()) {
    wrong->push_back({prefix + "comment", "REQUIRED", "原因为“其他”时须用文字说明"});
  }
}

}  // namespace

v1::Judgement InputOf(const v1::Judgement& asked) {
  v1::Judgement input = asked;
  input.set_comment(Trimmed(asked.comment()));
  input.set_judge(Trimmed(asked.judge()));
  input.clear_name();
  input.clear_judge_kind();
  input.clear_creator();
  input.clear_create_time();
  input.DiscardUnknownFields();
  return input;
}

void CheckJudgement(const v1::Judgement& judgement, const Principal& caller, const std::string& prefix,
                    std::vector<FieldViolation>* wrong) {
  CheckRecordName(judgement.need(), "needs/", prefix + "need", wrong);
  CheckRecordName(judgement.achievement(), "achievements/", prefix + "achievement", wrong);
  CheckVerdict(judgement, prefix, wrong);
  CheckText(judgement.comment(), kMaxCommentCodePoints, /*lines=*/true, prefix + "comment", wrong);
  CheckText(judgement.judge(), kMaxJudgeCodePoints, /*lines=*/false, prefix + "judge", wrong);
  if (!judgement.judge().empty() && caller.role() == v1::ROLE_ENTERPRISE) {
    wrong->push_back({prefix + "judge", "NOT_ALLOWED", "企业不能代他人评判"});
  }
  if (judgement.rank_shown() < 0 || judgement.rank_shown() > kMaxRankShown) {
    wrong->push_back({prefix + "rank_shown", "OUT_OF_RANGE", "名次应在 0 到 100000 之间，0 表示未知"});
  }
  CheckModelVersion(judgement.model_version(), prefix + "model_version", wrong);
  const double probability = judgement.probability_shown();
  if (!std::isfinite(probability) || probability < 0 || probability > 1) {
    wrong->push_back({prefix + "probability_shown", "OUT_OF_RANGE", "概率应在 0 到 1 之间"});
  }
}

void CheckRecordName(std::string_view name, std::string_view collection, const std::string& field,
                     std::vector<FieldViolation>* wrong) {
  if (name.empty()) {
    wrong->push_back({field, "REQUIRED", "必填"});
  } else if (!name.starts_with(collection) || name.size() == collection.size() ||
             name.size() > kMaxNameBytes) {
    wrong->push_back({field, "BAD_NAME", "应为 " + std::string(collection) + "… 形式的名称"});
  }
}

void CheckModelVersion(std::string_view version, const std::string& field,
                       std::vector<FieldViolation>* wrong) {
  CheckText(version, kMaxModelVersionCodePoints, /*lines=*/false, field, wrong);
}

void CheckRequestId(std::string_view request_id, std::vector<FieldViolation>* wrong) {
  if (request_id.empty()) return;
  bool is_uuid = request_id.size() == kUuidLength;
  for (size_t i = 0; is_uuid && i < request_id.size(); ++i) {
    const char c = request_id[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    is_uuid = dash ? c == '-' : hex;
  }
  if (!is_uuid) wrong->push_back({"request_id", "INVALID_UUID", "应为 UUID"});
}

}  // namespace duijie::matching
