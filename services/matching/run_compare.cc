// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_compare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace duijie::matching {
namespace {

constexpr size_t kFirst = 10;
constexpr size_t kListsPerBlock = 16;
constexpr double kLeastChange = 5e-7;  // half of the step that contributions are rounded to

// The records of one run in order of id, read ahead in blocks.
class RecordCursor {
 public:
  RecordCursor(const RunStore& store, std::string run, std::string from_id)
      : store_(store), run_(std::move(run)), next_id_(std::move(from_id)) {}

  // The record it stands on; nullptr behind the last.
  StatusOr<RecordResults*> Peek() {
    if (at_ == block_.size() && !ended_) {
      DUIJIE_ASSIGN_OR_RETURN(block_, store_.ReadResults(run_, next_id_, kListsPerBlock));
      at_ = 0;
      ended_ = block_.size() < kListsPerBlock;
      if (!block_.empty()) next_id_ = block_.back().record_id + '\0';
    }
    return at_ < block_.size() ? &block_[at_] : nullptr;
  }
  void Pop() { ++at_; }

 private:
  const RunStore& store_;
  const std::string run_;
  std::string next_id_;
  std::vector<RecordResults> block_;
  size_t at_ = 0;
  bool ended_ = false;
};

struct TwoLists {
  std::vector<v1::MatchResult> base, other;
};

// Walks the records that either run has.
class RecordPairs {
 public:
  RecordPairs(const RunStore& store, const RunComparison& comparison)
      : only_(comparison.record.empty() ? "" : comparison.record.substr(comparison.record.find('/') + 1)),
        base_(store, comparison.base.run().name(), only_.empty() ? comparison.from_id : only_),
        other_(store, comparison.other.run().name(), only_.empty() ? comparison.from_id : only_) {}

  // Adds the results of the next records: of at most `max_records`, and of none further once there are
  // `max_results`. Nothing at the end.
  Status Read(size_t max_records, size_t max_results, TwoLists* lists) {
    for (size_t i = 0; i < max_records && lists->base.size() + lists->other.size() < max_results; ++i) {
      DUIJIE_ASSIGN_OR_RETURN(const std::string id, NextId());
      if (id.empty()) break;
      DUIJIE_RETURN_IF_ERROR(Take(id, &base_, &lists->base));
      DUIJIE_RETURN_IF_ERROR(Take(id, &other_, &lists->other));
    }
    return OkStatus();
  }

  // "" at the end.
  StatusOr<std::string> NextId() {
    DUIJIE_ASSIGN_OR_RETURN(const RecordResults* const base, base_.Peek());
    DUIJIE_ASSIGN_OR_RETURN(const RecordResults* const other, other_.Peek());
    if (base == nullptr && other == nullptr) return std::string();
    const bool from_base = other == nullptr || (base != nullptr && base->record_id <= other->record_id);
    const std::string& id = from_base ? base->record_id : other->record_id;
    return only_.empty() || id == only_ ? id : std::string();
  }

 private:
  static Status Take(const std::string& id, RecordCursor* cursor, std::vector<v1::MatchResult>* out) {
    DUIJIE_ASSIGN_OR_RETURN(RecordResults* const record, cursor->Peek());
    if (record == nullptr || record->record_id != id) return OkStatus();
    for (v1::MatchResult& result : *record->results.mutable_results()) out->push_back(std::move(result));
    cursor->Pop();
    return OkStatus();
  }

  const std::string only_;
  RecordCursor base_, other_;
};

// Names of one collection compare as their ids do, so that records stay in order.
std::map<std::string, TwoLists> ByRecord(TwoLists lists, const RunComparison& comparison) {
  const bool by_need = comparison.base.run().direction() == v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS;
  const auto record_of = [&](const v1::MatchResult& result) {
    return by_need ? result.need() : result.achievement();
  };
  std::map<std::string, TwoLists> records;
  for (v1::MatchResult& result : lists.base) records[record_of(result)].base.push_back(std::move(result));
  for (v1::MatchResult& result : lists.other) records[record_of(result)].other.push_back(std::move(result));
  return records;
}

std::string SignedText(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%+.4f", number);
  return text.data();
}

std::string PlainText(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", number);
  return text.data();
}

// A feature that one run does not have contributed 0 there.
void AddChanges(const v1::MatchResult& base, const v1::MatchResult& other, v1::MovedPair* pair) {
  struct Both {
    double base = 0, other = 0;
    std::string text;
  };
  std::map<std::string, Both> features;
  for (const v1::FeatureContribution& feature : base.explanation().features()) {
    Both& both = features[feature.feature()];
    both.base += feature.contribution();
    both.text = feature.text();
  }
  for (const v1::FeatureContribution& feature : other.explanation().features()) {
    Both& both = features[feature.feature()];
    both.other += feature.contribution();
    both.text = feature.text();
  }
  std::vector<v1::FeatureChange> changes;
  for (const auto& [name, both] : features) {
    const double change = both.other - both.base;
    if (std::abs(change) < kLeastChange) continue;
    v1::FeatureChange& out = changes.emplace_back();
    out.set_feature(name);
    out.set_change(change);
    out.set_text(both.text + "：" + PlainText(both.base) + " → " + PlainText(both.other) + "（" +
                 SignedText(change) + "）");
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.change()) > std::abs(b.change()); });
  for (v1::FeatureChange& change : changes) *pair->add_changes() = std::move(change);
}

int MoveOf(const v1::MovedPair& pair) {
  if (pair.base_rank() == 0 || pair.other_rank() == 0) return std::numeric_limits<int>::max();
  return std::abs(pair.base_rank() - pair.other_rank());
}

v1::MovedPair PairOf(const v1::MatchResult* base, const v1::MatchResult* other) {
  const v1::MatchResult& any = other != nullptr ? *other : *base;
  v1::MovedPair pair;
  pair.set_need(any.need());
  pair.set_achievement(any.achievement());
  pair.set_need_title(any.need_title());
  pair.set_achievement_title(any.achievement_title());
  if (base != nullptr) {
    pair.set_base_rank(base->rank());
    pair.set_base_score(base->score());
  }
  if (other != nullptr) {
    pair.set_other_rank(other->rank());
    pair.set_other_score(other->score());
  }
  return pair;
}

using PairKey = std::pair<std::string, std::string>;
PairKey KeyOf(const v1::MatchResult& result) { return {result.need(), result.achievement()}; }

double Overlap(const std::vector<v1::MatchResult>& base, const std::vector<v1::MatchResult>& other) {
  std::set<PairKey> first;
  for (size_t i = 0; i < std::min(base.size(), kFirst); ++i) first.insert(KeyOf(base[i]));
  size_t shared = 0;
  for (size_t i = 0; i < std::min(other.size(), kFirst); ++i) shared += first.count(KeyOf(other[i]));
  return static_cast<double>(shared) /
         static_cast<double>(std::min(kFirst, std::max(base.size(), other.size())));
}

}  // namespace

void CompareRecord(const std::vector<v1::MatchResult>& base, const std::vector<v1::MatchResult>& other,
                   int min_move, v1::CompareMatchRunsResponse* response, double* overlap10) {
  std::map<PairKey, std::pair<const v1::MatchResult*, const v1::MatchResult*>> both;
  for (const v1::MatchResult& result : base) both[KeyOf(result)].first = &result;
  for (const v1::MatchResult& result : other) both[KeyOf(result)].second = &result;
  std::vector<v1::MovedPair> moved;
  for (const auto& [key, results] : both) {
    const auto& [before, after] = results;
    v1::MovedPair pair = PairOf(before, after);
    if (before == nullptr) {
      response->set_entered(response->entered() + 1);
    } else if (after == nullptr) {
      response->set_left(response->left() + 1);
    } else {
      response->set_common(response->common() + 1);
      if (before->rank() == after->rank()) response->set_unmoved(response->unmoved() + 1);
    }
    if (MoveOf(pair) < min_move) continue;
    if (before != nullptr && after != nullptr) AddChanges(*before, *after, &pair);
    moved.push_back(std::move(pair));
  }
  // Of equal moves the one nearest to the top first, by the run in which it stands higher.
  const auto order = [](const v1::MovedPair& pair) {
    const int ranks[] = {pair.base_rank(), pair.other_rank()};
    const int top = ranks[0] == 0 ? ranks[1] : ranks[1] == 0 ? ranks[0] : std::min(ranks[0], ranks[1]);
    return std::tuple(-MoveOf(pair), top, pair.other_rank() == 0);
  };
  std::stable_sort(moved.begin(), moved.end(),
                   [&](const v1::MovedPair& a, const v1::MovedPair& b) { return order(a) < order(b); });
  for (v1::MovedPair& pair : moved) *response->add_pairs() = std::move(pair);
  response->set_records(response->records() + 1);
  *overlap10 += Overlap(base, other);
}

StatusOr<ComparedPage> CompareRuns(const rpc::CallContext& call, const RunStore& store,
                                   const RunResults& results, const RunComparison& comparison) {
  RecordPairs pairs(store, comparison);
  ComparedPage page;
  double overlap10 = 0;
  size_t looked_at = 0;
  const auto records = [&] { return static_cast<size_t>(page.response.records()); };
  while (records() < comparison.limit && looked_at < kMaxComparedResults) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    TwoLists lists;
    DUIJIE_RETURN_IF_ERROR(pairs.Read(comparison.limit - records(), kMaxComparedResults - looked_at, &lists));
    if (lists.base.empty() && lists.other.empty()) break;
    looked_at += lists.base.size() + lists.other.size();
    DUIJIE_RETURN_IF_ERROR(results.DropUnseen(call, comparison.base, &lists.base));
    DUIJIE_RETURN_IF_ERROR(results.DropUnseen(call, comparison.other, &lists.other));
    for (const auto& [record, shown] : ByRecord(std::move(lists), comparison)) {
      CompareRecord(shown.base, shown.other, comparison.min_move, &page.response, &overlap10);
    }
  }
  if (records() > 0) page.response.set_mean_overlap10(overlap10 / static_cast<double>(records()));
  DUIJIE_ASSIGN_OR_RETURN(page.next_id, pairs.NextId());
  return page;
}

}  // namespace duijie::matching
