// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer of the clinic does to the need. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/need.pb.h"

namespace duijie::mining {

// Puts the answer into the need. An answer given before to the same question is replaced. `fields`: the
// top-level fields of the need that changed. INVALID_ARGUMENT for a question or an answer that cannot be.
Status ApplyAnswer(std::string_view question_id, const std::string& answer, v1::Need* need,
                   std::vector<std::string>* fields);

}  // namespace duijie::mining
