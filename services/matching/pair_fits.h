// SPDX-License-Identifier: GPL-3.0-or-later
// Fit tables of a source record with its counterparts, whose texts it reads from the catalog, unless what was
// read of them is held. Counterparts are those that candidate search lets the principal see at the revision
// that it names. What is read is judged again by what the record is then: a counterpart that the principal
// may not see, or that is gone, states nothing and demands nothing, and its text reaches no table.
#pragma once

#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "services/matching/figure_cache.h"
#include "services/matching/peers.h"

namespace duijie::matching {

class PairFits {
 public:
  struct Counterpart {
    std::string name;      // resource name
    int64_t revision = 0;  // at which the principal may see it; 0 = not known: it is always read
  };
  struct Context {
    const rpc::CallContext& call;
    const Peers& peers;
    const indicator::NameTable& names;
    FigureCache& cache;
    const Principal& principal;
    int64_t at_revision = 0;  // of the catalog; 0 = now
  };

  // All must outlive this.
  PairFits(const Context& context, const SourceRecord& source);

  // False if no pair can have a table with rows: the source is a need that demands nothing.
  bool MayHaveRows() const { return !source_.is_need || !figures_->demands.empty(); }

  // In the order of the counterparts. Errors: those of the peer.
  StatusOr<std::vector<v1::FitTable>> Read(const std::vector<Counterpart>& counterparts) const;

 private:
  using Figures = std::shared_ptr<const RecordFigures>;
  // Puts what the catalog has of the counterparts at these places into `figures`; nullptr: not seen.
  Status ReadRecords(const std::vector<Counterpart>& counterparts, const std::vector<size_t>& places,
                     std::vector<Figures>* figures) const;
  v1::FitTable TableWith(const RecordFigures* theirs) const;  // nullptr: not seen

  const Context context_;
  const SourceRecord& source_;
  const Figures figures_;        // of the source
  const StatedFigures nothing_;  // of an achievement that is not seen
};

}  // namespace duijie::matching
