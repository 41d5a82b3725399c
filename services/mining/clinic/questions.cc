// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/questions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "common/indicator/extract.h"
#include "common/text/encoding.h"
#include "services/mining/intake/aspects.h"

namespace duijie::mining {
namespace {

using std::string_view;

constexpr double kLeastWordShare = 0.04;  // of all candidates' weight, for a word to be an answer
constexpr double kMostWordShare = 0.6;    // what nearly all have separates nobody
constexpr int kMaxPerTopic = 3;           // questions of one topic among those tried
constexpr size_t kLeastSpeakers = 2;      // candidates that must speak of a subject
constexpr int kLowLevel = 4;              // 实验室
constexpr int kMiddleLevel = 6;           // 工程化
constexpr int kHighLevel = 8;             // 产业化
constexpr auto kLessIsBetter = std::to_array<string_view>(
    {"误差",   "偏差",   "噪声",   "噪音",   "能耗",   "电耗", "水耗",   "煤耗",
     "粗糙度", "成本",   "损耗",   "排放",   "浓度",   "残留", "时间",   "含水率",
     "吸水率", "废品率", "破损率", "漏检率", "误报率", "磨损", "收缩率", "孔隙率"});

struct Proposal {
  v1::ClinicQuestion question;
  double worth = 0;
};

std::string NumberText(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}

std::optional<double> ParseNumber(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What candidates say of one subject: answers with their weight.
struct Said {
  std::map<std::string, double> weights;  // by answer
  double total = 0;                       // of candidates that speak
  size_t speakers = 0;
};

// The weightiest answers, ties by text, at most kMaxOptions; false if they do not disagree.
bool AddOptions(const Said& said, double all, const std::map<std::string, std::string>& labels,
                Proposal* proposal) {
  std::vector<std::pair<std::string, double>> order(said.weights.begin(), said.weights.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (order.size() > kMaxOptions) order.resize(kMaxOptions);
  double sum = 0;
  for (const auto& [answer, weight] : order) sum += weight;
  if (order.size() < 2 || said.speakers < kLeastSpeakers || sum <= 0) return false;
  double entropy = 0;
  for (const auto& [answer, weight] : order) {
    v1::ClinicOption* const option = proposal->question.add_options();
    option->set_value(answer);
    const auto label = labels.find(answer);
    option->set_label(label == labels.end() ? answer : label->second);
    option->set_share(weight / sum);
    entropy -= weight / sum * std::log2(weight / sum);
  }
  proposal->worth = said.total / all * entropy;
  return true;
}

struct Figure {
  double weight = 0;  // of its candidate
  double value = 0;
  v1::Comparator comparator = v1::COMPARATOR_UNSPECIFIED;
};

using Subject = std::pair<std::string, std::string>;  // name, unit

string_view FigureText(const v1::Achievement& achievement) {
  return TruncateBytes(achievement.summary(), kMostTextBytes);
}

// One figure of each quantity of an achievement: that of the table, or else the first of its summary.
std::map<Subject, Figure> FiguresOf(const v1::Achievement& achievement, double weight) {
  std::map<Subject, Figure> figures;
  for (const v1::Indicator& stated : achievement.indicators()) {
    if (!stated.has_value() || stated.name().empty()) continue;
    figures.try_emplace({stated.name(), stated.unit()}, Figure{weight, stated.value(), stated.comparator()});
  }
  std::vector<indicator::Indicator> read = indicator::Extract(FigureText(achievement));
  if (read.size() > kMostFigures) read.resize(kMostFigures);
  for (const indicator::Indicator& figure : read) {
    if (CountCodePoints(figure.name) < 2 || figure.is_negated || figure.is_of_former) continue;
    v1::Comparator comparator = v1::COMPARATOR_UNSPECIFIED;
    if (figure.comparator == indicator::Comparator::kAtLeast) comparator = v1::COMPARATOR_AT_LEAST;
    if (figure.comparator == indicator::Comparator::kAtMost) comparator = v1::COMPARATOR_AT_MOST;
    const bool relative = figure.comparator == indicator::Comparator::kIncreaseBy ||
                          figure.comparator == indicator::Comparator::kDecreaseBy ||
                          figure.comparator == indicator::Comparator::kPlusMinus;
    if (!relative) figures.try_emplace({figure.name, figure.unit}, Figure{weight, figure.value, comparator});
  }
  return figures;
}

bool AsksForLess(const std::string& name, const std::vector<Figure>& figures) {
  double less = 0;
  double more = 0;
  for (const Figure& figure : figures) {
    if (figure.comparator == v1::COMPARATOR_AT_MOST || figure.comparator == v1::COMPARATOR_LESS_THAN)
      less += figure.weight;
    if (figure.comparator == v1::COMPARATOR_AT_LEAST || figure.comparator == v1::COMPARATOR_GREATER_THAN) {
      more += figure.weight;
    }
  }
  if (less != more) return less > more;
  return std::any_of(kLessIsBetter.begin(), kLessIsBetter.end(),
                     [&](string_view word) { return name.find(word) != std::string::npos; });
}

// Values at which the candidates part: the quartiles of what they state.
std::vector<double> CutsOf(std::vector<Figure> figures) {
  std::sort(figures.begin(), figures.end(),
            [](const Figure& a, const Figure& b) { return a.value < b.value; });
  std::vector<double> cuts;
  constexpr std::array kQuantiles = {0.25, 0.5, 0.75};
  for (const double quantile : kQuantiles) {
    const auto at = static_cast<size_t>(quantile * static_cast<double>(figures.size() - 1) + 0.5);
    if (cuts.empty() || figures[at].value > cuts.back()) cuts.push_back(figures[at].value);
  }
  if (cuts.size() == 1 && figures.back().value > cuts.back()) cuts.push_back(figures.back().value);
  return cuts;
}

const double& Nearest(const std::vector<double>& cuts, double value) {
  return *std::min_element(cuts.begin(), cuts.end(),
                           [&](double a, double b) { return std::abs(a - value) < std::abs(b - value); });
}

class Maker {
 public:
  Maker(const Analyzer& analyzer, const TaxonomySet& taxonomies, const v1::Need& need,
        const ClinicCandidates& candidates)
      : analyzer_(analyzer), taxonomies_(taxonomies), need_(need), candidates_(candidates) {
    for (size_t i = 0; i < candidates.size(); ++i) all_ += RankWeight(i + 1);
  }

  std::vector<v1::ClinicQuestion> Run() {
    Indicators();
    Fields();
    Maturity();
    Cooperation();
    Budget();
    Wording(v1::ASPECT_KIND_METHOD, "method", "主要想采用哪种工艺或技术？");
    Wording(v1::ASPECT_KIND_MATERIAL, "material", "主要涉及哪种材料？");
    std::stable_sort(proposals_.begin(), proposals_.end(), [](const Proposal& a, const Proposal& b) {
      return a.worth != b.worth ? a.worth > b.worth : a.question.id() < b.question.id();
    });
    std::vector<v1::ClinicQuestion> questions;
    std::map<v1::ClinicTopic, int> of_topic;
    for (Proposal& proposal : proposals_) {
      if (questions.size() == kMaxTried) break;
      if (++of_topic[proposal.question.topic()] > kMaxPerTopic) continue;
      questions.push_back(std::move(proposal.question));
    }
    return questions;
  }

 private:
  void Add(const Said& said, const std::string& id, v1::ClinicTopic topic, const std::string& text,
           const std::map<std::string, std::string>& labels, const std::string& unit = "") {
    Proposal proposal;
    proposal.question.set_id(id);
    proposal.question.set_topic(topic);
    proposal.question.set_text(text);
    proposal.question.set_unit(unit);
    if (AddOptions(said, all_, labels, &proposal)) proposals_.push_back(std::move(proposal));
  }

  void Indicators() {
    std::map<Subject, std::vector<Figure>> subjects;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      for (const auto& [subject, figure] : FiguresOf(candidates_[i], RankWeight(i + 1))) {
        subjects[subject].push_back(figure);
      }
    }
    std::set<string_view> stated;
    for (const v1::Indicator& target : need_.targets()) stated.insert(target.name());
    for (const auto& [subject, figures] : subjects) {
      if (figures.size() >= kLeastSpeakers && !stated.contains(subject.first)) AddIndicator(subject, figures);
    }
  }

  void AddIndicator(const Subject& subject, const std::vector<Figure>& figures) {
    const auto& [name, unit] = subject;
    if (name.find(':') != std::string::npos || unit.find(':') != std::string::npos)
      return;  // ids are parted by it
    const std::vector<double> cuts = CutsOf(figures);
    if (cuts.size() < 2) return;
    const bool less = AsksForLess(name, figures);
    Said said;
    std::map<std::string, std::string> labels;
    for (const Figure& figure : figures) {
      const std::string answer = NumberText(Nearest(cuts, figure.value));
      said.weights[answer] += figure.weight;
      said.total += figure.weight;
      ++said.speakers;
      labels[answer] = std::string(less ? "≤" : "≥") + answer + unit;
    }
    const std::string id = std::string("indicator:") + (less ? "at_most:" : "at_least:") + unit + ":" + name;
    const std::string text = "“" + name + "”要求" + (less ? "不高于" : "不低于") + "多少" +
                             (unit.empty() ? "" : "（" + unit + "）") + "？";
    Add(said, id, v1::CLINIC_TOPIC_INDICATOR, text, labels, unit);
  }

  void Fields() {
    if (!need_.field_codes().empty()) return;
    Said said;
    std::map<std::string, std::string> labels;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const std::set<std::string> codes(candidates_[i].field_codes().begin(),
                                        candidates_[i].field_codes().end());
      for (const std::string& code : codes) {
        said.weights[code] += RankWeight(i + 1) / static_cast<double>(codes.size());
        const TaxonomyEntry* const entry = taxonomies_.fields.Find(code);
        labels[code] = entry == nullptr ? code : entry->name;
      }
      if (codes.empty()) continue;
      said.total += RankWeight(i + 1);
      ++said.speakers;
    }
    Add(said, "field", v1::CLINIC_TOPIC_FIELD, "问题主要属于哪个技术领域？", labels);
  }

  void Maturity() {
    if (need_.min_maturity_level() > 0) return;
    Said said;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const int level = candidates_[i].maturity_level();
      if (level == 0) continue;
      const int asked = level >= kHighLevel ? kHighLevel : level >= kMiddleLevel ? kMiddleLevel : kLowLevel;
      said.weights[std::to_string(asked)] += RankWeight(i + 1);
      said.total += RankWeight(i + 1);
      ++said.speakers;
    }
    Add(said, "maturity", v1::CLINIC_TOPIC_MATURITY, "可以接受的最低技术成熟度是几级？",
        {{std::to_string(kLowLevel), "4 级以上：实验室成果也可以"},
         {std::to_string(kMiddleLevel), "6 级以上：至少做过中试"},
         {std::to_string(kHighLevel), "8 级以上：须已在生产中使用"}});
  }

  void Cooperation() {
    if (!need_.cooperation_modes().empty()) return;
    static const std::map<std::string, std::string> kLabels = {{"TRANSFER", "转让"},
                                                               {"LICENSE", "许可"},
                                                               {"EQUITY", "作价入股"},
                                                               {"JOINT_DEVELOPMENT", "合作开发"},
                                                               {"COMMISSIONED_DEVELOPMENT", "委托开发"},
                                                               {"SERVICE", "技术服务"},
                                                               {"CONSULTING", "技术咨询"},
                                                               {"PURCHASE", "产品采购"}};
    constexpr size_t kPrefix = sizeof("COOPERATION_MODE_") - 1;
    Said said;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const auto& modes = candidates_[i].cooperation_modes();
      if (modes.empty()) continue;
      for (const int mode : modes) {
        const std::string name = v1::CooperationMode_Name(static_cast<v1::CooperationMode>(mode));
        if (name.size() > kPrefix) said.weights[name.substr(kPrefix)] += RankWeight(i + 1) / modes.size();
      }
      said.total += RankWeight(i + 1);
      ++said.speakers;
    }
    Add(said, "cooperation", v1::CLINIC_TOPIC_COOPERATION, "希望以哪种方式合作？", kLabels);
  }

  void Budget() {
    if (need_.has_budget_max_wan_yuan()) return;
    std::vector<Figure> prices;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (!candidates_[i].has_price_min_wan_yuan()) continue;
      prices.push_back({RankWeight(i + 1), candidates_[i].price_min_wan_yuan(), v1::COMPARATOR_AT_MOST});
    }
    if (prices.size() < kLeastSpeakers) return;
    const std::vector<double> cuts = CutsOf(prices);
    Said said;
    std::map<std::string, std::string> labels;
    for (const Figure& price : prices) {
      const std::string answer = NumberText(Nearest(cuts, price.value));
      said.weights[answer] += price.weight;
      said.total += price.weight;
      ++said.speakers;
      labels[answer] = answer + " 万元以内";
    }
    Add(said, "budget", v1::CLINIC_TOPIC_BUDGET, "预算最多多少万元？", labels, "万元");
  }

  void Wording(v1::AspectKind kind, const std::string& name, const std::string& text) {
    const std::string own = need_.title() + need_.description();
    Said said;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const std::string read = candidates_[i].title() + "。" + std::string(FigureText(candidates_[i]));
      std::set<std::string> words;
      for (const Aspect& aspect : FindAspects(analyzer_, read)) {
        if (aspect.kind == kind) words.insert(read.substr(aspect.begin, aspect.end - aspect.begin));
      }
      for (const std::string& keyword : candidates_[i].keywords()) words.erase(keyword + "技术");
      bool speaks = false;
      for (const std::string& word : words) {
        if (own.find(word) != std::string::npos || word.find(':') != std::string::npos) continue;
        said.weights[word] += RankWeight(i + 1);
        speaks = true;
      }
      if (!speaks) continue;
      said.total += RankWeight(i + 1);
      ++said.speakers;
    }
    std::erase_if(said.weights, [&](const auto& word) {
      return word.second < kLeastWordShare * all_ || word.second > kMostWordShare * all_;
    });
    Add(said, "wording:" + name, v1::CLINIC_TOPIC_WORDING, text, {});
  }

  const Analyzer& analyzer_;
  const TaxonomySet& taxonomies_;
  const v1::Need& need_;
  const ClinicCandidates& candidates_;
  double all_ = 0;
  std::vector<Proposal> proposals_;
};

Status NoSuchQuestion() { return InvalidField("question_id", "UNKNOWN_VALUE", "没有这个问题"); }
Status BadAnswer(const std::string& expected) {
  return InvalidField("answer", "UNKNOWN_VALUE", "回答应为" + expected);
}

// "at_least:MPa:抗拉强度"
Status ApplyIndicator(string_view subject, const std::string& answer, v1::Need* need) {
  const size_t first = subject.find(':');
  const size_t second = first == string_view::npos ? first : subject.find(':', first + 1);
  if (second == string_view::npos) return NoSuchQuestion();
  const string_view direction = subject.substr(0, first);
  const std::string unit(subject.substr(first + 1, second - first - 1));
  const std::string name(subject.substr(second + 1));
  if ((direction != "at_least" && direction != "at_most") || name.empty()) return NoSuchQuestion();
  const std::optional<double> value = ParseNumber(answer);
  if (!value) return BadAnswer("数字");
  v1::Indicator* target = nullptr;
  for (v1::Indicator& known : *need->mutable_targets()) {
    if (known.name() == name) target = &known;
  }
  if (target == nullptr) target = need->add_targets();
  target->set_name(name);
  target->set_comparator(direction == "at_least" ? v1::COMPARATOR_AT_LEAST : v1::COMPARATOR_AT_MOST);
  target->set_value(*value);
  target->clear_upper_value();
  target->set_unit(unit);
  return OkStatus();
}

Status ApplyMaturity(const std::string& answer, v1::Need* need) {
  const std::optional<double> level = ParseNumber(answer);
  if (!level || *level < 1 || *level > kMaturityLevels || *level != std::floor(*level))
    return BadAnswer(" 1 至 9 的级别");
  need->set_min_maturity_level(static_cast<int>(*level));
  return OkStatus();
}

Status ApplyCooperation(const std::string& answer, v1::Need* need) {
  v1::CooperationMode mode;
  if (!v1::CooperationMode_Parse("COOPERATION_MODE_" + answer, &mode) ||
      mode == v1::COOPERATION_MODE_UNSPECIFIED) {
    return BadAnswer("合作方式，如 LICENSE");
  }
  need->clear_cooperation_modes();
  need->add_cooperation_modes(mode);
  return OkStatus();
}

Status ApplyBudget(const std::string& answer, v1::Need* need) {
  const std::optional<double> most = ParseNumber(answer);
  if (!most || *most < 0) return BadAnswer("不小于 0 的数字，单位万元");
  if (need->has_budget_min_wan_yuan() && need->budget_min_wan_yuan() > *most) {
    return InvalidField("answer", "OUT_OF_RANGE", "低于需求已写明的最低预算");
  }
  need->set_budget_max_wan_yuan(*most);
  return OkStatus();
}

Status ApplyWord(const std::string& answer, v1::Need* need) {
  constexpr size_t kMaxWord = 200;  // code points of a keyword
  constexpr int kMaxKeywords = 20;
  if (answer.empty() || CountCodePoints(answer) > kMaxWord) return BadAnswer("一个词");
  const auto& known = need->keywords();
  if (std::find(known.begin(), known.end(), answer) != known.end()) return OkStatus();
  if (need->keywords_size() == kMaxKeywords)
    return InvalidField("answer", "TOO_MANY", "需求的关键词已有 20 个");
  need->add_keywords(answer);
  return OkStatus();
}

}  // namespace

double RankWeight(size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

std::vector<v1::ClinicQuestion> QuestionMaker::Propose(const v1::Need& need,
                                                       const ClinicCandidates& candidates) const {
  return Maker(analyzer_, taxonomies_, need, candidates).Run();
}

Status ApplyAnswer(string_view question_id, const std::string& answer, v1::Need* need,
                   std::vector<std::string>* fields) {
  constexpr string_view kIndicator = "indicator:";
  if (question_id.starts_with(kIndicator)) {
    *fields = {"targets"};
    return ApplyIndicator(question_id.substr(kIndicator.size()), answer, need);
  }
  if (question_id == "field") {
    *fields = {"field_codes"};
    if (answer.empty()) return BadAnswer("领域代码");
    need->clear_field_codes();
    need->add_field_codes(answer);
    return OkStatus();
  }
  if (question_id == "maturity") {
    *fields = {"min_maturity_level"};
    return ApplyMaturity(answer, need);
  }
  if (question_id == "cooperation") {
    *fields = {"cooperation_modes"};
    return ApplyCooperation(answer, need);
  }
  if (question_id == "budget") {
    *fields = {"budget_max_wan_yuan"};
    return ApplyBudget(answer, need);
  }
  if (question_id == "wording:method" || question_id == "wording:material") {
    *fields = {"keywords"};
    return ApplyWord(answer, need);
  }
  return NoSuchQuestion();
}

double ChangeOf(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::map<std::string, double> difference;
  double sum = 0;
  for (size_t i = 0; i < kTop; ++i) {
    sum += RankWeight(i + 1);
    if (i < before.size()) difference[before[i]] += RankWeight(i + 1);
    if (i < after.size()) difference[after[i]] -= RankWeight(i + 1);
  }
  double change = 0;
  for (const auto& [name, weight] : difference) change += std::abs(weight);
  return change / (2 * sum);
}

}  // namespace duijie::mining
