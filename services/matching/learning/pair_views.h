// SPDX-License-Identifier: GPL-3.0-or-later
// What one caller sees of judged pairs now: the records are read from the catalog once each, in batches. One
// object serves one call; not thread-safe.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/auth/visibility.h"
#include "duijie/v1/judgement.pb.h"
#include "services/matching/peers.h"

namespace duijie::matching {

class PairViews {
 public:
  using ReadRecords = rpc::PeerCall<internal::v1::ReadRecordsRequest, internal::v1::ReadRecordsResponse>;

  // Both must outlive this.
  PairViews(const ReadRecords& read_records, const rpc::CallContext& call)
      : read_records_(read_records), call_(call) {}

  // Reads the records of these judgements that are not known yet: first the needs, then the achievements of
  // the needs that the caller sees.
  Status Learn(const std::vector<v1::Judgement>& judgements);
  // Reads these records ("needs/{id}" or "achievements/{id}").
  Status LearnNames(const std::vector<std::string>& names);

  // Of a record that was learned: what the caller sees of it. Absent records are kNone.
  Visibility Of(const std::string& name) const;
  // Whether the caller may judge and read judgements of this need, if it sees it: enterprises only of their
  // own.
  bool MayUseNeed(const std::string& need) const;
  // Of a pair: kNone unless both are visible and MayUseNeed; kMasked if either is masked.
  Visibility OfPair(const v1::Judgement& judgement) const;

 private:
  struct View {
    Visibility visibility = Visibility::kNone;
    bool is_others = false;  // a need that is not the calling enterprise's own
  };
  const View& ViewOf(const std::string& name) const;

  const ReadRecords& read_records_;
  const rpc::CallContext& call_;
  std::map<std::string, View> views_;
};

}  // namespace duijie::matching
