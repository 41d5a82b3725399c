// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the rules of directed push and of the year's counts held, worked out from what the simulation did
// and what clients were answered, without the code of the services. Look and Attempt are thread-safe, the
// rest is not.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/base/clock.h"
#include "duijie/v1/push_service.pb.h"
#include "tests/bench/year/findings.h"

namespace duijie::bench {

// What the records hold, by name and field (that of the API); several where a record was changed or the field
// holds several.
class RecordTexts {
 public:
  virtual ~RecordTexts() = default;
  virtual std::vector<std::string> Of(const std::string& record, const std::string& field) const = 0;
  // Whether the need's enterprise agreed to pushes.
  virtual bool HasConsent(const std::string& need) const = 0;
};

class Oracle {
 public:
  // `texts` must outlive this; `rules` are those of all pushes.
  Oracle(const RecordTexts& texts, v1::PushRules rules) : texts_(texts), rules_(std::move(rules)) {}

  const RecordTexts& texts() const { return texts_; }
  const v1::PushRules& rules() const { return rules_; }
  Findings& book() { return findings_; }

  // From `at` on the enterprise refuses pushes, or takes them again.
  void OptOut(const std::string& enterprise, UnixMicros at) { refusals_[enterprise].push_back({at, 0}); }
  void OptIn(const std::string& enterprise, UnixMicros at) { refusals_[enterprise].back().end = at; }
  // What a client heard, in order; repeated events are dropped.
  void Hear(const v1::PushEvent& event);
  size_t heard() const { return heard_.size(); }
  // An attempt that the rules forbid: whether it was refused, and for this reason.
  void Attempt(const std::string& what, bool refused);
  // A party was answered something; `leak` says what it must not have seen, "" if there was nothing.
  void Look(const std::string& leak);
  // A visit that both sides signed, with its credit code and day; a publication of an achievement.
  void SignVisit(const std::string& day, const std::string& credit_code);
  void Publish(const std::string& day, const std::string& achievement);
  // What the system counts for a year.
  void CompareVisits(int year, int counted);
  void ComparePublications(int year, int counted);

  // A push as it stands at the end; every one once. Then Close, after which findings() is complete.
  void Judge(const v1::Push& push);
  void Close();

  std::vector<RuleFinding> findings() const { return findings_.all(); }
  bool Refuses(const std::string& enterprise, UnixMicros at) const;

 private:
  struct Refusal {
    UnixMicros begin = 0;
    UnixMicros end = 0;  // 0: it lasts
  };
  // A push in brief.
  struct Sent {
    UnixMicros time = 0;
    std::string name;
  };
  using SentBy = std::map<std::string, std::vector<Sent>>;
  void JudgeCitations(const v1::Push& push);
  void JudgeSteps(const v1::Push& push);
  void JudgePair(const std::vector<Sent>& pushes);
  void JudgeCap(const std::vector<Sent>& pushes);
  bool IsIn(const std::string& record, const v1::PushCitation& citation) const;
  static int DistinctOf(const std::map<std::string, std::set<std::string>>& by_year, int year);

  const RecordTexts& texts_;
  const v1::PushRules rules_;
  std::map<std::string, std::vector<Refusal>> refusals_;
  std::set<std::string> event_ids_;
  std::unordered_map<std::string, std::vector<v1::PushState>> heard_;  // by push
  std::map<std::string, std::set<std::string>> visited_;               // year → credit codes
  std::map<std::string, std::set<std::string>> published_;             // year → achievements

  SentBy of_pair_;
  SentBy of_enterprise_;
  size_t judged_ = 0;
  Findings findings_;
};

}  // namespace duijie::bench
