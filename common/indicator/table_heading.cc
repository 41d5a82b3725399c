// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/table_heading.h"

#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxBetween = 6;    // tokens between heading and number
constexpr size_t kMaxUnitPart = 16;  // code points of a unit in a heading

// Letters that are a unit alone; others in brackets are labels.
constexpr std::u32string_view kLoneUnits = U"AVWNhsmgtLKJ";

bool MayStandBetween(Role role) {
  switch (role) {
    case Role::kAtLeast:
    case Role::kAtMost:
    case Role::kEqual:
    case Role::kColon:
    case Role::kRange:
    case Role::kPlusMinus:
    case Role::kNumber:
      return true;
    default:
      return false;
  }
}

bool IsUnit(std::u32string_view part) {
  if (part.empty()) return false;
  if (part.size() == 1 && IsLatin(part.front()))
    return kLoneUnits.find(part.front()) != std::u32string_view::npos;
  return ParseUnit(ToUtf8(part)).has_value();
}

// 元/吨 is a unit, no heading of tonnes.
bool IsPartOfUnit(char32_t before, std::u32string_view part) {
  return IsHan(part.front()) && before != U'度' && IsUnit({&before, 1});
}

std::u32string_view WithoutBrackets(std::u32string_view part) {
  const bool both = part.size() > 2 && part.front() == U'(' && part.back() == U')';
  return both ? part.substr(1, part.size() - 2) : part;
}

// Where the unit of a heading that ends with `name` begins, with its stroke or bracket; name.size() if it has
// none.
size_t UnitBegin(std::u32string_view name) {
  const size_t low = name.size() > kMaxUnitPart ? name.size() - kMaxUnitPart : 0;
  for (size_t at = name.size(); at > low + 1;) {
    --at;
    const std::u32string_view part = name.substr(at + 1);
    if (name[at] == U'/' && (IsHan(name[at - 1]) || name[at - 1] == U')')) {
      const std::u32string_view bare = WithoutBrackets(part);
      return IsUnit(bare) && !IsPartOfUnit(name[at - 1], bare) ? at : name.size();
    }
    if (name[at] == U'(' && name.back() == U')' && name[at - 1] != U'/')
      return part.size() > 1 && IsUnit(part.substr(0, part.size() - 1)) ? at : name.size();
  }
  return name.size();
}

// The heading that ends with token `last`, as code points; empty if none does.
std::u32string_view HeadingAt(const Runes& text, const std::vector<Token>& tokens, size_t last) {
  const size_t end = tokens[last].end;
  const std::u32string_view name = text.view(end > 2 * kMaxUnitPart ? end - 2 * kMaxUnitPart : 0, end);
  const size_t begin = UnitBegin(name);
  return begin == name.size() ? std::u32string_view() : name.substr(begin);
}

}  // namespace

std::string UnitOfHeading(const Runes& text, const std::vector<Token>& tokens, size_t index) {
  size_t at = index;
  while (at > 0 && index - at < kMaxBetween && MayStandBetween(tokens[at - 1].role)) --at;
  if (at == 0) return {};
  const std::u32string_view heading = HeadingAt(text, tokens, at - 1);
  if (heading.empty()) return {};
  // Two headings in a row belong to two rows of figures.
  const size_t begin = tokens[at - 1].end - heading.size();
  size_t name = at - 1;
  while (name > 0 && tokens[name].begin >= begin) --name;
  if (name > 0 && tokens[name].role == Role::kWord && tokens[name - 1].end + 1 == tokens[name].begin &&
      !HeadingAt(text, tokens, name - 1).empty())
    return {};
  std::u32string_view unit = heading.front() == U'/' ? heading.substr(1) : heading;
  unit = WithoutBrackets(unit);
  return ToUtf8(unit);
}

size_t HeadingUnitLength(std::u32string_view name) { return name.size() - UnitBegin(name); }

}  // namespace duijie::indicator
