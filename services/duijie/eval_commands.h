// SPDX-License-Identifier: GPL-3.0-or-later
// eval score, eval export: rankings against human judgements.
#pragma once

#include "services/duijie/eval_metrics.h"
#include "services/duijie/session.h"

namespace duijie {

void AddEvalCommands(CLI::App& app, Invocation& invocation);

// The measures as lines of Chinese, and as one JSON object without line end. Pure.
std::string MeasuresText(const Measures& measures, int depth);
std::string MeasuresJson(const Measures& measures, int depth);

}  // namespace duijie
