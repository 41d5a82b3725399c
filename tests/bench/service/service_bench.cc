// SPDX-License-Identifier: GPL-3.0-or-later
// service_bench: the whole daemon over gRPC on generated records, and Lucene on the same tokens and queries.
//   service_bench --data FOLDER --out FOLDER [--stages load,match,lucene] [--needs 500] [--class-path PATHS]
// `load` is always done, because the others need it; it is reported each time.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stdexcept>

#include "common/text/default_paths.h"
#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "tests/bench/report/report.h"
#include "tests/bench/service/call_load.h"
#include "tests/bench/service/daemon.h"
#include "tests/bench/service/lucene.h"
#include "tests/bench/service/peer_queries.h"

namespace duijie::bench {
namespace {

constexpr double kMinRecordsPerSecond = 1'200;
constexpr double kMaxMatchMedian = 20;  // ms
constexpr double kMaxMatchTail = 60;    // ms
constexpr double kMaxMemory = 700;      // MiB
constexpr double kMaxRestart = 3;       // s
constexpr size_t kWarmUpCalls = 50;
constexpr size_t kJudgedNeeds = 50;
constexpr int kPeerRounds = 2;

struct Options {
  std::string data;
  std::string out;
  std::string stages;
  size_t needs;
  std::string class_path;
  bool Has(const std::string& stage) const { return stages.find(stage) != std::string::npos; }
};

std::vector<std::string> FilesOf(const std::string& folder, const std::string& stem) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().rfind(stem, 0) == 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) throw std::runtime_error("no " + stem + " files in " + folder);
  return files;
}

void Import(const Daemon& daemon, v1::Collection collection, const std::string& data,
            const std::string& stem) {
  for (const std::string& file : FilesOf(data, stem)) ImportGenerated(daemon.client(), collection, file);
}

double IndexedAchievements(const Daemon& daemon) {
  v1::GetStatusResponse response;
  daemon.client().Call(daemon.client().admin.get(), &v1::AdminService::Stub::GetStatus, {}, &response);
  for (const auto& collection : response.collections()) {
    if (collection.collection() == "achievements") return static_cast<double>(collection.indexed());
  }
  return 0;
}

void Load(const Options& options, Daemon* daemon) {
  Report report("load");
  report.Add("first start to serving", daemon->Start(), "s");
  Import(*daemon, v1::COLLECTION_ENTERPRISES, options.data, "enterprises-");
  Import(*daemon, v1::COLLECTION_NEEDS, options.data, "needs-");
  WaitUntilIndexed(daemon->client());
  const double cpu_before = daemon->CpuSeconds();
  const Stopwatch watch;
  Import(*daemon, v1::COLLECTION_ACHIEVEMENTS, options.data, "achievements-");
  const double imported = watch.Seconds();
  WaitUntilIndexed(daemon->client());
  const double indexed = watch.Seconds();
  const double records = IndexedAchievements(*daemon);
  report.Add("achievements", records, "records");
  report.AddTarget("import and index, end to end", records / indexed, "records/s", Bound::kAtLeast,
                   kMinRecordsPerSecond);
  report.Add("import alone", records / imported, "records/s");
  report.Add("index behind the end of the import", indexed - imported, "s");
  report.Add("daemon CPU per achievement, all threads", 1e3 * (daemon->CpuSeconds() - cpu_before) / records,
             "ms");
  report.Add("memory after load, resident", daemon->MemoryMiB("VmRSS"), "MiB");
  report.AddTarget("memory during load, peak resident", daemon->MemoryMiB("VmHWM"), "MiB", Bound::kAtMost,
                   kMaxMemory);
  report.Add("data folder", daemon->DiskMiB(), "MiB");
  daemon->Stop();
  report.AddTarget("restart to serving", daemon->Start(), "s", Bound::kAtMost, kMaxRestart);
  const Stopwatch first;
  MatchNeeds(daemon->client(), ListNeeds(daemon->client(), 1), 1);
  report.Add("first match after restart", first.Milliseconds(), "ms");
  daemon->Kill();
  report.AddTarget("restart to serving after SIGKILL", daemon->Start(), "s", Bound::kAtMost, kMaxRestart);
  const Status status = report.Publish(options.out);
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

void MeasureMatches(const Options& options, const Daemon& daemon, const std::vector<v1::Need>& needs) {
  Report report("match");
  const testing::Client& client = daemon.client();
  const std::vector<v1::Need> warm_up(needs.begin(), needs.begin() + std::min(needs.size(), kWarmUpCalls));
  MatchNeeds(client, warm_up, 1);
  const double cpu_before = daemon.CpuSeconds();
  const Latency one = Latency::Of(MatchNeeds(client, needs, 1).milliseconds);
  const double cpu = daemon.CpuSeconds() - cpu_before;
  report.AddTarget("match one need, 1 caller, p50", one.p50, "ms", Bound::kAtMost, kMaxMatchMedian);
  report.Add("match one need, 1 caller, p90", one.p90, "ms");
  report.AddTarget("match one need, 1 caller, p99", one.p99, "ms", Bound::kAtMost, kMaxMatchTail);
  report.Add("match one need, 1 caller, max", one.max, "ms");
  report.Add("daemon CPU per match", 1e3 * cpu / static_cast<double>(needs.size()), "ms");
  const LoadResult two = MatchNeeds(client, needs, 2);
  AddLatency("match one need, 2 callers,", Latency::Of(two.milliseconds), &report);
  report.Add("matches, 2 callers", two.calls_per_second, "calls/s");
  const std::vector<std::string> queries = ShortQueries(needs);
  AddLatency("search by 2 or 3 words, 1 caller,", Latency::Of(SearchAll(client, queries, 1).milliseconds),
             &report);
  report.Add("searches, 2 callers", SearchAll(client, queries, 2).calls_per_second, "calls/s");
  report.Add("best ten that share the need's hidden topic",
             100 * TopicPrecision(client, needs, kJudgedNeeds, options.data + "/topics.tsv"), "%");
  report.Add("memory after queries, resident", daemon.MemoryMiB("VmRSS"), "MiB");
  report.AddTarget("memory since restart, peak resident", daemon.MemoryMiB("VmHWM"), "MiB", Bound::kAtMost,
                   kMaxMemory);
  const Status status = report.Publish(options.out);
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// One pass over all queries: latencies, and CPU time of one query in ms.
struct Pass {
  Latency latency;
  double cpu = 0;
};

Pass TimedPass(const Daemon& daemon, size_t calls, const std::function<LoadResult()>& run) {
  const double before = daemon.CpuSeconds();
  const LoadResult result = run();
  return {Latency::Of(result.milliseconds),
          1e3 * (daemon.CpuSeconds() - before) / static_cast<double>(calls)};
}

LoadResult FindAll(const Daemon& daemon, const std::vector<PeerQuery>& queries) {
  const auto stub = internal::v1::CandidateService::NewStub(daemon.channel());
  return RunLoad(queries.size(), 1, [&](size_t i) {
    internal::v1::FindCandidatesResponse response;
    const grpc::Status status =
        stub->FindCandidates(daemon.PeerContext().get(), CandidatesRequest(queries[i]), &response);
    if (!status.ok()) throw std::runtime_error("FindCandidates: " + status.error_message());
  });
}

Pass Best(const std::vector<Pass>& passes) {
  return *std::min_element(passes.begin(), passes.end(),
                           [](const Pass& a, const Pass& b) { return a.latency.p50 < b.latency.p50; });
}

void ReportPeer(const Pass& peer, const Pass& candidates, const Pass& matches, Report* report) {
  AddLatency("Lucene 8: search only, in its process,", peer.latency, report);
  AddLatency("candidates: search, filter, term counts, over gRPC,", candidates.latency, report);
  AddLatency("match: all of it, explained, over gRPC,", matches.latency, report);
  report->Add("candidates / Lucene 8, p50", candidates.latency.p50 / peer.latency.p50, "x");
  report->Add("candidates / Lucene 8, p99", candidates.latency.p99 / peer.latency.p99, "x");
  report->Add("match / Lucene 8, p50", matches.latency.p50 / peer.latency.p50, "x");
  report->Add("match / Lucene 8, p99", matches.latency.p99 / peer.latency.p99, "x");
  report->Add("Lucene 8: CPU per query", peer.cpu, "ms");
  report->Add("candidates: daemon CPU per query", candidates.cpu, "ms");
  report->Add("match: daemon CPU per query", matches.cpu, "ms");
  report->Add("candidates / Lucene 8, CPU", candidates.cpu / peer.cpu, "x");
  report->Add("match / Lucene 8, CPU", matches.cpu / peer.cpu, "x");
}

// Ours and the peer's in turns, a different one first each round; the best round of each counts.
Status ComparePeer(const Options& options, const Daemon& daemon, const std::vector<v1::Need>& needs) {
  Report report("lucene");
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const std::string share = (exe / ".." / "share" / "duijie").lexically_normal();
  DUIJIE_ASSIGN_OR_RETURN(const auto analyzer, Analyzer::Create(TextOptionsIn(share + "/text")));
  const testing::TempDir folder;
  DUIJIE_ASSIGN_OR_RETURN(const auto queries, MakePeerQueries(daemon, needs, *analyzer, share));
  DUIJIE_RETURN_IF_ERROR(WritePeerQueries(queries, folder.File("queries")));
  const Stopwatch export_watch;
  DUIJIE_ASSIGN_OR_RETURN(
      const size_t documents,
      WritePeerTokens(*analyzer, FilesOf(options.data, "achievements-"), folder.File("tokens")));
  report.Add("our analysis of the documents, one thread", export_watch.Seconds(), "s");
  const Lucene lucene(options.class_path, folder.File("index"));
  const LuceneIndexed indexed = lucene.Index(folder.File("tokens"), documents);
  report.Add("Lucene 8: index of ready-made tokens, one thread", indexed.seconds, "s");
  report.Add("Lucene 8: index", indexed.mib, "MiB");
  std::vector<Pass> ours;
  std::vector<Pass> matches;
  std::vector<Pass> theirs;
  for (int round = 0; round < kPeerRounds; ++round) {
    for (const bool ours_now : {round % 2 == 0, round % 2 != 0}) {
      if (ours_now) {
        ours.push_back(TimedPass(daemon, queries.size(), [&] { return FindAll(daemon, queries); }));
        matches.push_back(
            TimedPass(daemon, needs.size(), [&] { return MatchNeeds(daemon.client(), needs, 1); }));
      } else {
        const LuceneSearched searched = lucene.Search(folder.File("queries"), kPeerLimit);
        theirs.push_back({Latency::Of(searched.milliseconds), searched.cpu_milliseconds});
      }
    }
  }
  ReportPeer(Best(theirs), Best(ours), Best(matches), &report);
  return report.Publish(options.out);
}

int Run(const Options& options) {
  Daemon daemon;
  Load(options, &daemon);
  const std::vector<v1::Need> needs = ListNeeds(daemon.client(), options.needs);
  if (options.Has("match")) MeasureMatches(options, daemon, needs);
  if (options.Has("lucene")) {
    const Status status = ComparePeer(options, daemon, needs);
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }
  daemon.Stop();
  return 0;
}

}  // namespace
}  // namespace duijie::bench

int main(int argc, char** argv) {
  const auto flags = duijie::bench::ParseFlags(
      argc, argv,
      {{"data", ""}, {"out", "."}, {"stages", "load,match,lucene"}, {"needs", "500"}, {"class-path", ""}});
  if (!flags.ok()) {
    std::fprintf(stderr, "%s\n", flags.status().ToString().c_str());
    return 2;
  }
  try {
    return duijie::bench::Run({(*flags)[0], (*flags)[1], (*flags)[2], std::stoul((*flags)[3]), (*flags)[4]});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
