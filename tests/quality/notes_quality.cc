// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what is read from notes on the labelled files: notes_quality [--errors] [FOLDER]
// Prints precision, recall and F1 per aspect, and of demanded figures, for the tuning and the held-out half.
// --errors also prints what went wrong, of the tuning half only: the held-out half is for measuring. The
// rules are in README-notes.md.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "common/text/default_paths.h"
#include "common/text/shared_analyzer.h"
#include "services/mining/intake/note_reader.h"
#include "tests/quality/labels.h"

namespace duijie::mining {
namespace {

using nlohmann::json;

constexpr double kLeastOverlap = 0.5;  // of the common stretch in both together
constexpr double kSameValue = 1e-9;    // relative

struct Tally {
  int labels = 0;
  int found = 0;
  int read = 0;
};

const std::map<std::string, v1::AspectKind> kKinds = {{"material", v1::ASPECT_KIND_MATERIAL},
                                                      {"method", v1::ASPECT_KIND_METHOD},
                                                      {"effect", v1::ASPECT_KIND_EFFECT},
                                                      {"product", v1::ASPECT_KIND_PRODUCT},
                                                      {"application", v1::ASPECT_KIND_APPLICATION}};

bool Near(double a, double b) {
  return std::abs(a - b) <= kSameValue * std::max({1.0, std::abs(a), std::abs(b)});
}

// Where the label stands best: the occurrence that overlaps the span most.
double Overlap(const std::string& text, const std::string& label, const v1::NoteSpan& span) {
  const auto runes = [](std::string_view part) {
    int count = 0;
    for (const char c : part) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
  };
  double best = 0;
  for (size_t at = text.find(label); at != std::string::npos; at = text.find(label, at + 1)) {
    const int begin = runes(std::string_view(text).substr(0, at));
    const int end = begin + runes(label);
    const int common = std::min(end, span.end()) - std::max(begin, span.begin());
    const int all = std::max(end, span.end()) - std::min(begin, span.begin());
    best = std::max(best, static_cast<double>(std::max(common, 0)) / all);
  }
  return best;
}

std::string LabelOf(const v1::NoteConstraint& constraint) {
  if (constraint.relative()) return constraint.bound().rfind("降低", 0) == 0 ? "DECREASE_BY" : "INCREASE_BY";
  switch (constraint.indicator().comparator()) {
    case v1::COMPARATOR_AT_LEAST:
      return "GE";
    case v1::COMPARATOR_AT_MOST:
      return "LE";
    case v1::COMPARATOR_BETWEEN:
      return "BETWEEN";
    default:
      return "EQ";
  }
}

bool ValuesAgree(const json& label, const v1::NoteConstraint& constraint) {
  const v1::Indicator& read = constraint.indicator();
  std::string comparator = label.at("comparator");
  double value = label.at("value");
  std::optional<double> upper;
  if (!label.at("upper").is_null()) upper = label.at("upper").get<double>();
  if (comparator == "PLUS_MINUS") {
    comparator = "BETWEEN";
    const double tolerance = *upper;
    upper = value + tolerance;
    value -= tolerance;
  }
  std::string unit = label.at("unit");
  std::erase(unit, ' ');
  return comparator == LabelOf(constraint) && Near(value, read.value()) &&
         upper.has_value() == read.has_upper_value() && (!upper || Near(*upper, read.upper_value())) &&
         unit == read.unit();
}

struct Score {
  std::map<std::string, Tally> aspects;
  Tally values;  // figures without their names
  Tally constraints;
  int sentences = 0;
};

void ScoreAspects(const json& line, const std::vector<v1::NoteAspect>& read, Score* score,
                  std::ostream* errors) {
  const std::string text = line.at("text");
  for (const auto& [name, kind] : kKinds) {
    Tally& tally = score->aspects[name];
    std::vector<bool> used(read.size(), false);
    for (const auto& label : line.at("aspects").value(name, json::array())) {
      ++tally.labels;
      size_t best = read.size();
      double overlap = kLeastOverlap;
      for (size_t i = 0; i < read.size(); ++i) {
        if (used[i] || read[i].kind() != kind) continue;
        const double here = Overlap(text, label, read[i].span());
        if (here < overlap) continue;
        overlap = here;
        best = i;
      }
      if (best < read.size()) {
        used[best] = true;
        ++tally.found;
      } else if (errors != nullptr) {
        *errors << text << "\n    missed " << name << " " << label << "\n";
      }
    }
    for (size_t i = 0; i < read.size(); ++i) {
      if (read[i].kind() != kind) continue;
      ++tally.read;
      if (!used[i] && errors != nullptr)
        *errors << text << "\n    extra  " << name << " " << read[i].text() << "\n";
    }
  }
}

void ScoreConstraints(const json& line, const std::vector<v1::NoteConstraint>& read, Score* score,
                      std::ostream* errors) {
  std::vector<bool> used(read.size(), false);
  for (const auto& label : line.at("constraints")) {
    ++score->constraints.labels;
    size_t best = read.size();
    for (size_t i = 0; i < read.size(); ++i) {
      if (used[i] || !ValuesAgree(label, read[i])) continue;
      if (best == read.size() || quality::NamesAgree(label.at("name"), read[i].indicator().name())) best = i;
    }
    if (best == read.size()) {
      if (errors != nullptr)
        *errors << line.at("text").get<std::string>() << "\n    missed figure " << label << "\n";
      continue;
    }
    used[best] = true;
    ++score->values.found;
    if (quality::NamesAgree(label.at("name"), read[best].indicator().name())) ++score->constraints.found;
  }
  for (size_t i = 0; i < read.size(); ++i) {
    if (!used[i] && errors != nullptr) {
      *errors << line.at("text").get<std::string>() << "\n    extra  figure " << read[i].indicator().name()
              << " " << read[i].bound() << "\n";
    }
  }
  score->constraints.read += static_cast<int>(read.size());
}

Score ScoreFile(const NoteReader& reader, const std::filesystem::path& file, std::ostream* errors) {
  std::ifstream in(file);
  if (!in) {
    std::cerr << "cannot open " << file << "\n";
    std::exit(1);
  }
  Score score;
  for (std::string text; std::getline(in, text);) {
    const json line = json::parse(text);
    std::vector<v1::NoteAspect> aspects;
    std::vector<v1::NoteConstraint> demanded;
    for (const v1::NoteReading& reading : reader.Read(line.at("text").get<std::string>())) {
      aspects.insert(aspects.end(), reading.aspects().begin(), reading.aspects().end());
      for (const v1::NoteConstraint& constraint : reading.constraints()) {
        if (constraint.role() == v1::CONSTRAINT_ROLE_TARGET) demanded.push_back(constraint);
      }
    }
    ScoreAspects(line, aspects, &score, errors);
    ScoreConstraints(line, demanded, &score, errors);
    ++score.sentences;
  }
  score.values.labels = score.constraints.labels;
  score.values.read = score.constraints.read;
  return score;
}

void Print(const std::string& name, const Tally& tally) {
  const double precision = tally.read > 0 ? static_cast<double>(tally.found) / tally.read : 0;
  const double recall = tally.labels > 0 ? static_cast<double>(tally.found) / tally.labels : 0;
  const double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  std::cout << "  " << std::left << std::setw(24) << name << std::right << std::fixed << std::setprecision(3)
            << " P " << precision << "  R " << recall << "  F1 " << f1 << "  (" << tally.found << " of "
            << tally.labels << " labels, " << tally.read << " read)\n";
}

void Print(const std::string& half, const Score& score) {
  std::cout << half << ": " << score.sentences << " sentences\n";
  Tally all;
  for (const auto& [name, tally] : score.aspects) {
    Print(name, tally);
    all.labels += tally.labels;
    all.found += tally.found;
    all.read += tally.read;
  }
  Print("all aspects", all);
  Print("constraints", score.constraints);
  Print("constraints, any name", score.values);
}

}  // namespace
}  // namespace duijie::mining

int main(int argc, char** argv) {
  std::filesystem::path folder = std::filesystem::path(DUIJIE_QUALITY_FOLDER) / "notes";
  bool errors = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--errors") {
      errors = true;
    } else {
      folder = argv[i];
    }
  }
  const std::filesystem::path programs = std::filesystem::canonical("/proc/self/exe").parent_path();
  const auto analyzer = duijie::SharedAnalyzer(duijie::TextDataFolder(programs));
  if (!analyzer.ok()) {
    std::cerr << duijie::MessageOf(analyzer.status()) << "\n";
    return 1;
  }
  const duijie::mining::NoteReader reader(*analyzer);
  for (const std::string half : {"tune", "held_out"}) {
    std::ostream* const out = errors && half == "tune" ? &std::cout : nullptr;
    duijie::mining::Print(half, duijie::mining::ScoreFile(reader, folder / (half + ".jsonl"), out));
  }
  return 0;
}
