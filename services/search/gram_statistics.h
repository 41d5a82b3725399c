// SPDX-License-Identifier: GPL-3.0-or-later
// Document frequencies of bigrams and unigrams over all texts, and the sums behind mean lengths. Most grams
// have no postings (that would triple the index), so their frequencies are kept apart: in memory for readers,
// and as metadata committed together with the documents they count.
//
// A commit changes a few hundred grams or a few hundred thousand. So there is a base, rewritten rarely, and
// an overlay of changes since, rewritten at each commit and merged into the base when it exceeds
// kMaxOverlayGrams. Readers hold an immutable GramStatistics; frequencies depend only on the set of
// documents, never on how they came.
//
// Bytes of base and overlay: for each gram fixed32 hash, varint zigzag(count), in any order. Sums: ten
// varints, documents and nine lengths.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/semantics/gram_weights.h"
#include "common/status/status.h"
#include "services/search/forward_data.h"

namespace duijie::search {

// Changed grams kept beside the base: 40 single-record commits or so between rewrites of the base.
inline constexpr size_t kMaxOverlayGrams = 32'768;

// Hash → count, by open addressing; eight bytes a slot, at most half full.
class GramTable {
 public:
  GramTable();
  void Add(uint32_t hash, int32_t delta);
  int32_t Get(uint32_t hash) const {
    for (size_t i = hash & mask_;; i = (i + 1) & mask_) {
      if (slots_[i].hash == hash) return slots_[i].count;
      if (slots_[i].hash == 0) return 0;
    }
  }
  void Prefetch(uint32_t hash) const { __builtin_prefetch(&slots_[hash & mask_]); }
  void AddAll(const GramTable& other);
  size_t size() const { return used_; }  // slots in use; counts may be 0
  bool empty() const { return used_ == 0; }
  std::string Encode() const;  // leaves zero counts out
  static StatusOr<GramTable> Decode(std::string_view bytes);

 private:
  struct Slot {
    uint32_t hash = 0;
    int32_t count = 0;
  };
  void Grow();
  std::vector<Slot> slots_;
  size_t mask_;
  size_t used_ = 0;
};

struct CollectionSums {
  int64_t documents = 0;
  std::array<int64_t, kLengths> lengths{};
  std::string Encode() const;
  static StatusOr<CollectionSums> Decode(std::string_view bytes);
};

// Of one document; single precision, so that both fit into one atomic word.
struct GramNorms {
  float bigrams = 0;
  float unigrams = 0;
};

// Statistics as of one commit. Immutable; thread-safe.
class GramStatistics {
 public:
  GramStatistics(std::shared_ptr<const GramTable> base, std::shared_ptr<const GramTable> overlay,
                 CollectionSums sums);

  int64_t DocumentFrequency(uint32_t hash) const {
    return base_->Get(hash) + (plain_ ? 0 : overlay_->Get(hash));
  }

  // Asks for what DocumentFrequency will look at.
  void Prefetch(uint32_t hash) const { base_->Prefetch(hash); }

  // GramIdf.
  double Idf(int64_t document_frequency) const {
    const auto df = static_cast<size_t>(document_frequency);
    return df < idf_.size() ? idf_[df] : ComputeIdf(document_frequency);
  }

  // Euclidean norms over the bigrams and over the unigrams of a document of RecordGramWeight · Idf.
  GramNorms NormsOf(const ForwardView::Section& grams) const {
    std::array<double, 2> sums{};  // bigrams, unigrams
    for (size_t i = 0; i < grams.size(); ++i) {
      // The table is larger than the processor's caches; asking some grams ahead hides the wait.
      if (i + kPrefetchAhead < grams.size()) Prefetch(grams.hash(i + kPrefetchAhead));
      const TermCounts gram = grams.at(i);
      const double weight = WeightOf(gram) * Idf(DocumentFrequency(gram.hash));
      sums[gram.hash & 1U] += weight * weight;  // see IsUnigram
    }
    return {static_cast<float>(std::sqrt(sums[0])), static_cast<float>(std::sqrt(sums[1]))};
  }

  // What a gram's occurrences in a document weigh, before idf.
  double WeightOf(const TermCounts& gram) const {
    return weight_(gram.counts[kTitleField], gram.counts[kKeywordsField], gram.counts[kBodyField]);
  }

  const CollectionSums& sums() const { return sums_; }
  const std::shared_ptr<const GramTable>& base() const { return base_; }
  const std::shared_ptr<const GramTable>& overlay() const { return overlay_; }

 private:
  static constexpr size_t kPrefetchAhead = 16;

  double ComputeIdf(int64_t document_frequency) const;

  std::shared_ptr<const GramTable> base_;
  std::shared_ptr<const GramTable> overlay_;
  bool plain_;  // the overlay is empty
  CollectionSums sums_;
  RecordGramWeight weight_;
  std::vector<double> idf_;  // of the small frequencies, which most grams have
};

}  // namespace duijie::search
