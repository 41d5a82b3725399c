// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators as compact text, and back:
//
//   indicators = indicator { ("；" | ";" | line feed) indicator }
//   indicator  = name [ comparator number [ "~" number ] ] [ unit ] [ "@" condition ]
//              | name "[" unit "]" [ "@" condition ]            a quantity without a target
//   comparator = ≥ ≤ > < = ≈, or a word for one before a digit: 不低于 不少于 不小于 至少 不高于 不大于
//   不超过 大于 高于 小于 低于 约
//
// A range is written "name=low~high unit". A backslash stands before a mark that belongs to a text.
// Texts lose blanks at their ends, and an entry of which nothing is left ("[]") is left out.
// Format gives what Parse reads back as the same indicators. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <google/protobuf/repeated_ptr_field.h>

#include "duijie/v1/common.pb.h"

namespace duijie::catalog {

using Indicators = google::protobuf::RepeatedPtrField<v1::Indicator>;

// nullopt if an entry cannot be read, e.g. "厚度≥薄".
std::optional<Indicators> ParseIndicators(std::string_view text);
std::string FormatIndicators(const Indicators& indicators);

// Shortest text that reads back as the same number.
std::string FormatNumber(double value);

// A number with optional sign, decimals, exponent and thousands commas from the front of `*text`, which is
// moved past it; blanks before it are skipped.
std::optional<double> TakeNumber(std::string_view* text);

}  // namespace duijie::catalog
