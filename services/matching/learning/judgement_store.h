// SPDX-License-Identifier: GPL-3.0-or-later
// Judgements in a KvStore that is shared with the models; see docs/formats/learning.md. Judgements are kept
// for ever. Each write is one atomic batch: the judgements, their places in every list, and what their
// request_id was answered are there together or not at all. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/storage/kv_store.h"
#include "duijie/v1/judgement.pb.h"
#include "services/matching/learning/judgement_keys.h"

namespace duijie::matching {

class JudgementStore {
 public:
  // A repeated request is known for this long.
  static constexpr UnixMicros kRequestMemory = 24LL * 3600 * 1'000'000;

  // `store` must outlive this. FAILED_PRECONDITION (FORMAT_TOO_NEW) if a newer version wrote it.
  static StatusOr<std::unique_ptr<JudgementStore>> Open(KvStore* store);

  // Stores judgements under fresh names with create_time `now`; all or none. With a request id that this
  // caller used within kRequestMemory: the judgements of then, if `fingerprint` is the same, else
  // INVALID_ARGUMENT (REQUEST_ID_REUSED). The judgements must be valid; their names and times are
  // overwritten.
  struct Recording {
    std::vector<v1::Judgement> judgements;  // at least one
    std::string caller;                     // id of the API key
    std::string request_id;                 // may be empty
    std::string fingerprint;                // hash of method and request
    UnixMicros now = 0;
  };
  StatusOr<std::vector<v1::Judgement>> Record(Recording recording);

  // NOT_FOUND (RECORD_NOT_FOUND).
  StatusOr<v1::Judgement> Get(std::string_view name) const;

  // Judgements, latest first, that come after `after` (a name, "" = from the start), at most `limit`; only
  // those of `record` ("needs/{id}" or "achievements/{id}") unless "". Fewer than `limit` only at the end.
  StatusOr<std::vector<v1::Judgement>> List(std::string_view record, std::string_view after,
                                            size_t limit) const;

  // Calls `visit` with every judgement that counts: the latest of each judge (the text `judge`, or else the
  // key that recorded it) on each pair, by need, achievement and judge. Ends with the first error of `visit`
  // and returns it. Sees one moment of the store.
  using Visit = std::function<Status(const v1::Judgement&)>;
  Status ForEachCounting(const Visit& visit) const;

  // All judgements recorded at or after `since`, latest first, superseded ones too. Otherwise as
  // ForEachCounting.
  Status ForEachSince(UnixMicros since, const Visit& visit) const;

  // Judgements stored.
  int64_t Count() const;

 private:
  explicit JudgementStore(KvStore* store) : store_(store) {}
  Status Recover();
  StatusOr<v1::Judgement> Load(judgement_keys::Number number, const Snapshot* snapshot) const;
  StatusOr<std::vector<v1::Judgement>> FindRequest(const Recording& recording) const;  // empty if unknown
  StatusOr<std::string> ForgetRequests(UnixMicros now, WriteBatch* batch) const;

  KvStore* const store_;
  mutable std::mutex mutex_;         // one writer at a time
  judgement_keys::Number last_ = 0;  // the greatest number given; protected by mutex_
  int64_t count_ = 0;                // protected by mutex_
  std::string forgotten_;            // no key of an expiry before it is left; protected by mutex_
};

// The same answer to a judgement that is not there and to one that the caller may not see.
Status NoSuchJudgement();

// Microseconds since 1970.
UnixMicros CreateMicros(const v1::Judgement& judgement);

}  // namespace duijie::matching
