// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a change of the catalog an event of standing push: a record becomes PUBLISHED, or one that is
// published says something else than before. Other edits (contacts, sources, prices, tiers …) are none. Pure.
#pragma once

#include "duijie/internal/v1/feed_service.pb.h"

namespace duijie::push {

// `before`: the record as it was, or without a kind. Texts of an achievement that count: title, summary,
// problem, advantage, indicators, keywords; of a need: title, description, current practice, targets, import
// substitution, keywords, and the consent to pushes.
bool IsStandingEvent(const internal::v1::Record& before, const internal::v1::Record& now);

}  // namespace duijie::push
