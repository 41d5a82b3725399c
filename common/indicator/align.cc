// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/align.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
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
constexpr double kGeneralHead = 0.8;       // a general head against a longer one that ends with it
constexpr double kOneSidedSubject = 0.95;  // only one name says whose quantity it is
constexpr double kOtherSubject = 0.4;
constexpr double kMildDifference = 0.85;  // 平均 or 最大 in one name only
constexpr size_t kMaxAlignedRunes = 64;   // code points of a name that are looked at

using Runes32 = std::u32string;
using View32 = std::u32string_view;

// What a bracket holds comes first: 染色牢度（耐洗） is 耐洗染色牢度.
Runes32 WithoutBrackets(Runes32 name) {
  const size_t open = name.find(U'(');
  const size_t close = name.find(U')', open == Runes32::npos ? 0 : open);
  if (open == Runes32::npos || close == Runes32::npos || open == 0) return name;
  const Runes32 inside = name.substr(open + 1, close - open - 1);
  const bool words = std::all_of(inside.begin(), inside.end(), [](char32_t c) { return IsHan(c); });
  name.erase(open, close - open + 1);
  return words ? inside + name : name;
}

void Rewrite(Runes32* name) {
  for (const NameRewrite& rewrite : Rewrites()) {
    const Runes32 end = ToFolded(rewrite.end);
    if (!name->ends_with(end)) continue;
    name->resize(name->size() - end.size());
    *name += ToFolded(rewrite.read_as);
    return;
  }
}

// Lower case, without blanks and brackets.
Runes32 Cleaned(std::string_view name) {
  Runes32 out;
  for (char32_t c : WithoutBrackets(ToFolded(name.substr(0, kMaxAlignedRunes * 4)))) {
    if (c == U' ' || c == U'(' || c == U')' || c == U'、') continue;
    out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  for (const View32 end : {View32(U"范围"), View32(U"数值"), View32(U"区间"), View32(U"指标"),
                           View32(U"要求"), View32(U"水平"), View32(U"大小")}) {
    if (out.ends_with(end) && out.size() > end.size() + 1) out.resize(out.size() - end.size());
  }
  Rewrite(&out);
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
  std::vector<std::vector<Runes32>> subjects = FoldRows(SubjectSynonyms());
  std::vector<std::vector<Runes32>> head_subjects = FoldRows(HeadSubjects());
};

const Rules& TheRules() {
  static const Rules rules;
  return rules;
}

bool HoldsOneOf(View32 name, const std::vector<Runes32>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Runes32& word) { return name.find(word) != View32::npos; });
}

// The rows that the name holds a word of, one bit each.
uint64_t RowsIn(const std::vector<std::vector<Runes32>>& rows, View32 name) {
  uint64_t bits = 0;
  for (size_t i = 0; i < rows.size() && i < 64; ++i) {
    if (HoldsOneOf(name, rows[i])) bits |= uint64_t{1} << i;
  }
  return bits;
}

// Synonyms read as the first word of their row.
Runes32 WithCanonicalWords(View32 words) {
  Runes32 out;
  for (size_t at = 0; at < words.size();) {
    const Runes32* canonical = nullptr;
    size_t length = 0;
    for (const std::vector<Runes32>& row : TheRules().subjects) {
      for (const Runes32& word : row) {
        if (word.size() <= length || !words.substr(at).starts_with(word)) continue;
        canonical = &row.front();
        length = word.size();
      }
    }
    if (canonical == nullptr) {
      out.push_back(words[at++]);
    } else {
      out += *canonical;
      at += length;
    }
  }
  return out;
}

// The words before the head without those that say nothing.
Runes32 Subject(View32 words) {
  if (words.empty()) return {};
  Runes32 subject(words);
  for (const std::vector<Runes32>& row : TheRules().general) {
    const Runes32& folded = row.front();
    for (size_t at = subject.find(folded); at != Runes32::npos; at = subject.find(folded)) {
      subject.erase(at, folded.size());
    }
  }
  std::erase_if(subject, [](char32_t c) { return c == U'的' || c == U'之'; });
  return WithCanonicalWords(subject);
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

  PreparedName Prepare(std::string_view text) const {
    PreparedName name;
    name.cleaned = Cleaned(text);
    const View32 all = name.cleaned;
    if (const auto head = HeadOf(all)) {
      name.head = head->length;
      name.group = head->group;
    }
    const View32 lead = all.substr(0, all.size() - name.head);
    name.decisive = RowsIn(TheRules().decisive, all);
    if (name.group == 0) return name;
    name.decisive_lead = RowsIn(TheRules().decisive, lead);
    name.mild_lead = RowsIn(TheRules().mild, lead);
    name.subject = Subject(lead);
    return name;
  }

  double Align(const PreparedName& a, const PreparedName& b) const {
    if (a.cleaned.empty() || b.cleaned.empty()) return 0;
    if (a.cleaned == b.cleaned) return kSameName;
    if (a.group != 0 && b.group != 0) {
      if (a.group != b.group) return AlignGeneral(a, b);
      if (a.decisive != b.decisive && a.decisive_lead != b.decisive_lead) return kOtherSubject;
      return AlignKnown(a, b);
    }
    const size_t shared = SharedEnd(a.cleaned, b.cleaned);
    if (shared == 0) return 0;
    if (a.decisive != b.decisive) return kOtherSubject;
    return AlignByEnd(a.cleaned, b.cleaned, shared);
  }

  Relation RelationOf(const PreparedName& a, const PreparedName& b) const {
    if (a.group == 0 || b.group == 0 || a.group == b.group) return Relation::kNone;
    const auto found = relations_.find({std::min(a.group, b.group), std::max(a.group, b.group)});
    if (found == relations_.end() || a.decisive_lead != b.decisive_lead) return Relation::kNone;
    return SubjectsAgree(a.subject, b.subject) ? found->second : Relation::kNone;
  }

  // The table is complete.
  void Finish() {
    for (const NamePair& pair : Complements()) Relate(pair, Relation::kComplement);
    for (const NamePair& pair : Inverses()) Relate(pair, Relation::kInverse);
    for (const NamePair& pair : Sieves()) Relate(pair, Relation::kSieve);
  }

 private:
  void Relate(const NamePair& pair, Relation relation) {
    const auto a = groups_of_.find(Cleaned(pair.a));
    const auto b = groups_of_.find(Cleaned(pair.b));
    if (a == groups_of_.end() || b == groups_of_.end() || a->second == b->second) return;
    relations_.emplace(std::minmax(a->second, b->second), relation);
  }

  static bool SubjectsAgree(View32 a, View32 b) {
    return a.empty() || b.empty() || a == b || SharesPair(a, b);
  }

  static double AlignKnown(const PreparedName& a, const PreparedName& b) {
    const View32 head_a = View32(a.cleaned).substr(a.cleaned.size() - a.head);
    const View32 head_b = View32(b.cleaned).substr(b.cleaned.size() - b.head);
    double confidence = head_a == head_b ? kSameHead : kSynonymHead;
    if (a.mild_lead != b.mild_lead) confidence *= kMildDifference;
    if (a.subject == b.subject) return confidence;
    if (HeadParts(head_a, head_b, a.subject, b.subject)) return kOtherSubject;
    if (a.subject.empty() || b.subject.empty()) return confidence * kOneSidedSubject;
    return SharesPair(a.subject, b.subject) ? confidence : kOtherSubject;
  }

  // 速度 against 检测速度: a head that is general may stand for a longer one.
  static double AlignGeneral(const PreparedName& a, const PreparedName& b) {
    if (a.head > b.head) return AlignGeneral(b, a);
    const View32 head = View32(a.cleaned).substr(a.cleaned.size() - a.head);
    if (head.size() < 2 || !View32(b.cleaned).ends_with(head)) return 0;
    const auto& heads = TheRules().heads;
    const bool general = std::any_of(heads.begin(), heads.end(),
                                     [&](const std::vector<Runes32>& row) { return row.front() == head; });
    if (!general) return 0;
    if (a.decisive != b.decisive) return kOtherSubject;
    return WithSubjects(a.cleaned, a.head, b.cleaned, a.head, kGeneralHead);
  }

  // 识别准确率 against 定位准确率: the longer head holds a subject of its own.
  static bool HeadParts(View32 head_a, View32 head_b, View32 subject_a, View32 subject_b) {
    if (head_a.size() < head_b.size()) return HeadParts(head_b, head_a, subject_b, subject_a);
    if (head_a == head_b || subject_b.empty() || !head_a.ends_with(head_b)) return false;
    const View32 inside = head_a.substr(0, head_a.size() - head_b.size());
    if (RowsIn(TheRules().head_subjects, inside) == 0) return false;
    return !SharesPair(inside, subject_b);
  }

  static double WithSubjects(View32 a, size_t head_a, View32 b, size_t head_b, double confidence) {
    const View32 words_a = a.substr(0, a.size() - head_a);
    const View32 words_b = b.substr(0, b.size() - head_b);
    if (RowsIn(TheRules().mild, words_a) != RowsIn(TheRules().mild, words_b)) confidence *= kMildDifference;
    const Runes32 subject_a = Subject(words_a);
    const Runes32 subject_b = Subject(words_b);
    if (subject_a == subject_b) return confidence;
    if (subject_a.empty() || subject_b.empty()) return confidence * kOneSidedSubject;
    return SharesPair(subject_a, subject_b) ? confidence : kOtherSubject;
  }

  static double AlignByEnd(View32 a, View32 b, size_t shared) {
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

  std::map<std::pair<int, int>, Relation> relations_;
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
  impl->Finish();
  return std::unique_ptr<NameTable>(new NameTable(std::move(impl)));
}

double NameTable::Align(std::string_view a, std::string_view b) const {
  return impl_->Align(impl_->Prepare(a), impl_->Prepare(b));
}

PreparedName NameTable::Prepare(std::string_view name) const { return impl_->Prepare(name); }

double NameTable::Align(const PreparedName& a, const PreparedName& b) const { return impl_->Align(a, b); }

Relation NameTable::RelationOf(const PreparedName& a, const PreparedName& b) const {
  return impl_->RelationOf(a, b);
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
