// SPDX-License-Identifier: GPL-3.0-or-later
// Streams of Random that the simulation draws from, apart from those of the generator.
#pragma once

#include <cstdint>

namespace duijie::bench {

enum YearStream : uint64_t {
  kExpertStream = 101,
  kConfidentialStream,
  kConsentStream,
  kEnterpriseStream,  // what an enterprise is like
  kAnswerStream,      // what becomes of a push
  kChangeStream,      // what happens to an achievement later
  kVisitStream,
  kDayStream,  // provocations and probes of a day
  kBaselineStream,
  kSupportStream,  // awards, programmes and places of achievements
  kCampaignStream,
  kGuessStream,
};

}  // namespace duijie::bench
