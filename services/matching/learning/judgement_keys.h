// SPDX-License-Identifier: GPL-3.0-or-later
// Every key shape of judgements in the store "learning"; see docs/formats/learning.md. Judgements have keys
// under 'j', remembered requests under 'r'; the first letter 'm' belongs to models.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "duijie/v1/judgement.pb.h"

namespace duijie::matching::judgement_keys {

// A judgement's number grows with time; its name is "judgements/" and time_id.h's id of the number.
using Number = uint64_t;
std::string NameOf(Number number);
std::optional<Number> NumberOf(std::string_view name);

std::string Format();                  // → format version
std::string Judgement(Number number);  // → v1::Judgement
std::string JudgementsBegin();         // of the range of all judgements, latest first
std::string JudgementsEnd();

// The judgements of one record ("needs/{id}" or "achievements/{id}"), latest first. → ""
std::string OfRecord(std::string_view record, Number number);
std::string OfRecordBegin(std::string_view record);
std::string OfRecordEnd(std::string_view record);

// The latest judgement of its judge on its pair, by need, achievement, judge. → the number, decimal
std::string Counting(const v1::Judgement& judgement);
std::string CountingBegin();
std::string CountingEnd();

std::string Request(std::string_view caller, std::string_view request_id);  // → RememberedRequest
// → "": when the request is forgotten.
std::string RequestExpiry(uint64_t expires_micros, std::string_view caller, std::string_view request_id);
std::string RequestExpiriesBegin();
std::string RequestExpiriesEnd(uint64_t now_micros);  // of those whose time is over

std::optional<Number> ParseJudgement(std::string_view key);
std::optional<Number> ParseOfRecord(std::string_view key);
// The key of the request that expires.
std::optional<std::string> ParseRequestExpiry(std::string_view key);

}  // namespace duijie::matching::judgement_keys
