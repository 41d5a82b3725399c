// SPDX-License-Identifier: GPL-3.0-or-later
// The options by which list, search, export, match and runs choose records; the same words everywhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/common.pb.h"
#include "services/duijie/command.h"

namespace duijie {

struct FilterOptions {
  std::vector<std::string> fields, industries, regions, parks, states, modes, sources, need_types,
      enterprises, owners;
  int maturity_min = 0;
  int maturity_max = 0;
  std::optional<double> price_min;
  std::optional<double> price_max;
  bool include_unpriced = false;
  std::string valid_on;
  std::string updated_after;
};

// Adds --field, --industry … to the command; with prefix "need-", --need-field, --need-industry …, in a group
// of the help of their own. `options` must outlive the command line. Lists take several values, separated by
// commas or repeated.
void AddFilterOptions(Command command, const std::string& prefix, const std::string& group,
                      FilterOptions* options);

// USAGE error naming the value that is not understood. States, modes and types are taken in Chinese or by
// name; the rest is checked by the server.
StatusOr<v1::RecordFilter> ToFilter(const FilterOptions& options);

// Reads "2026-01-05" (midnight in China) or RFC 3339.
StatusOr<google::protobuf::Timestamp> ParseTime(const std::string& text);

}  // namespace duijie
