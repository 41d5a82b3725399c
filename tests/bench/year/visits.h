// SPDX-License-Identifier: GPL-3.0-or-later
// The year's visits: planned in January, agreed, held, written up and signed on their days. Some stay
// unsigned or signed by one side only, some are cancelled, some go to an enterprise a second time; notes of a
// part of them become needs, which standing push answers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/bench/year/stage.h"

namespace duijie::bench {

class Visits {
 public:
  explicit Visits(const Stage& stage) : stage_(stage) {}

  // Enters experts, makes the plan and agrees to it.
  Status PlanYear();
  // The day's visits. The latest revision of the catalog that they made, 0 if they made none.
  StatusOr<int64_t> Hold(int day);
  // Compares the year's ledger with the oracle's.
  Status Close();

  uint64_t planned() const { return planned_; }
  uint64_t held() const { return held_; }
  uint64_t signed_visits() const { return signed_; }
  uint64_t unsigned_visits() const { return unsigned_; }
  uint64_t cancelled() const { return cancelled_; }
  uint64_t repeated() const { return repeated_; }
  uint64_t needs() const { return needs_; }
  int counted() const { return counted_; }

 private:
  enum class Fate { kSigned, kOneSide, kUnsigned, kCancelled };
  Status HoldOne(const v1::Visit& visit, int day, uint64_t number, int64_t* revision);
  Status Sign(const v1::Visit& visit, Fate fate);
  Status SignAs(const Party& party, const v1::Visit& visit, v1::VisitSignerRole role,
                const std::string& signer);
  Status Repeat(const v1::Visit& visit, int day);
  StatusOr<v1::Need> NeedOf(const v1::Visit& visit, uint64_t row);
  StatusOr<v1::Need> Publish(v1::Need need, uint64_t row);

  const Stage stage_;
  std::map<std::string, std::vector<v1::Visit>> by_date_;
  uint64_t planned_ = 0;
  uint64_t number_ = 0;
  uint64_t held_ = 0;
  uint64_t signed_ = 0;
  uint64_t unsigned_ = 0;
  uint64_t cancelled_ = 0;
  uint64_t repeated_ = 0;
  uint64_t needs_ = 0;
  int counted_ = 0;
};

}  // namespace duijie::bench
