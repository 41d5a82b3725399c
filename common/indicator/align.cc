// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/align.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "common/indicator/name_rules.h"
#include "common/indicator/runes.h"
#include "common/indicator/unit_parser.h"

namespace duijie::indicator {
namespace {

constexpr double kSameName = 1.0;
constexpr double kSameHead = 0.97;         // the same word for the quantity, the same subject
constexpr double kSynonymHead = 0.92;      // another word of its group
constexpr double kUnknownHead = 0.85;      // the names share an end that the table does not know
constexpr double kOneSidedSubject = 0.95;  // only one name says whose quantity it is
constexpr double kOtherSubject = 0.4;
constexpr double kMildDifference = 0.85;  // 平均 or 最大 in one name only
constexpr size_t kMaxAlignedRunes = 64;   // code points of a name that are looked at

using Runes32 = std::u32string;
using View32 = std::u32string_view;

// Lower case, without blanks and brackets.
Runes32 Cleaned(std::string_view name) {
  Runes32 out;
  for (char32_t c : ToFolded(name.substr(0, kMaxAlignedRunes * 4))) {
    if (c == U' ' || c == U'(' || c == U')' || c == U'（' || c == U'）' || c == U'、') continue;
    out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  for (const View32 end : {View32(U"范围"), View32(U"数值"), View32(U"区间")}) {
    if (out.ends_with(end) && out.size() > end.size() + 1) out.resize(out.size() - end.size());
  }
  if (out.size() > kMaxAlignedRunes) out.erase(0, out.size() - kMaxAlignedRunes);
  return out;
}

std::vector<std::vector<Runes32>> FoldRows(std::span<const std::string_view> rows) {
  std::vector<std::vector<Runes32>> folded;
  for (std::string_view row : rows) {
    std::vector<Runes32>& words = folded.emplace_back();
    while (!row.empty()) {
      const size_t bar = std::min(row.find('|'), row.size());
      words.push_back(ToFolded(row.substr(0, bar)));
      row.remove_prefix(std::min(bar + 1, row.size()));
    }
  }
  return folded;
}

struct Rules {
  std::vector<std::vector<Runes32>> decisive = FoldRows(DecisiveWords());
  std::vector<std::vector<Runes32>> mild = FoldRows(MildWords());
  std::vector<std::vector<Runes32>> general = FoldRows(GeneralWords());
  std::vector<std::vector<Runes32>> heads = FoldRows(GeneralHeads());
};

const Rules& TheRules() {
  static const Rules rules;
  return rules;
}

bool HoldsOneOf(View32 name, const std::vector<Runes32>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Runes32& word) { return name.find(word) != View32::npos; });
}

bool DiffersIn(const std::vector<std::vector<Runes32>>& rows, View32 a, View32 b) {
  return std::any_of(rows.begin(), rows.end(), [&](const std::vector<Runes32>& row) {
    return HoldsOneOf(a, row) != HoldsOneOf(b, row);
  });
}

// The words before the head without those that say nothing.
Runes32 Subject(View32 words) {
  Runes32 subject(words);
  for (const std::vector<Runes32>& row : TheRules().general) {
    const Runes32& folded = row.front();
    for (size_t at = subject.find(folded); at != Runes32::npos; at = subject.find(folded)) {
      subject.erase(at, folded.size());
    }
  }
  std::erase_if(subject, [](char32_t c) { return c == U'的' || c == U'之'; });
  return subject;
}

bool SharesPair(View32 a, View32 b) {
  if (a.size() < 2 || b.size() < 2) return a.find(b) != View32::npos || b.find(a) != View32::npos;
  for (size_t i = 0; i + 2 <= a.size(); ++i) {
    if (b.find(a.substr(i, 2)) != View32::npos) return true;
  }
  return false;
}

size_t SharedEnd(View32 a, View32 b) {
  size_t length = 0;
  while (length < a.size() && length < b.size() && a[a.size() - 1 - length] == b[b.size() - 1 - length])
    ++length;
  return length;
}

Status BadLine(const std::filesystem::path& path, int line, std::string_view rule) {
  return Error(
      StatusCode::kInvalidArgument, "BAD_TEXT_DATA", "指标名称表有错误的行",
      {{"file", path.filename().string()}, {"line", std::to_string(line)}, {"rule", std::string(rule)}});
}

}  // namespace

class NameTable::Impl {
 public:
  Status AddLine(const std::filesystem::path& path, int line, std::string_view text) {
    ++groups_;
    while (true) {
      const size_t tab = std::min(text.find('\t'), text.size());
      Runes32 name = Cleaned(text.substr(0, tab));
      if (name.empty() || name.size() > kMaxNameTableCellRunes) return BadLine(path, line, "NAME_LENGTH");
      longest_ = std::max(longest_, name.size());
      // 量程 and 量程范围 are one name here.
      if (groups_of_.emplace(std::move(name), groups_).first->second != groups_)
        return BadLine(path, line, "NAME_TWICE");
      if (tab == text.size()) return OkStatus();
      text.remove_prefix(tab + 1);
    }
  }

  struct Head {
    size_t length = 0;
    int group = 0;
  };

  // The longest known name at the end.
  std::optional<Head> HeadOf(View32 name) const {
    for (size_t length = std::min(longest_, name.size()); length > 0; --length) {
      const auto found = groups_of_.find(name.substr(name.size() - length));
      if (found != groups_of_.end()) return Head{length, found->second};
    }
    return std::nullopt;
  }

  double Align(View32 a, View32 b) const {
    if (a.empty() || b.empty()) return 0;
    if (a == b) return kSameName;
    if (DiffersIn(TheRules().decisive, a, b) && Decides(a, b)) return kOtherSubject;
    const auto head_a = HeadOf(a);
    const auto head_b = HeadOf(b);
    if (head_a && head_b) {
      if (head_a->group != head_b->group) return 0;
      const bool same = a.substr(a.size() - head_a->length) == b.substr(b.size() - head_b->length);
      return WithSubjects(a, head_a->length, b, head_b->length, same ? kSameHead : kSynonymHead);
    }
    return AlignByEnd(a, b);
  }

 private:
  // A decisive word inside both heads is part of the quantity's name: 出水COD against 排水COD.
  bool Decides(View32 a, View32 b) const {
    const auto head_a = HeadOf(a);
    const auto head_b = HeadOf(b);
    if (!head_a || !head_b) return true;
    return DiffersIn(TheRules().decisive, a.substr(0, a.size() - head_a->length),
                     b.substr(0, b.size() - head_b->length));
  }

  static double WithSubjects(View32 a, size_t head_a, View32 b, size_t head_b, double confidence) {
    const View32 words_a = a.substr(0, a.size() - head_a);
    const View32 words_b = b.substr(0, b.size() - head_b);
    if (DiffersIn(TheRules().mild, words_a, words_b)) confidence *= kMildDifference;
    const Runes32 subject_a = Subject(words_a);
    const Runes32 subject_b = Subject(words_b);
    if (subject_a == subject_b) return confidence;
    if (subject_a.empty() || subject_b.empty()) return confidence * kOneSidedSubject;
    return SharesPair(subject_a, subject_b) ? confidence : kOtherSubject;
  }

  static double AlignByEnd(View32 a, View32 b) {
    const size_t shared = SharedEnd(a, b);
    if (shared == 0) return 0;
    if (shared == a.size() || shared == b.size()) {
      // One name ends the other: 速度 and 带钢速度. One character names nothing.
      return shared < 2 ? 0 : WithSubjects(a, shared, b, shared, kUnknownHead);
    }
    const View32 end = a.substr(a.size() - shared);
    for (const std::vector<Runes32>& head : TheRules().heads) {
      const Runes32& folded = head.front();
      if (!end.ends_with(folded)) continue;
      return WithSubjects(a, folded.size(), b, folded.size(), kUnknownHead);
    }
    return shared >= 3 ? WithSubjects(a, shared, b, shared, kUnknownHead) : 0;
  }

  std::unordered_map<Runes32, int, RuneHash, std::equal_to<>> groups_of_;
  size_t longest_ = 0;
  int groups_ = 0;
};

NameTable::NameTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NameTable::~NameTable() = default;

StatusOr<std::unique_ptr<NameTable>> NameTable::Load(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "无法打开指标名称表",
                 {{"file", path.filename().string()}});
  }
  auto impl = std::make_unique<Impl>();
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (static_cast<size_t>(number) > kMaxNameTableLines) return BadLine(path, number, "TOO_MANY_LINES");
    if (line.empty() || line.front() == '#') continue;
    DUIJIE_RETURN_IF_ERROR(impl->AddLine(path, number, line));
  }
  return std::unique_ptr<NameTable>(new NameTable(std::move(impl)));
}

double NameTable::Align(std::string_view a, std::string_view b) const {
  return impl_->Align(Cleaned(a), Cleaned(b));
}

std::string NameTable::SubjectOf(std::string_view name) const {
  const Runes32 cleaned = Cleaned(name);
  const auto head = impl_->HeadOf(cleaned);
  if (head && head->length < cleaned.size())
    return ToUtf8(View32(cleaned).substr(0, cleaned.size() - head->length));
  for (const char32_t* end : {U"含量", U"浓度", U"残留量", U"残留", U"检出量", U"溶出量"}) {
    if (cleaned.ends_with(end) && cleaned.size() > View32(end).size()) {
      return ToUtf8(View32(cleaned).substr(0, cleaned.size() - View32(end).size()));
    }
  }
  return ToUtf8(cleaned);
}

std::filesystem::path IndicatorDataFolder(const std::filesystem::path& exe_dir) {
  return (exe_dir / ".." / "share" / "duijie" / "indicators").lexically_normal();
}

}  // namespace duijie::indicator
