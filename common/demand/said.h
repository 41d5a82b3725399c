// SPDX-License-Identifier: GPL-3.0-or-later
// What the words around a figure say of it: that it is wished for, or so today. Private to common/demand.
#pragma once

#include "common/demand/cue_words.h"
#include "common/indicator/extract.h"

namespace duijie {

struct Said {
  Says says = Says::kNothing;
  bool in_own_clause = false;
};

// The nearest clause of the sentence that says something, from the figure's own backwards; a wish holds
// beyond a semicolon. Of two words in a clause the later decides. `relative`: baselines (比现有) tell
// nothing.
Said SaidOf(std::string_view text, const indicator::Indicator& figure, bool relative);

}  // namespace duijie
