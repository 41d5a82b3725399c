// SPDX-License-Identifier: GPL-3.0-or-later
// Splits needs into folds, whole groups at a time. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/matching/learning/training_data.h"
#include "services/matching/learning/training_random.h"

namespace duijie::matching {

using Needs = std::vector<const TrainingNeed*>;

struct Fold {
  Needs learned;
  Needs held_out;
};

// Groups are dealt out in random order, so that folds have about as many groups. Needs keep their order.
inline std::vector<Fold> FoldsOf(const Needs& needs, int folds, int64_t seed) {
  std::map<std::string, size_t> fold_of;
  for (const TrainingNeed* need : needs) fold_of[need->group] = 0;
  std::vector<std::string> groups;
  for (const auto& [group, fold] : fold_of) groups.push_back(group);
  TrainingRandom random(seed);
  random.Shuffle(&groups);
  for (size_t i = 0; i < groups.size(); ++i) fold_of[groups[i]] = i % static_cast<size_t>(folds);
  std::vector<Fold> out(static_cast<size_t>(folds));
  for (const TrainingNeed* need : needs) {
    for (size_t fold = 0; fold < out.size(); ++fold)
      (fold_of[need->group] == fold ? out[fold].held_out : out[fold].learned).push_back(need);
  }
  return out;
}

}  // namespace duijie::matching
