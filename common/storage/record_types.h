// SPDX-License-Identifier: GPL-3.0-or-later
// The data of the record layer; see record_log.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duijie {

// A number for the whole log that grows by one with each commit that changes records; 0: nothing written yet.
// All changes of one commit share its revision, so every revision is a consistent state.
using Revision = uint64_t;

inline constexpr size_t kMaxMutationsPerCommit = 10'000;
inline constexpr size_t kMaxSideEntriesPerCommit = 10'000;
inline constexpr size_t kMaxIndexKeysPerRecord = 1'000;
// Of a collection, id, index name, index key, side space or side key.
inline constexpr size_t kMaxNameBytes = 1024;
inline constexpr size_t kMaxRecordBytes = 8 * 1024 * 1024;
inline constexpr size_t kMaxPageSize = 10'000;  // greater limits are cut to it

struct Change {
  Revision revision = 0;
  std::string collection;
  std::string id;
  bool deleted = false;
  bool operator==(const Change&) const = default;
};

struct RecordVersion {
  Revision revision = 0;  // of the commit that wrote this version
  bool deleted = false;
  std::string bytes;
};

struct IndexKey {
  std::string index;    // name
  std::string key;      // any bytes; entries are ordered by it
  bool unique = false;  // the same for all keys of an index
  auto operator<=>(const IndexKey&) const = default;
};

// One record written (or, as a tombstone, deleted) by a commit.
struct Mutation {
  std::string collection;
  std::string id;
  std::string bytes;
  bool tombstone = false;
  // The revision that the caller last saw of this record; 0: there must be no live record. None: any.
  std::optional<Revision> expected_revision;
  // Every index key of the record from now on; earlier ones not named here are removed. Empty for a
  // tombstone.
  std::vector<IndexKey> index_keys;
};

// A small unversioned value that changes in the same batch as records (e.g. what a request_id was answered).
struct SideEntry {
  std::string space;
  std::string key;
  std::optional<std::string> value;  // none: delete
  bool must_be_new = false;          // the commit fails if the entry is there
};

struct RecordItem {
  std::string id;
  RecordVersion version;
};

struct RecordPage {
  std::vector<RecordItem> items;
  Revision revision = 0;  // the state that was read
  std::string next;  // start_after_id of the next page; empty at the end. A page may be short, even empty,
                     // before the end.
};

struct IndexEntry {
  std::string key;
  std::string collection;
  std::string id;
  bool operator==(const IndexEntry&) const = default;
};

struct IndexPage {
  std::vector<IndexEntry> entries;
  Revision revision = 0;
  std::string next;  // start_after of the next page, opaque; empty at the end
};

struct SidePage {
  std::vector<SideEntry> entries;
  std::string next;  // start_after of the next page; empty at the end
};

}  // namespace duijie
