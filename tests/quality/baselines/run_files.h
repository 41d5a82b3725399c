// SPDX-License-Identifier: GPL-3.0-or-later
// Run files of a ranker, and the texts for peers in other languages.
#pragma once

#include <string>

#include "common/status/status.h"
#include "tests/quality/baselines/corpus.h"
#include "tests/quality/baselines/rankers.h"

namespace duijie::baselines {

// Writes <folder>/<system>.pool.trec, every judged achievement of each need with its score, and
// <folder>/<system>.full.trec, the best `depth` of the whole corpus, without those of score 0. Both best
// first, ties by id.
Status WriteRuns(const Corpus& corpus, const std::string& system, int depth, const std::string& folder,
                 Ranker* ranker);

// Writes <folder>/needs.tsv and <folder>/achievements.tsv: id, tab, text in one line.
Status WriteTexts(const Corpus& corpus, const std::string& folder);

}  // namespace duijie::baselines
