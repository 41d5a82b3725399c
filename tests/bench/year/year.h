// SPDX-License-Identifier: GPL-3.0-or-later
// Plays a year: what enterprises, needs and achievements there are, what is published when, who answers what.
// The system is real, its clock is not; see docs/simulation.md.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/report/report.h"
#include "tests/bench/year/campaigns.h"
#include "tests/bench/year/enterprises.h"
#include "tests/bench/year/latent_guesses.h"
#include "tests/bench/year/process_figures.h"
#include "tests/bench/year/provocations.h"
#include "tests/bench/year/publications.h"
#include "tests/bench/year/visits.h"
#include "tests/bench/year/witness.h"

namespace duijie::bench {

struct YearOptions {
  YearScale scale;
  std::string share;
  std::string folder;  // for data and log
  v1::PushRules rules;
};

// Rules of pushing that the simulation sets: at most `cap` pushes in `days`.
v1::PushRules YearRules(int cap, int days);

struct YearResult {
  std::vector<SentPush> pushes;
  std::vector<uint32_t> per_enterprise;  // pushes, by enterprise
  AnswerCounts answers;
  CampaignCounts campaigns;
  GuessFigures guesses;
  std::vector<RuleFinding> rules;
  StandingTimes standing;
  std::vector<CallFigure> calls;
  double load_seconds = 0;  // until enterprises and needs are indexed
  double year_seconds = 0;
  double publish_cpu_seconds = 0;  // of all threads, from the import of achievements until all are pushed
  double peak_mib = 0;             // of this process: the system and the simulation
  uint64_t withheld = 0;
  uint64_t changed = 0;  // achievements changed in the course of the year
  uint64_t chosen = 0;
  uint64_t opted_out = 0;
  uint64_t keys = 0;
  uint64_t publications = 0;
  int published = 0;  // achievements counted for the year
  uint64_t visits_signed = 0;
  uint64_t visits_not_signed = 0;
  uint64_t visits_cancelled = 0;
  uint64_t visit_needs = 0;
  int visited = 0;  // enterprises counted for the year
};

class Year {
 public:
  // `world` must be of the options' scale.
  static StatusOr<YearResult> Play(const YearOptions& options, const World& world);

 private:
  Year(const YearOptions& options, const World& world, System& system);
  Status Load();
  Status Day(int day);
  Status Publish(int day, int64_t* revision);
  Status ChangeSome(int day, int64_t* revision);
  Status Settle(int64_t revision) const;
  Status TakeNewPushes();
  Status ReadNames(v1::Collection collection, const char* format, uint64_t begin, uint64_t end, Names* names);
  Status Close(YearResult* result);
  StatusOr<std::vector<v1::Push>> AllPushes() const;
  Status JudgeAll(YearResult* result);

  const YearOptions& options_;
  const World& world_;
  System& system_;
  KnownTexts texts_;
  Oracle oracle_;
  CampaignOracle campaign_oracle_;
  Parties parties_;
  const Stage stage_;
  Enterprises enterprises_;
  Campaigns campaigns_;
  Visits visits_;
  Publications publications_;
  Provocations provocations_;
  std::unique_ptr<Witness> witness_;
  std::vector<SentPush> sent_;
  UnixMicros seen_until_ = 0;  // pushes made before were taken
  uint64_t published_ = 0;
  uint64_t changed_ = 0;
  double publish_cpu_seconds_ = 0;
};

// For a person: the rules, how often each was looked at, what broke it.
std::string RulesTable(const std::vector<RuleFinding>& rules);
// Calls by method, those that took most time together first.
std::string CallsTable(std::vector<CallFigure> calls);
bool AllHeld(const std::vector<RuleFinding>& rules);

// The figures of the year.
Report YearReport(const YearOptions& options, const World& world, const YearResult& result);

}  // namespace duijie::bench
