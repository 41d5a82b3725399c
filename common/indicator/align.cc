// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/align.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "common/indicator/align_families.h"
#include "common/indicator/answer_model.h"
#include "common/indicator/confidences.h"
#include "common/indicator/doing_table.h"
#include "common/indicator/name_families.h"
#include "common/indicator/name_index.h"
#include "common/indicator/name_rules.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"
#include "common/indicator/things.h"

namespace duijie::indicator {
namespace {

size_t SharedEnd(View32 a, View32 b) {
  size_t length = 0;
  while (length < a.size() && length < b.size() && a[a.size() - 1 - length] == b[b.size() - 1 - length])
    ++length;
  return length;
}

}  // namespace

class NameTable::Impl {
 public:
  Status AddLine(const std::filesystem::path& path, int line, std::string_view text) {
    return index_.AddLine(path, line, text);
  }

  std::optional<NameIndex::Head> HeadOf(View32 name) const { return index_.HeadOf(name, {}); }

  PreparedName Prepare(std::string_view text, std::string_view unit) const {
    PreparedName name;
    name.cleaned = CleanedName(text);
    FindHead(unit, &name);
    const View32 all = name.cleaned;
    const View32 lead = all.substr(0, all.size() - name.head);
    name.decisive = DecisiveRows(all);
    name.substances = SubstanceRows(all);
    name.things = ThingsIn(all);
    name.bare = SubjectOfWords(all);
    name.stem = all.size() - MeasureLength(all);
    for (const char32_t c : all.substr(0, name.stem)) {
      name.letters[0] |= uint64_t{1} << (c % 64);
      name.letters[1] |= uint64_t{1} << (c / 64 % 64);
    }
    name.precision = PrecisionLength(all);
    name.families = FamiliesOf(all);
    name.peak = PeakOf(all);
    if (name.group == 0) return name;
    name.decisive_lead = DecisiveRows(lead);
    name.mild_lead = MildRows(lead);
    name.subject = SubjectOfWords(lead);
    return name;
  }

  double Align(const PreparedName& a, const PreparedName& b) const {
    if ((a.cleaned.empty() && a.group == 0) || (b.cleaned.empty() && b.group == 0)) return 0;
    if (a.cleaned == b.cleaned && (a.group == b.group || a.group == 0 || b.group == 0)) return kSameName;
    if (a.substances != 0 && b.substances != 0 && (a.substances & b.substances) == 0) return kOtherSubject;
    if (AreOtherThings(a.things, b.things)) return kOtherSubject;
    const double known = AlignHeads(a, b);
    if (known >= kAligned || Differ(a.decisive, b.decisive, a, b)) return known;
    return std::max(known, AlignFamilies(a, b));
  }

  double AlignHeads(const PreparedName& a, const PreparedName& b) const {
    if (a.group != 0 && b.group != 0) {
      if (a.group != b.group) return AlignGeneral(a, b);
      if (Differ(a.decisive, b.decisive, a, b) && Differ(a.decisive_lead, b.decisive_lead, a, b))
        return kOtherSubject;
      return AlignKnown(a, b);
    }
    const size_t shared = SharedEnd(a.cleaned, b.cleaned);
    if (shared == 0) return 0;
    if (Differ(a.decisive, b.decisive, a, b)) return kOtherSubject;
    return AlignByEnd(a.cleaned, b.cleaned, shared);
  }

  Relation RelationOf(const PreparedName& a, const PreparedName& b) const {
    if (a.group == 0 || b.group == 0 || a.group == b.group) return Relation::kNone;
    const auto found = relations_.find({std::min(a.group, b.group), std::max(a.group, b.group)});
    if (found == relations_.end() || a.decisive_lead != b.decisive_lead) return Relation::kNone;
    // 缩松缺陷率 is not all that 成品率 leaves.
    if (found->second == Relation::kComplement && HoldsDefect(a.cleaned) != HoldsDefect(b.cleaned))
      return Relation::kNone;
    return SubjectsAgree(a.subject, b.subject) ? found->second : Relation::kNone;
  }

  void SetDoings(DoingTable doings) { doings_ = std::move(doings); }
  void SetAnswerModel(std::optional<AnswerModel> model) { answer_model_ = std::move(model); }
  const AnswerModel* answer_model() const { return answer_model_ ? &*answer_model_ : nullptr; }
  std::vector<std::string_view> PhrasesOf(std::string_view name) const { return doings_.PhrasesOf(name); }

  // The table is complete.
  void Finish() {
    for (const NamePair& pair : Complements()) Relate(pair, Relation::kComplement);
    for (const NamePair& pair : Inverses()) Relate(pair, Relation::kInverse);
    for (const NamePair& pair : Sieves()) Relate(pair, Relation::kSieve);
    for (const NamePair& pair : Neighbours()) Relate(pair, Relation::kNear);
  }

 private:
  // Whether rows of decisive words stand in one name only, conditions not spoken of.
  static bool Differ(uint64_t rows_a, uint64_t rows_b, const PreparedName& a, const PreparedName& b) {
    return ((rows_a ^ rows_b) & ~(a.excused | b.excused | a.peak | b.peak)) != 0;
  }

  // 最大转换效率 and 峰值效率: the row of 峰值 where a name says the same by 最大.
  static uint64_t PeakOf(View32 name) {
    static const uint64_t kPeak = DecisiveRows(U"峰值");
    const bool most = name.find(U"最大") != View32::npos || name.find(U"最高") != View32::npos;
    return most ? kPeak : 0;
  }

  // 锌层平均厚度 as 锌层厚度, where that is a longer name of the table.
  void TakeWithoutMean(std::string_view unit, std::optional<NameIndex::Head>* head,
                       PreparedName* name) const {
    constexpr View32 kMean = U"平均";
    const size_t at = name->cleaned.find(kMean, 1);
    if (at == Runes32::npos) return;
    Runes32 bare = name->cleaned;
    bare.erase(at, kMean.size());
    const auto other = index_.HeadOf(bare, unit);
    if (!other || (*head && other->length <= (*head)->length)) return;
    *head = other;
    name->cleaned = std::move(bare);
  }

  // 棚温 as 棚温度, where the table has nothing of the short form.
  static bool IsShortTemperature(View32 name) {
    constexpr View32 kQualifiers = U"高低常室恒保控测升降耐变调增";
    return name.size() >= 2 && name.back() == U'温' &&
           kQualifiers.find(name[name.size() - 2]) == View32::npos;
  }

  void FindHead(std::string_view unit, PreparedName* name) const {
    auto head = index_.HeadOf(name->cleaned, unit);
    TakeWithoutMean(unit, &head, name);
    if (!head && IsShortTemperature(name->cleaned)) {
      name->cleaned += U'度';
      head = index_.HeadOf(name->cleaned, unit);
    }
    if (!head) {  // 伸长率A: a sign behind the name
      size_t end = name->cleaned.size();
      while (end > 0 && name->cleaned[end - 1] < 0x370) --end;
      if (end > 0 && end < name->cleaned.size())
        head = index_.HeadOf(View32(name->cleaned).substr(0, end), unit);
      if (!head) head = BeforeRemark(unit, &end, *name);
      if (!head) return TakeGroupOfUnit(unit, name);
      name->cleaned.resize(end);
    }
    name->head = head->length;
    name->group = head->group;
    // The verb to the end: 处理废塑料 as 废塑料处理.
    const auto begin = name->cleaned.begin() + static_cast<std::ptrdiff_t>(head->begin);
    std::rotate(begin, begin + static_cast<std::ptrdiff_t>(head->length), name->cleaned.end());
  }

  // 含水率经检测平均: words of the sentence behind the name; `end` is where the name ends.
  std::optional<NameIndex::Head> BeforeRemark(std::string_view unit, size_t* end,
                                              const PreparedName& name) const {
    const View32 all = name.cleaned;
    const size_t remark = RemarkLength(all);
    if (remark == 0) return std::nullopt;
    *end = all.size() - remark;
    return index_.HeadOf(all.substr(0, *end), unit);
  }

  // Units of one quantity only.
  static bool IsScale(std::string_view unit) {
    for (const std::string_view scale :
         {"HRC", "HRB", "HRA", "HB", "HBW", "HV", "HL", "lx", "lux", "klx", "NTU", "BPN"}) {
      if (unit == scale) return true;
    }
    return false;
  }

  // LED灯 150lm/W: the name is that of a thing, so that the unit tells the quantity. Plain units (kg, V) do
  // not: the figure of a thing may be of what it measures.
  void TakeGroupOfUnit(std::string_view unit, PreparedName* name) const {
    const bool compound =
        unit.find('/') != std::string_view::npos || unit == "人" || unit == "名工人" || IsScale(unit);
    if (compound && GeneralHeadLength(name->cleaned) == 0) name->group = index_.GroupOfUnit(unit);
  }

  void Relate(const NamePair& pair, Relation relation) {
    const int a = index_.GroupOf(CleanedName(pair.a));
    const int b = index_.GroupOf(CleanedName(pair.b));
    if (a == 0 || b == 0 || a == b) return;
    relations_.emplace(std::minmax(a, b), relation);
  }

  static bool SubjectsAgree(View32 a, View32 b) {
    return a.empty() || b.empty() || a == b || SubjectsShareWord(a, b);
  }

  // 播种深度 and 耕作深度, both filed under 深度: what stands before the general word parts them.
  bool SpecificsDiffer(View32 a, View32 b, int group) const {
    if (a == b) return false;
    const size_t base = GeneralHeadLength(a.substr(a.size() - std::min(a.size(), SharedEnd(a, b))));
    if (base < 2 || index_.GroupOf(a.substr(a.size() - base)) != group) return false;
    const Runes32 specific_a = SpecificOfWords(a.substr(0, a.size() - base));
    const Runes32 specific_b = SpecificOfWords(b.substr(0, b.size() - base));
    if (specific_a.empty() || specific_b.empty()) return false;
    return !SubjectsShareWord(specific_a, specific_b);
  }

  double AlignKnown(const PreparedName& a, const PreparedName& b) const {
    const View32 head_a = View32(a.cleaned).substr(a.cleaned.size() - a.head);
    const View32 head_b = View32(b.cleaned).substr(b.cleaned.size() - b.head);
    double confidence = head_a == head_b ? kSameHead : kSynonymHead;
    if (a.mild_lead != b.mild_lead) confidence *= kMildDifference;
    if (SpecificsDiffer(head_a, head_b, a.group)) return kOtherSubject;
    if (a.subject == b.subject) return confidence;
    if (HeadParts(head_a, head_b, a.subject, b.subject)) return kOtherSubject;
    if (a.subject.empty() || b.subject.empty()) return confidence * kOneSidedSubject;
    return SubjectsShareWord(a.subject, b.subject) ? confidence : kOtherSubject;
  }

  // 速度 against 检测速度: a head that is general may stand for a longer one.
  static double AlignGeneral(const PreparedName& a, const PreparedName& b) {
    if (a.head > b.head) return AlignGeneral(b, a);
    const View32 head = View32(a.cleaned).substr(a.cleaned.size() - a.head);
    if (head.size() < 2 || !View32(b.cleaned).ends_with(head)) return 0;
    if (GeneralHeadLength(head) != head.size()) return 0;
    if (Differ(a.decisive, b.decisive, a, b)) return kOtherSubject;
    // 冷凝温度 is no 出水温度, though 出水 says nothing of a subject.
    if (!a.subject.empty() && !SubjectsShareWord(a.subject, b.cleaned)) return kOtherSubject;
    return WithSubjects(a.cleaned, a.head, b.cleaned, a.head, kGeneralHead);
  }

  // 识别准确率 against 定位准确率: the longer head holds a subject of its own.
  static bool HeadParts(View32 head_a, View32 head_b, View32 subject_a, View32 subject_b) {
    if (head_a.size() < head_b.size()) return HeadParts(head_b, head_a, subject_b, subject_a);
    constexpr size_t kMinPart = 2;  // code points: 浑浊度 is 浊度
    if (head_a == head_b || subject_b.empty() || !head_a.ends_with(head_b)) return false;
    const View32 inside = head_a.substr(0, head_a.size() - head_b.size());
    const bool says_whose = head_b.size() >= kMinPart && inside.size() >= kMinPart &&
                            GeneralHeadLength(inside) == 0 && !SpecificOfWords(inside).empty();
    return (says_whose || HoldsHeadSubject(inside)) && !SubjectsShareWord(inside, subject_b);
  }

  static double WithSubjects(View32 a, size_t head_a, View32 b, size_t head_b, double confidence) {
    const View32 words_a = a.substr(0, a.size() - head_a);
    const View32 words_b = b.substr(0, b.size() - head_b);
    if (MildRows(words_a) != MildRows(words_b)) confidence *= kMildDifference;
    const Runes32 subject_a = SubjectOfWords(words_a);
    const Runes32 subject_b = SubjectOfWords(words_b);
    if (subject_a == subject_b) return confidence;
    if (subject_a.empty() || subject_b.empty()) return confidence * kOneSidedSubject;
    return SubjectsShareWord(subject_a, subject_b) ? confidence : kOtherSubject;
  }

  // 锌渣量 and 锌渣产生量.
  static bool BeginsOther(View32 a, View32 b) {
    return std::min(a.size(), b.size()) >= 2 && (a.starts_with(b) || b.starts_with(a));
  }

  static double AlignByEnd(View32 a, View32 b, size_t shared) {
    if (shared == a.size() || shared == b.size()) {
      // One name ends the other: 速度 and 带钢速度. One character names nothing.
      return shared < 2 ? 0 : WithSubjects(a, shared, b, shared, kUnknownHead);
    }
    const View32 end = a.substr(a.size() - shared);
    if (const size_t head = GeneralHeadLength(end)) {
      // 率 alone says little: 识别率 and 防治率 of one thing are two quantities.
      const View32 stem_a = a.substr(0, a.size() - 1);
      const View32 stem_b = b.substr(0, b.size() - 1);
      if (head == 1 && shared < 3 && !BeginsOther(stem_a, stem_b) &&
          SubjectOfWords(stem_a) != SubjectOfWords(stem_b))
        return kOtherSubject;
      return WithSubjects(a, head, b, head, kUnknownHead);
    }
    return shared >= 3 ? WithSubjects(a, shared, b, shared, kUnknownHead) : 0;
  }

  std::map<std::pair<int, int>, Relation> relations_;
  NameIndex index_;
  DoingTable doings_;
  std::optional<AnswerModel> answer_model_;
};

NameTable::NameTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NameTable::~NameTable() = default;

StatusOr<std::unique_ptr<NameTable>> NameTable::Load(const std::filesystem::path& path,
                                                     std::string_view model) {
  std::ifstream file(path);
  if (!file) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "无法打开指标名称表",
                 {{"file", path.filename().string()}});
  }
  auto impl = std::make_unique<Impl>();
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (static_cast<size_t>(number) > kMaxNameTableLines) return BadNameLine(path, number, "TOO_MANY_LINES");
    if (line.empty() || line.front() == '#') continue;
    DUIJIE_RETURN_IF_ERROR(impl->AddLine(path, number, line));
  }
  DUIJIE_ASSIGN_OR_RETURN(DoingTable doings, DoingTable::Load(path.parent_path() / "doings.tsv"));
  impl->SetDoings(std::move(doings));
  if (!model.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(std::optional<AnswerModel> answers,
                            AnswerModel::Load(path.parent_path() / model));
    impl->SetAnswerModel(std::move(answers));
  }
  impl->Finish();
  return std::unique_ptr<NameTable>(new NameTable(std::move(impl)));
}

double NameTable::Align(std::string_view a, std::string_view b) const {
  return impl_->Align(impl_->Prepare(a, {}), impl_->Prepare(b, {}));
}

PreparedName NameTable::Prepare(std::string_view name, std::string_view unit) const {
  return impl_->Prepare(name, unit);
}

PreparedName NameTable::Prepare(const Indicator& figure) const {
  PreparedName name = impl_->Prepare(figure.name, figure.unit);
  if (!figure.condition.empty()) name.excused = DecisiveRows(CleanedName(figure.condition));
  return name;
}

double NameTable::Align(const PreparedName& a, const PreparedName& b) const { return impl_->Align(a, b); }

std::vector<std::string_view> NameTable::PhrasesOf(std::string_view name) const {
  return impl_->PhrasesOf(name);
}

const AnswerModel* NameTable::answer_model() const { return impl_->answer_model(); }

Relation NameTable::RelationOf(const PreparedName& a, const PreparedName& b) const {
  return impl_->RelationOf(a, b);
}

std::string NameTable::SubjectOf(std::string_view name) const {
  Runes32 cleaned = CleanedName(name);
  for (const View32 where : {View32(U"出水"), View32(U"出口"), View32(U"外排")}) {
    if (cleaned.starts_with(where) && cleaned.size() >= where.size() + 2) cleaned.erase(0, where.size());
  }
  // 甲醛释放量: the substance, though the table has the whole name.
  for (const View32 end :
       {View32(U"释放量"), View32(U"排放量"), View32(U"逸出量"), View32(U"析出量"), View32(U"迁移量")}) {
    if (cleaned.ends_with(end) && cleaned.size() > end.size())
      return ToUtf8(View32(cleaned).substr(0, cleaned.size() - end.size()));
  }
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
