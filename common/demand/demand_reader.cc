// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/demand_reader.h"

#include <algorithm>
#include <array>

#include "common/demand/said.h"
#include "common/demand/sentences.h"
#include "common/demand/word_starts.h"
#include "common/demand/words_in.h"
#include "common/indicator/units.h"
#include "common/text/code_points.h"
#include "common/text/encoding.h"

namespace duijie {
namespace {

using indicator::Comparator;
using indicator::Indicator;
using indicator::TextSpan;
using std::string_view;

constexpr auto kNamesOfTheFirm = std::to_array<string_view>(
    {"占地", "注册", "投资", "产值", "年产", "日产",   "产能", "产量", "营业",   "销售",
     "收入", "利润", "税",   "经费", "资金", "投入",   "补贴", "员工", "人员",   "市场",
     "合同", "团队", "售价", "工期", "年销", "年出栏", "存栏", "专利", "研发费", "规模"});
constexpr auto kMoneyNames =
    std::to_array<string_view>({"成本", "费用", "价格", "造价", "单价", "运费", "电费", "药剂费"});
// What a solution may cost or take, where that is limited; not what the project does.
constexpr auto kTakenNames =
    std::to_array<string_view>({"设备投入", "价", "费", "成本", "投资", "回收期", "占地", "用人", "用工",
                                "操作", "人工", "定员", "人员"});
constexpr auto kProjectMoney =
    std::to_array<string_view>({"经费", "研发费", "投资额", "总投资", "预算", "税费"});
// What a machine or process does: after a wish it is asked for also without a bound.
constexpr auto kPerformances = std::to_array<string_view>(
    {"能力", "速度", "效率", "处理量", "产量", "寿命", "年限", "节拍", "转速", "功率", "车速",
     "价格", "行程", "扭矩", "流量",   "扬程", "精度", "载荷", "载重", "续航", "时间"});
// What is to last: 保质期要12个月 is a wish, 过滤要6小时 is not.
constexpr auto kLastingNames = std::to_array<string_view>(
    {"时间", "期", "寿命", "续航", "年限", "待机", "时长", "耐", "盐雾", "老化", "稳定"});
constexpr auto kShortNames = std::to_array<string_view>({"厚", "宽", "长", "高", "重", "率"});
constexpr auto kSpecificationWords = std::to_array<string_view>(
    {"起码", "至少", "别超", "别低", "不要超", "不要低", "不低于", "不高于", "不超过", "不小于", "不大于",
     "不少于", "不多于", "不得", "≥", "≤", ">=", "<="});
// What else makes an item of a list a bound.
constexpr auto kListedBounds =
    std::to_array<string_view>({"以上", "以下", "以内", "之内", "低于", "高于", "小于", "大于", "少于",
                                "超过", "±", "＜", "＞", "<", ">"});
constexpr string_view kIt = "它";
constexpr auto kForbiddenChanges =
    std::to_array<string_view>({"别比", "不能比", "不要比", "不得比", "不比", "不能高", "别高"});
constexpr auto kTodayConditions = std::to_array<string_view>(
    {"目前", "现有", "现在", "现阶段", "当前", "现状", "原来", "原有", "以往", "过去", "传统"});

bool IsRelative(const Indicator& figure) {
  return figure.comparator == Comparator::kIncreaseBy || figure.comparator == Comparator::kDecreaseBy ||
         figure.from || figure.is_of_former;
}

bool IsExplicitBound(const Indicator& figure) { return figure.comparator != Comparator::kEqual; }

// Of a sentence that wishes: 处理能力每小时5吨, 节拍15分钟左右, but not 板厚20mm nor 压力约12kPa.
bool IsPerformance(const Indicator& figure) { return EndsWithOneOf(figure.name, kPerformances); }

// 每台售价5万元以内, 占地最多800平方米, 每亩投入350元以下.
bool LimitsWhatItTakes(const Indicator& figure) {
  if (figure.comparator != Comparator::kAtMost || HoldsOneOf(figure.name, kProjectMoney)) return false;
  const bool rated = figure.unit.find('/') != std::string::npos;
  return HoldsOneOf(figure.name, kTakenNames) || (rated && figure.name.find("投入") != std::string::npos);
}

// 污泥产量减少10%, 台时产量由2.2公斤增至3.5公斤: what a technique makes out of, or leaves behind.
bool ChangesOutput(const Indicator& figure) { return IsRelative(figure) && figure.name.ends_with("产量"); }

bool IsOfTheFirm(const Indicator& figure) {
  if (LimitsWhatItTakes(figure) || ChangesOutput(figure)) return false;
  if (HoldsOneOf(figure.name, kNamesOfTheFirm)) return true;
  const string_view unit = figure.unit;
  if (unit.find("人") != string_view::npos || unit == "项" || unit == "条") return true;
  if (unit == "亩") return !HoldsOneOf(figure.name, kLastingNames);
  return unit.find("元") != string_view::npos && !HoldsOneOf(figure.name, kMoneyNames);
}

bool IsWellNamed(const Indicator& figure) {
  const size_t runes = CountCodePoints(figure.name);
  if (runes == 0) return false;
  if (runes > 1 || static_cast<unsigned char>(figure.name.front()) < 0x80) return true;
  return std::find(kShortNames.begin(), kShortNames.end(), figure.name) != kShortNames.end();
}

string_view WholeOf(string_view text, const Indicator& figure) {
  return text.substr(figure.whole.begin, figure.whole.end - figure.whole.begin);
}

// 成本别比普通膜高一倍以上: a change that is not to be.
bool ForbidsChange(string_view text, const Indicator& figure) {
  return IsRelative(figure) && HoldsOneOf(WholeOf(text, figure), kForbiddenChanges);
}

// 过滤要6小时: what it takes today, but not 保温时间要2小时.
bool TellsWhatItTakes(string_view text, const Indicator& figure) {
  static const auto kSecond = indicator::ParseUnit("s");
  const auto unit = indicator::ParseUnit(figure.unit);
  if (!unit || !indicator::Convertible(*unit, *kSecond)) return false;
  if (HoldsOneOf(figure.name, kLastingNames)) return false;
  string_view before = text.substr(0, figure.value_span.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.ends_with("得等")) return true;
  return before.ends_with("要") && !before.ends_with("不要");
}

// A figure that the extraction itself found to be told of today; not 不得高于现有的0.9t/t.
bool HoldsToday(string_view text, const Indicator& figure) {
  if (IsRelative(figure)) return false;
  if (figure.name.ends_with("原") || figure.name.ends_with("现")) return true;  // 声级原52dB
  if (!HoldsOneOf(figure.condition, kTodayConditions)) return false;
  const string_view whole = WholeOf(text, figure);
  const size_t now = whole.find("现");
  return now == string_view::npos || !HoldsOneOf(whole.substr(0, now), kSpecificationWords);
}

// 工作压力35MPa among 爆破压力105MPa以上 and 弯曲半径≤250mm: an item of a list of bounds, bare itself.
bool IsListed(string_view text, const Indicator& figure) {
  constexpr string_view kColon = "：";
  constexpr size_t kBesides = 12;  // bytes of the item besides the figure: 可, 做到, 左右
  const auto bounds = [&](size_t begin, size_t end) {
    const string_view clause = text.substr(begin, end - begin);
    return HoldsOneOf(clause, kListedBounds) || HoldsOneOf(clause, kSpecificationWords);
  };
  size_t begin = BeginBefore(text, figure.whole.begin, Stop::kClause);
  const size_t end = EndFrom(text, figure.whole.end, Stop::kClause);
  const string_view before = text.substr(begin, figure.whole.begin - begin);
  if (const size_t colon = before.rfind(kColon); colon != string_view::npos) begin += colon + kColon.size();
  if (end - begin > figure.whole.end - figure.whole.begin + kBesides) return false;
  const size_t first = BeginBefore(text, figure.whole.begin, Stop::kSentence);
  const size_t last = EndFrom(text, figure.whole.end, Stop::kSentence);
  return bounds(first, begin) || bounds(end, last);
}

// 由62%提高到80%以上; but 附着力由1级降为2级 is what happened.
bool IsAimedChange(string_view text, const Indicator& figure) {
  return figure.from && IsExplicitBound(figure) && HoldsOneOf(WholeOf(text, figure), kListedBounds);
}

// （25MPa）, （浓度约22%）: told in passing.
bool IsAside(string_view text, const Indicator& figure) {
  const size_t begin = BeginBefore(text, figure.whole.begin, Stop::kPart);
  const string_view before = text.substr(begin, figure.whole.begin - begin);
  const size_t open = before.rfind("（");
  return open != string_view::npos && before.find("）", open) == string_view::npos;
}

// 三年内将漏损率降到9%: until when.
bool IsDeadline(string_view text, const Indicator& figure) {
  static constexpr auto kDone = std::to_array<string_view>({"将", "把", "使", "完成", "建成", "出报告"});
  if (figure.comparator != Comparator::kAtMost) return false;
  string_view behind = text.substr(figure.value_span.end);
  for (const string_view within : {"内", "之内", "以内"}) {
    if (behind.starts_with(within)) behind.remove_prefix(within.size());
  }
  return BeginsWithOneOf(behind, kDone) &&
         (figure.unit == "年" || figure.unit == "月" || figure.unit == "个月");
}

// Whether the units tell figures of one kind, shares only of the same unit.
bool SameKind(const Indicator& a, const Indicator& b) {
  const auto unit = indicator::ParseUnit(a.unit);
  if (!unit) return false;
  if (indicator::IsDimensionless(*unit)) return a.unit == b.unit;
  const auto other = indicator::ParseUnit(b.unit);
  return other && indicator::Convertible(*unit, *other);
}

// Headings of demands, then those of what is told.
const WordStarts& StartsOfHeadings() {
  static const WordStarts kStarts = [] {
    std::vector<string_view> words(DemandHeadings().begin(), DemandHeadings().end());
    words.insert(words.end(), ToldHeadings().begin(), ToldHeadings().end());
    return WordStarts(words);
  }();
  return kStarts;
}

}  // namespace

TextSpan SentenceAround(string_view text, TextSpan part) {
  const size_t begin = std::min<size_t>(part.begin, text.size());
  const size_t end = std::min<size_t>(part.end, text.size());
  return {static_cast<uint32_t>(BeginBefore(text, begin, Stop::kPart)),
          static_cast<uint32_t>(EndFrom(text, end, Stop::kPart))};
}

DemandReader::DemandReader(string_view text, DemandText kind) : text_(text), kind_(kind) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsTrailingByte(text[at])) continue;
    StartsOfHeadings().At(text, at, [&](uint32_t number) {
      headings_.push_back({at, number < DemandHeadings().size()});
      return false;
    });
  }
}

std::vector<Indicator> DemandReader::Figures() const {
  std::vector<Indicator> figures = indicator::Extract(text_);
  for (size_t i = 0; i < figures.size(); ++i) {
    ReadExtreme(&figures[i]);
    if (figures[i].name.empty() || figures[i].name == kIt) NameByContext(figures, &figures[i]);
  }
  return figures;
}

void DemandReader::ReadExtreme(Indicator* figure) const {
  if (figure->comparator == Comparator::kEqual && figure->is_highest != figure->is_lowest) {
    figure->comparator = figure->is_highest ? Comparator::kAtMost : Comparator::kAtLeast;
    figure->is_maximum = false;
  }
  static constexpr auto kWithin = std::to_array<string_view>({"以内", "以下", "之内", "不超过", "不高于"});
  if (figure->comparator == Comparator::kIncreaseBy && HoldsOneOf(WholeOf(text_, *figure), kWithin)) {
    figure->comparator = Comparator::kAtMost;
    if (!figure->name.empty() && !figure->name.starts_with("增")) figure->name.insert(0, "增加");
  }
}

void DemandReader::NameByContext(const std::vector<Indicator>& figures, Indicator* figure) const {
  if (!figure->condition.empty() || !IsExplicitBound(*figure)) return;
  size_t first = BeginBefore(text_, figure->whole.begin, Stop::kSentence);
  if (first > 0) first = BeginBefore(text_, first - 1, Stop::kSentence);
  for (const Indicator* told = figure; told != figures.data();) {
    --told;
    if (told->whole.begin < first) return;
    if (told->name.empty() || told->name == kIt || !SameKind(*figure, *told)) continue;
    figure->name = told->name;
    return;
  }
}

const DemandReader::Heading* DemandReader::HeadingOf(const Indicator& figure) const {
  const auto next = std::upper_bound(headings_.begin(), headings_.end(), size_t{figure.whole.begin},
                                     [](size_t at, const Heading& heading) { return at < heading.at; });
  if (next == headings_.begin()) return nullptr;
  const Heading& last = *std::prev(next);
  return figure.whole.begin - last.at <= kMaxHeadingBytes ? &last : nullptr;
}

bool DemandReader::IsDemanded(const Indicator& figure) const {
  if (!IsWellNamed(figure) || IsOfTheFirm(figure) || figure.is_negated) return false;
  if (figure.is_maximum && !IsListed(text_, figure)) return false;
  if (TellsWhatItTakes(text_, figure) || ForbidsChange(text_, figure) || IsDeadline(text_, figure))
    return false;
  const Said said = SaidOf(text_, figure, IsRelative(figure));
  const Heading* const heading = HeadingOf(figure);
  const bool headed = heading != nullptr && heading->demands;
  if ((said.says == Says::kWish || said.says == Says::kLimit) && IsExplicitBound(figure)) return true;
  if (!IsExplicitBound(figure) && IsAside(text_, figure)) return false;
  const bool asked = said.in_own_clause || headed || IsPerformance(figure) || IsListed(text_, figure);
  if (said.says == Says::kWish && kind_ != DemandText::kTitle && asked) return true;
  if (said.says == Says::kToday || HoldsToday(text_, figure)) return false;
  if (kind_ == DemandText::kDescription && IsAimedChange(text_, figure)) return true;
  if (kind_ == DemandText::kCurrentPractice) return false;
  if (kind_ == DemandText::kTitle) return IsExplicitBound(figure);
  if (heading != nullptr) return headed;
  if (kind_ == DemandText::kSpecification) return true;
  // 检测时间15分钟以内；检出限不高于0.01mg/kg: a list of bounds. A range that stands before may tell of
  // today.
  const size_t begin = BeginBefore(text_, figure.whole.begin, Stop::kSentence);
  const bool range = figure.comparator == Comparator::kBetween;
  const size_t end = range ? figure.whole.end : EndFrom(text_, figure.whole.end, Stop::kSentence);
  return IsExplicitBound(figure) && HoldsOneOf(text_.substr(begin, end - begin), kSpecificationWords);
}

}  // namespace duijie
