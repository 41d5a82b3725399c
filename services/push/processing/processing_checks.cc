// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_checks.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "common/resources/resource_table.h"
#include "services/push/achievements/achievement_updates.h"
#include "services/push/processing/processing_fields.h"

namespace duijie::push {
namespace {

using v1::Processing;
using v1::ProcessingState;

constexpr double kDecimals = 10'000;  // money has at most four
constexpr char kProcessed[] = "processing.processed.";

bool Changes(const Processing& processing, std::string_view field) {
  return std::find(processing.fields().begin(), processing.fields().end(), field) !=
         processing.fields().end();
}

void CheckFields(const Processing& processing, Violations* out) {
  if (processing.fields().empty()) out->push_back({"processing.fields", "REQUIRED", "至少加工一个字段"});
  std::set<std::string> seen;
  for (int i = 0; i < processing.fields_size() && out->size() < kViolationsTold; ++i) {
    const std::string path = "processing.fields[" + std::to_string(i) + "]";
    if (FindProcessedField(processing.fields(i)) == nullptr) {
      out->push_back({path, "UNKNOWN_FIELD", "这个字段不能加工"});
    } else if (!seen.insert(processing.fields(i)).second) {
      out->push_back({path, "DUPLICATE", "同一字段只能列一次"});
    }
  }
}

void CheckIndicator(const std::string& path, const v1::Indicator& indicator, Violations* out) {
  CheckText(path + "name", indicator.name(), {.required = true}, out);
  CheckText(path + "unit", indicator.unit(), {.most = kMaxUnitLength}, out);
  CheckText(path + "condition", indicator.condition(), {}, out);
  const bool between = indicator.comparator() == v1::COMPARATOR_BETWEEN;
  if (!v1::Comparator_IsValid(indicator.comparator()) ||
      (indicator.has_value() && indicator.comparator() == v1::COMPARATOR_UNSPECIFIED)) {
    out->push_back({path + "comparator", "REQUIRED", "有数值时须说明是至少、至多还是等于"});
  }
  if (indicator.has_value() && !std::isfinite(indicator.value())) {
    out->push_back({path + "value", "NOT_FINITE", "不是数"});
  }
  if (between != indicator.has_upper_value() ||
      (between &&
       !(std::isfinite(indicator.upper_value()) && indicator.upper_value() >= indicator.value()))) {
    out->push_back({path + "upper_value", "OUT_OF_RANGE", "“介于”须有不小于下限的上限，其他不得有上限"});
  }
}

void CheckMoney(const char* field, bool present, double value, Violations* out) {
  if (!present) return;
  const bool in_range = std::isfinite(value) && value >= 0 && value <= kMaxWanYuan;
  if (!in_range) {
    out->push_back({kProcessed + std::string(field), "OUT_OF_RANGE", "应为 0 至 1 亿万元"});
  } else if (std::abs(value * kDecimals - std::round(value * kDecimals)) > 1e-3) {
    out->push_back({kProcessed + std::string(field), "TOO_MANY_DECIMALS", "最多四位小数"});
  }
}

void CheckList(const char* field, int count, int most, Violations* out) {
  if (count <= most) return;
  out->push_back({kProcessed + std::string(field), "TOO_MANY", "最多 " + std::to_string(most) + " 项"});
}

void CheckValues(const v1::Achievement& values, const Taxonomy& industries, Violations* out) {
  CheckText("processing.processed.problem_solved", values.problem_solved(), {.most = kLongText}, out);
  CheckText("processing.processed.advantage", values.advantage(), {.most = kLongText}, out);
  CheckText("processing.processed.economic_comparison", values.economic_comparison(), {.most = kLongText},
            out);
  CheckText("processing.processed.taker_requirements", values.taker_requirements(), {.most = kLongText}, out);
  CheckList("indicators", values.indicators_size(), kMaxProcessedIndicators, out);
  CheckList("keywords", values.keywords_size(), kMaxProcessedKeywords, out);
  CheckList("industry_codes", values.industry_codes_size(), kMaxProcessedIndustries, out);
  for (int i = 0; i < values.indicators_size() && out->size() < kViolationsTold; ++i) {
    CheckIndicator(EntryPath("processing.processed.indicators", i), values.indicators(i), out);
  }
  for (int i = 0; i < values.keywords_size() && out->size() < kViolationsTold; ++i) {
    CheckText("processing.processed.keywords[" + std::to_string(i) + "]", values.keywords(i),
              {.required = true}, out);
  }
  for (int i = 0; i < values.industry_codes_size() && out->size() < kViolationsTold; ++i) {
    if (industries.Find(values.industry_codes(i)) != nullptr) continue;
    out->push_back({"processing.processed.industry_codes[" + std::to_string(i) + "]", "UNKNOWN_CODE",
                    "国民经济行业分类中没有这个代码"});
  }
  CheckMoney("next_stage_funding_wan_yuan", values.has_next_stage_funding_wan_yuan(),
             values.next_stage_funding_wan_yuan(), out);
  CheckMoney("price_min_wan_yuan", values.has_price_min_wan_yuan(), values.price_min_wan_yuan(), out);
  CheckMoney("price_max_wan_yuan", values.has_price_max_wan_yuan(), values.price_max_wan_yuan(), out);
  if (values.has_price_min_wan_yuan() && values.has_price_max_wan_yuan() &&
      values.price_max_wan_yuan() < values.price_min_wan_yuan()) {
    out->push_back({"processing.processed.price_max_wan_yuan", "OUT_OF_RANGE", "最高价格低于最低价格"});
  }
}

void CheckEvidences(const Processing& processing, Violations* out) {
  std::set<std::string> seen;
  for (int i = 0; i < processing.evidences_size() && out->size() < kViolationsTold; ++i) {
    const v1::FieldEvidence& evidence = processing.evidences(i);
    const std::string path = EntryPath("processing.evidences", i);
    if (!Changes(processing, evidence.field())) {
      out->push_back({path + "field", "UNKNOWN_FIELD", "不在加工的字段之中"});
    } else if (!seen.insert(evidence.field()).second) {
      out->push_back({path + "field", "DUPLICATE", "同一字段只能有一条依据"});
    }
    CheckText(path + "text", evidence.text(), {.required = true, .most = kEvidenceLength}, out);
    CheckText(path + "reference", evidence.reference(), {.most = kReferenceLength}, out);
    CheckText(path + "author", evidence.author(), {}, out);
  }
}

struct Step {
  ProcessingState from, to;
};
constexpr Step kSteps[] = {
    {v1::PROCESSING_STATE_UNSPECIFIED, v1::PROCESSING_STATE_DRAFT},
    {v1::PROCESSING_STATE_DRAFT, v1::PROCESSING_STATE_SUBMITTED},
    {v1::PROCESSING_STATE_RETURNED, v1::PROCESSING_STATE_SUBMITTED},
    {v1::PROCESSING_STATE_SUBMITTED, v1::PROCESSING_STATE_RETURNED},
    {v1::PROCESSING_STATE_SUBMITTED, v1::PROCESSING_STATE_SIGNING},
    {v1::PROCESSING_STATE_SIGNING, v1::PROCESSING_STATE_SIGNED},
    {v1::PROCESSING_STATE_SIGNING, v1::PROCESSING_STATE_SUBMITTED},
    {v1::PROCESSING_STATE_SIGNED, v1::PROCESSING_STATE_SUPERSEDED},
    {v1::PROCESSING_STATE_SUPERSEDED, v1::PROCESSING_STATE_SIGNED},
    {v1::PROCESSING_STATE_SIGNED, v1::PROCESSING_STATE_REVERTING},
    {v1::PROCESSING_STATE_REVERTING, v1::PROCESSING_STATE_REVERTED},
    {v1::PROCESSING_STATE_REVERTING, v1::PROCESSING_STATE_SIGNED},
};

}  // namespace

Violations CheckProcessing(const Processing& processing, const Taxonomy& industries) {
  Violations out;
  CheckText("processing.expert", processing.expert(), {.required = true}, &out);
  CheckFields(processing, &out);
  if (!out.empty()) return out;
  v1::Achievement values;
  CopyFields({processing.fields().begin(), processing.fields().end()}, processing.processed(), &values);
  CheckValues(values, industries, &out);
  CheckEvidences(processing, &out);
  return out;
}

std::vector<std::string> ChangedFields(const Processing& processing) {
  std::vector<std::string> changed;
  for (const std::string& field : processing.fields()) {
    if (!SameField(field, processing.raw(), processing.processed())) changed.push_back(field);
  }
  return changed;
}

Violations MissingInProcessing(const Processing& processing) {
  Violations missing;
  const std::vector<std::string> changed = ChangedFields(processing);
  if (changed.empty()) missing.push_back({"processed", "REQUIRED", "与原文没有不同"});
  for (const std::string& field : changed) {
    const bool evidenced =
        std::any_of(processing.evidences().begin(), processing.evidences().end(),
                    [&](const v1::FieldEvidence& e) { return e.field() == field && !IsBlank(e.text()); });
    if (!evidenced) missing.push_back({field, "REQUIRED", "没有依据"});
  }
  for (const v1::Indicator& indicator : processing.processed().indicators()) {
    if (!indicator.has_value()) missing.push_back({"indicators", "REQUIRED", "有指标没有数值"});
  }
  return missing;
}

Status CheckStep(ProcessingState from, ProcessingState to) {
  const bool legal = std::any_of(std::begin(kSteps), std::end(kSteps),
                                 [&](const Step& step) { return step.from == from && step.to == to; });
  if (legal) return OkStatus();
  return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "加工单在这个状态下不能这样做",
               {{"from", v1::ProcessingState_Name(from)}, {"to", v1::ProcessingState_Name(to)}});
}

void TakeStep(Processing* processing, ProcessingState to, const std::string& reason, const std::string& actor,
              UnixMicros now) {
  if (processing->steps_size() == kMaxSteps) processing->mutable_steps()->DeleteSubrange(0, 1);
  v1::ProcessingStep& step = *processing->add_steps();
  step.set_from(processing->state());
  step.set_to(to);
  step.set_reason(reason);
  step.set_actor(actor);
  *step.mutable_time() = TimestampOf(now);
  processing->set_state(to);
}

}  // namespace duijie::push
