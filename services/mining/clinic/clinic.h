// SPDX-License-Identifier: GPL-3.0-or-later
// The need clinic: which questions are worth asking, and what an answer changes. Asks matching for the
// caller, at most kMaxMatches times a round. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/mining/clinic/questions.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

inline constexpr int kClinicCandidates = 60;
inline constexpr int kMaxQuestions = 3;
inline constexpr int kMaxMatches = 1 + kMaxTried * kMaxOptions;
static_assert(kMaxMatches <= 24, "the bound that clinic_service.proto states");

class Clinic {
 public:
  Clinic(std::shared_ptr<MiningRole> role, std::shared_ptr<const Analyzer> analyzer,
         std::shared_ptr<const TaxonomySet> taxonomies, std::shared_ptr<const indicator::NameTable> names);

  StatusOr<v1::GetClinicQuestionsResponse> Ask(const rpc::CallContext& call,
                                               const v1::GetClinicQuestionsRequest& request) const;
  StatusOr<v1::AnswerClinicQuestionResponse> Answer(const rpc::CallContext& call,
                                                    const v1::AnswerClinicQuestionRequest& request) const;

 private:
  StatusOr<v1::MatchNeedResponse> Match(const rpc::CallContext& call, const v1::Need& need, int top) const;
  StatusOr<ClinicCandidates> Candidates(const rpc::CallContext& call,
                                        const v1::MatchNeedResponse& match) const;
  Status Weigh(const rpc::CallContext& call, const v1::Need& need, const std::vector<std::string>& before,
               int* matches, v1::ClinicQuestion* question) const;

  const std::shared_ptr<MiningRole> role_;
  const std::shared_ptr<const Analyzer> analyzer_;
  const std::shared_ptr<const TaxonomySet> taxonomies_;
  const std::shared_ptr<const indicator::NameTable> names_;
  const QuestionMaker maker_;
};

}  // namespace duijie::mining
