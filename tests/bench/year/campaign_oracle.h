// SPDX-License-Identifier: GPL-3.0-or-later
// Whether campaigns kept their own rules and those of all pushes, worked out from what clients were shown and
// from what the records hold, without the code of the services. Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "duijie/v1/campaign.pb.h"
#include "tests/bench/year/oracle.h"

namespace duijie::bench {

using CampaignLines = std::vector<v1::CampaignLine>;

class CampaignOracle {
 public:
  // Writes into the book of `oracle`, which must outlive this and knows who refuses pushes.
  explicit CampaignOracle(Oracle& oracle) : oracle_(oracle), texts_(oracle.texts()) {}

  // A list as it was made, with the lines left out of it; and as it was made again of the same snapshot.
  void See(const v1::Campaign& campaign, const CampaignLines& lines);
  void SeeAgain(const v1::Campaign& before, const CampaignLines& lines_before, const v1::Campaign& campaign,
                const CampaignLines& lines);
  // Approved at `at`, when these were its lines.
  void Approve(const v1::Campaign& campaign, const CampaignLines& lines, UnixMicros at);
  // As it stood when all was pushed.
  void Finish(const v1::Campaign& campaign, const CampaignLines& lines);

  // Every push of the year once, also those of no campaign; then Close.
  void Judge(const v1::Push& push);
  void Close();

 private:
  struct Approved {
    v1::CampaignRule rule;
    UnixMicros at = 0;
    std::map<std::string, v1::CampaignLine> lines;  // by whom and what
    std::map<std::string, std::string> pushed;      // the same → enterprise
  };
  // How much of each bound a set of pairs takes.
  struct Taken {
    std::map<std::string, int> of_enterprise;
    std::map<std::string, int> of_park;
    int all = 0;
  };
  // A push in brief.
  struct Sent {
    UnixMicros time = 0;
    std::string pair;
  };

  void Check(const char* rule, bool held, const std::string& example);
  std::string TextOf(const std::string& record, const std::string& field) const;
  std::vector<std::string> SupportOf(const std::string& achievement) const;
  void Take(const std::string& enterprise, Taken* taken) const;
  static bool IsWithin(const v1::CampaignRule& rule, const Taken& taken);
  bool HasCode(const v1::CampaignLine& line, const std::string& field,
               const google::protobuf::RepeatedPtrField<std::string>& wanted) const;
  bool FitsRule(const v1::CampaignRule& rule, const v1::CampaignLine& line) const;
  bool HasItsBonus(const v1::CampaignRule& rule, const v1::CampaignLine& line) const;
  bool TellsItsBonus(const v1::CampaignRule& rule, const v1::CampaignLine& line) const;
  bool IsKeptBackRightly(const v1::CampaignLine& line) const;

  Oracle& oracle_;
  const RecordTexts& texts_;
  std::map<std::string, Approved> approved_;  // by campaign
  std::vector<v1::CampaignLine> kept_back_;
  std::map<std::string, std::string> told_;        // push → line that says that it became it
  std::map<std::string, std::vector<Sent>> sent_;  // by enterprise
};

}  // namespace duijie::bench
