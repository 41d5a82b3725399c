// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/names.h"

#include <algorithm>

#include "common/indicator/extract.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxBracketTokens = 12;
constexpr std::u32string_view kSizeWords = U"厚宽长高深径";  // 0.3mm厚

class NameReader {
 public:
  NameReader(const std::vector<Token>& tokens, size_t end, size_t begin) : tokens_(tokens), begin_(begin) {
    first_ = end_ = end;
  }

  Name Read() {
    while (first_ > begin_ && end_ - first_ < kMaxContextTokens && Take()) {
    }
    return Finish();
  }

 private:
  bool Empty() const { return first_ == end_; }
  bool Accept() {
    --first_;
    return true;
  }

  bool Take() {
    const Role role = tokens_[first_ - 1].role;
    switch (role) {
      case Role::kWord:
      case Role::kLatin:
      case Role::kProcess:
      case Role::kConditionWord:
        return Accept();
      case Role::kClose:
        return TakeBracket();
      case Role::kUp:
      case Role::kDown:
        if (!Empty()) name_.change = role;
        return false;
      case Role::kSavingName:
      case Role::kGainName:
        return TakeVerbName(role);
      case Role::kBaseline:  // the name stands before 比…
        end_ = --first_;
        return true;
      case Role::kAnd:
        name_.joined = !Empty();
        return false;
      case Role::kPer:
      case Role::kEach:
        if (!Empty()) return false;
        end_ = --first_;
        return true;
      default:
        return false;
    }
  }

  bool TakeVerbName(Role role) {
    if (!Empty()) return false;
    name_.change = role == Role::kSavingName ? Role::kDown : Role::kUp;
    name_.own_verb = true;
    --first_;
    return false;
  }

  // 粗糙度（Ra） is one name; a bracket with figures is left out.
  bool TakeBracket() {
    size_t open = first_ - 1;
    bool figures = false;
    while (open > begin_ && tokens_[open].role != Role::kOpen && first_ - open < kMaxBracketTokens) {
      figures = figures || tokens_[open].role == Role::kQuantity;
      --open;
    }
    if (tokens_[open].role != Role::kOpen) return false;
    if (figures && !Empty()) return false;
    first_ = open;
    if (figures || Empty()) {
      if (figures) end_ = open;
    }
    return true;
  }

  Name Finish() {
    name_.first = first_;
    if (Empty()) return name_;
    name_.begin = tokens_[first_].begin;
    name_.end = tokens_[end_ - 1].end;
    name_.begin = std::max<uint32_t>(name_.begin, name_.end - std::min<uint32_t>(name_.end, kMaxNameRunes));
    return name_;
  }

  const std::vector<Token>& tokens_;
  const size_t begin_;
  size_t first_;
  size_t end_;
  Name name_;
};

}  // namespace

Name NameBefore(const std::vector<Token>& tokens, size_t end, size_t begin) {
  return NameReader(tokens, end, begin).Read();
}

Name NameBehind(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t end, bool counted) {
  Name name;
  if (index >= end) return name;
  const Token& next = tokens[index];
  const bool of = next.role == Role::kOf;
  size_t at = of ? index + 1 : index;
  if (!of && next.role == Role::kWord && kSizeWords.find(text[next.begin]) != std::u32string_view::npos) {
    name.begin = next.begin;
    name.end = next.begin + 1;
    return name;
  }
  if (!of && !counted) return name;
  const size_t first = at;
  while (at < end && at - first < kMaxContextTokens &&
         (tokens[at].role == Role::kWord || tokens[at].role == Role::kLatin)) {
    ++at;
  }
  if (at == first) return name;
  name.begin = tokens[first].begin;
  name.end = std::min<uint32_t>(tokens[at - 1].end, name.begin + kMaxNameRunes);
  return name;
}

}  // namespace duijie::indicator
