// SPDX-License-Identifier: GPL-3.0-or-later
// Catalog and search in memory, answering the calls of matching::Peers by the letter of their protos: every
// candidate is described by counting with the real analyzer. Snapshots are the present. Safe on any thread
// while records stand still.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "services/matching/peers.h"
#include "services/matching/query_terms.h"

namespace duijie::matching::testing {

// The shipped analyzer, loaded once.
std::shared_ptr<const Analyzer> SharedTestAnalyzer();

class MemoryPeers {
 public:
  MemoryPeers();

  // Published and public unless told otherwise by the record.
  void AddNeed(const std::string& id, const std::string& title, const std::string& description);
  void AddAchievement(const std::string& id, const std::string& title, const std::string& summary);
  v1::Need& need(const std::string& id) { return needs_.at(id); }
  v1::Achievement& achievement(const std::string& id) { return achievements_.at(id); }

  Peers peers();

  std::atomic<int64_t> finds{0};            // calls of find_candidates
  std::atomic<int64_t> fail_find_from{-1};  // from this call on UNAVAILABLE; -1 never
  std::atomic<int> open_snapshots{0};
  std::function<void(int64_t)> before_find;  // with the number of the call
  std::function<void(int64_t)> on_wait;      // with the revision that a call waits for

 private:
  struct Document {
    std::string name;
    TermBag bag;
    SourceRecord source;
  };
  std::vector<Document> Documents(v1::Collection collection) const;
  internal::v1::CollectionStatistics Statistics(const std::vector<Document>& documents,
                                                const std::vector<internal::v1::Term>& terms) const;
  internal::v1::Candidate Describe(const Document& document, const std::vector<internal::v1::Term>& terms,
                                   const std::vector<Document>& all) const;
  StatusOr<internal::v1::FindCandidatesResponse> Find(const internal::v1::FindCandidatesRequest& request);
  StatusOr<internal::v1::ScanRecordsResponse> Scan(const internal::v1::ScanRecordsRequest& request) const;
  internal::v1::Record RecordAt(const std::string& name) const;

  std::map<std::string, v1::Need> needs_;
  std::map<std::string, v1::Achievement> achievements_;
};

}  // namespace duijie::matching::testing
