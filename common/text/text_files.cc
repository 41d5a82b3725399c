// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/text_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <unordered_set>

#include "common/text/encoding.h"
#include "common/text/thesaurus_file.h"

namespace duijie {
namespace {

constexpr size_t kMaxLineBytes = 1 << 20;  // the longest line of the HMM model is about 140 kB

Status BadLine(const std::string& path, size_t line, std::string_view rule, std::string_view what) {
  return Error(StatusCode::kInvalidArgument, "BAD_TEXT_DATA",
               path + " 第 " + std::to_string(line) + " 行：" + std::string(what),
               {{"file", path}, {"line", std::to_string(line)}, {"rule", std::string(rule)}});
}

using LineVisitor = std::function<Status(size_t number, std::string_view line)>;

// Visits every line, without its end; each is valid UTF-8 of at most kMaxLineBytes.
Status VisitLines(const std::string& path, const LineVisitor& visit) {
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!file.is_open() || (!std::getline(file, line) && file.bad())) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "无法读取文本数据文件 " + path,
                 {{"file", path}});
  }
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  for (size_t number = 1; file; ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.size() > kMaxLineBytes) return BadLine(path, number, "LINE_TOO_LONG", "超过 1 MiB");
    if (!IsValidUtf8(line)) return BadLine(path, number, "NOT_UTF8", "不是有效的 UTF-8");
    DUIJIE_RETURN_IF_ERROR(visit(number, line));
    std::getline(file, line);
  }
  if (file.bad()) return Error(StatusCode::kDataLoss, "BAD_TEXT_DATA", "读取中断 " + path, {{"file", path}});
  return OkStatus();
}

Status VisitEntries(const std::string& path, const LineVisitor& visit) {
  return VisitLines(path, [&](size_t number, std::string_view line) {
    return line.empty() || line.front() == '#' ? OkStatus() : visit(number, line);
  });
}

std::vector<std::string_view> Split(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  for (size_t start = 0;;) {
    const size_t end = line.find(separator, start);
    parts.push_back(line.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

// The normalised word, or an error of the line it is on.
StatusOr<std::string> Word(const std::string& path, size_t number, std::string_view raw,
                           const Normalizer& normalizer) {
  if (raw.empty()) return BadLine(path, number, "EMPTY_WORD", "有空的词");
  if (raw.front() == ' ' || raw.back() == ' ') return BadLine(path, number, "OUTER_SPACE", "词的首尾有空格");
  std::string word = normalizer.Normalize(raw);
  if (word.empty()) return BadLine(path, number, "EMPTY_WORD", "规范化后为空");
  if (CountCodePoints(word) > kMaxTermCodePoints) {
    return BadLine(path, number, "WORD_TOO_LONG", "词超过 " + std::to_string(kMaxTermCodePoints) + " 个字符");
  }
  return word;
}

bool ParseNumber(std::string_view text, double* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(*value);
}

bool HasAsciiAlnum(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool IsEmissionTable(std::string_view line) {
  for (const std::string_view entry : Split(line, ',')) {
    const std::vector<std::string_view> pair = Split(entry, ':');
    double value = 0;
    if (pair.size() != 2 || CountCodePoints(pair[0]) != 1 || !ParseNumber(pair[1], &value)) return false;
  }
  return true;
}

bool IsProbabilityRow(std::string_view line) {
  const std::vector<std::string_view> cells = Split(line, ' ');
  double value = 0;
  return cells.size() == 4 &&
         std::all_of(cells.begin(), cells.end(), [&](std::string_view c) { return ParseNumber(c, &value); });
}

}  // namespace

StatusOr<std::vector<std::string>> ReadDomainTerms(const std::string& path, const Normalizer& normalizer) {
  std::vector<std::string> terms;
  std::unordered_set<std::string> seen;
  DUIJIE_RETURN_IF_ERROR(VisitEntries(path, [&](size_t number, std::string_view line) -> Status {
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (cells.size() != 2 || cells[1].empty()) {
      return BadLine(path, number, "COLUMNS", "应为“词<TAB>领域”两列");
    }
    DUIJIE_ASSIGN_OR_RETURN(std::string term, Word(path, number, cells[0], normalizer));
    if (CountCodePoints(term) < 2) return BadLine(path, number, "WORD_TOO_SHORT", "词少于 2 个字符");
    if (!seen.insert(term).second) return BadLine(path, number, "DUPLICATE", "与前面的词重复（规范化后）");
    terms.push_back(std::move(term));
    return OkStatus();
  }));
  return terms;
}

StatusOr<std::vector<std::vector<std::string>>> ReadSynonyms(const std::string& path,
                                                             const Normalizer& normalizer) {
  std::vector<std::vector<std::string>> groups;
  DUIJIE_RETURN_IF_ERROR(VisitEntries(path, [&](size_t number, std::string_view line) -> Status {
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (cells.size() < 2) return BadLine(path, number, "COLUMNS", "一组同义词至少两个，以制表符分隔");
    if (cells.size() > kMaxSynonymsPerGroup) return BadLine(path, number, "TOO_MANY_WORDS", "一组同义词过多");
    std::vector<std::string> group;
    for (const std::string_view cell : cells) {
      DUIJIE_ASSIGN_OR_RETURN(std::string word, Word(path, number, cell, normalizer));
      if (std::find(group.begin(), group.end(), word) != group.end()) {
        return BadLine(path, number, "DUPLICATE", "组内有重复的词（规范化后）");
      }
      group.push_back(std::move(word));
    }
    groups.push_back(std::move(group));
    return OkStatus();
  }));
  return groups;
}

StatusOr<std::vector<std::string>> ReadStopWords(const std::string& path, const Normalizer& normalizer) {
  std::vector<std::string> words;
  std::unordered_set<std::string> seen;
  DUIJIE_RETURN_IF_ERROR(VisitEntries(path, [&](size_t number, std::string_view line) -> Status {
    DUIJIE_ASSIGN_OR_RETURN(std::string word, Word(path, number, line, normalizer));
    if (!seen.insert(word).second) return BadLine(path, number, "DUPLICATE", "与前面的词重复（规范化后）");
    words.push_back(std::move(word));
    return OkStatus();
  }));
  return words;
}

StatusOr<JiebaDictSummary> CheckJiebaDict(const std::string& path, const Normalizer& normalizer) {
  JiebaDictSummary summary;
  // cppjieba does not skip comments, empty lines, carriage returns or byte order marks, so neither is
  // accepted.
  DUIJIE_RETURN_IF_ERROR(VisitLines(path, [&](size_t number, std::string_view line) -> Status {
    const std::vector<std::string_view> cells = Split(line, ' ');
    double frequency = 0;
    if (cells.size() != 3 || cells[0].empty() || cells[2].empty()) {
      return BadLine(path, number, "COLUMNS", "应为“词 词频 词性”三列");
    }
    if (!ParseNumber(cells[1], &frequency) || frequency <= 0) {
      return BadLine(path, number, "FREQUENCY", "词频必须是正数");
    }
    summary.frequency_sum += frequency;
    if (HasAsciiAlnum(cells[0])) summary.mixed_words.push_back(normalizer.Normalize(cells[0]));
    return OkStatus();
  }));
  if (summary.frequency_sum <= 0) return BadLine(path, 1, "EMPTY", "词典为空");
  return summary;
}

// The layout cppjieba's HMMModel reads: start probabilities, four rows of transitions, four emission tables.
Status CheckHmmModel(const std::string& path) {
  constexpr size_t kRows = 5;
  constexpr size_t kTables = 4;
  size_t read = 0;
  size_t last = 0;
  DUIJIE_RETURN_IF_ERROR(VisitEntries(path, [&](size_t number, std::string_view line) -> Status {
    last = number;
    if (read < kRows && !IsProbabilityRow(line)) return BadLine(path, number, "ROW", "应为四个概率");
    if (read >= kRows && read < kRows + kTables && !IsEmissionTable(line)) {
      return BadLine(path, number, "EMISSION", "应为“字:概率”的列表");
    }
    ++read;
    return OkStatus();
  }));
  return read >= kRows + kTables ? OkStatus() : BadLine(path, last + 1, "TRUNCATED", "隐马尔可夫模型不完整");
}

namespace {

// Members of a cell, separated by 、.
StatusOr<std::vector<std::string>> Members(const std::string& path, size_t number, std::string_view cell,
                                           const Normalizer& normalizer) {
  constexpr std::string_view kSeparator = "、";
  std::vector<std::string> members;
  while (!cell.empty()) {
    const size_t end = std::min(cell.find(kSeparator), cell.size());
    DUIJIE_ASSIGN_OR_RETURN(std::string word, Word(path, number, cell.substr(0, end), normalizer));
    members.push_back(std::move(word));
    cell.remove_prefix(std::min(end + kSeparator.size(), cell.size()));
    if (members.size() > kMaxThesaurusMembers) return BadLine(path, number, "TOO_MANY", "一栏的词太多");
  }
  return members;
}

}  // namespace

StatusOr<std::vector<ThesaurusLine>> ReadThesaurus(const std::string& path, const Normalizer& normalizer) {
  std::vector<ThesaurusLine> lines;
  DUIJIE_RETURN_IF_ERROR(VisitEntries(path, [&](size_t number, std::string_view line) -> Status {
    const std::vector<std::string_view> cells = Split(line, '\t');
    if (cells.size() != 4) return BadLine(path, number, "COLUMNS", "应为四列：词、同义、种类、相关");
    ThesaurusLine entry;
    DUIJIE_ASSIGN_OR_RETURN(entry.term, Word(path, number, cells[0], normalizer));
    DUIJIE_ASSIGN_OR_RETURN(entry.same, Members(path, number, cells[1], normalizer));
    DUIJIE_ASSIGN_OR_RETURN(entry.kinds, Members(path, number, cells[2], normalizer));
    DUIJIE_ASSIGN_OR_RETURN(entry.related, Members(path, number, cells[3], normalizer));
    lines.push_back(std::move(entry));
    return OkStatus();
  }));
  return lines;
}

StatusOr<std::vector<std::string>> ThesaurusFilesIn(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".tsv") files.push_back(it->path().string());
  }
  if (error || files.empty()) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "no thesaurus in " + folder.string(),
                 {{"file", folder.string()}});
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace duijie
