// SPDX-License-Identifier: GPL-3.0-or-later
// Fit tables of a source record with its counterparts, whose texts it reads from the catalog. A counterpart
// that the principal may not see now, or that is gone, states nothing and demands nothing: its text reaches
// no table.
#pragma once

#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "services/matching/figure_cache.h"
#include "services/matching/peers.h"

namespace duijie::matching {

class PairFits {
 public:
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

  // In the order of the names. Errors: those of the peer.
  StatusOr<std::vector<v1::FitTable>> Read(const std::vector<std::string>& counterparts) const;

 private:
  v1::FitTable TableWith(const RecordFigures* theirs) const;  // nullptr: not seen

  const Context context_;
  const SourceRecord& source_;
  const std::shared_ptr<const RecordFigures> figures_;  // of the source
  const StatedFigures nothing_;                         // of an achievement that is not seen
};

}  // namespace duijie::matching
