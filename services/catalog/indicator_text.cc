// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/indicator_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

#include "services/catalog/cell_text.h"

namespace duijie::catalog {
namespace {

struct Sign {
  std::string_view text;
  v1::Comparator comparator;
};

// Longer signs before their beginnings.
constexpr std::array<Sign, 21> kSigns = {{
    {">=", v1::COMPARATOR_AT_LEAST},       {"<=", v1::COMPARATOR_AT_MOST},
    {"≥", v1::COMPARATOR_AT_LEAST},        {"≧", v1::COMPARATOR_AT_LEAST},
    {"⩾", v1::COMPARATOR_AT_LEAST},        {"≤", v1::COMPARATOR_AT_MOST},
    {"≦", v1::COMPARATOR_AT_MOST},         {"⩽", v1::COMPARATOR_AT_MOST},
    {"＞=", v1::COMPARATOR_AT_LEAST},      {"＜=", v1::COMPARATOR_AT_MOST},
    {">", v1::COMPARATOR_GREATER_THAN},    {"＞", v1::COMPARATOR_GREATER_THAN},
    {"<", v1::COMPARATOR_LESS_THAN},       {"＜", v1::COMPARATOR_LESS_THAN},
    {"≈", v1::COMPARATOR_APPROXIMATELY},   {"≒", v1::COMPARATOR_APPROXIMATELY},
    {"=", v1::COMPARATOR_EQUAL},           {"＝", v1::COMPARATOR_EQUAL},
    {"大于等于", v1::COMPARATOR_AT_LEAST}, {"小于等于", v1::COMPARATOR_AT_MOST},
    {"约", v1::COMPARATOR_APPROXIMATELY},
}};
constexpr std::array<Sign, 12> kWords = {{
    {"不低于", v1::COMPARATOR_AT_LEAST},
    {"不少于", v1::COMPARATOR_AT_LEAST},
    {"不小于", v1::COMPARATOR_AT_LEAST},
    {"至少", v1::COMPARATOR_AT_LEAST},
    {"不高于", v1::COMPARATOR_AT_MOST},
    {"不大于", v1::COMPARATOR_AT_MOST},
    {"不超过", v1::COMPARATOR_AT_MOST},
    {"不多于", v1::COMPARATOR_AT_MOST},
    {"大于", v1::COMPARATOR_GREATER_THAN},
    {"高于", v1::COMPARATOR_GREATER_THAN},
    {"小于", v1::COMPARATOR_LESS_THAN},
    {"低于", v1::COMPARATOR_LESS_THAN},
}};
constexpr size_t kFirstWordInSigns =
    18;  // the last three signs are words too: they count only before a number
constexpr std::array<std::string_view, 4> kRangeMarks = {"~", "～", "至", "—"};

// What a name, unit or condition must escape.
const std::vector<std::string_view>& Marks() {
  static const std::vector<std::string_view> kMarks = [] {
    std::vector<std::string_view> all = {"；", ";", "\n", "@", "[", "]", "~", "～"};
    for (const Sign& sign : kSigns) all.push_back(sign.text);
    for (const Sign& word : kWords) all.push_back(word.text);
    return all;
  }();
  return kMarks;
}

void SkipBlanks(std::string_view* text) {
  while (!text->empty() && (text->front() == ' ' || text->front() == '\t')) text->remove_prefix(1);
}

// Blanks at the ends are never part of a text, escaped or not: they would not be read back.
std::string Clean(std::string_view text) { return CleanCell(Unescape(text)); }

const Sign* SignAt(std::string_view text) {
  auto follows_number = [&](const Sign& sign) {
    std::string_view rest = text.substr(sign.text.size());
    return TakeNumber(&rest).has_value();
  };
  auto matches = [&](const Sign& sign) { return text.substr(0, sign.text.size()) == sign.text; };
  for (const Sign& word : kWords) {
    if (matches(word) && follows_number(word)) return &word;
  }
  for (size_t i = 0; i < kSigns.size(); ++i) {
    if (matches(kSigns[i]) && (i < kFirstWordInSigns || follows_number(kSigns[i]))) return &kSigns[i];
  }
  return nullptr;
}

// The position of the first unescaped place where `found` says yes; npos if there is none.
template <typename Predicate>
size_t FindPlace(std::string_view text, Predicate found) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (found(text.substr(i))) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool ReadTarget(std::string_view text, v1::Comparator comparator, v1::Indicator* indicator) {
  const auto value = TakeNumber(&text);
  if (!value) return false;
  indicator->set_comparator(comparator);
  indicator->set_value(*value);
  SkipBlanks(&text);
  for (const auto mark : kRangeMarks) {
    if (comparator != v1::COMPARATOR_EQUAL || text.substr(0, mark.size()) != mark) continue;
    text.remove_prefix(mark.size());
    const auto upper = TakeNumber(&text);
    if (!upper) return false;
    indicator->set_comparator(v1::COMPARATOR_BETWEEN);
    indicator->set_upper_value(*upper);
    break;
  }
  indicator->set_unit(Clean(text));
  return true;
}

bool ReadIndicator(std::string_view text, v1::Indicator* indicator) {
  const size_t at = FindPlace(text, [](std::string_view rest) { return rest.front() == '@'; });
  if (at != std::string_view::npos) {
    indicator->set_condition(Clean(text.substr(at + 1)));
    text = text.substr(0, at);
  }
  const size_t sign_at = FindPlace(text, [](std::string_view rest) { return SignAt(rest) != nullptr; });
  if (sign_at != std::string_view::npos) {
    const Sign& sign = *SignAt(text.substr(sign_at));
    indicator->set_name(Clean(text.substr(0, sign_at)));
    return ReadTarget(text.substr(sign_at + sign.text.size()), sign.comparator, indicator);
  }
  const size_t open = FindPlace(text, [](std::string_view rest) { return rest.front() == '['; });
  if (open != std::string_view::npos && text.back() == ']') {
    indicator->set_unit(Clean(text.substr(open + 1, text.size() - open - 2)));
    text = text.substr(0, open);
  }
  indicator->set_name(Clean(text));
  return true;
}

std::string_view SignOf(v1::Comparator comparator) {
  switch (comparator) {
    case v1::COMPARATOR_AT_LEAST:
      return "≥";
    case v1::COMPARATOR_AT_MOST:
      return "≤";
    case v1::COMPARATOR_GREATER_THAN:
      return ">";
    case v1::COMPARATOR_LESS_THAN:
      return "<";
    case v1::COMPARATOR_APPROXIMATELY:
      return "≈";
    default:
      return "=";
  }
}

// What stands between a number and its unit, lest the unit is read as more of the number or as a range.
std::string_view BeforeUnit(std::string_view unit) {
  if (unit.empty()) return "";
  if (std::string_view("0123456789.,eE+-").find(unit.front()) != std::string_view::npos) return " ";
  const auto starts = [&](std::string_view mark) { return unit.starts_with(mark); };
  return std::any_of(kRangeMarks.begin(), kRangeMarks.end(), starts) ? "\\" : "";
}

bool SaysNothing(const v1::Indicator& indicator) { return indicator.ByteSizeLong() == 0; }

std::string Format(const v1::Indicator& indicator) {
  std::string text = EscapeMarks(indicator.name(), Marks());
  const std::string unit = EscapeMarks(indicator.unit(), Marks());
  if (indicator.has_value()) {
    text += SignOf(indicator.comparator());
    text += FormatNumber(indicator.value());
    if (indicator.has_upper_value()) text += "~" + FormatNumber(indicator.upper_value());
    text.append(BeforeUnit(unit)).append(unit);
  } else if (!unit.empty()) {
    text += "[" + unit + "]";
  }
  if (!indicator.condition().empty()) text += "@" + EscapeMarks(indicator.condition(), Marks());
  return text;
}

}  // namespace

std::string FormatNumber(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

std::optional<double> TakeNumber(std::string_view* text) {
  SkipBlanks(text);
  std::string digits;
  size_t used = 0;
  while (used < text->size()) {
    const char c = (*text)[used];
    const bool thousands = c == ',' && used > 0 && text->size() >= used + 4 &&
                           std::isdigit(static_cast<unsigned char>((*text)[used - 1])) != 0 &&
                           std::isdigit(static_cast<unsigned char>((*text)[used + 1])) != 0 &&
                           std::isdigit(static_cast<unsigned char>((*text)[used + 2])) != 0 &&
                           std::isdigit(static_cast<unsigned char>((*text)[used + 3])) != 0;
    if (!thousands && std::string_view("0123456789.eE+-").find(c) == std::string_view::npos) break;
    if (!thousands) digits += c;
    ++used;
  }
  const bool plus = !digits.empty() && digits.front() == '+';
  double value = 0;
  const char* begin = digits.data() + (plus ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, digits.data() + digits.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  // Move past as many characters as were read, commas included.
  size_t left = static_cast<size_t>(end - digits.data());
  size_t moved = 0;
  while (left > 0) {
    if ((*text)[moved] != ',') --left;
    ++moved;
  }
  text->remove_prefix(moved);
  return value;
}

std::optional<Indicators> ParseIndicators(std::string_view text) {
  Indicators indicators;
  for (const std::string& entry : SplitCell(CleanCell(text), kEntrySeparators, false, false)) {
    v1::Indicator indicator;
    if (!ReadIndicator(entry, &indicator)) return std::nullopt;
    if (!SaysNothing(indicator)) *indicators.Add() = std::move(indicator);
  }
  return indicators;
}

std::string FormatIndicators(const Indicators& indicators) {
  std::string text;
  for (const auto& indicator : indicators) {
    if (!text.empty()) text += "；";
    text += Format(indicator);
  }
  return text;
}

}  // namespace duijie::catalog
