// SPDX-License-Identifier: GPL-3.0-or-later
// How the enterprises behave: when they want their pushes, who refuses them, who reads and answers. What an
// enterprise answers depends on the hidden truth; everything is drawn from seeded streams, so it is the same
// in every run.
//
//   those without a key (see Parties) never open their mail
//   half choose a cadence on some day: at once, daily or weekly
//   4 % opt out on some day, a quarter of them opts in again 60 days later
//   mail is opened one to seven days after it was due; 85 % of the pushes are read, 75 % of those answered
//   interested: 60 % with the same main topic, 35 % with some topic in common, 5 % without
//   of the interested, staff lead half to talks after ten days (40 % of those to a contract) and end a fifth
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/bench/year/stage.h"

namespace duijie::bench {

struct AnswerCounts {
  uint64_t read = 0;
  uint64_t interested = 0;
  uint64_t declined = 0;
  uint64_t talks = 0;
  uint64_t contracts = 0;
  uint64_t ended = 0;
};

class Enterprises {
 public:
  explicit Enterprises(const Stage& stage);

  // Choices and refusals of the day. Nothing may be pushed meanwhile.
  Status Change(int day);
  // A push was made; its mail is opened on some day to come.
  void Expect(const v1::Push& push);
  Status OpenMail(int day);
  // What staff do about earlier interest.
  Status FollowUp(int day);

  const AnswerCounts& counts() const { return counts_; }
  const std::set<uint64_t>& refusing() const { return refusing_; }
  size_t chosen() const { return chosen_; }
  size_t opted_out() const { return opted_out_; }

 private:
  enum class Act { kChoose, kOptOut, kOptIn };
  struct Plan {
    uint64_t enterprise = 0;
    Act act = Act::kChoose;
  };
  struct Later {
    std::string push;
    v1::PushState to = v1::PUSH_STATE_UNSPECIFIED;
  };
  Status Choose(uint64_t enterprise);
  Status SetOptOut(uint64_t enterprise, bool out);
  Status Open(uint64_t enterprise, int day);
  Status Answer(const Party& party, const v1::Push& push, int day);
  void PlanTalks(const std::string& push, int day, Random random);

  const Stage stage_;
  std::map<int, std::vector<Plan>> plans_;       // by day
  std::map<int, std::set<uint64_t>> mail_days_;  // enterprises that open their mail
  std::set<uint64_t> refusing_;
  size_t chosen_ = 0;
  size_t opted_out_ = 0;

  std::mutex mutex_;  // protects what follows, which threads of one OpenMail share
  std::map<int, std::vector<Later>> later_;
  AnswerCounts counts_;
};

}  // namespace duijie::bench
