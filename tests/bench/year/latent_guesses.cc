// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/latent_guesses.h"

#include "tests/bench/report/report.h"
#include "tests/bench/year/streams.h"

namespace duijie::bench {

StatusOr<GuessFigures> GuessLatentNeeds(const Stage& stage, uint64_t enterprises) {
  GuessFigures figures;
  Random random = stage.Stream(kGuessStream, 0);
  for (uint64_t i = 0; i < enterprises; ++i) {
    const uint64_t row = random.Below(stage.world.scale().enterprises);
    DUIJIE_ASSIGN_OR_RETURN(const Party* staff, stage.parties.Staff(stage.world.ParkOf(row)));
    v1::ProposeLatentNeedsRequest request;
    request.set_enterprise(stage.texts.enterprises.Of(row));
    const Stopwatch watch;
    DUIJIE_ASSIGN_OR_RETURN(const auto proposed,
                            staff->Call(&v1::ProfileService::Stub::ProposeLatentNeeds, request));
    figures.ms.push_back(watch.Milliseconds());
    figures.guesses += static_cast<uint64_t>(proposed.latent_needs_size());
  }
  return figures;
}

}  // namespace duijie::bench
