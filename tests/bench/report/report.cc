// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace duijie::bench {
namespace {

std::string Format(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

// Three significant digits, but never fewer than the whole part has.
std::string Short(double value) {
  const double size = std::fabs(value);
  return Format(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
}

const char* Sign(Bound bound) { return bound == Bound::kAtLeast ? ">=" : "<="; }

// Names and units are ours and hold no quotes or control characters.
std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

void Report::Add(std::string name, double value, std::string unit) {
  figures_.push_back({std::move(name), value, std::move(unit), std::nullopt, Bound::kAtMost});
}

void Report::AddTarget(std::string name, double value, std::string unit, Bound bound, double target) {
  figures_.push_back({std::move(name), value, std::move(unit), target, bound});
}

std::string Report::Table() const {
  std::string table = name_ + "\n";
  for (const Figure& figure : figures_) {
    char line[256];
    const std::string target =
        figure.target ? std::string(Sign(figure.bound)) + " " + Short(*figure.target) : std::string("-");
    const char* mark = !figure.target ? "" : figure.Met() ? "met" : "MISSED";
    std::snprintf(line, sizeof(line), "  %-58s %10s %-10s %-10s %s\n", figure.name.c_str(),
                  Short(figure.value).c_str(), figure.unit.c_str(), target.c_str(), mark);
    table += line;
  }
  return table;
}

std::string Report::Json() const {
  std::string json = "{\"bench\": " + Quoted(name_) + ", \"figures\": [";
  for (const Figure& figure : figures_) {
    json += &figure == figures_.data() ? "\n" : ",\n";
    json += "  {\"name\": " + Quoted(figure.name) + ", \"value\": " + Format("%.6g", figure.value) +
            ", \"unit\": " + Quoted(figure.unit);
    if (figure.target) {
      json += ", \"bound\": " + Quoted(Sign(figure.bound)) +
              ", \"target\": " + Format("%.6g", *figure.target) +
              ", \"met\": " + (figure.Met() ? "true" : "false");
    }
    json += "}";
  }
  return json + "\n]}\n";
}

Status Report::Publish(const std::string& folder) const {
  std::fputs(Table().c_str(), stdout);
  std::fflush(stdout);
  std::filesystem::create_directories(folder);
  std::ofstream file(folder + "/" + name_ + ".json");
  file << Json();
  file.flush();
  return file ? OkStatus()
              : Error(StatusCode::kUnavailable, "CANNOT_WRITE", "cannot write the figures of " + name_);
}

Latency Latency::Of(std::vector<double> samples) {
  if (samples.empty()) return {};
  std::sort(samples.begin(), samples.end());
  const auto at = [&](double share) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(samples.size())));
    return samples[std::clamp<size_t>(rank, 1, samples.size()) - 1];
  };
  return {at(0.5), at(0.9), at(0.99), samples.back()};
}

void AddLatency(const std::string& name, const Latency& latency, Report* report) {
  report->Add(name + " p50", latency.p50, "ms");
  report->Add(name + " p90", latency.p90, "ms");
  report->Add(name + " p99", latency.p99, "ms");
  report->Add(name + " max", latency.max, "ms");
}

StatusOr<std::vector<std::string>> ParseFlags(int argc, char** argv,
                                              std::vector<std::pair<std::string, std::string>> known) {
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const auto& pair) { return "--" + pair.first == flag; });
    if (at == known.end() || i + 1 >= argc) {
      return Error(StatusCode::kInvalidArgument, "BAD_ARGUMENT", "unknown option or no value: " + flag);
    }
    at->second = argv[i + 1];
  }
  std::vector<std::string> values;
  for (auto& [name, value] : known) values.push_back(std::move(value));
  return values;
}

}  // namespace duijie::bench
