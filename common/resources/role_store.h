// SPDX-License-Identifier: GPL-3.0-or-later
// What a role with resources of its own keeps: one RocksDB folder with a RecordLog above it, ids for new
// resources, page tokens, and the memory of request ids. Thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/auth/page_token.h"
#include "common/base/clock.h"
#include "common/resources/id_maker.h"
#include "common/resources/request_memory.h"
#include "common/resources/resource_table.h"
#include "common/storage/record_log.h"

namespace duijie {

class RoleStore {
 public:
  struct Options {
    std::string folder;
    size_t block_cache_bytes = 8 * 1024 * 1024;
    size_t write_buffer_bytes = 4 * 1024 * 1024;
    std::string token_key;  // 32 bytes; see rpc::App::DerivedKey
  };
  // `clock` must outlive this.
  static StatusOr<std::unique_ptr<RoleStore>> Open(const Options& options, const Clock& clock);
  // Over a store in memory or of a test; `store` is owned.
  static StatusOr<std::unique_ptr<RoleStore>> Over(std::unique_ptr<KvStore> store, const Clock& clock,
                                                   const std::string& token_key,
                                                   std::unique_ptr<IdMaker> ids);

  KvStore& kv() { return *store_; }
  RecordLog& log() { return *log_; }
  const PageTokens& tokens() const { return tokens_; }
  const Clock& clock() const { return clock_; }
  UnixMicros Now() const { return clock_.Now(); }
  std::string NewId() { return ids_->NewId(clock_.Now()); }

  // What the same request was answered when it came before: the message stored by the first mutation of its
  // commit. Errors as RequestMemory::Find.
  template <typename Message>
  StatusOr<std::optional<Message>> AnswerOf(const WriteRequest& request) const {
    DUIJIE_ASSIGN_OR_RETURN(const auto answer, requests_.Find(request));
    if (!answer) return std::optional<Message>();
    DUIJIE_ASSIGN_OR_RETURN(Message message, ResourceTable<Message>::Decode(answer->version));
    return std::optional<Message>(std::move(message));
  }

  // Commits all `mutations` (at least one) with what `request` is to be remembered by: the version that the
  // first one writes. Errors as RecordLog::Commit, but STALE_REVISION becomes STALE_ETAG. Forgets a few
  // requests whose time is over.
  StatusOr<Revision> Commit(const WriteRequest& request, std::vector<Mutation> mutations,
                            std::vector<SideEntry> side_entries = {});
  // Of the role itself: nothing to remember.
  StatusOr<Revision> Commit(std::vector<Mutation> mutations, std::vector<SideEntry> side_entries = {});

 private:
  RoleStore(std::unique_ptr<KvStore> store, std::unique_ptr<RecordLog> log, const Clock& clock,
            const std::string& token_key, std::unique_ptr<IdMaker> ids);

  const std::unique_ptr<KvStore> store_;
  const std::unique_ptr<RecordLog> log_;
  const Clock& clock_;
  const PageTokens tokens_;
  const std::unique_ptr<IdMaker> ids_;
  RequestMemory requests_;
};

}  // namespace duijie
