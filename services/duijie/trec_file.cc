// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/trec_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>

#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

constexpr double kStepsPerUnit = 1e6;  // scores are printed with six decimals
constexpr double kMaxScore = 1e12;     // beyond it, six decimals are no longer exact

// Calls visit(line number, fields) for each line; a carriage return before the line's end is not part of it.
Status ForEachLine(std::string_view text,
                   const std::function<std::vector<std::string_view>(std::string_view)>& split,
                   const std::function<Status(int, const std::vector<std::string_view>&)>& visit) {
  int number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    DUIJIE_RETURN_IF_ERROR(visit(++number, split(line)));
    begin = end + 1;
  }
  return OkStatus();
}

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

std::vector<std::string_view> SplitBlanks(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string_view> fields;
  for (size_t begin = line.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
    const size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kBlanks, end);
  }
  return fields;
}

template <typename Number>
bool ParseWhole(std::string_view text, Number* number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), *number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

Status BadLine(const std::string& path, int line, const std::string& problem) {
  return UsageError(path + " 第 " + std::to_string(line) + " 行：" + problem);
}

}  // namespace

StatusOr<Judgements> ParseJudgements(std::string_view text, const std::string& path) {
  Judgements judgements;
  const Status status = ForEachLine(text, SplitTabs, [&](int line, const auto& fields) -> Status {
    if (line == 1) {
      const bool good = fields.size() == 3 && fields[0] == "need_id" && fields[1] == "achievement_id" &&
                        fields[2] == "level";
      return good ? OkStatus() : BadLine(path, line, "表头应为 need_id、achievement_id、level（制表符分隔）");
    }
    int level = 0;
    if (fields.size() != 3 || fields[0].empty() || fields[1].empty())
      return BadLine(path, line, "应有三个字段");
    if (!ParseWhole(fields[2], &level) || level < kMinLevel || level > kMaxLevel) {
      return BadLine(path, line, "等级应为 1 到 4");
    }
    if (!judgements[std::string(fields[0])].emplace(fields[1], level).second) {
      return BadLine(path, line, "同一对出现两次");
    }
    return OkStatus();
  });
  if (!status.ok()) return status;
  if (judgements.empty()) return UsageError(path + " 没有评判");
  return judgements;
}

StatusOr<ScoredRun> ParseRun(std::string_view text, const std::string& path) {
  ScoredRun run;
  const Status status = ForEachLine(text, SplitBlanks, [&](int line, const auto& fields) -> Status {
    double score = 0;
    if (fields.size() != 6)
      return BadLine(path, line, "应有六个字段，有 " + std::to_string(fields.size()) + " 个");
    if (!ParseWhole(fields[4], &score) || !std::isfinite(score))
      return BadLine(path, line, "得分不是有限的数字");
    if (!run[std::string(fields[0])].emplace(fields[2], score).second)
      return BadLine(path, line, "同一对出现两次");
    return OkStatus();
  });
  if (!status.ok()) return status;
  return run;
}

StatusOr<std::string> FormatRun(const std::string& need, const std::vector<RankedAchievement>& ranked,
                                const std::string& tag) {
  std::string text;
  int64_t previous = 0;
  int rank = 0;
  for (const RankedAchievement& achievement : ranked) {
    for (const std::string& id : {need, achievement.id, tag}) {
      if (id.empty() || id.find_first_of(" \t\r\n") != std::string::npos) {
        return UsageError("编号“" + id + "”为空或含有空白，不能写成 TREC 格式");
      }
    }
    if (!std::isfinite(achievement.score) || std::abs(achievement.score) > kMaxScore) {
      return LocalError("服务端给出的得分不是有限的数字");
    }
    int64_t steps = std::llround(achievement.score * kStepsPerUnit);
    if (rank > 0) steps = std::min(steps, previous - 1);
    previous = steps;
    const auto magnitude = static_cast<unsigned long long>(std::abs(steps));
    char score[48];
    std::snprintf(score, sizeof(score), "%s%llu.%06llu", steps < 0 ? "-" : "", magnitude / 1000000,
                  magnitude % 1000000);
    text += need + " Q0 " + achievement.id + " " + std::to_string(++rank) + " " + score + " " + tag + "\n";
  }
  return text;
}

}  // namespace duijie
