// SPDX-License-Identifier: GPL-3.0-or-later
// What candidate search and its peer both get: the same tokens to index, the same weighted terms to look for.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/text/analyzer.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "tests/bench/service/daemon.h"

namespace duijie::bench {

inline constexpr size_t kPeerTerms = 40;  // as many as candidate search looks for at most
inline constexpr int kPeerLimit = 200;    // as many candidates as a match scores by default

using PeerQuery = std::vector<internal::v1::QueryTerm>;

// For each need the kPeerTerms words and bigrams of highest weight · idf that matching would search for,
// weighted by the model in service with the statistics of the running index. `share`: share/duijie.
StatusOr<std::vector<PeerQuery>> MakePeerQueries(const Daemon& daemon, const std::vector<v1::Need>& needs,
                                                 const Analyzer& analyzer, const std::string& share);

// A line per query: token<TAB>weight, separated by spaces.
Status WritePeerQueries(const std::vector<PeerQuery>& queries, const std::string& path);

// A line per achievement of the generated files: its words as often as the index weighs them (title 3,
// keywords 2, other texts 1) and the bigrams of title and keywords, marked by kind. Returns the number of
// lines.
StatusOr<size_t> WritePeerTokens(const Analyzer& analyzer, const std::vector<std::string>& files,
                                 const std::string& path);

// The request for FindCandidates with exactly these terms.
internal::v1::FindCandidatesRequest CandidatesRequest(const PeerQuery& query);

}  // namespace duijie::bench
