// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the peers of matching, kept so that the work of matching alone can be timed: a question asked
// for the first time goes to the daemon; afterwards Prepare copies what is known, and the next asking takes
// that copy away.
#pragma once

#include <map>
#include <string>

#include "services/matching/peers.h"
#include "tests/bench/service/daemon.h"

namespace duijie::bench {

// CPU time of this thread, which other work on the machine does not lengthen. ms.
double ThreadMilliseconds();

// Answers to one method. Not thread-safe.
template <typename Request, typename Response>
class CannedMethod {
 public:
  using Ask = std::function<StatusOr<Response>(const Request&)>;
  explicit CannedMethod(Ask ask) : ask_(std::move(ask)) {}

  StatusOr<Response> operator()(const Request& request) {
    const double began = ThreadMilliseconds();
    StatusOr<Response> response = Answer(request);
    milliseconds_ += ThreadMilliseconds() - began;
    return response;
  }
  void Prepare() { ready_ = known_; }
  void Forget() { known_.clear(), ready_.clear(); }
  size_t asked() const { return asked_; }
  double milliseconds() const { return milliseconds_; }  // of answering, so far

 private:
  StatusOr<Response> Answer(const Request& request) {
    const std::string key = request.SerializeAsString();
    if (const auto ready = ready_.find(key); ready != ready_.end()) {
      Response response = std::move(ready->second);
      ready_.erase(ready);
      return response;
    }
    ++asked_;
    DUIJIE_ASSIGN_OR_RETURN(Response response, ask_(request));
    known_[key] = response;
    return response;
  }

  const Ask ask_;
  std::map<std::string, Response> known_;
  std::map<std::string, Response> ready_;
  size_t asked_ = 0;
  double milliseconds_ = 0;
};

// Not thread-safe; `daemon` must outlive it, and it the peers that it hands out.
class CannedPeers {
 public:
  explicit CannedPeers(const Daemon& daemon);

  // What a live match asks: statistics, candidates, records. The other methods are not there.
  matching::Peers peers();
  void Prepare();
  // Of the need before; answers of one need are kept at a time.
  void Forget();
  // Questions that went to the daemon so far.
  size_t asked() const { return statistics_.asked() + candidates_.asked() + records_.asked(); }
  // CPU time that answering took so far, which is not the work of matching.
  double milliseconds() const {
    return statistics_.milliseconds() + candidates_.milliseconds() + records_.milliseconds();
  }

 private:
  CannedMethod<internal::v1::GetTermStatisticsRequest, internal::v1::GetTermStatisticsResponse> statistics_;
  CannedMethod<internal::v1::FindCandidatesRequest, internal::v1::FindCandidatesResponse> candidates_;
  CannedMethod<internal::v1::ReadRecordsRequest, internal::v1::ReadRecordsResponse> records_;
};

}  // namespace duijie::bench
