// SPDX-License-Identifier: GPL-3.0-or-later
// What the index keeps of a record beside its postings: the counts of all its terms by field, its facts, its
// title. With it candidates are described without reading or segmenting a text again. Stored as Xapian
// metadata ForwardKey(docid), because Xapian compresses document data, and hashes do not compress.
//
//   byte     format version (kForwardVersion)
//   fixed32  Checksum of everything after it
//   string   name, title
//   varint   state, tier;  string park, enterprise        (AccessFacts)
//   string   RecordFacts, serialised
//   varint   nine lengths: words in title, keywords, body; bigrams …; unigrams …
//   section  words
//   section  grams (bigrams and unigrams)
//
//   section: varint n; n × fixed32 HashTerm, ascending; string counts
//   counts:  per term, in order, a byte: 1…127 = that often in the body and nowhere else;
//            0x80 | 1 (title) | 2 (keywords) | 4 (body), then a varint for each field named
//
// Strings are preceded by their length as varint.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/auth/visibility.h"
#include "common/status/status.h"
#include "services/search/byte_codec.h"

namespace duijie::search {

inline constexpr uint8_t kForwardVersion = 1;

// Fields that are counted apart.
enum Field : uint8_t { kTitleField = 0, kKeywordsField = 1, kBodyField = 2 };
inline constexpr size_t kFields = 3;
inline constexpr size_t kLengths = 9;
using FieldLengthCounts = std::array<uint32_t, kLengths>;

struct TermCounts {
  uint32_t hash = 0;
  std::array<uint32_t, kFields> counts{};
  uint32_t total() const { return counts[0] + counts[1] + counts[2]; }
};

struct ForwardData {
  std::string name;
  std::string title;
  AccessFacts access;
  std::string facts;  // serialised internal::v1::RecordFacts
  FieldLengthCounts lengths{};
  std::vector<TermCounts> words;  // ascending hash, each once
  std::vector<TermCounts> grams;
};

std::string EncodeForward(const ForwardData& data);

// Reads encoded forward data in place; `bytes` must outlive it. Errors: DATA_LOSS (CHECKSUM_MISMATCH).
class ForwardView {
 public:
  static StatusOr<ForwardView> Parse(std::string_view bytes);

  std::string_view name() const { return name_; }
  std::string_view title() const { return title_; }
  const AccessFacts& access() const { return access_; }
  std::string_view facts() const { return facts_; }
  const FieldLengthCounts& lengths() const { return lengths_; }

  // One section. Hashes can be read apart from counts; counts only in order.
  class Section {
   public:
    size_t size() const { return hashes_.size() / sizeof(uint32_t); }
    uint32_t hash(size_t i) const { return LoadFixed32(hashes_.data() + i * sizeof(uint32_t)); }

    // Calls visit(const TermCounts&) for each term in order of hash. Almost every count is one byte, so that
    // case is kept free of everything else.
    template <typename Visit>
    void ForEach(Visit&& visit) const {
      const auto* at = reinterpret_cast<const uint8_t*>(counts_.data());
      const auto* const end = at + counts_.size();
      TermCounts term;
      for (size_t i = 0; i < size() && at < end; ++i) {
        term.hash = hash(i);
        if (*at < 0x80) {
          term.counts = {0, 0, *at++};
        } else {
          at = ReadCounts(at, end, &term);
        }
        visit(static_cast<const TermCounts&>(term));
      }
    }

    bool Contains(uint32_t hash) const;

   private:
    friend class ForwardView;
    static const uint8_t* ReadCounts(const uint8_t* at, const uint8_t* end, TermCounts* term);

    std::string_view hashes_;
    std::string_view counts_;
  };

  const Section& words() const { return words_; }
  const Section& grams() const { return grams_; }

 private:
  static Section ReadSection(ByteReader* reader);

  std::string_view name_;
  std::string_view title_;
  AccessFacts access_;
  std::string_view facts_;
  FieldLengthCounts lengths_{};
  Section words_;
  Section grams_;
};

}  // namespace duijie::search
