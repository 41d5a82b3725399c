// SPDX-License-Identifier: GPL-3.0-or-later
// Every key shape of the store of match runs; see docs/formats/runs.md. Ids are times, so that newer runs
// have smaller keys and lists run from the latest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duijie::matching::run_keys {

// A run's number is its creation time in microseconds since 1970, made unique; its id is the number in 13
// lower-case base-32 digits (0-9a-v), its name "matchRuns/{id}".
using RunNumber = uint64_t;
std::string NameOf(RunNumber number);
std::optional<RunNumber> NumberOf(std::string_view name);

std::string Format();               // → format version
std::string Run(RunNumber number);  // → StoredRun
std::string RunsBegin();            // of the range of all runs, latest first
std::string RunsEnd();
std::string Results(RunNumber number, std::string_view record_id);  // → StoredResults
std::string ResultsBegin(RunNumber number);                         // of the range of a run's results
std::string ResultsEnd(RunNumber number);
std::string Request(std::string_view key_id, std::string_view request_id);  // → StoredRunRequest
std::string Doomed(RunNumber number);  // → "": results are being deleted
std::string DoomedBegin();
std::string DoomedEnd();

std::optional<RunNumber> ParseRun(std::string_view key);
std::optional<std::string> ParseResults(std::string_view key);  // the record id
std::optional<RunNumber> ParseDoomed(std::string_view key);

}  // namespace duijie::matching::run_keys
