// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_view.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace duijie {
namespace {

using Json = nlohmann::ordered_json;

std::string Fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4f", value);
  return text;
}

std::string Signed(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%+.4f", value);
  return text;
}

std::string Text(const Table& table) { return FormatTable(table, {}); }

std::string LabelOf(const std::string& key, int depth) {
  if (key == "ndcg10") return "nDCG@10";
  if (key == "p5") return "P@5（3 级以上）";
  if (key == "mrr") return "MRR（3 级以上）";
  if (key == "best_first") return "首位最佳";
  if (key == "recall") return "召回率@" + std::to_string(depth) + "（3 级以上）";
  return "等级得分 1/(1+MAE)";
}

Json ToJson(const Interval& interval) { return Json::array({interval.low, interval.high}); }

Json NeedJson(const NeedMeasures& need) {
  return {{"need", need.need},
          {"ndcg10", need.ndcg10},
          {"p5", need.precision5},
          {"mrr", need.reciprocal_rank},
          {"best_first", need.best_first ? 1 : 0},
          {"recall", need.recall}};
}

Table NeedTable(const Measures& measures) {
  Table table{{{"需求"},
               {"nDCG@10", Align::kRight},
               {"P@5", Align::kRight},
               {"RR", Align::kRight},
               {"首位最佳", Align::kRight},
               {"召回", Align::kRight}},
              {}};
  for (const NeedMeasures& need : measures.needs) {
    table.rows.push_back({need.need, Fixed(need.ndcg10), Fixed(need.precision5), Fixed(need.reciprocal_rank),
                          need.best_first ? "1" : "0", Fixed(need.recall)});
  }
  return table;
}

Table NeedDifferences(const Measures& a, const Measures& b) {
  Table table{{{"需求"},
               {"nDCG@10 A", Align::kRight},
               {"B", Align::kRight},
               {"B−A", Align::kRight},
               {"P@5", Align::kRight},
               {"RR", Align::kRight},
               {"首位最佳", Align::kRight},
               {"召回", Align::kRight}},
              {}};
  for (size_t i = 0; i < a.needs.size(); ++i) {
    const NeedMeasures& x = a.needs[i];
    const NeedMeasures& y = b.needs[i];
    table.rows.push_back({x.need, Fixed(x.ndcg10), Fixed(y.ndcg10), Signed(y.ndcg10 - x.ndcg10),
                          Signed(y.precision5 - x.precision5), Signed(y.reciprocal_rank - x.reciprocal_rank),
                          std::to_string(int{y.best_first} - int{x.best_first}),
                          Signed(y.recall - x.recall)});
  }
  return table;
}

Json CountsJson(const Measures& measures, int depth) {
  return {{"needs", measures.needs.size()},
          {"judged_listed", measures.judged_listed},
          {"judged_total", measures.judged_total},
          {"recall_depth", depth}};
}

// The measures that both runs have, as pairs.
std::vector<std::pair<MeasureParts, MeasureParts>> CommonParts(const Measures& a, const Measures& b) {
  std::vector<MeasureParts> parts_a = PartsOf(a);
  std::vector<MeasureParts> parts_b = PartsOf(b);
  std::vector<std::pair<MeasureParts, MeasureParts>> common;
  for (size_t i = 0; i < std::min(parts_a.size(), parts_b.size()); ++i) {
    common.emplace_back(std::move(parts_a[i]), std::move(parts_b[i]));
  }
  return common;
}

std::string SamplingText(const Sampling& sampling) {
  return "区间：95%，对需求自助抽样 " + std::to_string(sampling.draws) + " 次；种子 " +
         std::to_string(sampling.seed) + "\n";
}

}  // namespace

std::string MeasuresText(const Measures& measures, const MeasureView& view) {
  std::string text = view.per_need ? Text(NeedTable(measures)) + "\n" : "";
  text += "计入需求 " + std::to_string(measures.needs.size()) + " 条，排序含评判对 " +
          std::to_string(measures.judged_listed) + "/" + std::to_string(measures.judged_total) + "\n";
  Table table{{{"指标"}, {"得分", Align::kRight}, {"95% 区间"}}, {}};
  for (const MeasureParts& measure : PartsOf(measures)) {
    const Interval interval = IntervalOf(measure, view.sampling);
    table.rows.push_back({LabelOf(measure.key, view.depth), Fixed(ValueOf(measure.parts, measure.kind)),
                          "[" + Fixed(interval.low) + ", " + Fixed(interval.high) + "]"});
  }
  return text + Text(table) + SamplingText(view.sampling);
}

std::string MeasuresJson(const Measures& measures, const MeasureView& view) {
  Json json = CountsJson(measures, view.depth);
  Json intervals = Json::object();
  for (const MeasureParts& measure : PartsOf(measures)) {
    json[measure.key] = ValueOf(measure.parts, measure.kind);
    intervals[measure.key] = ToJson(IntervalOf(measure, view.sampling));
  }
  json["intervals"] = std::move(intervals);
  json["seed"] = view.sampling.seed;
  json["draws"] = view.sampling.draws;
  if (view.per_need) {
    json["per_need"] = Json::array();
    for (const NeedMeasures& need : measures.needs) json["per_need"].push_back(NeedJson(need));
  }
  return json.dump();
}

std::string ComparisonText(const Measures& a, const Measures& b, const MeasureView& view) {
  std::string text = view.per_need ? Text(NeedDifferences(a, b)) + "\n" : "";
  text += "计入需求 " + std::to_string(a.needs.size()) + " 条\n";
  Table table{{{"指标"},
               {"A", Align::kRight},
               {"B", Align::kRight},
               {"B−A", Align::kRight},
               {"95% 区间"},
               {"p", Align::kRight},
               {"B 较好/较差的需求", Align::kRight}},
              {}};
  for (const auto& [part_a, part_b] : CommonParts(a, b)) {
    const Difference d = Compare(part_a, part_b, view.sampling);
    table.rows.push_back({LabelOf(part_a.key, view.depth), Fixed(d.a), Fixed(d.b), Signed(d.mean),
                          "[" + Signed(d.interval.low) + ", " + Signed(d.interval.high) + "]", Fixed(d.p),
                          std::to_string(d.better) + "/" + std::to_string(d.worse)});
  }
  return text + Text(table) + SamplingText(view.sampling) + "p：配对随机化检验（双侧），交换至多 " +
         std::to_string(view.sampling.permutations) + " 次；有差别的需求少时穷举\n";
}

std::string ComparisonJson(const Measures& a, const Measures& b, const MeasureView& view) {
  Json json = {{"needs", a.needs.size()}, {"recall_depth", view.depth}};
  Json measures = Json::object();
  for (const auto& [part_a, part_b] : CommonParts(a, b)) {
    const Difference d = Compare(part_a, part_b, view.sampling);
    measures[part_a.key] = {
        {"a", d.a}, {"b", d.b},         {"difference", d.mean}, {"interval", ToJson(d.interval)},
        {"p", d.p}, {"exact", d.exact}, {"better", d.better},   {"worse", d.worse}};
  }
  json["measures"] = std::move(measures);
  json["seed"] = view.sampling.seed;
  json["draws"] = view.sampling.draws;
  json["permutations"] = view.sampling.permutations;
  if (view.per_need) {
    json["per_need"] = Json::array();
    for (size_t i = 0; i < a.needs.size(); ++i) {
      json["per_need"].push_back(
          {{"need", a.needs[i].need}, {"a", NeedJson(a.needs[i])}, {"b", NeedJson(b.needs[i])}});
    }
  }
  return json.dump();
}

void PrintMeasures(Session& session, const Measures& measures, const MeasureView& view) {
  session.output.Raw(session.output.json() ? MeasuresJson(measures, view) + "\n"
                                           : MeasuresText(measures, view));
}

void PrintComparison(Session& session, const Measures& a, const Measures& b, const MeasureView& view) {
  session.output.Raw(session.output.json() ? ComparisonJson(a, b, view) + "\n" : ComparisonText(a, b, view));
}

void AddMeasureOptions(Command command, int* min_judged, Sampling* sampling) {
  command.AddOption("--min-judged", *min_judged, "至少有多少评判的需求才计入")
      .Positive()
      .ShowDefault()
      .TypeName("个数");
  command.AddOption("--seed", sampling->seed, "抽样的种子").ShowDefault().TypeName("整数");
}

}  // namespace duijie
