// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/quality/indicator_score.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "common/demand/demand_reader.h"
#include "tests/quality/labels.h"

namespace duijie::quality {
namespace {

using indicator::Comparator;
using indicator::Indicator;
using indicator::Verdict;
using nlohmann::json;

constexpr size_t kForeignStep = 10;  // lines between targets that are held against foreign texts; even
constexpr std::array<std::string_view, 4> kVerdicts = {"SATISFIED", "PARTLY", "VIOLATED", "NOT_STATED"};

template <size_t kSize>
size_t IndexOf(const std::array<std::string_view, kSize>& words, const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<size_t>(found - words.begin());
  std::fprintf(stderr, "unknown label: %s\n", word.c_str());
  std::abort();
}

std::vector<json> ReadLines(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    std::fprintf(stderr, "cannot open %s\n", file.c_str());
    std::abort();
  }
  std::vector<json> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(json::parse(line));
  }
  return lines;
}

bool Same(const std::optional<double>& a, const json& b) {
  if (!a || b.is_null()) return !a && b.is_null();
  return SameValue(*a, b.get<double>());
}

std::string WithoutBlanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

// Whether the label's span, wherever the text holds it, overlaps the figure.
bool Overlaps(const std::string& text, const std::string& span, const Indicator& figure) {
  for (size_t at = text.find(span); at != std::string::npos; at = text.find(span, at + 1)) {
    if (at < figure.whole.end && figure.whole.begin < at + span.size()) return true;
  }
  return false;
}

bool ValuesAgree(const json& label, const Indicator& figure, const std::string& text) {
  return label.at("comparator") == kComparators[static_cast<size_t>(figure.comparator)] &&
         SameValue(figure.value, label.at("value").get<double>()) && Same(figure.upper, label.at("upper")) &&
         WithoutBlanks(label.at("unit")) == figure.unit && Overlaps(text, label.at("span"), figure);
}

std::string Shown(const Indicator& figure) {
  json shown = {{"name", figure.name},
                {"comparator", kComparators[static_cast<size_t>(figure.comparator)]},
                {"value", figure.value},
                {"unit", figure.unit},
                {"condition", figure.condition}};
  if (figure.upper) shown["upper"] = *figure.upper;
  return shown.dump(-1, ' ', false, json::error_handler_t::replace);
}

// The unused figure that meets the label, one with its name if there is one; figures.size() if none does.
size_t Match(const json& label, const std::vector<Indicator>& figures, const std::vector<bool>& used,
             const std::string& text) {
  size_t without_name = figures.size();
  for (size_t i = 0; i < figures.size(); ++i) {
    if (used[i] || !ValuesAgree(label, figures[i], text)) continue;
    if (NamesAgree(label.at("name"), figures[i].name)) return i;
    without_name = std::min(without_name, i);
  }
  return without_name;
}

void ScoreSentence(const json& line, ExtractionScore* score, std::ostream* errors) {
  const std::string text = line.at("text");
  const std::vector<Indicator> figures = indicator::Extract(text);
  std::vector<bool> used(figures.size(), false);
  std::string problems;
  for (const json& label : line.at("indicators")) {
    const size_t i = Match(label, figures, used, text);
    if (i == figures.size()) {
      problems += "    missed " + label.dump() + "\n";
      continue;
    }
    used[i] = true;
    ++score->values_found;
    if (label.at("condition") == figures[i].condition) {
      ++score->conditions;
    } else {
      problems += "    condition of " + label.dump() + " read as " + figures[i].condition + "\n";
    }
    if (NamesAgree(label.at("name"), figures[i].name)) {
      ++score->found;
    } else {
      problems += "    name   " + label.dump() + " read as " + figures[i].name + "\n";
    }
  }
  for (size_t i = 0; i < figures.size(); ++i) {
    if (!used[i]) problems += "    extra  " + Shown(figures[i]) + "\n";
  }
  ++score->sentences;
  score->labels += line.at("indicators").size();
  score->extracted += figures.size();
  if (errors != nullptr && !problems.empty()) *errors << text << "\n" << problems;
}

indicator::Target TargetOf(const json& line) {
  const json& label = line.at("target");
  indicator::Target target;
  target.indicator.name = label.at("name");
  target.indicator.comparator = static_cast<Comparator>(IndexOf(kComparators, label.at("comparator")));
  target.indicator.value = label.at("value");
  if (!label.at("upper").is_null()) target.indicator.upper = label.at("upper").get<double>();
  target.indicator.unit = label.at("unit");
  target.indicator.condition = label.at("condition");
  target.context = line.at("need");
  return target;
}

double Ratio(double part, double whole) { return whole > 0 ? part / whole : 1; }

}  // namespace

double ExtractionScore::Precision() const {
  return Ratio(static_cast<double>(found), static_cast<double>(extracted));
}
double ExtractionScore::Recall() const {
  return Ratio(static_cast<double>(found), static_cast<double>(labels));
}
double ExtractionScore::F1() const {
  return Ratio(2 * static_cast<double>(found), static_cast<double>(labels + extracted));
}
double ExtractionScore::ValueF1() const {
  return Ratio(2 * static_cast<double>(values_found), static_cast<double>(labels + extracted));
}
double VerdictScore::Accuracy() const {
  return Ratio(static_cast<double>(right), static_cast<double>(cases));
}

VerdictScore& VerdictScore::operator+=(const VerdictScore& other) {
  cases += other.cases;
  right += other.right;
  for (const auto& [kind, score] : other.kinds) {
    kinds[kind].cases += score.cases;
    kinds[kind].right += score.right;
  }
  for (size_t i = 0; i < confusion.size(); ++i) {
    for (size_t j = 0; j < confusion[i].size(); ++j) confusion[i][j] += other.confusion[i][j];
  }
  return *this;
}

ExtractionScore ScoreExtraction(const std::filesystem::path& file, std::ostream* errors) {
  ExtractionScore score;
  for (const json& line : ReadLines(file)) ScoreSentence(line, &score, errors);
  return score;
}

VerdictScore ScoreVerdicts(const std::filesystem::path& file, const indicator::NameTable& names,
                           std::ostream* errors) {
  VerdictScore score;
  for (const json& line : ReadLines(file)) {
    const std::string achievement = line.at("achievement");
    const indicator::Judgement judgement =
        indicator::Judge(TargetOf(line), indicator::ReadStated(achievement, names), names);
    const size_t wanted = IndexOf(kVerdicts, line.at("verdict"));
    const auto judged = static_cast<size_t>(judgement.verdict);
    VerdictScore::Kind& kind = score.kinds[line.at("kind")];
    ++score.cases;
    ++kind.cases;
    ++score.confusion[wanted][judged];
    if (wanted == judged) {
      ++score.right;
      ++kind.right;
    } else if (errors != nullptr) {
      *errors << line.at("need").get<std::string>() << "\n    " << achievement << "\n    labelled "
              << kVerdicts[wanted] << ", judged " << kVerdicts[judged] << ": " << judgement.reason << "\n";
    }
  }
  return score;
}

ForeignScore ScoreForeign(const std::vector<std::filesystem::path>& files,
                          const indicator::NameTable& names) {
  std::vector<json> lines;
  for (const auto& file : files) {
    for (json& line : ReadLines(file)) lines.push_back(std::move(line));
  }
  ForeignScore score;
  for (size_t stating = 1; stating < lines.size(); stating += 2) {
    const std::string achievement = lines[stating].at("achievement");
    const indicator::Stated stated = indicator::ReadStated(achievement, names);
    for (size_t asking = 0; asking < lines.size(); asking += kForeignStep) {
      ++score.pairs;
      if (indicator::Judge(TargetOf(lines[asking]), stated, names).verdict == indicator::Verdict::kSatisfied)
        ++score.satisfied;
    }
  }
  return score;
}

RealScore ScoreReal(const std::vector<std::filesystem::path>& needs,
                    const std::filesystem::path& achievements, const indicator::NameTable& names) {
  std::vector<indicator::Target> targets;
  const auto add_demands = [&](const std::string& text, DemandText kind) {
    const DemandReader reader(text, kind);
    for (indicator::Indicator& figure : reader.Figures()) {
      if (!reader.IsDemanded(figure)) continue;
      const indicator::TextSpan sentence = SentenceAround(text, figure.whole);
      indicator::Target& target = targets.emplace_back();
      target.context = text.substr(sentence.begin, sentence.end - sentence.begin);
      target.indicator = std::move(figure);
      indicator::Prepare(names, &target);
    }
  };
  for (const auto& file : needs) {
    for (const json& need : ReadLines(file)) {
      add_demands(need.value("title", ""), DemandText::kTitle);
      add_demands(need.value("description", ""), DemandText::kDescription);
    }
  }
  RealScore score;
  score.demands = targets.size();
  for (const json& line : ReadLines(achievements)) {
    const std::string text = line.value("title", "") + "\n" + line.value("abstract", "");
    const indicator::Stated stated = indicator::ReadStated(text, names);
    for (const indicator::Target& target : targets) {
      const indicator::Verdict verdict = indicator::Judge(target, stated, names).verdict;
      ++score.pairs;
      score.judged += verdict != indicator::Verdict::kNotStated ? 1 : 0;
      score.satisfied += verdict == indicator::Verdict::kSatisfied ? 1 : 0;
    }
  }
  return score;
}

std::vector<LabelledCase> ReadCases(const std::filesystem::path& file) {
  std::vector<LabelledCase> cases;
  for (const json& line : ReadLines(file)) {
    cases.push_back({TargetOf(line), line.at("achievement"),
                     static_cast<Verdict>(IndexOf(kVerdicts, line.at("verdict")))});
  }
  return cases;
}

std::vector<std::filesystem::path> FilesOf(const std::filesystem::path& folder, std::string_view half) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(half)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::ostream& operator<<(std::ostream& out, const ExtractionScore& score) {
  return out << score.sentences << " sentences, " << score.labels << " labels: precision "
             << score.Precision() << ", recall " << score.Recall() << ", F1 " << score.F1()
             << " (names left out " << score.ValueF1() << "), conditions right " << score.conditions << " of "
             << score.values_found;
}

std::ostream& operator<<(std::ostream& out, const VerdictScore& score) {
  out << score.cases << " cases, right " << score.right << ", accuracy " << score.Accuracy() << "\n ";
  for (const auto& [name, kind] : score.kinds) out << " " << name << " " << kind.right << "/" << kind.cases;
  out << "\n";
  for (size_t wanted = 0; wanted < kVerdicts.size(); ++wanted) {
    out << "  " << kVerdicts[wanted] << " judged as";
    for (size_t judged = 0; judged < kVerdicts.size(); ++judged) {
      out << " " << kVerdicts[judged] << "=" << score.confusion[wanted][judged];
    }
    out << "\n";
  }
  return out;
}

}  // namespace duijie::quality
