// SPDX-License-Identifier: GPL-3.0-or-later
// quality_bench: what ranking costs where it happens, without the peers and the wire: the time that matching
// spends on 200 candidates, that of levels, start-up, training, and the size of what is learned.
//   quality_bench --data FOLDER --out FOLDER [--needs 200] [--rounds 3]
// Of the rounds the fastest counts, need by need: more of them where a machine has neighbours.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "common/text/default_paths.h"
#include "services/matching/matcher.h"
#include "services/matching/parameters.h"
#include "tests/bench/quality/canned_peers.h"
#include "tests/bench/quality/training.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {
namespace {

constexpr int kCandidates = 200;
constexpr double kMaxRanking = 3;  // ms for kCandidates
constexpr double kMaxStart = 3;    // s
constexpr int kStarts = 3;
constexpr int kLevelRounds = 200;

struct Options {
  std::string data;
  std::string out;
  size_t needs;
  size_t rounds;
};

[[noreturn]] void Fail(const Status& status) { throw std::runtime_error(status.ToString()); }

template <typename Value>
Value OrFail(StatusOr<Value> value) {
  if (!value.ok()) Fail(value.status());
  return *std::move(value);
}

std::string ShareFolder() {
  const std::filesystem::path exe = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return (exe / ".." / "share" / "duijie").lexically_normal();
}

double KiBOf(const std::string& path) {
  double bytes = 0;
  if (std::filesystem::is_regular_file(path))
    return static_cast<double>(std::filesystem::file_size(path)) / kBytesPerKiB;
  if (!std::filesystem::exists(path)) return 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes / kBytesPerKiB;
}

void ReportSizes(const std::string& share, const matching::ModelSet& models, Report* report) {
  report->Add("model in service, file", KiBOf(share + "/models/" + models.Find("")->version() + ".json"),
              "KiB");
  report->Add("semantic data, files", KiBOf(share + "/semantics"), "KiB");
  report->Add("thesaurus, files", KiBOf(share + "/text/thesaurus"), "KiB");
}

// The daemon on an empty folder: from exec to serving.
void ReportStart(Report* report) {
  std::vector<double> seconds;
  double memory = 0;
  for (int i = 0; i < kStarts; ++i) {
    Daemon daemon;
    seconds.push_back(daemon.Start());
    memory = daemon.MemoryMiB("VmRSS");
    daemon.Stop();
  }
  report->AddTarget("daemon: start to serving, median of 3", Latency::Of(seconds).p50, "s", Bound::kAtMost,
                    kMaxStart);
  report->Add("daemon: memory after start, resident", memory, "MiB");
}

// Levels of a list of made-up pairs: what they cost does not depend on what they say.
void ReportLevels(const matching::RankingModel& model, Report* report) {
  if (model.levels() == nullptr) return;
  std::mt19937_64 random(1);
  std::vector<matching::LevelEvidence> list(kCandidates);
  for (matching::LevelEvidence& pair : list) {
    for (double& value : pair.raw) value = static_cast<double>(random() >> 11U) * 0x1p-53;
    pair.score = static_cast<double>(random() >> 11U) * 0x1p-53;
  }
  std::vector<double> milliseconds;
  for (int i = 0; i < kLevelRounds; ++i) {
    const Stopwatch watch;
    const auto odds = OrFail(model.levels()->Predict(list));
    if (matching::BestLevels(odds).size() != list.size()) throw std::runtime_error("levels are missing");
    milliseconds.push_back(watch.Milliseconds());
  }
  report->Add("levels and probabilities of 200 pairs, p50", Latency::Of(milliseconds).p50, "ms");
}

matching::Matcher::Knowledge LoadKnowledge(const std::string& share) {
  matching::Matcher::Knowledge knowledge;
  knowledge.analyzer = OrFail(Analyzer::Create(TextOptionsIn(share + "/text")));
  knowledge.taxonomies = OrFail(TaxonomySet::Load(share + "/taxonomies"));
  knowledge.boilerplate = OrFail(NeedBoilerplate::Load(share + "/semantics/need_boilerplate.tsv"));
  knowledge.vectors = OrFail(WordVectors::Shared(share + "/semantics/words.vec"));
  knowledge.thesaurus = OrFail(Thesaurus::Load(share + "/text/thesaurus"));
  knowledge.names = OrFail(indicator::NameTable::Load(share + "/indicators/names.tsv"));
  return knowledge;
}

// One need's match, again and again, with the peers' answers at hand.
class RankingTimer {
 public:
  RankingTimer(const Daemon& daemon, const std::string& share,
               std::shared_ptr<const matching::ModelSet> models, size_t rounds)
      : canned_(daemon),
        rounds_(rounds),
        models_(models),
        matcher_(LoadKnowledge(share), std::move(models), canned_.peers()) {}

  // CPU milliseconds of the fastest round; `explained` results are returned with their explanations.
  double Milliseconds(const v1::Need& need, int explained) {
    canned_.Forget();
    first_ = Match(need, explained);  // what is read once is read now
    Match(need, explained);
    double best = 0;
    for (size_t round = 0; round < rounds_; ++round) {
      canned_.Prepare();
      const size_t asked = canned_.asked();
      const double milliseconds = Match(need, explained);
      if (canned_.asked() != asked) throw std::runtime_error("a repeated match asked something new");
      best = round == 0 ? milliseconds : std::min(best, milliseconds);
    }
    return best;
  }

  int candidates() const { return candidates_; }  // of the last match
  double first() const { return first_; }         // ms of the first match of the last need

 private:
  double Match(const v1::Need& need, int explained) {
    v1::MatchParameters parameters;
    parameters.set_top_k(explained);
    parameters.set_candidate_limit(kCandidates);
    parameters.set_as_of("2026-01-18");
    const v1::MatchParameters complete = OrFail(matching::CompleteParameters(parameters, *models_, 0));
    const auto call = rpc::CallContext::ForSystem(std::chrono::minutes(1));
    const double answered = canned_.milliseconds();
    const double began = ThreadMilliseconds();
    const matching::SourceRecord source = matching::SourceOf(need);
    const auto outcome = OrFail(matcher_.Match(call, {source, complete, SystemPrincipal(), {}, 0, ""}));
    const double milliseconds = ThreadMilliseconds() - began - (canned_.milliseconds() - answered);
    candidates_ = outcome.candidates;
    return milliseconds;
  }

  CannedPeers canned_;
  const size_t rounds_;
  const std::shared_ptr<const matching::ModelSet> models_;
  const matching::Matcher matcher_;
  int candidates_ = 0;
  double first_ = 0;
};

void ReportRanking(RankingTimer* timer, const std::vector<v1::Need>& needs, Report* report) {
  std::vector<double> usual;
  std::vector<double> all;
  std::vector<double> first;
  for (const v1::Need& need : needs) {
    const double milliseconds = timer->Milliseconds(need, matching::kDefaultTopK);
    if (timer->candidates() < kCandidates) continue;  // a cheaper match than the one the target is about
    usual.push_back(milliseconds);
    first.push_back(timer->first());
    all.push_back(timer->Milliseconds(need, kCandidates));
  }
  const Latency few = Latency::Of(usual);
  report->Add("needs with 200 candidates", static_cast<double>(usual.size()), "needs");
  report->AddTarget("rank 200 candidates, best 20 explained, p50", few.p50, "ms", Bound::kAtMost,
                    kMaxRanking);
  report->Add("rank 200 candidates, best 20 explained, p99", few.p99, "ms");
  report->Add("the same per candidate", 1e3 * few.p50 / kCandidates, "us");
  report->Add("the first time that a need is matched, p50", Latency::Of(first).p50, "ms");
  report->Add("rank 200 candidates, all explained, p50", Latency::Of(all).p50, "ms");
}

void Run(const Options& options) {
  const std::string share = ShareFolder();
  const std::shared_ptr<const matching::ModelSet> models =
      OrFail(matching::ModelSet::Load(share + "/models"));
  Report report("quality");
  ReportStart(&report);
  ReportSizes(share, *models, &report);
  ReportLevels(*models->Find(""), &report);
  Daemon daemon;
  daemon.Start();
  ImportGenerated(daemon.client(), v1::COLLECTION_ENTERPRISES, options.data + "/enterprises-01.csv");
  ImportGenerated(daemon.client(), v1::COLLECTION_NEEDS, options.data + "/needs-01.csv");
  ImportGenerated(daemon.client(), v1::COLLECTION_ACHIEVEMENTS, options.data + "/achievements-01.csv");
  WaitUntilIndexed(daemon.client());
  const std::vector<v1::Need> needs = ListNeeds(daemon.client(), options.needs);
  RankingTimer timer(daemon, share, models, options.rounds);
  ReportRanking(&timer, needs, &report);
  const Training training = Train(daemon, needs);
  report.Add("train: judgements", static_cast<double>(training.judgements), "pairs");
  report.Add("train: rows, ten folds by need, whole model", training.seconds, "s");
  report.Add("train: daemon CPU", training.cpu_seconds, "s");
  report.Add("train: the model learned", training.kib, "KiB");
  daemon.Stop();
  if (const Status status = report.Publish(options.out); !status.ok()) Fail(status);
}

}  // namespace
}  // namespace duijie::bench

int main(int argc, char** argv) {
  const auto flags =
      duijie::bench::ParseFlags(argc, argv, {{"data", ""}, {"out", "."}, {"needs", "200"}, {"rounds", "3"}});
  if (!flags.ok()) {
    std::fprintf(stderr, "%s\n", flags.status().ToString().c_str());
    return 2;
  }
  try {
    duijie::bench::Run({(*flags)[0], (*flags)[1], std::stoul((*flags)[2]), std::stoul((*flags)[3])});
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
