// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese words of profiles, selections and guesses. Pure.
#pragma once

#include <string>

#include "duijie/v1/profile.pb.h"

namespace duijie::mining {

// "即将到期（还有 30 天）".
std::string StandingText(const v1::ProfileCertificate& certificate);

const char* WordFor(v1::PushState state);
const char* WordFor(v1::DeclineReason reason);
const char* WordFor(v1::NeedVerdict verdict);

// Of the yield model's terms; the term itself if it is unknown.
std::string TermWord(const std::string& term);

}  // namespace duijie::mining
