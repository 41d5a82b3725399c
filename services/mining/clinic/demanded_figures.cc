// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/demanded_figures.h"

#include <utility>

#include "common/demand/demand_reader.h"
#include "common/text/encoding.h"
#include "services/mining/clinic/candidate_figures.h"

namespace duijie::mining {

std::vector<indicator::Indicator> DemandedFigures(const v1::Need& need) {
  const std::pair<std::string_view, DemandText> texts[] = {
      {need.title(), DemandText::kTitle},
      {need.description(), DemandText::kDescription},
      {need.current_practice(), DemandText::kCurrentPractice},
  };
  std::vector<indicator::Indicator> demanded;
  for (const auto& [text, kind] : texts) {
    const DemandReader reader(TruncateBytes(text, kMostTextBytes), kind);
    std::vector<indicator::Indicator> figures = reader.Figures();
    if (figures.size() > kMostFigures) figures.resize(kMostFigures);
    for (indicator::Indicator& figure : figures) {
      if (!figure.name.empty() && reader.IsDemanded(figure)) demanded.push_back(std::move(figure));
    }
  }
  return demanded;
}

}  // namespace duijie::mining
