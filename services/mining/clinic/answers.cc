// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/answers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "common/taxonomy/taxonomy_set.h"
#include "common/text/encoding.h"

namespace duijie::mining {
namespace {

using std::string_view;

std::optional<double> ParseNumber(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Status NoSuchQuestion() { return InvalidField("question_id", "UNKNOWN_VALUE", "没有这个问题"); }
Status BadAnswer(const std::string& expected) {
  return InvalidField("answer", "UNKNOWN_VALUE", "回答应为" + expected);
}

// "at_least:MPa:抗拉强度"
Status ApplyIndicator(string_view subject, const std::string& answer, v1::Need* need) {
  const size_t first = subject.find(':');
  const size_t second = first == string_view::npos ? first : subject.find(':', first + 1);
  if (second == string_view::npos) return NoSuchQuestion();
  const string_view direction = subject.substr(0, first);
  const std::string unit(subject.substr(first + 1, second - first - 1));
  const std::string name(subject.substr(second + 1));
  if ((direction != "at_least" && direction != "at_most") || name.empty()) return NoSuchQuestion();
  const std::optional<double> value = ParseNumber(answer);
  if (!value) return BadAnswer("数字");
  v1::Indicator* target = nullptr;
  for (v1::Indicator& known : *need->mutable_targets()) {
    if (known.name() == name) target = &known;
  }
  if (target == nullptr) target = need->add_targets();
  target->set_name(name);
  target->set_comparator(direction == "at_least" ? v1::COMPARATOR_AT_LEAST : v1::COMPARATOR_AT_MOST);
  target->set_value(*value);
  target->clear_upper_value();
  target->set_unit(unit);
  return OkStatus();
}

Status ApplyMaturity(const std::string& answer, v1::Need* need) {
  const std::optional<double> level = ParseNumber(answer);
  if (!level || *level < 1 || *level > kMaturityLevels || *level != std::floor(*level))
    return BadAnswer(" 1 至 9 的级别");
  need->set_min_maturity_level(static_cast<int>(*level));
  return OkStatus();
}

Status ApplyCooperation(const std::string& answer, v1::Need* need) {
  v1::CooperationMode mode;
  if (!v1::CooperationMode_Parse("COOPERATION_MODE_" + answer, &mode) ||
      mode == v1::COOPERATION_MODE_UNSPECIFIED) {
    return BadAnswer("合作方式，如 LICENSE");
  }
  need->clear_cooperation_modes();
  need->add_cooperation_modes(mode);
  return OkStatus();
}

Status ApplyBudget(const std::string& answer, v1::Need* need) {
  const std::optional<double> most = ParseNumber(answer);
  if (!most || *most < 0) return BadAnswer("不小于 0 的数字，单位万元");
  if (need->has_budget_min_wan_yuan() && need->budget_min_wan_yuan() > *most) {
    return InvalidField("answer", "OUT_OF_RANGE", "低于需求已写明的最低预算");
  }
  need->set_budget_max_wan_yuan(*most);
  return OkStatus();
}

Status ApplyWord(const std::string& answer, v1::Need* need) {
  constexpr size_t kMaxWord = 200;  // code points of a keyword
  constexpr int kMaxKeywords = 20;
  if (answer.empty() || CountCodePoints(answer) > kMaxWord) return BadAnswer("一个词");
  const auto& known = need->keywords();
  if (std::find(known.begin(), known.end(), answer) != known.end()) return OkStatus();
  if (need->keywords_size() == kMaxKeywords)
    return InvalidField("answer", "TOO_MANY", "需求的关键词已有 20 个");
  need->add_keywords(answer);
  return OkStatus();
}

}  // namespace

Status ApplyAnswer(string_view question_id, const std::string& answer, v1::Need* need,
                   std::vector<std::string>* fields) {
  constexpr string_view kIndicator = "indicator:";
  if (question_id.starts_with(kIndicator)) {
    *fields = {"targets"};
    return ApplyIndicator(question_id.substr(kIndicator.size()), answer, need);
  }
  if (question_id == "field") {
    *fields = {"field_codes"};
    if (answer.empty()) return BadAnswer("领域代码");
    need->clear_field_codes();
    need->add_field_codes(answer);
    return OkStatus();
  }
  if (question_id == "maturity") {
    *fields = {"min_maturity_level"};
    return ApplyMaturity(answer, need);
  }
  if (question_id == "cooperation") {
    *fields = {"cooperation_modes"};
    return ApplyCooperation(answer, need);
  }
  if (question_id == "budget") {
    *fields = {"budget_max_wan_yuan"};
    return ApplyBudget(answer, need);
  }
  if (question_id == "wording:method" || question_id == "wording:material") {
    *fields = {"keywords"};
    return ApplyWord(answer, need);
  }
  return NoSuchQuestion();
}

}  // namespace duijie::mining
