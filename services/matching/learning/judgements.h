// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of judgements. A judgement is visible to whom its need and its achievement are both visible
// now, and to an enterprise only if the need is its own besides; to anybody else it does not exist. Who sees
// one of the two only masked does not see who judged, and not what they wrote. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "common/auth/page_token.h"
#include "common/base/clock.h"
#include "duijie/v1/judgement_service.pb.h"
#include "services/matching/learning/judgement_store.h"
#include "services/matching/learning/pair_views.h"

namespace duijie::matching {

inline constexpr int kMaxJudgementsPerBatch = 1'000;

class Judgements {
 public:
  // All must outlive this.
  struct Dependencies {
    JudgementStore& store;
    const PairViews::ReadRecords& read_records;
    const Clock& clock;
    const PageTokens& tokens;
  };
  explicit Judgements(Dependencies dependencies) : d_(dependencies) {}

  // NOT_FOUND if a record of the pair is not visible, PERMISSION_DENIED (FORBIDDEN) if an enterprise judges
  // a need that is not its own; of a batch, metadata "field" tells which.
  StatusOr<v1::CreateJudgementResponse> Create(const rpc::CallContext& call,
                                               const v1::CreateJudgementRequest& request) const;
  StatusOr<v1::BatchCreateJudgementsResponse> CreateBatch(
      const rpc::CallContext& call, const v1::BatchCreateJudgementsRequest& request) const;
  StatusOr<v1::GetJudgementResponse> Get(const rpc::CallContext& call,
                                         const v1::GetJudgementRequest& request) const;
  // Looks at no more than kMaxLookedAt judgements a call.
  StatusOr<v1::ListJudgementsResponse> List(const rpc::CallContext& call,
                                            const v1::ListJudgementsRequest& request) const;
  // Of each judge on each pair the latest judgement within the quarter counts, so that the card of a quarter
  // that is over stays as it was reported. RESOURCE_EXHAUSTED (TOO_LARGE) above kMaxScored.
  StatusOr<v1::GetScorecardResponse> GetScorecard(const rpc::CallContext& call,
                                                  const v1::GetScorecardRequest& request) const;

  static constexpr size_t kMaxLookedAt = 10'000;
  static constexpr size_t kMaxScored = 1'000'000;

 private:
  // What one write asks for.
  struct Write {
    std::vector<v1::Judgement> judgements;
    std::vector<std::string> prefixes;  // of each judgement's fields, e.g. "judgements[2]."
    std::string request_id;
    std::string fingerprint;
  };
  StatusOr<std::vector<v1::Judgement>> Record(const rpc::CallContext& call, Write write) const;
  Status CheckPairs(const rpc::CallContext& call, const Write& write) const;
  struct Page;
  Status Fill(const rpc::CallContext& call, const v1::ListJudgementsRequest& request, size_t size,
              Page* page) const;

  Dependencies d_;
};

}  // namespace duijie::matching
