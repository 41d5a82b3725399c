// SPDX-License-Identifier: GPL-3.0-or-later
// Records as a person reads them. Pure; texts are returned raw, the output neutralises them.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <vector>

#include "duijie/v1/common.pb.h"
#include "services/duijie/table_printer.h"

namespace duijie {

// "2026-01-05 12:30", Beijing time (UTC+8).
std::string TimeText(const google::protobuf::Timestamp& time);

// Shortest form that reads back the same: "120", "0.35".
std::string NumberText(double value);

// One value of a field in words; the entries of a list joined by "；". "" if the field is not set.
std::string FieldText(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field);
// By name; the field must exist.
std::string FieldText(const google::protobuf::Message& message, const std::string& field);

// "首次放电比容量≥210mAh/g@0.1C".
std::string IndicatorText(const v1::Indicator& indicator);

struct FieldLine {
  std::string label;
  std::string text;  // may hold line breaks
};

// Every field that is set, in order of number, but etag.
std::vector<FieldLine> DescribeRecord(const google::protobuf::Message& record);

// The lines as text: labels padded to one width, further lines of a text indented below. Ends in "\n".
std::string FormatFieldLines(const std::vector<FieldLine>& lines, bool color);

// Headings of a list of this kind, and the cells of one record.
std::vector<Column> ListColumns(v1::Collection collection);
std::vector<StyledText> ListRow(v1::Collection collection, const google::protobuf::Message& record);

}  // namespace duijie
