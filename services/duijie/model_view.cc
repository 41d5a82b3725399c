// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/model_view.h"

#include <cstdio>

#include "services/duijie/labels.h"

namespace duijie {
namespace {

std::string Number(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

std::string NameOf(const v1::ModelCard& model) { return model.name().empty() ? "（未保存）" : model.name(); }

// A gain is believed where its interval lies above 0.
StyledText GainText(const v1::ModelCard& model) {
  if (!model.has_evaluation()) return {""};
  const v1::Estimate& gain = model.evaluation().gain();
  return {Number("%+.4f", gain.value()),
          gain.low() > 0 ? Style::kGood : (gain.high() < 0 ? Style::kBad : Style::kPlain)};
}

void DescribeEvaluation(const v1::ModelEvaluation& evaluation, std::vector<FieldLine>* lines) {
  lines->push_back({"检验方法", evaluation.method()});
  lines->push_back({"检验数据", std::to_string(evaluation.needs()) + " 条需求，" +
                                    std::to_string(evaluation.pairs()) + " 对评判"});
  lines->push_back({"nDCG@10", EstimateText(evaluation.ndcg10())});
  lines->push_back({"在用模型 nDCG@10", EstimateText(evaluation.ndcg10_in_service())});
  lines->push_back(
      {"增益", EstimateText(evaluation.gain()) + "，p = " + Number("%.4f", evaluation.p_value())});
  if (evaluation.level_score().value() > 0)
    lines->push_back({"等级得分", EstimateText(evaluation.level_score())});
}

}  // namespace

std::string EstimateText(const v1::Estimate& estimate) {
  return Number("%.4f", estimate.value()) + " [" + Number("%.4f", estimate.low()) + ", " +
         Number("%.4f", estimate.high()) + "]";
}

std::vector<FieldLine> DescribeModel(const v1::ModelCard& model) {
  std::vector<FieldLine> lines;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) lines.push_back({label, text});
  };
  add("编号", NameOf(model));
  if (model.state() != v1::MODEL_STATE_UNSPECIFIED) add("状态", EnumLabel(model.state()));
  add("来源", model.shipped() ? "随软件提供" : "在本机训练");
  add("种类", model.kind());
  add("训练数据", model.data());
  if (model.judgements() > 0) {
    add("评判", std::to_string(model.judgements()) + " 条，" + std::to_string(model.needs()) + " 条需求");
    add("随机种子", std::to_string(model.seed()));
  }
  if (model.has_evaluation()) DescribeEvaluation(model.evaluation(), &lines);
  add("大小", std::to_string(model.size_bytes()) + " 字节");
  if (model.has_create_time()) add("训练时间", TimeText(model.create_time()));
  add("训练者", model.creator());
  if (model.has_promote_time()) add("启用时间", TimeText(model.promote_time()));
  add("启用者", model.promoter());
  return lines;
}

Table ModelFeatureTable(const v1::ModelCard& model) {
  Table table{{{"特征"}, {"权重", Align::kRight}, {"定级所占", Align::kRight}, {"含义", Align::kLeft, true}},
              {}};
  for (const v1::FeatureWeight& feature : model.features()) {
    table.rows.push_back({feature.feature(), Number("%.4f", feature.weight()),
                          feature.level_gain() > 0 ? Number("%.1f%%", feature.level_gain() * 100) : "",
                          feature.text()});
  }
  return table;
}

std::vector<Column> ModelColumns() {
  return {{"编号"},
          {"状态"},
          {"种类", Align::kLeft, true},
          {"nDCG@10", Align::kRight},
          {"增益", Align::kRight},
          {"等级得分", Align::kRight},
          {"评判", Align::kRight},
          {"训练时间"}};
}

std::vector<StyledText> ModelRow(const v1::ModelCard& model) {
  const bool measured = model.has_evaluation();
  const StyledText state = {EnumLabel(model.state()),
                            model.state() == v1::MODEL_STATE_IN_SERVICE ? Style::kGood : Style::kPlain};
  return {model.name(),
          state,
          model.kind(),
          measured ? Number("%.4f", model.evaluation().ndcg10().value()) : "",
          GainText(model),
          measured ? Number("%.4f", model.evaluation().level_score().value()) : "",
          model.judgements() > 0 ? std::to_string(model.judgements()) : "",
          model.has_create_time() ? TimeText(model.create_time()) : ""};
}

}  // namespace duijie
