// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_cards.h"

#include <algorithm>
#include <map>
#include <string>

#include "services/matching/level.h"

namespace duijie::matching {
namespace {

constexpr const char* kDefaultKind = "线性排序（权重由人设定），不定级";

// Share of the trees' gain by name of column; empty without levels.
std::map<std::string, double> LevelGains(const internal::v1::RankingModel& model) {
  std::map<std::string, double> gains;
  if (!model.has_levels()) return gains;
  const auto levels = LevelModel::Parse(model.levels(), model.version());
  if (!levels.ok()) return gains;  // of an older version of the software; its card is still shown
  for (size_t i = 0; i < (*levels)->columns().size(); ++i)
    gains[AllLevelColumns()[(*levels)->columns()[i]]] = (*levels)->gains()[i];
  return gains;
}

}  // namespace

v1::ModelCard MakeCard(const internal::v1::RankingModel& model) {
  v1::ModelCard card = model.card();
  card.set_name("models/" + model.version());
  card.set_version(model.version());
  card.set_size_bytes(static_cast<int64_t>(model.ByteSizeLong()));
  if (card.kind().empty()) card.set_kind(kDefaultKind);
  const std::map<std::string, double> gains = LevelGains(model);
  card.clear_features();
  for (const internal::v1::RankingFeature& feature : model.features()) {
    v1::FeatureWeight* const out = card.add_features();
    out->set_feature(feature.name());
    out->set_weight(feature.weight());
    out->set_text(feature.text());
    if (const auto gain = gains.find(feature.name()); gain != gains.end()) out->set_level_gain(gain->second);
  }
  for (size_t column = kTextFeatureCount; column < AllLevelColumns().size(); ++column) {
    const auto gain = gains.find(AllLevelColumns()[column]);
    if (gain == gains.end()) continue;
    v1::FeatureWeight* const out = card.add_features();
    out->set_feature(gain->first);
    out->set_text(std::string(LevelColumnText(column)));
    out->set_level_gain(gain->second);
  }
  std::stable_sort(card.mutable_features()->begin(), card.mutable_features()->end(),
                   [](const v1::FeatureWeight& a, const v1::FeatureWeight& b) {
                     return a.weight() != b.weight() ? a.weight() > b.weight()
                                                     : a.level_gain() > b.level_gain();
                   });
  return card;
}

}  // namespace duijie::matching
