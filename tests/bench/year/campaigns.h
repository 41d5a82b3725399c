// SPDX-License-Identifier: GPL-3.0-or-later
// The year's campaigns: on the 5th of a month somebody on the staff makes one, has its list worked out twice
// of the same snapshot, looks at it and takes some lines off; on the 8th somebody else approves it, every
// fourth time calls it off instead. In turn they are about the needs of one park by industry, the needs of
// three parks by field, and the enterprises of all parks by industry. Meanwhile standing push goes on.
//
// Of each the wrong things are tried too: approving what has no list, is not the list that was looked at, or
// was called off; changing what was approved; having a part in what is of other parks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/year/campaign_oracle.h"
#include "tests/bench/year/stage.h"

namespace duijie::bench {

struct CampaignCounts {
  using ByRule = std::map<v1::CampaignLineRule, uint64_t>;

  uint64_t made = 0;
  uint64_t approved = 0;
  uint64_t subjects = 0;  // needs and enterprises looked at
  uint64_t pairs = 0;
  uint64_t proposed = 0;
  uint64_t dropped = 0;
  uint64_t pushed = 0;
  uint64_t kept_back = 0;
  ByRule left_out_by;
  ByRule kept_back_by;
  std::vector<double> preview_ms;
};

class Campaigns {
 public:
  // `oracle` must outlive this.
  Campaigns(const Stage& stage, CampaignOracle& oracle) : stage_(stage), oracle_(oracle) {}

  // What there is to do on the day. `published`: achievements so far. Whether pushes may have been made.
  StatusOr<bool> Work(int day, uint64_t published);

  const CampaignCounts& counts() const { return counts_; }

 private:
  struct Running {
    int month = 0;
    const Party* maker = nullptr;
    const Party* other = nullptr;     // who decides
    const Party* stranger = nullptr;  // on the staff of another park
    v1::Campaign campaign;
    CampaignLines lines;
  };

  v1::CampaignRule RuleOf(int month, const std::vector<std::string>& parks) const;
  std::vector<uint64_t> SubjectsByTopic(bool enterprises, const std::vector<std::string>& parks) const;
  void NarrowTo(bool by_field, const std::vector<uint64_t>& by_topic, uint64_t wanted, Random* random,
                v1::RecordFilter* filter) const;
  Status Begin(int month);
  Status MakeList(Running* running);
  Status Drop(Running* running);
  Status Decide();
  Status Approve(Running* running);
  Status CallOff(const Running& running);
  StatusOr<v1::Campaign> Preview(const Running& running, int64_t snapshot);
  StatusOr<v1::Campaign> Watch(const Party& party, const std::string& name) const;
  StatusOr<CampaignLines> LinesOf(const Running& running) const;
  void TryAtBegin(const Running& running) const;
  void TryWithList(const Running& running) const;
  void TryAtEnd(const Running& running) const;
  // `reasons`: those it may be refused for.
  void Attempt(const std::string& what, const Status& answer, const std::vector<std::string>& reasons) const;

  const Stage stage_;
  CampaignOracle& oracle_;
  std::optional<Running> running_;
  CampaignCounts counts_;
};

}  // namespace duijie::bench
