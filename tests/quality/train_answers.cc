// SPDX-License-Identifier: GPL-3.0-or-later
// Trains the model by which a figure answers that no name tells: train_answers data/indicators/answers.json
// From the cases of the tuning half and their targets against other cases' texts; prints what each threshold
// would gain and lose in cases that a model did not see (five folds), then writes the model trained on all.
// The same cases and the same code give the same bytes (some five minutes).
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "common/boosting/booster.h"
#include "common/boosting/forest.h"
#include "common/indicator/possible_answers.h"
#include "tests/quality/indicator_score.h"

namespace {

using duijie::indicator::AnswerFeature;
using duijie::indicator::kAnswerFeatures;
using duijie::indicator::PossibleAnswer;
using duijie::indicator::Verdict;
using duijie::quality::LabelledCase;
using nlohmann::ordered_json;

constexpr size_t kFolds = 5;
constexpr int kRounds = 300;
constexpr size_t kForeignTexts = 4;  // that each target is held against
constexpr size_t kForeignStep = 97;  // cases between them, so that they are of other trades
// Of a case: by itself, within an abstract of other cases' texts, or its target against texts of others, of
// which a few or many make one text. Weights tell how often such texts are met.
enum class Setting { kOwn, kOwnAbstract, kForeign, kForeignAbstract };
constexpr size_t kSettings = 4;
constexpr std::array<const char*, kSettings> kSettingNames = {"own", "own_in_abstract", "foreign",
                                                              "foreign_abstract"};
constexpr std::array<float, kSettings> kWeights = {1, 0.1F, 0.3F, 0.3F};
constexpr size_t kAbstractTexts = 6;
constexpr size_t kAbstractStep = 11;     // cases between them: of trades nearby
constexpr size_t kForeignAbstracts = 3;  // that each target is held against
constexpr std::array<float, 7> kThresholds = {0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 0.95F};

// A case with the figures that could answer.
struct OpenCase {
  Verdict verdict = Verdict::kNotStated;
  Setting setting = Setting::kOwn;
  size_t of = 0;  // which labelled case
  std::vector<PossibleAnswer> answers;

  bool is_foreign() const { return setting == Setting::kForeign || setting == Setting::kForeignAbstract; }
};

bool IsAnswer(const OpenCase& open, const PossibleAnswer& answer) {
  return open.verdict != Verdict::kNotStated && answer.verdict == open.verdict;
}

template <typename Value>
Value OrFail(duijie::StatusOr<Value> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << duijie::MessageOf(value.status()) << "\n";
  std::exit(1);
}

duijie::BoosterSettings Settings() {
  std::string directions;
  for (size_t i = 0; i < kAnswerFeatures; ++i) {
    directions +=
        (i == 0 ? "(" : ",") + std::to_string(duijie::indicator::DirectionOf(static_cast<AnswerFeature>(i)));
  }
  return {{"objective", "binary:logistic"},
          {"eta", "0.075"},
          {"max_depth", "5"},
          {"min_child_weight", "3"},
          {"subsample", "0.8"},
          {"colsample_bytree", "0.6"},
          {"seed", "7"},
          {"monotone_constraints", directions + ")"}};
}

std::shared_ptr<const duijie::Booster> Train(const std::vector<const OpenCase*>& cases) {
  duijie::TrainingSet data;
  data.features.columns = kAnswerFeatures;
  for (const OpenCase* open : cases) {
    for (const PossibleAnswer& answer : open->answers) {
      const auto& values = answer.features.values();
      data.features.values.insert(data.features.values.end(), values.begin(), values.end());
      data.labels.push_back(IsAnswer(*open, answer) ? 1 : 0);
      data.weights.push_back(kWeights[static_cast<size_t>(open->setting)]);
    }
  }
  return OrFail(duijie::Booster::Train(data, Settings(), kRounds));
}

struct Outcome {
  size_t right = 0;             // verdicts that were labelled
  size_t abstract = 0;          // the same where the text is part of an abstract
  size_t silence = 0;           // answers where the label is silence
  size_t yes = 0;               // of them, that are satisfied
  size_t wrong = 0;             // answers by another verdict than the label's
  size_t foreign = 0;           // answers of foreign texts
  size_t foreign_abstract = 0;  // answers of foreign abstracts
};

// What answering from a likelihood of `threshold` on makes of a case.
void Add(const OpenCase& open, const std::vector<float>& likelihoods, float threshold, Outcome* outcome) {
  const auto best = std::max_element(likelihoods.begin(), likelihoods.end());
  if (best == likelihoods.end() || *best < threshold) return;
  const Verdict judged = open.answers[static_cast<size_t>(best - likelihoods.begin())].verdict;
  if (open.is_foreign()) {
    ++(open.setting == Setting::kForeign ? outcome->foreign : outcome->foreign_abstract);
  } else if (open.setting == Setting::kOwnAbstract) {
    outcome->abstract += judged == open.verdict ? 1 : 0;
  } else if (judged == open.verdict) {
    ++outcome->right;
  } else if (open.verdict == Verdict::kNotStated) {
    ++outcome->silence;
    outcome->yes += judged == Verdict::kSatisfied ? 1 : 0;
  } else {
    ++outcome->wrong;
  }
}

using Outcomes = std::array<Outcome, kThresholds.size()>;

Outcomes CrossValidate(const std::vector<OpenCase>& cases) {
  Outcomes outcomes;
  for (size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const OpenCase*> seen;
    for (const OpenCase& open : cases) {
      if (open.of % kFolds != fold) seen.push_back(&open);
    }
    const auto booster = Train(seen);
    for (const OpenCase& open : cases) {
      if (open.of % kFolds != fold) continue;
      duijie::FeatureMatrix rows{kAnswerFeatures, {}};
      for (const PossibleAnswer& answer : open.answers)
        rows.values.insert(rows.values.end(), answer.features.values().begin(),
                           answer.features.values().end());
      const std::vector<float> likelihoods = OrFail(booster->Predict(rows));
      for (size_t t = 0; t < kThresholds.size(); ++t) Add(open, likelihoods, kThresholds[t], &outcomes[t]);
    }
  }
  return outcomes;
}

// The cases, then their targets against texts of other cases, which are silent.
std::vector<OpenCase> OpenCases(const std::vector<LabelledCase>& cases,
                                const duijie::indicator::NameTable& names) {
  std::vector<OpenCase> open;
  const auto add = [&](size_t asking, const std::string& text, Verdict verdict, Setting setting) {
    const auto stated = duijie::indicator::ReadStated(text, names);
    auto answers = duijie::indicator::PossibleAnswers(cases[asking].target, stated, names);
    if (!answers.empty()) open.push_back({verdict, setting, asking, std::move(answers)});
  };
  const auto text_at = [&](size_t at) -> const std::string& { return cases[at % cases.size()].achievement; };
  // Texts of other cases with one in their middle.
  const auto abstract_around = [&](size_t middle, size_t others) {
    std::string text;
    for (size_t i = 0; i < kAbstractTexts; ++i)
      text += i == kAbstractTexts / 2 ? text_at(middle) : text_at(others + (i + 1) * kAbstractStep);
    return text;
  };
  for (size_t i = 0; i < cases.size(); ++i) {
    add(i, text_at(i), cases[i].verdict, Setting::kOwn);
    add(i, abstract_around(i, i), cases[i].verdict, Setting::kOwnAbstract);
    for (size_t k = 1; k <= kForeignTexts; ++k)
      add(i, text_at(i + k * kForeignStep), Verdict::kNotStated, Setting::kForeign);
    for (size_t k = 1; k <= kForeignAbstracts; ++k) {
      const size_t other = i + k * kForeignStep;
      add(i, abstract_around(other, other), Verdict::kNotStated, Setting::kForeignAbstract);
    }
  }
  return open;
}

ordered_json CardOf(const std::vector<std::filesystem::path>& files, const std::vector<OpenCase>& cases,
                    const Outcomes& outcomes) {
  ordered_json card;
  for (const auto& file : files) card["trained_on"].push_back(file.filename().string());
  size_t figures = 0;
  size_t answers = 0;
  std::array<size_t, kSettings> texts{};
  for (const OpenCase& open : cases) {
    figures += open.answers.size();
    ++texts[static_cast<size_t>(open.setting)];
    for (const PossibleAnswer& answer : open.answers) answers += IsAnswer(open, answer) ? 1 : 0;
  }
  for (size_t setting = 0; setting < kSettings; ++setting)
    card["texts"][kSettingNames[setting]] = texts[setting];
  card["figures"] = figures;
  card["answers"] = answers;
  for (const auto& [name, value] : Settings()) card["settings"][name] = value;
  card["rounds"] = kRounds;
  for (size_t t = 0; t < kThresholds.size(); ++t) {
    const Outcome& outcome = outcomes[t];
    card["cross_validated"].push_back({{"from_percent", std::lround(kThresholds[t] * 100)},
                                       {"right", outcome.right},
                                       {"right_in_abstract", outcome.abstract},
                                       {"silence_answered", outcome.silence},
                                       {"silence_satisfied", outcome.yes},
                                       {"wrong", outcome.wrong},
                                       {"foreign_answered", outcome.foreign},
                                       {"foreign_abstract_answered", outcome.foreign_abstract}});
  }
  return card;
}

// Rows that would answer if they were not given up.
size_t GivenUp(const std::string& saved, const std::vector<const OpenCase*>& cases) {
  const auto forest = duijie::Forest::Of(saved, kAnswerFeatures);
  std::vector<float> rows;
  for (const OpenCase* open : cases) {
    for (const PossibleAnswer& answer : open->answers)
      rows.insert(rows.end(), answer.features.values().begin(), answer.features.values().end());
  }
  const std::vector<float> all = forest->Predict(rows);
  const std::vector<float> followed =
      forest->PredictUnlessBelow(rows, duijie::indicator::kStageTrees, duijie::indicator::kHopeless);
  size_t given_up = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] >= duijie::indicator::kLikely && followed[i] < duijie::indicator::kLikely) ++given_up;
  }
  return given_up;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: train_answers MODEL_FILE\n";
    return 2;
  }
  const auto names = OrFail(duijie::indicator::NameTable::Load(DUIJIE_NAME_TABLE, ""));
  const auto files =
      duijie::quality::FilesOf(std::filesystem::path(DUIJIE_QUALITY_FOLDER) / "verdicts", "tune");
  std::vector<LabelledCase> labelled;
  for (const auto& file : files) {
    for (LabelledCase& one : duijie::quality::ReadCases(file)) labelled.push_back(std::move(one));
  }
  const std::vector<OpenCase> cases = OpenCases(labelled, *names);
  std::vector<const OpenCase*> all;
  for (const OpenCase& open : cases) all.push_back(&open);

  ordered_json model;
  model["format"] = duijie::indicator::kAnswerModelFormat;
  const std::string trees = OrFail(Train(all)->Save());
  const size_t given_up = GivenUp(trees, all);
  model["card"] = CardOf(files, cases, CrossValidate(cases));
  for (size_t i = 0; i < kAnswerFeatures; ++i)
    model["features"].push_back(duijie::indicator::NameOf(static_cast<AnswerFeature>(i)));
  model["trees"] = ordered_json::parse(trees);
  std::cout << std::setw(1) << model["card"] << "\n";
  if (given_up > 0) {
    std::cerr << given_up << " answers are given up too early: see kHopeless of answer_model.h\n";
    return 1;
  }
  std::ofstream out(argv[1], std::ios::binary);
  out << model.dump() << "\n";
  return out.flush() ? 0 : 1;
}
