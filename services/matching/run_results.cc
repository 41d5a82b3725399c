// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_results.h"

#include <algorithm>
#include <set>

#include "common/auth/visibility.h"
#include "common/storage/key_codec.h"
#include "services/matching/source_record.h"

namespace duijie::matching {
namespace {

constexpr size_t kStoredPerRead = 32;
constexpr int kMaxNamesPerRead = 2'000;  // limit of ReadRecords

bool AllowsState(const v1::RecordFilter& filter, v1::RecordState state) {
  if (filter.states().empty()) return state == v1::RECORD_STATE_PUBLISHED;
  return std::find(filter.states().begin(), filter.states().end(), state) != filter.states().end();
}

}  // namespace

std::string ResultPosition::Encode() const { return KeyBuilder().Str(record_id).U64(offset).Take(); }

StatusOr<ResultPosition> ResultPosition::Decode(std::string_view bytes) {
  ResultPosition position;
  uint64_t offset = 0;
  KeyReader reader(bytes);
  if (!reader.Str(&position.record_id) || !reader.U64(&offset) || !reader.AtEnd() || offset > UINT32_MAX) {
    return Error(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN", "page_token 不是本服务为此查询签发的");
  }
  position.offset = static_cast<uint32_t>(offset);
  return position;
}

StatusOr<ResultPage> RunResults::Read(const rpc::CallContext& call, const internal::v1::StoredRun& run,
                                      std::string_view record, const ResultPosition& from,
                                      size_t limit) const {
  ResultPage page;
  page.next = from;
  std::string only;
  if (!record.empty()) {
    only = record.substr(record.find('/') + 1);
    if (page.next.record_id.empty()) page.next.record_id = only;
  }
  while (!page.done && page.results.size() < limit) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(
        const std::vector<RecordResults> stored,
        store_.ReadResults(run.run().name(), page.next.record_id, only.empty() ? kStoredPerRead : 1));
    page.done = true;
    for (const RecordResults& entry : stored) {
      if (!only.empty() && entry.record_id != only) break;
      if (entry.record_id != page.next.record_id) page.next = {entry.record_id, 0};
      const auto total = static_cast<uint32_t>(entry.results.results_size());
      for (; page.next.offset < total && page.results.size() < limit; ++page.next.offset) {
        page.results.push_back(entry.results.results(static_cast<int>(page.next.offset)));
      }
      page.done = page.next.offset >= total && (!only.empty() || stored.size() < kStoredPerRead);
      if (page.results.size() == limit && page.next.offset < total) break;
    }
    // A full block whose records are all used up: go on behind its last record.
    if (!page.done && page.results.size() < limit) page.next = {page.next.record_id + '\0', 0};
  }
  DUIJIE_RETURN_IF_ERROR(DropUnseen(call, run, &page.results));
  return page;
}

Status RunResults::DropUnseen(const rpc::CallContext& call, const internal::v1::StoredRun& run,
                              std::vector<v1::MatchResult>* results) const {
  if (results->empty()) return OkStatus();
  std::set<std::string> names;
  for (const v1::MatchResult& result : *results) {
    names.insert(result.need());
    names.insert(result.achievement());
  }
  std::set<std::string, std::less<>> seen;
  for (auto next = names.begin(); next != names.end();) {
    internal::v1::ReadRecordsRequest request;
    for (; next != names.end() && request.names_size() < kMaxNamesPerRead; ++next) request.add_names(*next);
    DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse read, peers_.read_records(call, request));
    for (int i = 0; i < read.records_size() && i < request.names_size(); ++i) {
      const internal::v1::Record& record = read.records(i);
      const AccessFacts facts = AccessOf(record);
      const v1::RecordFilter& filter =
          record.has_need() ? run.run().need_filter() : run.run().achievement_filter();
      if (!AllowsState(filter, facts.state)) continue;
      if (VisibilityOf(call.principal(), facts) != Visibility::kNone) seen.insert(request.names(i));
    }
  }
  std::erase_if(*results, [&](const v1::MatchResult& result) {
    return !seen.contains(result.need()) || !seen.contains(result.achievement());
  });
  return OkStatus();
}

}  // namespace duijie::matching
