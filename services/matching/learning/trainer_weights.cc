// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/trainer_weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "services/matching/learning/training_measures.h"
#include "services/matching/ranking.h"
#include "services/matching/text_features.h"

namespace duijie::matching {
namespace {

constexpr std::array<double, 3> kLambdas = {1.0, 0.1, 0.01};
constexpr int kGainFolds = 4;
constexpr int kSteps = 150;
constexpr size_t kMaxPreferences = 1'500;  // of one need; of more, evenly spread ones
constexpr double kMinSpread = 1e-6;
constexpr double kStepGrowth = 1.3;
constexpr int kMaxHalvings = 30;
constexpr double kNormal95 = 1.96;  // half width of a 95 % interval in standard errors

// One achievement should be before another: the difference of their features, and how much it matters.
struct Preference {
  TextWeights difference{};
  double weight = 0;  // all of one need add up to 1
};

struct Problem {
  std::vector<Preference> preferences;
  double needs = 0;
  double spread = kMinSpread;
  TextWeights start{};
  std::array<bool, kTextFeatureCount>
      free{};  // others are the same in all pairs of a need, so nothing is known of them
  double lambda = 0;
  double start_square = 0;
};

double Dot(const TextWeights& a, const TextWeights& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TextWeights CurvedText(const TrainingPair& pair, const RankingModel& model) {
  TextWeights values{};
  for (size_t i = 0; i < kTextFeatureCount; ++i)
    values[i] = std::clamp(Saturate(pair.raw[i], model.saturation(i)), 0.0, 1.0);
  return values;
}

double GainOf(int level) { return std::exp2(level - 1) - 1; }

// Adds a need's preferences; returns the sum of squared deviations of its scores from their mean.
double AddNeed(const TrainingNeed& need, const RankingModel& model, Problem* problem) {
  std::vector<TextWeights> values;
  for (const TrainingPair& pair : need.pairs) values.push_back(CurvedText(pair, model));
  std::vector<Preference> found;
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = 0; j < values.size(); ++j) {
      if (need.pairs[i].level <= need.pairs[j].level) continue;
      Preference preference;
      for (size_t f = 0; f < kTextFeatureCount; ++f) preference.difference[f] = values[i][f] - values[j][f];
      preference.weight = (GainOf(need.pairs[i].level) - GainOf(need.pairs[j].level)) *
                          std::sqrt(need.pairs[i].weight * need.pairs[j].weight);
      found.push_back(preference);
    }
  }
  if (found.empty()) return 0;
  const size_t kept = std::min(found.size(), kMaxPreferences);
  double sum = 0;
  for (size_t i = 0; i < kept; ++i) sum += found[i * found.size() / kept].weight;
  for (size_t i = 0; i < kept; ++i) {
    Preference& preference = found[i * found.size() / kept];
    preference.weight /= sum;
    problem->preferences.push_back(preference);
  }
  problem->needs += 1;
  double mean = 0;
  for (const TextWeights& value : values)
    mean += Dot(value, problem->start) / static_cast<double>(values.size());
  double squares = 0;
  for (const TextWeights& value : values) squares += std::pow(Dot(value, problem->start) - mean, 2);
  return squares / static_cast<double>(values.size());
}

Problem ProblemOf(const Needs& needs, const RankingModel& model, double lambda) {
  Problem problem;
  problem.start = TextWeightsOf(model);
  problem.start_square = std::max(Dot(problem.start, problem.start), kMinSpread);
  problem.lambda = lambda;
  double variance = 0;
  for (const TrainingNeed* need : needs) variance += AddNeed(*need, model, &problem);
  for (const Preference& preference : problem.preferences) {
    for (size_t f = 0; f < kTextFeatureCount; ++f)
      problem.free[f] = problem.free[f] || preference.difference[f] != 0;
  }
  if (problem.needs > 0) problem.spread = std::max(std::sqrt(variance / problem.needs), kMinSpread);
  return problem;
}

double Loss(const Problem& problem, const TextWeights& weights, TextWeights* gradient) {
  double loss = 0;
  gradient->fill(0);
  for (const Preference& preference : problem.preferences) {
    const double margin = Dot(weights, preference.difference) / problem.spread;
    loss += preference.weight *
            (margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin);
    const double pull = preference.weight / (1 + std::exp(margin)) / problem.spread;
    for (size_t f = 0; f < kTextFeatureCount; ++f) (*gradient)[f] -= pull * preference.difference[f];
  }
  for (size_t f = 0; f < kTextFeatureCount; ++f) {
    const double moved = weights[f] - problem.start[f];
    (*gradient)[f] = (*gradient)[f] / problem.needs + 2 * problem.lambda * moved / problem.start_square;
    loss += problem.needs * problem.lambda * moved * moved / problem.start_square;
  }
  return loss / problem.needs;
}

// The nearest point where the free weights are at least 0 and add up to what they do at the start, and the
// others are as at the start (Duchi et al., Efficient projections onto the l1-ball, ICML 2008).
TextWeights Projected(const Problem& problem, const TextWeights& weights) {
  std::vector<double> sorted;
  double sum = 0;
  for (size_t f = 0; f < kTextFeatureCount; ++f) {
    if (!problem.free[f]) continue;
    sorted.push_back(weights[f]);
    sum += problem.start[f];
  }
  std::sort(sorted.rbegin(), sorted.rend());
  double total = 0;
  double shift = 0;
  for (size_t i = 0; i < sorted.size(); ++i) {
    total += sorted[i];
    const double candidate = (total - sum) / static_cast<double>(i + 1);
    if (sorted[i] > candidate) shift = candidate;
  }
  TextWeights projected = problem.start;
  for (size_t f = 0; f < kTextFeatureCount; ++f) {
    if (problem.free[f]) projected[f] = std::max(0.0, weights[f] - shift);
  }
  return projected;
}

}  // namespace

TextWeights TextWeightsOf(const RankingModel& model) {
  TextWeights weights{};
  for (size_t i = 0; i < kTextFeatureCount; ++i) weights[i] = model.weight(i);
  return weights;
}

// Projected gradient with a step that halves until the loss falls, and grows again.
TextWeights FitWeights(const Needs& needs, const RankingModel& in_service, double lambda) {
  const Problem problem = ProblemOf(needs, in_service, lambda);
  TextWeights weights = problem.start;
  if (problem.needs == 0) return weights;
  TextWeights gradient{};
  TextWeights next_gradient{};
  double loss = Loss(problem, weights, &gradient);
  double step = problem.start_square / (1 + 2 * lambda);
  for (int i = 0; i < kSteps; ++i) {
    bool fell = false;
    for (int halving = 0; halving < kMaxHalvings && !fell; ++halving) {
      TextWeights moved{};
      for (size_t f = 0; f < kTextFeatureCount; ++f) moved[f] = weights[f] - step * gradient[f];
      const TextWeights next = Projected(problem, moved);
      const double next_loss = Loss(problem, next, &next_gradient);
      fell = next_loss < loss;
      if (fell) {
        weights = next;
        gradient = next_gradient;
        loss = next_loss;
      } else {
        step /= 2;
      }
    }
    if (!fell) break;
    step *= kStepGrowth;
  }
  return weights;
}

internal::v1::RankingModel WithWeights(const RankingModel& in_service, const TextWeights& weights) {
  internal::v1::RankingModel model = in_service.proto();
  model.clear_version();
  model.clear_levels();
  model.clear_card();
  std::array<int64_t, kTextFeatureCount> micros{};
  int64_t left = 0;
  for (size_t i = 0; i < kTextFeatureCount; ++i) {
    micros[i] = std::llround(weights[i] * kScoreUnit);
    left += std::llround(in_service.weight(i) * kScoreUnit) - micros[i];
  }
  *std::max_element(micros.begin(), micros.end()) += left;  // what rounding left over
  for (internal::v1::RankingFeature& feature : *model.mutable_features()) {
    for (size_t i = 0; i < kTextFeatureCount; ++i) {
      if (feature.name() == kFeatureNames[i]) feature.set_weight(static_cast<double>(micros[i]) / kScoreUnit);
    }
  }
  return model;
}

std::vector<size_t> RankedOrder(const TrainingNeed& need, const RankingModel& model) {
  std::vector<int64_t> scores;
  for (const TrainingPair& pair : need.pairs) scores.push_back(ScoreRaw(pair.raw, model).features.score);
  std::vector<size_t> order(need.pairs.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  return order;
}

std::vector<double> OrderQuality(const Needs& needs, const RankingModel& model) {
  std::vector<double> quality;
  for (const TrainingNeed* need : needs) {
    std::vector<int> levels;
    for (const size_t i : RankedOrder(*need, model)) levels.push_back(need->pairs[i].level);
    quality.push_back(Ndcg10(levels));
  }
  return quality;
}

namespace {

constexpr const char* kFoldVersion = "fold";  // of models that live only within the training

StatusOr<std::shared_ptr<const RankingModel>> FoldModel(const RankingModel& in_service,
                                                        const TextWeights& weights) {
  internal::v1::RankingModel proto = WithWeights(in_service, weights);
  proto.set_version(kFoldVersion);
  return RankingModel::Make(proto, kFoldVersion);
}

// The gain in nDCG@10 of each held-out need that counts.
StatusOr<std::vector<double>> HeldOutGains(const std::vector<Fold>& folds, const RankingModel& in_service,
                                           double lambda) {
  std::vector<double> gains;
  for (const Fold& fold : folds) {
    Needs counted;
    std::copy_if(fold.held_out.begin(), fold.held_out.end(), std::back_inserter(counted),
                 [](const TrainingNeed* need) { return IsMeasured(*need); });
    DUIJIE_ASSIGN_OR_RETURN(const auto model,
                            FoldModel(in_service, FitWeights(fold.learned, in_service, lambda)));
    const std::vector<double> before = OrderQuality(counted, in_service);
    const std::vector<double> after = OrderQuality(counted, *model);
    for (size_t i = 0; i < counted.size(); ++i) gains.push_back(after[i] - before[i]);
  }
  return gains;
}

// How far the lower end of the mean's 95 % interval lies above 0.
double Assured(const std::vector<double>& gains) {
  if (gains.size() < 2) return -1;
  const auto count = static_cast<double>(gains.size());
  const double mean = std::accumulate(gains.begin(), gains.end(), 0.0) / count;
  double squares = 0;
  for (const double gain : gains) squares += (gain - mean) * (gain - mean);
  return mean - kNormal95 * std::sqrt(squares / (count - 1) / count);
}

}  // namespace

StatusOr<TextWeights> ChooseWeights(const Needs& needs, const RankingModel& in_service, int64_t seed,
                                    const std::function<Status()>& check) {
  const std::vector<Fold> folds = FoldsOf(needs, kGainFolds, seed);
  double best = 0;
  double chosen = 0;
  for (const double lambda : kLambdas) {
    if (check) DUIJIE_RETURN_IF_ERROR(check());
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<double> gains, HeldOutGains(folds, in_service, lambda));
    const double assured = Assured(gains);
    if (assured > best) {
      best = assured;
      chosen = lambda;
    }
  }
  return chosen == 0 ? TextWeightsOf(in_service) : FitWeights(needs, in_service, chosen);
}

}  // namespace duijie::matching
