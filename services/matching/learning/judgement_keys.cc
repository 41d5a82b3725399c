// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgement_keys.h"

#include "common/storage/key_codec.h"
#include "services/matching/learning/time_id.h"

namespace duijie::matching::judgement_keys {
namespace {

// Never change a value.
constexpr uint8_t kJudgements = 'j';
constexpr uint8_t kFormatTag = 'f';
constexpr uint8_t kJudgementTag = 'd';
constexpr uint8_t kOfRecordTag = 'x';
constexpr uint8_t kCountingTag = 'c';
constexpr uint8_t kRequests = 'r';
constexpr uint8_t kRequestTag = 'q';
constexpr uint8_t kExpiryTag = 'e';
// Judges that were named, and keys that judged themselves: a name can never stand in for a key.
constexpr uint8_t kJudgedByKey = 1;
constexpr uint8_t kJudgedByName = 2;

constexpr std::string_view kPrefix = "judgements/";

KeyBuilder Of(uint8_t group, uint8_t tag) { return std::move(KeyBuilder().Tag(group).Tag(tag)); }

}  // namespace

std::string NameOf(Number number) { return std::string(kPrefix) + TimeIdOf(number); }

std::optional<Number> NumberOf(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  return NumberOfTimeId(name.substr(kPrefix.size()));
}

std::string Format() { return Of(kJudgements, kFormatTag).Take(); }
std::string Judgement(Number number) { return Of(kJudgements, kJudgementTag).U64Desc(number).Take(); }
std::string JudgementsBegin() { return Of(kJudgements, kJudgementTag).Take(); }
std::string JudgementsEnd() { return PrefixEnd(JudgementsBegin()); }

std::string OfRecord(std::string_view record, Number number) {
  return Of(kJudgements, kOfRecordTag).Str(record).U64Desc(number).Take();
}
std::string OfRecordBegin(std::string_view record) {
  return Of(kJudgements, kOfRecordTag).Str(record).Take();
}
std::string OfRecordEnd(std::string_view record) { return PrefixEnd(OfRecordBegin(record)); }

std::string Counting(const v1::Judgement& judgement) {
  const bool named = !judgement.judge().empty();
  return Of(kJudgements, kCountingTag)
      .Str(judgement.need())
      .Str(judgement.achievement())
      .Tag(named ? kJudgedByName : kJudgedByKey)
      .Str(named ? judgement.judge() : judgement.creator())
      .Take();
}
std::string CountingBegin() { return Of(kJudgements, kCountingTag).Take(); }
std::string CountingEnd() { return PrefixEnd(CountingBegin()); }

std::string Request(std::string_view caller, std::string_view request_id) {
  return Of(kRequests, kRequestTag).Str(caller).Str(request_id).Take();
}
std::string RequestExpiry(uint64_t expires_micros, std::string_view caller, std::string_view request_id) {
  return Of(kRequests, kExpiryTag).U64(expires_micros).Str(caller).Str(request_id).Take();
}
std::string RequestExpiriesBegin() { return Of(kRequests, kExpiryTag).Take(); }
std::string RequestExpiriesEnd(uint64_t now_micros) {
  return PrefixEnd(Of(kRequests, kExpiryTag).U64(now_micros).Take());
}

std::optional<Number> ParseJudgement(std::string_view key) {
  KeyReader reader(key);
  Number number = 0;
  if (!reader.Tag(kJudgements) || !reader.Tag(kJudgementTag) || !reader.U64Desc(&number) || !reader.AtEnd()) {
    return std::nullopt;
  }
  return number;
}

std::optional<Number> ParseOfRecord(std::string_view key) {
  KeyReader reader(key);
  std::string record;
  Number number = 0;
  if (!reader.Tag(kJudgements) || !reader.Tag(kOfRecordTag) || !reader.Str(&record) ||
      !reader.U64Desc(&number) || !reader.AtEnd()) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::string> ParseRequestExpiry(std::string_view key) {
  KeyReader reader(key);
  uint64_t expires = 0;
  std::string caller;
  std::string request_id;
  if (!reader.Tag(kRequests) || !reader.Tag(kExpiryTag) || !reader.U64(&expires) || !reader.Str(&caller) ||
      !reader.Str(&request_id) || !reader.AtEnd()) {
    return std::nullopt;
  }
  return Request(caller, request_id);
}

}  // namespace duijie::matching::judgement_keys
