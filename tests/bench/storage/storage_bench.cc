// SPDX-License-Identifier: GPL-3.0-or-later
// storage_bench: commits of the record log against plain synced batches of RocksDB with the same payload, in
// one run and in turns, so that both see the same disk.
//   storage_bench --work FOLDER --out FOLDER
// A commit writes more than its payload: the record, its index keys, a change entry and the revision. The
// ratio says what that costs.
#include <rocksdb/db.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <thread>

#include "common/storage/record_log.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/generator/random.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {
namespace {

constexpr size_t kRecordBytes = 2'000;  // as an achievement takes
constexpr double kSliceSeconds = 1.0;
constexpr int kSlices = 2;

struct Shape {
  const char* name;
  size_t threads;
  size_t records;  // of one commit
};
constexpr Shape kShapes[] = {{"1 thread, 1 record a commit", 1, 1},
                             {"8 threads, 1 record a commit", 8, 1},
                             {"1 thread, 500 records a commit", 1, 500}};

std::string Payload(uint64_t number) {
  Random random(1, 0, number);
  std::string bytes(kRecordBytes, '\0');
  for (char& c : bytes) c = static_cast<char>('a' + random.Below(26));
  return bytes;
}

using Commit = std::function<Status(uint64_t first, size_t records)>;

// Records written in a second by threads that commit for kSliceSeconds.
StatusOr<double> Measure(const Shape& shape, std::atomic<uint64_t>* next, const Commit& commit) {
  std::atomic<bool> failed = false;
  std::atomic<uint64_t> written = 0;
  const Stopwatch watch;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < shape.threads; ++i) {
    threads.emplace_back([&] {
      while (watch.Seconds() < kSliceSeconds && !failed) {
        if (!commit(next->fetch_add(shape.records), shape.records).ok()) failed = true;
        written += shape.records;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failed) return Error(StatusCode::kInternal, "BENCH_FAILED", "a commit failed");
  return static_cast<double>(written) / watch.Seconds();
}

std::string IdOf(uint64_t number) {
  char id[32];
  std::snprintf(id, sizeof(id), "r%012llu", static_cast<unsigned long long>(number));
  return id;
}

Status CommitRecords(RecordLog& log, uint64_t first, size_t records) {
  std::vector<Mutation> mutations;
  for (uint64_t number = first; number < first + records; ++number) {
    Mutation mutation;
    mutation.collection = "achievements";
    mutation.id = IdOf(number);
    mutation.bytes = Payload(number);
    mutation.index_keys = {{"provenance", IdOf(number), true}, {"state", "3", false}};
    mutations.push_back(std::move(mutation));
  }
  return log.Commit(std::move(mutations)).status();
}

Status CommitPlain(rocksdb::DB& db, uint64_t first, size_t records) {
  rocksdb::WriteBatch batch;
  for (uint64_t number = first; number < first + records; ++number) {
    if (!batch.Put(IdOf(number), Payload(number)).ok())
      return Error(StatusCode::kInternal, "BENCH_FAILED", "put");
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return db.Write(options, &batch).ok() ? OkStatus() : Error(StatusCode::kInternal, "BENCH_FAILED", "write");
}

Status Run(const std::string& work, const std::string& out) {
  const std::string folder = work + "/storage_bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  RocksDbOptions store_options;
  store_options.folder = folder + "/records";
  DUIJIE_ASSIGN_OR_RETURN(const auto store, OpenRocksDb(store_options));
  DUIJIE_ASSIGN_OR_RETURN(const auto log, RecordLog::Open(store.get()));
  rocksdb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = store_options.write_buffer_bytes;
  rocksdb::DB* opened = nullptr;
  const bool ok = rocksdb::DB::Open(options, folder + "/plain", &opened).ok();
  const std::unique_ptr<rocksdb::DB> plain(opened);
  if (!ok) return Error(StatusCode::kInternal, "BENCH_FAILED", "cannot open RocksDB");
  Report report("storage");
  std::atomic<uint64_t> next = 0;
  for (const Shape& shape : kShapes) {
    std::vector<double> ours;
    std::vector<double> theirs;
    const Commit to_log = [&](uint64_t first, size_t n) { return CommitRecords(*log, first, n); };
    const Commit to_plain = [&](uint64_t first, size_t n) { return CommitPlain(*plain, first, n); };
    for (int slice = 0; slice < kSlices; ++slice) {
      for (const bool log_now : {slice % 2 == 0, slice % 2 != 0}) {
        DUIJIE_ASSIGN_OR_RETURN(const double rate, Measure(shape, &next, log_now ? to_log : to_plain));
        (log_now ? ours : theirs).push_back(rate);
      }
    }
    const double mine = *std::max_element(ours.begin(), ours.end());
    const double peer = *std::max_element(theirs.begin(), theirs.end());
    report.Add(std::string("record log: ") + shape.name, mine, "records/s");
    report.Add(std::string("plain RocksDB, synced: ") + shape.name, peer, "records/s");
    report.Add(std::string("record log / plain RocksDB: ") + shape.name, mine / peer, "x");
  }
  return report.Publish(out);
}

}  // namespace
}  // namespace duijie::bench

int main(int argc, char** argv) {
  const auto flags = duijie::bench::ParseFlags(argc, argv, {{"work", "."}, {"out", "."}});
  duijie::Status status = flags.ok() ? duijie::bench::Run((*flags)[0], (*flags)[1]) : flags.status();
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
