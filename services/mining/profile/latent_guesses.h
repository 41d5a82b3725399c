// SPDX-License-Identifier: GPL-3.0-or-later
// What an enterprise may need without having said so. Every guess has its evidence:
//   - findings of a visit that tell of an effect wanted or a defect (NoteReader), where no need came of the
//     visit;
//   - a push without a need that was declined for its figures, maturity, price or terms: the problem stays;
//   - a certificate that has expired or is about to;
//   - what PeerProblems tells of its peers. A shared word that another guess speaks of is evidence for that.
// What one of its own needs already says (all problem words of the guess) is no guess. Pure and
// deterministic.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "duijie/v1/profile.pb.h"
#include "duijie/v1/push.pb.h"
#include "services/mining/intake/note_reader.h"
#include "services/mining/problems/peer_problems.h"
#include "services/mining/visits/visit_days.h"

namespace duijie::mining {

inline constexpr char kLatentRules[] = "latent-1";
inline constexpr size_t kMostGuesses = 20;
inline constexpr size_t kMostEvidence = 10;  // of one guess

struct GuessInput {
  v1::Enterprise enterprise;
  std::vector<v1::Need> needs;    // its own, of any state
  std::vector<v1::Push> pushes;   // latest first
  std::vector<v1::Visit> visits;  // latest first
  PeerProblemList peers;
  std::string industry;  // name of what the peers share
  Day as_of;
};

struct Guess {
  std::string key;      // tells it from other guesses about the enterprise, for good
  std::string problem;  // "" if it is the title of the public need that it rests on
  std::vector<v1::LatentEvidence> evidence;
};

std::vector<Guess> GuessNeeds(const GuessInput& input, const NoteReader& reader,
                              const PeerProblems::FindWords& find_words);

}  // namespace duijie::mining
