// SPDX-License-Identifier: GPL-3.0-or-later
// "field=value" as `edit --set` takes it, applied to a record through reflection. Pure.
//
// The field is named as in the proto or by its import heading ("title", "成果名称"); a dot goes into a
// message
// ("import_substitution.product"). The value by type of the field:
//   text        as it stands                    number   "120", "1.5"
//   boolean     是/否/true/false/1/0            choice   Chinese word or short name ("转让", "TRANSFER")
//   list        entries between ； ; 、 or |, a separator inside an entry as "\；"; or a JSON array
//   message     JSON ("[{...}]" for a list of messages)
// An empty value clears the field.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

// USAGE error if the field is unknown or kept by the server, or the value is not of its type; the record may
// then be half changed. Adds the top-level field to the mask, once.
Status ApplySetting(std::string_view setting, google::protobuf::Message* record,
                    google::protobuf::FieldMask* mask);

// Whether the server keeps this field and ignores what clients send ("name", "state", "etag"…).
bool IsOutputField(const google::protobuf::FieldDescriptor& field);

// Top-level fields in which the two differ, but for output fields, in order of number.
google::protobuf::FieldMask ChangedFields(const google::protobuf::Message& before,
                                          const google::protobuf::Message& after);

// "甲；乙、丙|丁" → entries, trimmed, empty ones left out; "\" keeps the separator after it.
std::vector<std::string> SplitList(std::string_view text);

}  // namespace duijie
