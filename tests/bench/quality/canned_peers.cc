// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/quality/canned_peers.h"

#include <ctime>

#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "duijie/internal/v1/feed_service.grpc.pb.h"

namespace duijie::bench {
namespace {

using internal::v1::CandidateService;
using internal::v1::FeedService;

template <typename Service, typename Request, typename Response>
std::function<StatusOr<Response>(const Request&)> AskOf(
    const Daemon& daemon,
    grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  return [&daemon, method, stub = std::shared_ptr(Service::NewStub(daemon.channel()))](
             const Request& request) -> StatusOr<Response> {
    Response response;
    const grpc::Status status = ((*stub).*method)(daemon.PeerContext().get(), request, &response);
    if (!status.ok()) return Error(StatusCode::kInternal, "BENCH_FAILED", status.error_message());
    return response;
  };
}

template <typename Method>
auto PeerOf(Method& method) {
  return [&method](const rpc::CallContext&, const auto& request) { return method(request); };
}

}  // namespace

double ThreadMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

CannedPeers::CannedPeers(const Daemon& daemon)
    : statistics_(AskOf<CandidateService>(daemon, &CandidateService::Stub::GetTermStatistics)),
      candidates_(AskOf<CandidateService>(daemon, &CandidateService::Stub::FindCandidates)),
      records_(AskOf<FeedService>(daemon, &FeedService::Stub::ReadRecords)) {}

matching::Peers CannedPeers::peers() {
  matching::Peers peers;
  peers.term_statistics = PeerOf(statistics_);
  peers.find_candidates = PeerOf(candidates_);
  peers.read_records = PeerOf(records_);
  return peers;
}

void CannedPeers::Prepare() {
  statistics_.Prepare();
  candidates_.Prepare();
  records_.Prepare();
}

void CannedPeers::Forget() {
  statistics_.Forget();
  candidates_.Forget();
  records_.Forget();
}

}  // namespace duijie::bench
