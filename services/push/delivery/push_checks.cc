// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_checks.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "common/resources/resource_table.h"
#include "common/text/encoding.h"

namespace duijie::push {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Citations = google::protobuf::RepeatedPtrField<v1::PushCitation>;
using FieldNames = std::span<const std::string_view>;

constexpr size_t kMaxNameBytes = 200;

// Fields that can be a reason. Of an achievement none that tells who stands behind an anonymous one.
constexpr std::string_view kNeedFields[] = {"title",
                                            "type",
                                            "description",
                                            "current_practice",
                                            "targets",
                                            "tried",
                                            "must_not",
                                            "quantity",
                                            "deadline",
                                            "urgency",
                                            "budget_min_wan_yuan",
                                            "budget_max_wan_yuan",
                                            "cooperation_modes",
                                            "rights_stance",
                                            "min_maturity_level",
                                            "site_constraints",
                                            "acceptable_region_codes",
                                            "field_codes",
                                            "industry_codes",
                                            "region_code",
                                            "keywords",
                                            "import_substitution"};
constexpr std::string_view kEnterpriseFields[] = {"title",          "region_code", "park_code",
                                                  "industry_codes", "products",    "description",
                                                  "keywords",       "scale",       "certificates"};
constexpr std::string_view kAchievementFields[] = {"title",
                                                   "summary",
                                                   "problem_solved",
                                                   "advantage",
                                                   "indicators",
                                                   "keywords",
                                                   "field_codes",
                                                   "industry_codes",
                                                   "maturity_evidence",
                                                   "form",
                                                   "standing",
                                                   "taker_requirements",
                                                   "economic_comparison",
                                                   "reference_users"};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Without ASCII blanks and ideographic spaces.
std::string Squeezed(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
  std::string squeezed;
  squeezed.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with(kIdeographicSpace)) {
      i += kIdeographicSpace.size();
      continue;
    }
    if (!IsBlank(text[i])) squeezed += text[i];
    ++i;
  }
  return squeezed;
}

bool IsForbiddenControl(char c, bool lines) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r'))) || byte == 0x7f;
}

bool IsSet(const Message& record, const FieldDescriptor& field) {
  const auto* reflection = record.GetReflection();
  return field.is_repeated() ? reflection->FieldSize(record, &field) > 0
                             : reflection->HasField(record, &field);
}

// Whether `field` holds texts that people wrote, not codes.
bool HoldsText(const FieldDescriptor& field) {
  const std::string_view name = field.name();
  return field.type() == FieldDescriptor::TYPE_STRING && !name.ends_with("_code") &&
         !name.ends_with("_codes") && name != "deadline";
}

bool Quotes(const Message& record, const FieldDescriptor& field, std::string_view quote) {
  const auto* reflection = record.GetReflection();
  const std::string wanted = Squeezed(quote);
  if (!field.is_repeated()) {
    return Squeezed(reflection->GetString(record, &field)).find(wanted) != std::string::npos;
  }
  for (int i = 0; i < reflection->FieldSize(record, &field); ++i) {
    const std::string text = Squeezed(reflection->GetRepeatedString(record, &field, i));
    if (text.find(wanted) != std::string::npos) return true;
  }
  return false;
}

void CheckCitations(const Citations& citations, const Message* record, FieldNames citable,
                    const std::string& path, std::vector<FieldViolation>* wrong) {
  for (int i = 0; i < citations.size(); ++i) {
    const v1::PushCitation& citation = citations[i];
    const std::string place = path + "[" + std::to_string(i) + "]";
    const bool known = std::find(citable.begin(), citable.end(), citation.field()) != citable.end();
    if (record == nullptr || !known) {
      wrong->push_back({place + ".field", "NOT_CITABLE", "没有这个可以引用的字段"});
      continue;
    }
    const FieldDescriptor* field = record->GetDescriptor()->FindFieldByName(citation.field());
    if (field == nullptr || !IsSet(*record, *field)) {
      wrong->push_back({place + ".field", "NOT_SET", "所引用的字段为空"});
    } else if (HoldsText(*field) && !Quotes(*record, *field, citation.quote())) {
      wrong->push_back({place + ".quote", "NOT_IN_RECORD", "所引用的字段中没有这段文字"});
    }
  }
}

void CheckCitationTexts(const Citations& citations, const std::string& path,
                        std::vector<FieldViolation>* wrong) {
  if (citations.size() > kMaxCitations) wrong->push_back({path, "TOO_MANY", "最多 20 条引用"});
  for (int i = 0; i < std::min(citations.size(), kMaxCitations); ++i) {
    CheckText(citations[i].quote(), {.required = true, .most = kMaxQuoteCodePoints, .lines = true},
              path + "[" + std::to_string(i) + "].quote", wrong);
  }
}

void CheckShare(double share, const std::string& field, std::vector<FieldViolation>* wrong) {
  if (std::isfinite(share) && share >= 0 && share <= 1) return;
  wrong->push_back({field, "OUT_OF_RANGE", "应在 0 与 1 之间"});
}

}  // namespace

void CheckText(std::string_view text, const TextRules& rules, const std::string& field,
               std::vector<FieldViolation>* wrong) {
  if (rules.required && std::all_of(text.begin(), text.end(), IsBlank)) {
    wrong->push_back({field, "REQUIRED", "不能为空"});
    return;
  }
  if (std::any_of(text.begin(), text.end(), [&](char c) { return IsForbiddenControl(c, rules.lines); })) {
    wrong->push_back({field, "CONTROL_CHARACTER", "含有控制字符"});
  }
  const size_t length = CountCodePoints(text);
  if (length <= rules.most) return;
  wrong->push_back(
      {field, "TOO_LONG",
       "最多 " + std::to_string(rules.most) + " 个字符，现有 " + std::to_string(length) + " 个"});
}

void CheckName(std::string_view name, std::string_view collection, const std::string& field,
               std::vector<FieldViolation>* wrong) {
  if (name.size() <= kMaxNameBytes && IdIn(collection, name)) return;
  wrong->push_back({field, "BAD_NAME", "应为 " + std::string(collection) + "/编号"});
}

v1::Push InputOf(const v1::Push& asked) {
  v1::Push input;
  input.set_enterprise(asked.enterprise());
  input.set_need(asked.need());
  input.set_achievement(asked.achievement());
  input.set_origin(asked.origin());
  input.set_campaign(asked.campaign());
  input.set_score(asked.score());
  input.set_level(asked.level());
  if (asked.has_probability()) input.set_probability(asked.probability());
  input.set_model_version(asked.model_version());
  input.set_snapshot_revision(asked.snapshot_revision());
  *input.mutable_reasons() = asked.reasons();
  input.DiscardUnknownFields();
  return input;
}

Status CheckInput(const v1::Push& push) {
  std::vector<FieldViolation> wrong;
  CheckName(push.enterprise(), "enterprises", "enterprise", &wrong);
  CheckName(push.achievement(), "achievements", "achievement", &wrong);
  if (!push.need().empty()) CheckName(push.need(), "needs", "need", &wrong);
  if (!v1::PushOrigin_IsValid(push.origin()) || push.origin() == v1::PUSH_ORIGIN_UNSPECIFIED) {
    wrong.push_back({"origin", "UNKNOWN_VALUE", "未知的来源"});
  }
  if ((push.origin() == v1::PUSH_ORIGIN_CAMPAIGN) != !push.campaign().empty()) {
    wrong.push_back({"campaign", "NOT_ALLOWED", "推送活动的推送须带活动名，其余不带"});
  }
  if (!v1::MatchLevel_IsValid(push.level())) wrong.push_back({"level", "UNKNOWN_VALUE", "未知的等级"});
  CheckShare(push.score(), "score", &wrong);
  CheckShare(push.probability(), "probability", &wrong);
  CheckText(push.model_version(), {.most = kMaxModelVersionCodePoints}, "model_version", &wrong);
  if (push.snapshot_revision() < 0) wrong.push_back({"snapshot_revision", "OUT_OF_RANGE", "不能为负"});
  const v1::PushReasons& reasons = push.reasons();
  CheckCitationTexts(reasons.need_fields(), "reasons.need_fields", &wrong);
  CheckCitationTexts(reasons.enterprise_fields(), "reasons.enterprise_fields", &wrong);
  CheckCitationTexts(reasons.achievement_sentences(), "reasons.achievement_sentences", &wrong);
  if (reasons.fit_rows_size() > kMaxFitRows) {
    wrong.push_back({"reasons.fit_rows", "TOO_MANY", "最多 50 行指标对照"});
  }
  if (reasons.remarks_size() > kMaxRemarks) {
    wrong.push_back({"reasons.remarks", "TOO_MANY", "最多 10 条说明"});
  }
  if (reasons.ByteSizeLong() > kMaxReasonsBytes) {
    wrong.push_back({"reasons", "TOO_LONG", "理由合计最多 128 KiB"});
  }
  for (const std::string& remark : reasons.remarks()) {
    CheckText(remark, {.required = true, .most = kMaxRemarkCodePoints}, "reasons.remarks", &wrong);
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

Status CheckReasons(const v1::PushReasons& reasons, const CitedRecords& records) {
  std::vector<FieldViolation> wrong;
  if (reasons.need_fields().empty() && reasons.enterprise_fields().empty()) {
    wrong.push_back({"reasons.need_fields", "REQUIRED", "至少引用需求或企业资料的一个字段"});
  }
  if (reasons.achievement_sentences().empty()) {
    wrong.push_back({"reasons.achievement_sentences", "REQUIRED", "至少引用成果的一句话"});
  }
  CheckCitations(reasons.need_fields(), records.need, kNeedFields, "reasons.need_fields", &wrong);
  CheckCitations(reasons.enterprise_fields(), records.enterprise, kEnterpriseFields,
                 "reasons.enterprise_fields", &wrong);
  CheckCitations(reasons.achievement_sentences(), records.achievement, kAchievementFields,
                 "reasons.achievement_sentences", &wrong);
  if (wrong.empty()) return OkStatus();
  const Status details = InvalidFields(wrong);
  Status incomplete = Error(StatusCode::kFailedPrecondition, "INCOMPLETE", "推送缺少理由，或理由与记录不符");
  details.ForEachPayload([&](absl::string_view type, const absl::Cord& payload) {
    if (!incomplete.GetPayload(type)) incomplete.SetPayload(type, payload);
  });
  return incomplete;
}

}  // namespace duijie::push
