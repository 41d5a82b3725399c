// SPDX-License-Identifier: GPL-3.0-or-later
// The records and judgements that baselines rank: the same files that `duijie import` and `duijie eval` take.
//
//   needs         JSON Lines {id, title, description}
//   achievements  JSON Lines {id, title} and, if there is one, the text under abstract or summary
//   judgements    as services/duijie/trec_file.h has them
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "services/duijie/eval_metrics.h"

namespace duijie::baselines {

struct TextRecord {
  std::string id;
  std::string title;
  std::string body;

  std::string Text() const { return title + "\n" + body; }
};

struct Corpus {
  std::vector<TextRecord> needs;         // the judged ones, by id
  std::vector<TextRecord> achievements;  // by id
  Judgements judgements;
};

// Errors: those of OpenTable and ParseJudgements; INVALID_ARGUMENT (NO_ID) for a record without an id.
StatusOr<Corpus> ReadCorpus(const std::string& needs, const std::string& achievements,
                            const std::string& qrels);

}  // namespace duijie::baselines
