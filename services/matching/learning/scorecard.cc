// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/scorecard.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace duijie::matching {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // 97.5 %
constexpr std::chrono::hours kChinaOffset{8};
constexpr size_t kQuarterLength = 6;
constexpr unsigned kMonthsPerQuarter = 3;

UnixMicros ChinaMidnight(int year, unsigned month) {
  const std::chrono::sys_days day{std::chrono::year(year) / std::chrono::month(month) / 1};
  return std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch() - kChinaOffset).count();
}

bool IsAccepted(const v1::Judgement& judgement) {
  if (judgement.decision() != v1::JUDGEMENT_DECISION_UNSPECIFIED) {
    return judgement.decision() == v1::JUDGEMENT_DECISION_ACCEPTED;
  }
  return judgement.level() == v1::MATCH_LEVEL_FAIR || judgement.level() == v1::MATCH_LEVEL_STRONG;
}

}  // namespace

std::optional<Quarter> ParseQuarter(std::string_view text) {
  if (text.size() != kQuarterLength || text[0] != '2' || text[4] != 'Q') return std::nullopt;
  int year = 0;
  for (const char c : text.substr(0, 4)) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  if (text[5] < '1' || text[5] > '4') return std::nullopt;
  const auto month = static_cast<unsigned>(text[5] - '1') * kMonthsPerQuarter + 1;
  const bool last = text[5] == '4';
  return Quarter{ChinaMidnight(year, month),
                 ChinaMidnight(year + last, last ? 1 : month + kMonthsPerQuarter)};
}

Interval WilsonInterval(int64_t hits, int64_t trials) {
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(hits) / n;
  const double z2 = kNormalQuantile * kNormalQuantile;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kNormalQuantile / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  // Exactly 0 and 1 where rounding would leave a trace.
  return {hits == 0 ? 0.0 : std::max(0.0, centre - half),
          hits == trials ? 1.0 : std::min(1.0, centre + half)};
}

void ScorecardTally::Add(const v1::Judgement& judgement) {
  if (judgement.decision() == v1::JUDGEMENT_DECISION_DECLINED) {
    ++declined_[judgement.decline_reason()];
    if (judgement.decline_reason() == v1::DECLINE_REASON_UNCLEAR) return;
  }
  if (!judgement.has_probability_shown()) {
    ++without_prediction_;
    return;
  }
  const double predicted = judgement.probability_shown();
  int index = kBins - 1;
  while (index > 0 && predicted < static_cast<double>(index) / kBins) --index;
  const bool accepted = IsAccepted(judgement);
  Bin& bin = bins_[static_cast<size_t>(index)];
  ++bin.judgements;
  bin.accepted += accepted;
  bin.predicted += predicted;
  const double error = predicted - (accepted ? 1.0 : 0.0);
  squared_errors_ += error * error;
  ++counted_;
  if (!judgement.model_version().empty()) model_versions_.insert(judgement.model_version());
}

v1::GetScorecardResponse ScorecardTally::Finish() const {
  v1::GetScorecardResponse response;
  for (int i = 0; i < kBins; ++i) {
    const Bin& bin = bins_[static_cast<size_t>(i)];
    v1::ScorecardBin* const out = response.add_bins();
    out->set_probability_from(static_cast<double>(i) / kBins);
    out->set_probability_to(static_cast<double>(i + 1) / kBins);
    out->set_judgements(bin.judgements);
    out->set_accepted(bin.accepted);
    if (bin.judgements == 0) continue;
    const auto count = static_cast<double>(bin.judgements);
    out->set_mean_predicted(bin.predicted / count);
    out->set_observed(static_cast<double>(bin.accepted) / count);
    const Interval interval = WilsonInterval(bin.accepted, bin.judgements);
    out->set_observed_low(interval.low);
    out->set_observed_high(interval.high);
  }
  response.set_judgements(counted_);
  response.set_without_prediction(without_prediction_);
  if (counted_ > 0) response.set_brier_score(squared_errors_ / static_cast<double>(counted_));
  for (const std::string& version : model_versions_) response.add_model_versions(version);
  for (const auto& [reason, count] : declined_) (*response.mutable_declined_by_reason())[reason] = count;
  return response;
}

}  // namespace duijie::matching
