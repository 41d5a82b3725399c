// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/index_wait.h"

#include "duijie/v1/search_service.grpc.pb.h"

namespace duijie {
namespace {

constexpr char kLagging[] = "记录已写入；还不能确认索引已经跟上，也许稍后才能全部查到、匹配到";

}  // namespace

void WaitForIndex(Session& session, v1::Collection collection, int64_t revision) {
  const bool is_indexed = collection == v1::COLLECTION_ACHIEVEMENTS || collection == v1::COLLECTION_NEEDS;
  if (!is_indexed || revision <= 0) return;
  v1::SearchRequest request;
  request.set_collection(collection);
  request.set_page_size(1);
  request.set_min_revision(revision);
  const auto last = std::chrono::steady_clock::now() + kMaxIndexWait;
  for (;;) {
    // Each call waits a while in the service, and is tried again a few times.
    const auto response =
        session.client.Call(session.client.search(), &v1::SearchService::Stub::Search, request);
    if (response.ok()) return;
    if (ReasonOf(response.status()) != "INDEX_BEHIND" || std::chrono::steady_clock::now() >= last) {
      session.output.Note(kLagging);
      return;
    }
  }
}

}  // namespace duijie
