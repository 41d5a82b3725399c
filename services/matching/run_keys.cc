// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_keys.h"

#include "common/storage/key_codec.h"
#include "services/matching/learning/time_id.h"

namespace duijie::matching::run_keys {
namespace {

// Never change a value.
constexpr uint8_t kFormatTag = 0x01;
constexpr uint8_t kRunTag = 0x02;
constexpr uint8_t kResultsTag = 0x03;
constexpr uint8_t kRequestTag = 0x04;
constexpr uint8_t kDoomedTag = 0x05;

constexpr std::string_view kPrefix = "matchRuns/";

std::string TagKey(uint8_t tag) { return KeyBuilder().Tag(tag).Take(); }

}  // namespace

std::string NameOf(RunNumber number) { return std::string(kPrefix) + TimeIdOf(number); }

std::optional<RunNumber> NumberOf(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  return NumberOfTimeId(name.substr(kPrefix.size()));
}

std::string Format() { return TagKey(kFormatTag); }
std::string Run(RunNumber number) { return KeyBuilder().Tag(kRunTag).U64Desc(number).Take(); }
std::string RunsBegin() { return TagKey(kRunTag); }
std::string RunsEnd() { return PrefixEnd(TagKey(kRunTag)); }

std::string Results(RunNumber number, std::string_view record_id) {
  return KeyBuilder().Tag(kResultsTag).U64(number).Str(record_id).Take();
}
std::string ResultsBegin(RunNumber number) { return KeyBuilder().Tag(kResultsTag).U64(number).Take(); }
std::string ResultsEnd(RunNumber number) { return PrefixEnd(ResultsBegin(number)); }

std::string Request(std::string_view key_id, std::string_view request_id) {
  return KeyBuilder().Tag(kRequestTag).Str(key_id).Str(request_id).Take();
}

std::string Doomed(RunNumber number) { return KeyBuilder().Tag(kDoomedTag).U64(number).Take(); }
std::string DoomedBegin() { return TagKey(kDoomedTag); }
std::string DoomedEnd() { return PrefixEnd(TagKey(kDoomedTag)); }

std::optional<RunNumber> ParseRun(std::string_view key) {
  KeyReader reader(key);
  RunNumber number = 0;
  if (!reader.Tag(kRunTag) || !reader.U64Desc(&number) || !reader.AtEnd()) return std::nullopt;
  return number;
}

std::optional<std::string> ParseResults(std::string_view key) {
  KeyReader reader(key);
  RunNumber number = 0;
  std::string id;
  if (!reader.Tag(kResultsTag) || !reader.U64(&number) || !reader.Str(&id) || !reader.AtEnd())
    return std::nullopt;
  return id;
}

std::optional<RunNumber> ParseDoomed(std::string_view key) {
  KeyReader reader(key);
  RunNumber number = 0;
  if (!reader.Tag(kDoomedTag) || !reader.U64(&number) || !reader.AtEnd()) return std::nullopt;
  return number;
}

}  // namespace duijie::matching::run_keys
