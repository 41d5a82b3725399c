// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/key_value.h"

#include <cmath>
#include <cstdlib>
#include <optional>

#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

struct Sign {
  std::string_view text;
  v1::Comparator comparator;
};
constexpr Sign kSigns[] = {
    {"≥", v1::COMPARATOR_AT_LEAST},      {">=", v1::COMPARATOR_AT_LEAST},
    {"≤", v1::COMPARATOR_AT_MOST},       {"<=", v1::COMPARATOR_AT_MOST},
    {"≈", v1::COMPARATOR_APPROXIMATELY}, {">", v1::COMPARATOR_GREATER_THAN},
    {"＞", v1::COMPARATOR_GREATER_THAN}, {"<", v1::COMPARATOR_LESS_THAN},
    {"＜", v1::COMPARATOR_LESS_THAN},    {"=", v1::COMPARATOR_EQUAL},
    {"＝", v1::COMPARATOR_EQUAL},
};
constexpr std::string_view kRangeMarks[] = {"～", "~"};

std::optional<double> TakeNumber(std::string_view* text) {
  const std::string copy(*text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end == copy.c_str() || !std::isfinite(value)) return std::nullopt;
  text->remove_prefix(static_cast<size_t>(end - copy.c_str()));
  return value;
}

// The earliest sign, the longer of two at one place.
const Sign* FirstSign(std::string_view text, size_t* at) {
  const Sign* first = nullptr;
  for (const Sign& sign : kSigns) {
    const size_t found = text.find(sign.text);
    if (found == std::string_view::npos || (first != nullptr && found >= *at)) continue;
    first = &sign;
    *at = found;
  }
  return first;
}

}  // namespace

std::string NameInCollection(std::string_view collection, const std::string& text) {
  const bool stays = text.empty() || text.find('/') != std::string::npos;
  return stays ? text : std::string(collection) + "/" + text;
}

StatusOr<std::pair<std::string, std::string>> SplitKeyValue(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return UsageError("“" + text + "”应为 名称=内容 的形式");
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

StatusOr<v1::Indicator> ParseIndicator(std::string_view text) {
  const Status bad = UsageError("指标“" + std::string(text) + "”应为 名称≥数值单位@条件 的形式");
  v1::Indicator indicator;
  size_t at = 0;
  const Sign* sign = FirstSign(text, &at);
  if (sign == nullptr || at == 0) return bad;
  indicator.set_name(std::string(text.substr(0, at)));
  indicator.set_comparator(sign->comparator);
  text.remove_prefix(at + sign->text.size());
  const std::optional<double> value = TakeNumber(&text);
  if (!value) return bad;
  indicator.set_value(*value);
  for (const std::string_view mark : kRangeMarks) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    const std::optional<double> upper = TakeNumber(&text);
    if (!upper || sign->comparator != v1::COMPARATOR_EQUAL) return bad;
    indicator.set_comparator(v1::COMPARATOR_BETWEEN);
    indicator.set_upper_value(*upper);
  }
  const size_t condition = text.find('@');
  indicator.set_unit(std::string(text.substr(0, condition)));
  if (condition != std::string_view::npos) indicator.set_condition(std::string(text.substr(condition + 1)));
  return indicator;
}

}  // namespace duijie
