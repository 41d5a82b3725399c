// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_module.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "services/push/standing/standing_service.h"

namespace duijie::push {
namespace {

// From what matching alone takes to a catalog import that has to be worked off.
const prometheus::Histogram::BucketBoundaries kBuckets = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                                          2.5,  5,     10,   30,  60,   300};

// Of the work on one event, fine around what is promised (10 ms of matching).
const prometheus::Histogram::BucketBoundaries kFineBuckets = {
    0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01, 0.012, 0.014, 0.016, 0.018,
    0.02,  0.025,  0.03,  0.035, 0.04,  0.05,  0.06,  0.08,  0.1,   0.15,  0.2,  0.3,   0.5,   1,     2.5};

class StandingMetrics {
 public:
  explicit StandingMetrics(prometheus::Registry& registry)
      : seconds_(prometheus::BuildHistogram()
                     .Name("duijie_standing_push_seconds")
                     .Help("From a record's change to the commit of its pushes")
                     .Register(registry)),
        matching_(prometheus::BuildHistogram()
                      .Name("duijie_standing_matching_seconds")
                      .Help("Matching of one published or changed record, waiting for the index included")
                      .Register(registry)),
        handling_(prometheus::BuildHistogram()
                      .Name("duijie_standing_handling_seconds")
                      .Help("From taking a change up to the commit of its pushes")
                      .Register(registry)),
        pushes_(prometheus::BuildCounter()
                    .Name("duijie_standing_pushes_total")
                    .Help("Pushes that standing push made")
                    .Register(registry)),
        lag_(prometheus::BuildGauge()
                 .Name("duijie_standing_lag_revisions")
                 .Help("Catalog revisions found ahead of what standing push has dealt with")
                 .Register(registry)),
        achievements_{Of("achievements")},
        needs_{Of("needs")} {}

  void Observe(const StandingFollower::Observation& observation) {
    Series& series = SeriesOf(observation.collection);
    series.seconds.Observe(observation.seconds);
    series.matching.Observe(observation.matching);
    series.handling.Observe(observation.handling);
    series.pushes.Increment(observation.pushes);
  }
  void ObserveLag(v1::Collection collection, int64_t lag) {
    SeriesOf(collection).lag.Set(static_cast<double>(lag));
  }

 private:
  struct Series {
    prometheus::Histogram& seconds;
    prometheus::Histogram& matching;
    prometheus::Histogram& handling;
    prometheus::Counter& pushes;
    prometheus::Gauge& lag;
  };
  Series Of(const char* collection) {
    const prometheus::Labels labels = {{"collection", collection}};
    return {seconds_.Add(labels, kBuckets), matching_.Add(labels, kFineBuckets),
            handling_.Add(labels, kFineBuckets), pushes_.Add(labels), lag_.Add(labels)};
  }
  Series& SeriesOf(v1::Collection collection) {
    return collection == v1::COLLECTION_ACHIEVEMENTS ? achievements_ : needs_;
  }

  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Family<prometheus::Histogram>& matching_;
  prometheus::Family<prometheus::Histogram>& handling_;
  prometheus::Family<prometheus::Counter>& pushes_;
  prometheus::Family<prometheus::Gauge>& lag_;
  Series achievements_;
  Series needs_;
};

// Everything of standing push, in order of construction.
struct StandingParts {
  StandingParts(rpc::App& app, std::shared_ptr<PushRole> push_role)
      : role(std::move(push_role)),
        metrics(app.metrics()),
        settings(*role->store),
        follower({*role->store, role->peers, *role->pushes, settings,
                  [this](const StandingFollower::Observation& o) { metrics.Observe(o); },
                  [this](v1::Collection collection, int64_t lag) { metrics.ObserveLag(collection, lag); }}) {}

  const std::shared_ptr<PushRole> role;
  StandingMetrics metrics;
  StandingSettingsStore settings;
  StandingFollower follower;
};

}  // namespace

Status BindStanding(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  const auto parts = std::make_shared<StandingParts>(app, role);
  app.AddService(std::make_unique<StandingServiceImpl>(
      StandingServiceImpl::Dependencies{app.edge(), role->peers, parts->follower, parts->settings, parts}));
  app.AddStarter("standing push", [parts] {
    parts->follower.Start();
    return OkStatus();
  });
  app.AddDrainHook([parts] { parts->follower.AskToStop(); });
  app.AddCloser("standing push", [parts] { parts->follower.Stop(); });
  return OkStatus();
}

}  // namespace duijie::push
