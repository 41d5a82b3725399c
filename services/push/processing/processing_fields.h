// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an achievement that a secondary processing may change, and their values as people read them.
// Title and summary are not among them: the raw record's own words stay. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/processing.pb.h"

namespace duijie::push {

struct ProcessedField {
  std::string name;   // of v1::Achievement
  std::string label;  // Chinese
};

// In the order of documents.
const std::vector<ProcessedField>& ProcessedFields();

// nullptr if a processing may not change it.
const ProcessedField* FindProcessedField(std::string_view name);

std::vector<std::string> FieldsOf(const v1::Processing& processing);
// What stands behind the change of a field; nullptr if nothing does.
const v1::FieldEvidence* EvidenceOf(const v1::Processing& processing, const std::string& field);

// "首次放电比容量≥210mAh/g（0.1C）".
std::string IndicatorText(const v1::Indicator& indicator);

// The value of a processed field; one entry of a list a line; "" if it is not set.
std::string FieldValueText(const std::string& field, const v1::Achievement& achievement);

// Shortest form that reads back the same.
std::string NumberText(double value);

}  // namespace duijie::push
