// SPDX-License-Identifier: GPL-3.0-or-later
// Words of Chinese text: the only file pair that knows cppjieba. Private to common/text.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/text/code_points.h"

namespace duijie {

// Runs longer than this are cut into pieces before segmentation, which bounds memory on text without
// punctuation.
inline constexpr uint32_t kMaxPieceCodePoints = 256;
// Words inside a word are looked for up to this length.
inline constexpr uint32_t kMaxSubWordCodePoints = 8;

// Immutable and thread-safe after Create. Memory is that of one dictionary trie and one HMM model: cppjieba's
// own facade would add the keyword extractor's tables.
class Segmenter {
 public:
  // `terms` (normalised, Chinese characters only) join the dictionary with the least frequency at which each
  // is preferred to any split of itself: jieba's suggest_freq, computed from short terms to long. Files must
  // have passed CheckJiebaDict and CheckHmmModel, since cppjieba aborts on a bad line; `frequency_sum` is
  // from there.
  static StatusOr<std::unique_ptr<Segmenter>> Create(const std::string& jieba_dict,
                                                     const std::string& hmm_model, double frequency_sum,
                                                     std::vector<std::string> terms);
  ~Segmenter();

  // Appends the words of text[run.begin, run.end) and every dictionary word of two or more characters inside
  // a longer word (三元正极材料 → 三元, 正极, 材料, 正极材料, 三元正极材料). Spans may repeat; order is not
  // defined.
  void Cut(const CodePoints& text, Span run, std::vector<Span>* words) const;

 private:
  class Impl;
  explicit Segmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace duijie
