// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/facet_counter.h"

#include <algorithm>

#include "services/search/facet_labels.h"
#include "services/search/facet_values.h"
#include "services/search/index_schema.h"
#include "services/search/xapian_guard.h"

namespace duijie::search {
namespace {

constexpr int64_t kHitsBetweenChecks = 1024;

}  // namespace

FacetCounter::FacetCounter(const std::vector<v1::FacetKind>& kinds, const Principal& caller,
                           const std::function<Status()>& alive)
    : kinds_(kinds), caller_(caller), alive_(alive) {
  for (const v1::FacetKind kind : kinds_) wanted_[kind] = true;
}

void FacetCounter::operator()(const Xapian::Document& document, double) {
  if (total_++ % kHitsBetweenChecks == 0) {
    if (const Status alive = alive_(); !alive.ok()) throw Interrupted{alive};
  }
  if (kinds_.empty()) return;
  VisitFacetValues(document.get_value(kFacetSlot), caller_,
                   [this](v1::FacetKind kind, std::string_view value) {
                     if (!v1::FacetKind_IsValid(kind) || !wanted_[kind]) return;
                     Counts& counts = counts_[kind];
                     const auto found = counts.find(value);
                     if (found == counts.end()) {
                       counts.emplace(value, 1);
                     } else {
                       ++found->second;
                     }
                   });
}

std::vector<v1::Facet> FacetCounter::Facets(const TaxonomySet& taxonomies) const {
  std::vector<v1::Facet> facets;
  for (const v1::FacetKind kind : kinds_) {
    v1::Facet& facet = facets.emplace_back();
    facet.set_kind(kind);
    std::vector<std::pair<std::string, int64_t>> counts(counts_[kind].begin(), counts_[kind].end());
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (counts.size() > kMaxFacetCounts) counts.resize(kMaxFacetCounts);
    for (const auto& [value, count] : counts) {
      v1::FacetCount* out = facet.add_counts();
      out->set_value(FacetValueName(kind, value));
      out->set_label(FacetLabel(kind, value, taxonomies));
      out->set_count(count);
    }
  }
  return facets;
}

}  // namespace duijie::search
