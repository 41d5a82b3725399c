// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of a judgement's fields, and of the small fields of its requests. Each check adds a violation per
// broken rule, with a Chinese description. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "duijie/v1/judgement.pb.h"

namespace duijie::matching {

inline constexpr size_t kMaxCommentCodePoints = 1'000;
inline constexpr size_t kMaxJudgeCodePoints = 200;
inline constexpr int kMaxRankShown = 100'000;
inline constexpr size_t kMaxModelVersionCodePoints = 64;

// What a caller may set of `asked`, with blanks around judge and comment removed.
v1::Judgement InputOf(const v1::Judgement& asked);

// `judgement` is what InputOf made; `prefix` comes before the fields' names, e.g. "judgements[2].".
void CheckJudgement(const v1::Judgement& judgement, const Principal& caller, const std::string& prefix,
                    std::vector<FieldViolation>* wrong);

// BAD_NAME unless `name` is a name of `collection` ("needs/").
void CheckRecordName(std::string_view name, std::string_view collection, const std::string& field,
                     std::vector<FieldViolation>* wrong);

// TOO_LONG, CONTROL_CHARACTER.
void CheckModelVersion(std::string_view version, const std::string& field,
                       std::vector<FieldViolation>* wrong);

// INVALID_UUID; empty is fine.
void CheckRequestId(std::string_view request_id, std::vector<FieldViolation>* wrong);

}  // namespace duijie::matching
