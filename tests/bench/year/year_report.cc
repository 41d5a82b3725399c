// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "tests/bench/year/streams.h"
#include "tests/bench/year/year.h"

namespace duijie::bench {
namespace {

constexpr double kMaxMatching = 10;     // ms, at the median
constexpr double kMaxGuessing = 1'000;  // ms
constexpr size_t kTenths = 10;
constexpr uint64_t kBaselinePairs = 100'000;
constexpr double kPercent = 100;
constexpr double kMsPerSecond = 1e3;

std::string_view WordsOf(v1::CampaignLineRule rule) {
  switch (rule) {
    case v1::CAMPAIGN_LINE_RULE_BELOW_SCORE:
      return "below the lowest score";
    case v1::CAMPAIGN_LINE_RULE_BELOW_LEVEL:
      return "below the lowest level";
    case v1::CAMPAIGN_LINE_RULE_DIRECTION:
      return "not from Beijing or Tianjin to Hebei";
    case v1::CAMPAIGN_LINE_RULE_NOT_ELIGIBLE:
      return "a hard condition fails";
    case v1::CAMPAIGN_LINE_RULE_NO_ADDRESSEE:
      return "no enterprise to push to";
    case v1::CAMPAIGN_LINE_RULE_NO_CONSENT:
      return "opted out or no consent";
    case v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE:
      return "pushed before within the interval";
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP:
      return "the cap of all pushes";
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_QUOTA:
      return "quota of the enterprise";
    case v1::CAMPAIGN_LINE_RULE_PARK_QUOTA:
      return "quota of the park";
    case v1::CAMPAIGN_LINE_RULE_TOTAL_LIMIT:
      return "quota in all";
    case v1::CAMPAIGN_LINE_RULE_SAME_ACHIEVEMENT:
      return "the achievement is listed for a better need";
    case v1::CAMPAIGN_LINE_RULE_NOT_CITABLE:
      return "nothing to cite";
    default:
      return "a record is not available";
  }
}

double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : kPercent * static_cast<double>(part) / static_cast<double>(whole);
}

// The share of pushes, from `begin` to `end`, whose two sides have a topic in common.
struct Precision {
  double any = 0;
  double main = 0;  // the same first topic
};
Precision PrecisionOf(const World& world, const std::vector<SentPush>& pushes, size_t begin, size_t end) {
  uint64_t any = 0;
  uint64_t main = 0;
  for (size_t i = begin; i < end; ++i) {
    const Relation relation = world.RelationOf(pushes[i].taker, pushes[i].achievement);
    any += relation == Relation::kNone ? 0 : 1;
    main += relation == Relation::kMain ? 1 : 0;
  }
  return {Share(any, end - begin), Share(main, end - begin)};
}

// As many pairs drawn blindly from the same needs and achievements.
Precision Baseline(const World& world) {
  std::vector<SentPush> drawn;
  const YearScale& scale = world.scale();
  Random random(scale.seed, kBaselineStream, 0);
  for (uint64_t i = 0; i < kBaselinePairs && scale.achievements > 0; ++i) {
    SentPush push;
    push.taker.need = random.Below(scale.needs);
    push.achievement = random.Below(scale.achievements);
    drawn.push_back(push);
  }
  return PrecisionOf(world, drawn, 0, drawn.size());
}

void AddCounts(const YearOptions& options, const YearResult& result, Report* report) {
  const auto number = [](uint64_t count) { return static_cast<double>(count); };
  report->Add("needs", number(options.scale.needs), "records");
  report->Add("achievements published through the year", number(options.scale.achievements), "records");
  report->Add("achievements changed later", number(result.changed), "records");
  report->Add("enterprises", number(options.scale.enterprises), "records");
  report->Add("enterprises that chose when to be pushed", number(result.chosen), "enterprises");
  report->Add("enterprises that opted out", number(result.opted_out), "enterprises");
  report->Add("visits signed by both sides", number(result.visits_signed), "visits");
  report->Add("visits not signed or by one side only", number(result.visits_not_signed), "visits");
  report->Add("visits cancelled", number(result.visits_cancelled), "visits");
  report->Add("distinct enterprises visited, as counted", result.visited, "enterprises");
  report->Add("needs from notes of visits", number(result.visit_needs), "needs");
  report->Add("publications recorded", number(result.publications), "publications");
  report->Add("distinct achievements published, as counted", result.published, "achievements");
}

void AddPushes(const YearResult& result, Report* report) {
  std::vector<double> counts(result.per_enterprise.begin(), result.per_enterprise.end());
  const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
  const Latency spread = Latency::Of(counts);
  report->Add("pushes", sum, "pushes");
  report->Add("pushes per enterprise, mean", sum / static_cast<double>(std::max<size_t>(counts.size(), 1)),
              "");
  report->Add("pushes per enterprise, p50", spread.p50, "");
  report->Add("pushes per enterprise, p90", spread.p90, "");
  report->Add("pushes per enterprise, max", spread.max, "");
  const uint64_t pushes = result.pushes.size();
  const AnswerCounts& answers = result.answers;
  report->Add("pushes withheld from a digest", static_cast<double>(result.withheld), "pushes");
  report->Add("pushes read", Share(answers.read, pushes), "%");
  report->Add("pushes answered with interest", Share(answers.interested, pushes), "%");
  report->Add("pushes declined", Share(answers.declined, pushes), "%");
  report->Add("pushes that came to talks", Share(answers.talks, pushes), "%");
  report->Add("pushes that came to a contract", Share(answers.contracts, pushes), "%");
}

// What became of the pairs that campaigns looked at.
void AddCampaigns(const World& world, const YearResult& result, Report* report) {
  const CampaignCounts& counts = result.campaigns;
  const auto add = [&](const std::string& name, uint64_t count, const std::string& unit) {
    report->Add(name, static_cast<double>(count), unit);
  };
  const auto add_rules = [&](const std::string& name, const CampaignCounts::ByRule& by_rule) {
    for (const auto& [rule, count] : by_rule) add(name + std::string(WordsOf(rule)), count, "lines");
  };
  add("campaigns", counts.made, "campaigns");
  add("campaigns approved", counts.approved, "campaigns");
  add("campaigns: needs and enterprises looked at", counts.subjects, "records");
  add("campaigns: pairs looked at", counts.pairs, "pairs");
  add_rules("campaigns: left out, ", counts.left_out_by);
  add("campaigns: lines proposed", counts.proposed, "lines");
  add("campaigns: lines taken off by staff", counts.dropped, "lines");
  add("campaigns: lines pushed", counts.pushed, "lines");
  add("campaigns: lines approved and kept back", counts.kept_back, "lines");
  add_rules("campaigns: kept back, ", counts.kept_back_by);
  std::vector<SentPush> pushes;
  std::copy_if(result.pushes.begin(), result.pushes.end(), std::back_inserter(pushes),
               [](const SentPush& push) { return push.of_campaign; });
  const Precision precision = PrecisionOf(world, pushes, 0, pushes.size());
  report->Add("pushes of campaigns with a topic in common", precision.any, "%");
  report->Add("pushes of campaigns with the same main topic", precision.main, "%");
  const Latency preview = Latency::Of(counts.preview_ms);
  report->Add("working out a campaign's list, p50", preview.p50, "ms");
  report->Add("working out a campaign's list, max", preview.max, "ms");
}

void AddGuesses(const GuessFigures& guesses, Report* report) {
  report->Add("enterprises whose latent needs were guessed", static_cast<double>(guesses.ms.size()),
              "enterprises");
  report->Add("latent needs guessed", static_cast<double>(guesses.guesses), "guesses");
  const Latency latency = Latency::Of(guesses.ms);
  report->AddTarget("guessing an enterprise's latent needs, p50", latency.p50, "ms", Bound::kAtMost,
                    kMaxGuessing);
  report->Add("guessing an enterprise's latent needs, p99", latency.p99, "ms");
}

void AddPrecision(const World& world, const YearResult& result, Report* report) {
  std::vector<SentPush> order = result.pushes;
  std::sort(order.begin(), order.end(), [](const SentPush& a, const SentPush& b) {
    return a.score != b.score ? a.score > b.score : a.name < b.name;
  });
  const Precision all = PrecisionOf(world, order, 0, order.size());
  const Precision blind = Baseline(world);
  report->Add("pushes with a topic in common", all.any, "%");
  report->Add("pairs drawn blindly with a topic in common", blind.any, "%");
  report->Add("pushes with the same main topic", all.main, "%");
  report->Add("pairs drawn blindly with the same main topic", blind.main, "%");
  if (order.size() < kTenths) return;
  for (size_t tenth = 0; tenth < kTenths; ++tenth) {
    const size_t begin = order.size() * tenth / kTenths;
    const size_t end = order.size() * (tenth + 1) / kTenths;
    report->Add("the same main topic, tenth " + std::to_string(tenth + 1) + " by score",
                PrecisionOf(world, order, begin, end).main, "%");
  }
}

}  // namespace

std::string RulesTable(const std::vector<RuleFinding>& rules) {
  std::string text = "rules: how often looked at, how often broken\n";
  for (const RuleFinding& rule : rules) {
    char line[256];
    std::snprintf(line, sizeof(line), "  %9llu %6llu  %s\n", static_cast<unsigned long long>(rule.checked),
                  static_cast<unsigned long long>(rule.broken), rule.rule.c_str());
    text += line;
    for (const std::string& example : rule.examples)
      text += "                      BROKEN: " + example + "\n";
  }
  return text;
}

std::string CallsTable(std::vector<CallFigure> calls) {
  const auto total = [](const CallFigure& figure) { return static_cast<double>(figure.calls) * figure.mean; };
  std::sort(calls.begin(), calls.end(),
            [&](const CallFigure& a, const CallFigure& b) { return total(a) > total(b); });
  std::string text = "calls, mean time in ms\n";
  for (const CallFigure& figure : calls) {
    char line[128];
    std::snprintf(line, sizeof(line), "  %9llu %9.2f  %s\n", static_cast<unsigned long long>(figure.calls),
                  figure.mean, figure.method.c_str());
    text += line;
  }
  return text;
}

bool AllHeld(const std::vector<RuleFinding>& rules) {
  return std::all_of(rules.begin(), rules.end(), [](const RuleFinding& rule) { return rule.broken == 0; });
}

Report YearReport(const YearOptions& options, const World& world, const YearResult& result) {
  Report report("year");
  AddCounts(options, result, &report);
  AddPushes(result, &report);
  AddCampaigns(world, result, &report);
  AddPrecision(world, result, &report);
  AddGuesses(result.guesses, &report);
  report.AddTarget("matching of one published achievement, p50", result.standing.matching.p50, "ms",
                   Bound::kAtMost, kMaxMatching);
  report.Add("matching of one published achievement, p90", result.standing.matching.p90, "ms");
  report.Add("matching of one published achievement, p99", result.standing.matching.p99, "ms");
  report.Add("until its pushes are stored, p50", result.standing.handling.p50, "ms");
  report.Add("until its pushes are stored, p90", result.standing.handling.p90, "ms");
  report.Add("until its pushes are stored, p99", result.standing.handling.p99, "ms");
  report.Add("CPU of import, index, matching and pushes, per achievement",
             kMsPerSecond * result.publish_cpu_seconds /
                 static_cast<double>(std::max<uint64_t>(options.scale.achievements + result.changed, 1)),
             "ms");
  report.Add("peak memory, system and simulation", result.peak_mib, "MiB");
  report.Add("loading and indexing enterprises and needs", result.load_seconds, "s");
  report.Add("the year", result.year_seconds, "s");
  uint64_t broken = 0;
  for (const RuleFinding& rule : result.rules) {
    report.Add("checked: " + rule.rule, static_cast<double>(rule.checked), "times");
    broken += rule.broken;
  }
  report.AddTarget("rules broken", static_cast<double>(broken), "times", Bound::kAtMost, 0);
  return report;
}

}  // namespace duijie::bench
