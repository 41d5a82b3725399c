// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/quality/training.h"

#include <algorithm>
#include <random>
#include <stdexcept>

#include "duijie/v1/judgement_service.grpc.pb.h"
#include "duijie/v1/model_service.grpc.pb.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {
namespace {

constexpr size_t kNeeds = 150;
constexpr int kPairsPerNeed = 50;
constexpr auto kTrainingDeadline = std::chrono::minutes(10);

void Check(const grpc::Status& status, const char* what) {
  if (!status.ok()) throw std::runtime_error(std::string(what) + ": " + status.error_message());
}

// 4 is likely at the head of a list and rare at its end, 1 the other way round.
v1::MatchLevel MadeUpLevel(int rank, std::mt19937_64* random) {
  const double noise = static_cast<double>((*random)() >> 11U) * 0x1p-53;
  const double place = static_cast<double>(rank) / kPairsPerNeed;
  const double level = 4.5 - 3.0 * place - 2.5 * (noise - 0.5);
  return static_cast<v1::MatchLevel>(std::clamp(static_cast<int>(level), 1, 4));
}

v1::BatchCreateJudgementsRequest JudgeNeed(const testing::Client& client, const std::string& need,
                                           std::mt19937_64* random) {
  v1::MatchNeedRequest request;
  request.set_name(need);
  request.mutable_parameters()->set_top_k(kPairsPerNeed);
  v1::MatchNeedResponse response;
  Check(client.Call(client.match.get(), &v1::MatchService::Stub::MatchNeed, request, &response), "MatchNeed");
  v1::BatchCreateJudgementsRequest judgements;
  for (const v1::MatchResult& result : response.results()) {
    v1::Judgement* const judgement = judgements.add_judgements();
    judgement->set_need(need);
    judgement->set_achievement(result.achievement());
    judgement->set_level(MadeUpLevel(result.rank(), random));
  }
  return judgements;
}

}  // namespace

Training Train(const Daemon& daemon, const std::vector<v1::Need>& needs) {
  const testing::Client& client = daemon.client();
  const auto judge = v1::JudgementService::NewStub(daemon.channel());
  const auto models = v1::ModelService::NewStub(daemon.channel());
  Training training;
  std::mt19937_64 random(1);
  for (size_t i = 0; i < std::min(kNeeds, needs.size()); ++i) {
    const v1::BatchCreateJudgementsRequest request = JudgeNeed(client, needs[i].name(), &random);
    if (request.judgements().empty()) continue;
    v1::BatchCreateJudgementsResponse response;
    Check(judge->BatchCreateJudgements(client.Context().get(), request, &response), "BatchCreateJudgements");
    training.judgements += static_cast<size_t>(response.judgements_size());
  }
  const auto context = client.Context();
  context->set_deadline(std::chrono::system_clock::now() + kTrainingDeadline);
  v1::TrainModelResponse response;
  const double cpu_before = daemon.CpuSeconds();
  const Stopwatch watch;
  Check(models->TrainModel(context.get(), {}, &response), "TrainModel");
  training.seconds = watch.Seconds();
  training.cpu_seconds = daemon.CpuSeconds() - cpu_before;
  training.kib = static_cast<double>(response.model().size_bytes()) / kBytesPerKiB;
  return training;
}

}  // namespace duijie::bench
