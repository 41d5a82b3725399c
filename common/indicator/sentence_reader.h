// SPDX-License-Identifier: GPL-3.0-or-later
// The indicators of one sentence. Private to common/indicator.
#pragma once

#include <string>
#include <vector>

#include "common/indicator/conditions.h"
#include "common/indicator/cues.h"
#include "common/indicator/extraction.h"
#include "common/indicator/names.h"
#include "common/indicator/quantities.h"

namespace duijie::indicator {

inline constexpr size_t kMaxGroup = 12;  // figures that share their names

class SentenceReader {
 public:
  // The sentence is the tokens [begin, end) of `grouped`; its indicators are appended to `out`, its other
  // figures to `others`, which may be null. All must outlive the reader.
  SentenceReader(const Runes& text, Grouped* grouped, size_t begin, size_t end, std::vector<Indicator>* out,
                 OtherFigures* others);

  void Run();

 private:
  // Figures that share what stands before them: 600MPa、400MPa和15%.
  struct Group {
    std::vector<size_t> members;  // token indices
    std::vector<Name> names;      // one for each member, or one for each indicator of a single member
    Cues cues;                    // of the first member
    size_t clause_begin = 0;
    size_t clause_end = 0;
  };

  Role RoleAt(size_t i) const { return i >= begin_ && i < end_ ? tokens_[i].role : Role::kSentenceEnd; }
  Quantity& QuantityAt(size_t i) const { return quantities_[tokens_[i].quantity]; }
  bool IsFree(size_t i) const;
  bool IsArrow(size_t i) const;
  void MarkStarts();
  void JoinDoubleBounds();
  void ReadConditions() const;
  std::vector<Name> NamesBeforeMark(const Group& group) const;
  size_t ClauseBegin(size_t i) const;
  size_t ClauseEnd(size_t i) const;
  size_t ReadGroup(size_t i);
  void ShareUnits(const std::vector<size_t>& members) const;
  void ReadNames(Group* group) const;
  std::vector<Name> NamesBefore(size_t end, size_t begin) const;
  size_t BeforeInner(size_t end) const;
  Name NameOfTurn(const Group& group, size_t last) const;
  Name WholeWord(Name name) const;
  Name NameOfOne(const Group& group, Name name, size_t name_end) const;
  bool IsMeans(const Group& group, const Name& name) const;
  bool IsConditionWord(const Name& name) const;
  size_t BeforeStart(size_t end, size_t begin) const;
  void Emit(const Group& group, size_t member, const Name& named);
  std::string TakeColumnUnit(const Quantity& quantity, const Cues& cues, Name* name) const;
  void Inherit(const Cues& cues, const Quantity& quantity, Indicator* indicator) const;
  void KeepEndured(const Group& group, const Name& name, const Quantity& quantity) const;
  void SetUnit(const Group& group, const Cues& cues, const Quantity& quantity, Indicator* indicator) const;
  void SetStart(const Group& group, const Quantity& quantity, Indicator* indicator) const;
  bool IsMeantThing(size_t now) const;
  bool IsOfAnotherName(const Stretch& stretch, size_t token) const;
  bool TellsOfNow(size_t i) const;
  bool EndsNow(size_t i) const;
  void SetCondition(size_t token, Indicator* indicator);
  void SetSpans(const Group& group, const Cues& cues, const Name& name, const Quantity& quantity,
                Indicator* indicator) const;
  TextSpan Span(uint32_t begin, uint32_t end) const;

  const Runes& text_;
  const std::vector<Token>& tokens_;
  std::vector<Quantity>& quantities_;
  const size_t begin_;
  const size_t end_;
  std::vector<Indicator>& out_;
  OtherFigures* const others_;
  const size_t first_out_;
  std::vector<Stretch> stretches_;
};

}  // namespace duijie::indicator
