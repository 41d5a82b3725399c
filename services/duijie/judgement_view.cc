// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/judgement_view.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "services/duijie/labels.h"

namespace duijie {
namespace {

constexpr int kChangesShown = 3;

std::string Number(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

// "弱相关；拒绝（指标不达标）".
std::string VerdictText(const v1::Judgement& judgement) {
  std::string text = EnumLabel(judgement.level());
  if (judgement.decision() == v1::JUDGEMENT_DECISION_UNSPECIFIED) return text;
  if (!text.empty()) text += "；";
  text += EnumLabel(judgement.decision());
  if (judgement.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED) {
    text += "（" + EnumLabel(judgement.decline_reason()) + "）";
  }
  return text;
}

std::string JudgeText(const v1::Judgement& judgement) {
  return judgement.judge().empty() ? judgement.creator() : judgement.judge();
}

std::string RankText(int rank) { return rank == 0 ? "–" : std::to_string(rank); }

}  // namespace

std::vector<FieldLine> DescribeJudgement(const v1::Judgement& judgement) {
  std::vector<FieldLine> lines;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) lines.push_back({label, text});
  };
  add("编号", judgement.name());
  add("需求", judgement.need());
  add("成果", judgement.achievement());
  add("评判", VerdictText(judgement));
  add("说明", judgement.comment());
  add("评判者", JudgeText(judgement));
  add("身份", EnumLabel(judgement.judge_kind()));
  if (judgement.rank_shown() > 0) add("当时名次", std::to_string(judgement.rank_shown()));
  add("模型版本", judgement.model_version());
  if (judgement.has_probability_shown()) add("当时概率", NumberText(judgement.probability_shown()));
  add("记录时间", TimeText(judgement.create_time()));
  return lines;
}

std::vector<Column> JudgementColumns() {
  return {
      {"编号"}, {"需求"}, {"成果"}, {"评判"}, {"评判者", Align::kLeft, true}, {"说明", Align::kLeft, true},
      {"时间"}};
}

std::vector<StyledText> JudgementRow(const v1::Judgement& judgement) {
  return {judgement.name(),     judgement.need(),    judgement.achievement(),          VerdictText(judgement),
          JudgeText(judgement), judgement.comment(), TimeText(judgement.create_time())};
}

std::vector<FieldLine> DescribeScorecard(const v1::GetScorecardResponse& card) {
  std::vector<FieldLine> lines = {{"有预测的评判", std::to_string(card.judgements())},
                                  {"无预测的评判", std::to_string(card.without_prediction())}};
  if (card.judgements() > 0) lines.push_back({"Brier 得分（0 最好）", Number("%.4f", card.brier_score())});
  std::string versions;
  for (const std::string& version : card.model_versions())
    versions += (versions.empty() ? "" : "、") + version;
  if (!versions.empty()) lines.push_back({"模型版本", versions});
  return lines;
}

Table ScorecardTable(const v1::GetScorecardResponse& card) {
  Table table{{{"预测概率"},
               {"评判数", Align::kRight},
               {"接受数", Align::kRight},
               {"平均预测", Align::kRight},
               {"实际接受率", Align::kRight},
               {"95% 区间"}},
              {}};
  for (const v1::ScorecardBin& bin : card.bins()) {
    std::vector<StyledText> row = {
        Number("%.1f", bin.probability_from()) + "–" + Number("%.1f", bin.probability_to()),
        std::to_string(bin.judgements()), std::to_string(bin.accepted())};
    if (bin.judgements() > 0) {
      row.emplace_back(Number("%.3f", bin.mean_predicted()));
      row.emplace_back(Number("%.3f", bin.observed()));
      row.emplace_back("[" + Number("%.3f", bin.observed_low()) + ", " + Number("%.3f", bin.observed_high()) +
                       "]");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table DeclineTable(const v1::GetScorecardResponse& card) {
  Table table{{{"拒绝原因"}, {"次数", Align::kRight}}, {}};
  const std::map<int32_t, int64_t> ordered(card.declined_by_reason().begin(),
                                           card.declined_by_reason().end());
  for (const auto& [reason, count] : ordered) {
    table.rows.push_back({EnumLabel(*v1::DeclineReason_descriptor(), reason), std::to_string(count)});
  }
  return table;
}

std::vector<Column> MovedPairColumns() {
  return {{"需求", Align::kLeft, true}, {"成果", Align::kLeft, true}, {"原名次", Align::kRight},
          {"新名次", Align::kRight},    {"原得分", Align::kRight},    {"新得分", Align::kRight},
          {"原因", Align::kLeft, true}};
}

std::vector<StyledText> MovedPairRow(const v1::MovedPair& pair) {
  std::string why;
  for (int i = 0; i < std::min(pair.changes_size(), kChangesShown); ++i) {
    why += (why.empty() ? "" : "；") + pair.changes(i).text();
  }
  const auto score = [](int rank, double value) {
    return rank == 0 ? std::string("–") : Number("%.4f", value);
  };
  return {pair.need_title().empty() ? pair.need() : pair.need_title(),
          pair.achievement_title().empty() ? pair.achievement() : pair.achievement_title(),
          RankText(pair.base_rank()),
          RankText(pair.other_rank()),
          score(pair.base_rank(), pair.base_score()),
          score(pair.other_rank(), pair.other_score()),
          why};
}

}  // namespace duijie
