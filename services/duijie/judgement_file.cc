// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/judgement_file.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

constexpr int kMinLevel = v1::MATCH_LEVEL_NONE;
constexpr int kMaxLevel = v1::MATCH_LEVEL_STRONG;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string> SplitTabs(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    const size_t tab = line.find('\t');
    fields.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

bool ParseWhole(const std::string& text, int* number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), *number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

// Which column holds what.
class Heading {
 public:
  static StatusOr<Heading> Parse(const std::vector<std::string>& names, const std::string& path) {
    Heading heading;
    for (size_t i = 0; i < names.size(); ++i) {
      const bool known = names[i] == "need_id" || names[i] == "achievement_id" || names[i] == "level" ||
                         names[i] == "judge" || names[i] == "rank_shown";
      if (!known || !heading.column_of_.emplace(names[i], i).second) {
        return UsageError(path + " 第 1 行：不认识的或重复的表头 " + names[i]);
      }
    }
    for (const char* name : {"need_id", "achievement_id", "level"}) {
      if (heading.column_of_.contains(name)) continue;
      return UsageError(
          path + " 第 1 行：表头须有 need_id、achievement_id、level（制表符分隔），可有 judge、rank_shown");
    }
    return heading;
  }
  size_t size() const { return column_of_.size(); }
  // "" where the file has no such column.
  std::string Of(const std::vector<std::string>& fields, const char* name) const {
    const auto found = column_of_.find(name);
    return found == column_of_.end() ? "" : fields[found->second];
  }

 private:
  std::map<std::string, size_t> column_of_;
};

StatusOr<JudgementLine> ParseLine(const Heading& heading, const std::vector<std::string>& fields) {
  if (fields.size() != heading.size()) return UsageError("字段数与表头不同");
  JudgementLine line;
  line.need_id = heading.Of(fields, "need_id");
  line.achievement_id = heading.Of(fields, "achievement_id");
  if (line.need_id.empty() || line.achievement_id.empty())
    return UsageError("缺少 need_id 或 achievement_id");
  int level = 0;
  if (!ParseWhole(heading.Of(fields, "level"), &level) || level < kMinLevel || level > kMaxLevel) {
    return UsageError("等级应为 1 到 4");
  }
  line.level = static_cast<v1::MatchLevel>(level);
  line.judge = heading.Of(fields, "judge");
  const std::string rank = heading.Of(fields, "rank_shown");
  if (!rank.empty() && (!ParseWhole(rank, &line.rank_shown) || line.rank_shown < 0)) {
    return UsageError("rank_shown 应为名次，0 或空表示未知");
  }
  return line;
}

}  // namespace

StatusOr<std::vector<JudgementLine>> ParseJudgementFile(std::string_view text, const std::string& path) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<JudgementLine> lines;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  Heading heading;
  int number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view row = text.substr(begin, end - begin);
    begin = end + 1;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (++number == 1) {
      DUIJIE_ASSIGN_OR_RETURN(heading, Heading::Parse(SplitTabs(row), path));
      continue;
    }
    const auto bad = [&](std::string_view problem) {
      return UsageError(path + " 第 " + std::to_string(number) + " 行：" + std::string(problem));
    };
    StatusOr<JudgementLine> line = ParseLine(heading, SplitTabs(row));
    if (!line.ok()) return bad(MessageOf(line.status()));
    if (!seen.emplace(line->need_id, line->achievement_id, line->judge).second) return bad("同一对出现两次");
    line->line = number;
    lines.push_back(*std::move(line));
  }
  if (lines.empty()) return UsageError(path + " 没有评判");
  return lines;
}

}  // namespace duijie
