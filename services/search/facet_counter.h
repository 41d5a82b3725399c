// SPDX-License-Identifier: GPL-3.0-or-later
// Counts all hits of a search, and by facet. One per search; hand it to Xapian::Enquire.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/search_service.pb.h"

namespace duijie::search {

inline constexpr size_t kMaxFacetCounts = 50;

class FacetCounter final : public Xapian::MatchSpy {
 public:
  // `alive` is asked now and then; an error stops the search. Arguments must outlive this.
  FacetCounter(const std::vector<v1::FacetKind>& kinds, const Principal& caller,
               const std::function<Status()>& alive);

  void operator()(const Xapian::Document& document, double weight) override;

  int64_t total() const { return total_; }
  // Facets in the order asked for.
  std::vector<v1::Facet> Facets(const TaxonomySet& taxonomies) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Counts = std::unordered_map<std::string, int64_t, Hash, std::equal_to<>>;

  const std::vector<v1::FacetKind>& kinds_;
  const Principal& caller_;
  const std::function<Status()>& alive_;
  std::array<bool, v1::FacetKind_ARRAYSIZE> wanted_{};
  std::array<Counts, v1::FacetKind_ARRAYSIZE> counts_;
  int64_t total_ = 0;
};

}  // namespace duijie::search
