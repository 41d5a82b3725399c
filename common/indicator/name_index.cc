// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/name_index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/indicator/align.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {

Status BadNameLine(const std::filesystem::path& path, int line, std::string_view rule) {
  return Error(
      StatusCode::kInvalidArgument, "BAD_TEXT_DATA", "指标名称表有错误的行",
      {{"file", path.filename().string()}, {"line", std::to_string(line)}, {"rule", std::string(rule)}});
}

Status NameIndex::AddLine(const std::filesystem::path& path, int line, std::string_view text) {
  ++groups_;
  while (true) {
    const size_t tab = std::min(text.find('\t'), text.size());
    const std::string_view cell = text.substr(0, tab);
    if (const size_t at = cell.find('@'); at != std::string_view::npos) {
      DUIJIE_RETURN_IF_ERROR(AddVerb(path, line, cell, at));
    } else {
      Runes32 name = CleanedName(cell);
      if (name.empty() || name.size() > kMaxNameTableCellRunes) return BadNameLine(path, line, "NAME_LENGTH");
      longest_ = std::max(longest_, name.size());
      // 量程 and 量程范围 are one name here.
      if (groups_of_.emplace(std::move(name), groups_).first->second != groups_)
        return BadNameLine(path, line, "NAME_TWICE");
    }
    if (tab == text.size()) return OkStatus();
    text.remove_prefix(tab + 1);
  }
}

Status NameIndex::AddVerb(const std::filesystem::path& path, int line, std::string_view text, size_t at) {
  Runes32 verb = CleanedName(text.substr(0, at));
  if (verb.size() > kMaxNameTableCellRunes) return BadNameLine(path, line, "NAME_LENGTH");
  const auto unit = ParseUnit(text.substr(at + 1), text.substr(0, at));
  if (!unit) return BadNameLine(path, line, "UNIT");
  longest_ = std::max(longest_, verb.size());
  std::vector<Verb>& entries = verbs_[std::move(verb)];
  for (const Verb& entry : entries) {
    if (Convertible(entry.unit, *unit) && entry.group != groups_)
      return BadNameLine(path, line, "NAME_TWICE");
  }
  entries.push_back({*unit, groups_});
  return OkStatus();
}

int NameIndex::GroupOf(View32 name) const {
  const auto found = groups_of_.find(name);
  return found == groups_of_.end() ? 0 : found->second;
}

int NameIndex::GroupOfVerb(View32 verb, const Unit& unit) const {
  const auto found = verbs_.find(verb);
  if (found == verbs_.end()) return 0;
  for (const Verb& entry : found->second) {
    if (Convertible(entry.unit, unit)) return entry.group;
  }
  return 0;
}

int NameIndex::GroupOfUnit(std::string_view unit) const {
  const auto parsed = ParseUnit(unit);
  return parsed && !IsDimensionless(*parsed) ? GroupOfVerb({}, *parsed) : 0;
}

std::optional<NameIndex::Head> NameIndex::HeadOf(View32 name, std::string_view unit_text) const {
  // 度 is of what the name says: 耗直流电4.3度.
  const bool told = unit_text.starts_with("度");
  const auto unit = unit_text.empty() ? std::nullopt
                    : told            ? ParseUnit(unit_text, ToUtf8(name))
                                      : ParseUnit(unit_text);
  const size_t limit = std::min(longest_, name.size());
  for (size_t length = limit; length > 0; --length) {
    const size_t begin = name.size() - length;
    const View32 end = name.substr(begin);
    if (const int group = unit ? GroupOfVerb(end, *unit) : 0) return Head{length, group, begin};
    if (const int group = GroupOf(end)) return Head{length, group, begin};
  }
  if (!unit || IsDimensionless(*unit)) return std::nullopt;
  if (name.empty()) {
    // 0.05 g of something is no weight of a product, and 1.35 T may be tesla.
    if (unit_text == "g" || unit_text == "mg" || unit_text == "T" || unit_text == "克") return std::nullopt;
    const int group = GroupOfVerb(name, *unit);
    return group == 0 ? std::nullopt : std::optional(Head{0, group, 0});
  }
  return VerbBeforeObject(name, *unit);
}

std::optional<NameIndex::Head> NameIndex::VerbBeforeObject(View32 name, const Unit& unit) const {
  static constexpr View32 kTrials[] = {U"试验", U"测试", U"考核", U"实验", U"验证"};
  for (const View32 trial : kTrials) {
    if (name.find(trial) != View32::npos) return std::nullopt;
  }
  // 重量传感器 0.01 kg: the figure is of what the thing measures.
  for (const View32 thing : {U"传感器", U"探头", U"变送器", U"测量仪", U"检测仪"}) {
    if (name.ends_with(thing)) return std::nullopt;
  }
  for (size_t begin = 0; begin + 1 < name.size(); ++begin) {
    // One code point (产) is a verb only where the name begins.
    const size_t shortest = begin == 0 ? 1 : 2;
    for (size_t length = std::min(longest_, name.size() - begin); length >= shortest; --length) {
      if (const int group = GroupOfVerb(name.substr(begin, length), unit)) return Head{length, group, begin};
    }
  }
  return std::nullopt;
}

}  // namespace duijie::indicator
