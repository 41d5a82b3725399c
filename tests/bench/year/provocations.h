// SPDX-License-Identifier: GPL-3.0-or-later
// Attempts of staff and clients against the rules, some whenever achievements are published; each
// must be refused. And strangers who
// look for what is confidential, at the beginning of every month.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "tests/bench/year/stage.h"

namespace duijie::bench {

class Provocations {
 public:
  Provocations(const Stage& stage, v1::PushRules rules) : stage_(stage), rules_(std::move(rules)) {}

  void Sent(const SentPush& push);
  // `refusing`: enterprises that opted out. `published`: achievements so far.
  Status Provoke(int day, const std::set<uint64_t>& refusing, uint64_t published);
  Status Probe(int month, uint64_t published);

 private:
  v1::CreatePushRequest PushOf(const Taker& taker, uint64_t achievement) const;
  // Tries it as an administrator; `reasons` are those it may be refused for.
  void Attempt(const std::string& what, const v1::CreatePushRequest& request,
               const std::set<std::string>& reasons) const;
  void Step(const SentPush& push, v1::PushState to, const std::string& what) const;

  const Stage stage_;
  const v1::PushRules rules_;
  std::vector<SentPush> sent_;                    // for needs
  std::map<uint64_t, std::vector<int>> days_of_;  // of the pushes of an enterprise
  std::map<uint64_t, SentPush> latest_of_;        // the same, by enterprise
};

}  // namespace duijie::bench
