// SPDX-License-Identifier: GPL-3.0-or-later
// Where the figures of a text stand, and what the words of a clause make of all figures in it, each worked
// out once. Private to common/indicator.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "common/indicator/name_words.h"
#include "common/indicator/text_marks.h"

namespace duijie::indicator {

std::string_view Part(std::string_view text, TextSpan span);

struct ClauseFacts {
  TextSpan span;
  Runes32 runes;  // folded
  // Rows of name_words.h.
  uint64_t decisive = 0;
  uint64_t substances = 0;
  bool tells_loss = false;
  size_t step_words = 0;                     // that tell a step of a process or a composition
  bool is_plan = false;                      // or led by one: 预计项目达产后，
  bool is_of_other = false;                  // of another product
  bool follows_other = false;                // a clause before says that the sentence is of another product
  size_t compared = std::string_view::npos;  // 与…的传统配方相比: where that stands, bytes of the text
};

class FigurePlaces {
 public:
  FigurePlaces() = default;
  explicit FigurePlaces(std::string_view text) : text_(text), marks_(text) {}

  // `whole` of a figure, known or not.
  void Add(TextSpan whole);

  // Of a `whole` that was added.
  TextSpan SentenceOf(TextSpan whole) const { return places_.at(Key(whole)).sentence; }
  const ClauseFacts& ClauseOf(TextSpan whole) const { return clauses_[places_.at(Key(whole)).clause]; }

  const TextMarks& marks() const { return marks_; }
  size_t clauses() const { return clauses_.size(); }
  size_t bytes() const;  // of memory, about

 private:
  using Ends = std::pair<uint32_t, uint32_t>;
  struct Place {
    TextSpan sentence;
    size_t clause = 0;  // in the clauses: figures may share a long one
  };
  static Ends Key(TextSpan span) { return {span.begin, span.end}; }
  ClauseFacts FactsOf(TextSpan span) const;
  bool FollowsOther(TextSpan clause) const;

  std::string_view text_;
  TextMarks marks_;
  std::map<Ends, Place> places_;
  std::map<Ends, size_t> numbers_;  // of the clauses
  std::vector<ClauseFacts> clauses_;
};

// A plan, a rival's or former product's figure: never evidence.
bool IsUnusable(std::string_view text, const FigurePlaces& places, const Indicator& figure);

}  // namespace duijie::indicator
