// SPDX-License-Identifier: GPL-3.0-or-later
// What all parts of the simulation share: the system, the world, who is called what, and the oracle.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/proto_time.h"
#include "tests/bench/year/oracle.h"
#include "tests/bench/year/system.h"
#include "tests/bench/year/world.h"

namespace duijie::bench {

inline constexpr int kYear = 2026;
inline constexpr int kDaysOfYear = 365;
inline constexpr size_t kClientThreads = 4;
inline constexpr int kPageSize = 500;  // of lists that are read whole

// `hour` o'clock of the day (0 = 1 January of kYear) in China.
UnixMicros TimeOf(int day, double hour);
// "2026-01-01" for day 0.
std::string DateOf(int day);
// The day that the time lies in.
int DayOf(UnixMicros time);

// A push as the simulation keeps it.
struct SentPush {
  std::string name;
  Taker taker;
  uint64_t achievement = 0;
  double score = 0;
  int day = 0;
  bool of_campaign = false;
};

// What the records say, for the oracle: as generated, and as entered or changed in the course of the year.
class KnownTexts final : public RecordTexts {
 public:
  explicit KnownTexts(const World& world) : world_(world) {}

  Names enterprises;
  Names needs;  // rows from scale().needs on come from visits
  Names achievements;

  void Add(const std::string& record, const std::string& field, const std::string& text);
  std::vector<std::string> Of(const std::string& record, const std::string& field) const override;
  bool HasConsent(const std::string& need) const override;
  // INTERNAL if it is about records that are not known.
  StatusOr<SentPush> Read(const v1::Push& push) const;

 private:
  const World& world_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> added_;
};

// Keys are made on first use. Thread-safe.
class Parties {
 public:
  Parties(const System& system, const World& world, const KnownTexts& texts, Oracle& oracle)
      : system_(system), world_(world), texts_(texts), oracle_(oracle), admin_(system, system.admin_key()) {}

  // An administrator whose key outlives the year, which the first one's does not. Before all else.
  Status MakeAdmin();
  const Party& admin() const { return admin_; }
  // Not for enterprises without a key: FAILED_PRECONDITION.
  StatusOr<const Party*> Enterprise(uint64_t row);
  // The system keeps 10,000 keys at most, so the last enterprises of a large world never come to the portal.
  static bool HasKey(uint64_t enterprise) { return enterprise < kMostEnterpriseKeys; }
  // A person on the staff of these parks; of all, if there are none.
  StatusOr<const Party*> Staff(const std::string& person, const std::vector<std::string>& parks);
  StatusOr<const Party*> Staff(const std::string& park) { return Staff("somebody", {park}); }
  size_t keys() const;

 private:
  static constexpr uint64_t kMostEnterpriseKeys = 9'800;
  StatusOr<std::string> NewKey(const std::string& holder, v1::CreateApiKeyRequest request) const;
  StatusOr<const Party*> KeyOf(const std::string& holder, const v1::CreateApiKeyRequest& request,
                               const std::function<bool(uint64_t need)>& may_see);

  const System& system_;
  const World& world_;
  const KnownTexts& texts_;
  Oracle& oracle_;
  Party admin_;
  mutable std::mutex mutex_;
  std::map<std::string, Party> parties_;
};

struct Stage {
  System& system;
  const World& world;
  KnownTexts& texts;
  Oracle& oracle;
  Parties& parties;

  Random Stream(uint64_t stream, uint64_t row) const { return Random(world.scale().seed, stream, row); }
  void ClockTo(UnixMicros time) const;  // never back
};

// Runs work(0) to work(count - 1) on kClientThreads threads; the first error.
Status InParallel(size_t count, const std::function<Status(size_t)>& work);

}  // namespace duijie::bench
