// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a need's text is read to demand in figures: demand_quality [--errors] [FOLDER]
// Prints precision, recall and F1 of demands for the tuning and the held-out half, and how many needs are
// read without a fault. --errors also prints what went wrong, of the tuning half only: the held-out half is
// for measuring. The rules are in README-demands.md.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/units.h"
#include "services/matching/demands.h"
#include "tests/quality/labels.h"

namespace duijie::matching {
namespace {

using nlohmann::json;
using quality::kComparators;
using quality::NamesAgree;

struct Score {
  size_t needs = 0;
  size_t faultless = 0;
  size_t labels = 0;
  size_t read = 0;
  size_t found = 0;         // labels met: comparator, value, unit and name
  size_t values_found = 0;  // the same without the name
};

// Values in their units: 5万元 is 50000元. Of what (每台售价5万元) may stand in the name or in the unit.
bool Same(double a, std::string unit_a, double b, std::string unit_b) {
  double factor = 1;
  if ((unit_a.find('/') == std::string::npos) != (unit_b.find('/') == std::string::npos)) {
    unit_a.resize(std::min(unit_a.find('/'), unit_a.size()));
    unit_b.resize(std::min(unit_b.find('/'), unit_b.size()));
  }
  if (unit_a != unit_b) {
    const auto from = indicator::ParseUnit(unit_a);
    const auto to = indicator::ParseUnit(unit_b);
    if (!from || !to || !indicator::Convertible(*from, *to)) return false;
    factor = from->factor / to->factor;
  }
  return quality::SameValue(a * factor, b);
}

bool ValuesAgree(const json& label, const Demand& demand) {
  const indicator::Indicator& read = demand.target.indicator;
  const std::string comparator = label.at("comparator");
  const std::string unit = label.at("unit");
  // A plain figure of a quantity that is better high or low is read as that bound.
  const bool same = comparator == kComparators[static_cast<size_t>(read.comparator)] ||
                    (comparator == "EQ" && demand.text.ends_with("理解）"));
  if (!same || !Same(read.value, read.unit, label.at("value"), unit)) return false;
  if (label.at("upper").is_null() || !read.upper) return label.at("upper").is_null() == !read.upper;
  return Same(*read.upper, read.unit, label.at("upper"), unit);
}

void ScoreNeed(const json& line, const indicator::NameTable& names, Score* score, std::ostream* errors) {
  v1::Need need;
  need.set_title(line.at("title"));
  need.set_description(line.at("description"));
  const std::vector<Demand> demands = DemandsOf(SourceOf(need), names);
  std::vector<bool> used(demands.size(), false);
  std::string problems;
  for (const json& label : line.at("demands")) {
    size_t met = demands.size();
    for (size_t i = 0; i < demands.size(); ++i) {
      if (used[i] || !ValuesAgree(label, demands[i])) continue;
      if (met == demands.size() || NamesAgree(label.at("name"), demands[i].target.indicator.name)) met = i;
    }
    if (met == demands.size()) {
      problems += "    missed " + label.dump() + "\n";
      continue;
    }
    used[met] = true;
    ++score->values_found;
    const std::string& name = demands[met].target.indicator.name;
    if (NamesAgree(label.at("name"), name))
      ++score->found;
    else
      problems += "    name   " + label.dump() + " read as " + name + "\n";
  }
  for (size_t i = 0; i < demands.size(); ++i) {
    if (!used[i]) problems += "    extra  " + demands[i].target.indicator.name + " " + demands[i].text + "\n";
  }
  ++score->needs;
  score->faultless += problems.empty() ? 1 : 0;
  score->labels += line.at("demands").size();
  score->read += demands.size();
  if (errors != nullptr && !problems.empty())
    *errors << line.at("id").get<std::string>() << " " << need.title() << "｜" << need.description() << "\n"
            << problems;
}

Score ScoreFile(const std::filesystem::path& file, const indicator::NameTable& names, std::ostream* errors) {
  std::ifstream in(file);
  if (!in) {
    std::cerr << "cannot open " << file << "\n";
    std::exit(1);
  }
  Score score;
  for (std::string line; std::getline(in, line);) ScoreNeed(json::parse(line), names, &score, errors);
  return score;
}

double Ratio(size_t part, size_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

std::ostream& operator<<(std::ostream& out, const Score& score) {
  return out << score.needs << " needs, " << score.labels << " demands, " << score.read << " read; precision "
             << std::fixed << std::setprecision(3) << Ratio(score.found, score.read) << ", recall "
             << Ratio(score.found, score.labels) << ", F1 "
             << Ratio(2 * score.found, score.read + score.labels) << ", without names "
             << Ratio(2 * score.values_found, score.read + score.labels) << "; " << score.faultless
             << " needs without a fault";
}

}  // namespace
}  // namespace duijie::matching

int main(int argc, char** argv) {
  std::filesystem::path folder = DUIJIE_QUALITY_FOLDER;
  bool errors = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--errors")
      errors = true;
    else
      folder = argv[i];
  }
  const auto names = duijie::indicator::NameTable::Load(DUIJIE_NAME_TABLE);
  if (!names.ok()) {
    std::cerr << duijie::MessageOf(names.status()) << "\n";
    return 1;
  }
  for (const char* half : {"tune", "held_out"}) {
    const auto score =
        duijie::matching::ScoreFile(folder / "demands" / (std::string(half) + ".jsonl"), **names,
                                    errors && half == std::string_view("tune") ? &std::cout : nullptr);
    std::cout << half << " demands: " << score << "\n";
  }
  return 0;
}
