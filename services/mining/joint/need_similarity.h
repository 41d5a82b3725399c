// SPDX-License-Identifier: GPL-3.0-or-later
// How alike needs are: the cosine of their two-character grams, weighted by how rare a gram is among needs
// (NeedBoilerplate) and by 1 + ln of its count (Salton and Buckley, 1988). Titles count twice. Pure.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "common/semantics/need_boilerplate.h"
#include "common/text/analyzer.h"

namespace duijie::mining {

struct NeedText {
  std::string title;
  std::string body;
};

struct AlikePair {
  size_t a = 0, b = 0;  // places in the input, a < b
  double similarity = 0;
};

// Thread-safe.
class NeedSimilarity {
 public:
  NeedSimilarity(std::shared_ptr<const Analyzer> analyzer, std::shared_ptr<const NeedBoilerplate> boilerplate)
      : analyzer_(std::move(analyzer)), boilerplate_(std::move(boilerplate)) {}

  // All pairs of at least `min_similarity`, in order of a, then b.
  std::vector<AlikePair> Pairs(const std::vector<NeedText>& needs, double min_similarity) const;

 private:
  const std::shared_ptr<const Analyzer> analyzer_;
  const std::shared_ptr<const NeedBoilerplate> boilerplate_;
};

}  // namespace duijie::mining
