// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/questions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

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

struct Proposal {
  v1::ClinicQuestion question;
  double worth = 0;
};

std::string NumberText(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
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

class Maker {
 public:
  Maker(const Analyzer& analyzer, const TaxonomySet& taxonomies, const indicator::NameTable& names,
        const v1::Need& need, const ClinicCandidates& candidates)
      : analyzer_(analyzer), taxonomies_(taxonomies), names_(names), need_(need), candidates_(candidates) {
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
    for (const Quantity& quantity : QuantitiesOf(names_, need_, candidates_)) {
      if (quantity.figures.size() >= kLeastSpeakers) AddIndicator(quantity);
    }
  }

  void AddIndicator(const Quantity& quantity) {
    const auto& [name, unit, figures] = quantity;
    // Ids are parted by it.
    if (name.find(':') != std::string::npos || unit.find(':') != std::string::npos) return;
    const std::vector<double> cuts = CutsOf(figures);
    if (cuts.size() < 2) return;
    const bool less = AsksForLess(quantity);
    Said said;
    std::map<std::string, std::string> labels;
    for (const CandidateFigure& figure : figures) {
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
    std::vector<CandidateFigure> prices;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (!candidates_[i].has_price_min_wan_yuan()) continue;
      prices.push_back({RankWeight(i + 1), candidates_[i].price_min_wan_yuan(), v1::COMPARATOR_AT_MOST});
    }
    if (prices.size() < kLeastSpeakers) return;
    const std::vector<double> cuts = CutsOf(prices);
    Said said;
    std::map<std::string, std::string> labels;
    for (const CandidateFigure& price : prices) {
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
      const std::string read = candidates_[i].title() + "。" + std::string(TextOf(candidates_[i]));
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
  const indicator::NameTable& names_;
  const v1::Need& need_;
  const ClinicCandidates& candidates_;
  double all_ = 0;
  std::vector<Proposal> proposals_;
};

}  // namespace

std::vector<v1::ClinicQuestion> QuestionMaker::Propose(const v1::Need& need,
                                                       const ClinicCandidates& candidates) const {
  return Maker(analyzer_, taxonomies_, names_, need, candidates).Run();
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
