// SPDX-License-Identifier: GPL-3.0-or-later
// What the index keeps of a record beside its postings: the counts of all its terms by field, its facts, its
// title. With it candidates are described without reading or segmenting a text again. Stored as Xapian
// metadata ForwardKey(docid), because Xapian compresses document data, and hashes do not compress.
//
//   byte     format version (kForwardVersion)
//   fixed32  Checksum of everything after it
//   string   name, title
//   varint   revision of the record
//   varint   state, tier;  string park, enterprise        (AccessFacts)
//   string   RecordFacts, serialised
//   string   meaning, see common/semantics/meaning.h
//   varint   nine lengths: words in title, keywords, body; bigrams …; unigrams …
//   section  words
//   section  grams (bigrams and unigrams)
//
//   section: varint n; n × fixed32 HashTerm, ascending; n × byte code; string more
//   code:    1…127 = that often in the body and nowhere else; 0x80 | title << 5 | keywords << 3 | body, with
//   2, 2
//            and 3 bits; 0 = the counts are in `more`
//   more:    for each code 0, in order: varint index, varint occurrences in title, keywords, body
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

inline constexpr uint8_t kForwardVersion = 5;

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
  int64_t revision = 0;  // of the record, in the catalog
  AccessFacts access;
  std::string facts;    // serialised internal::v1::RecordFacts
  std::string meaning;  // common/semantics/meaning.h
  FieldLengthCounts lengths{};
  std::vector<TermCounts> words;  // ascending hash, each once
  std::vector<TermCounts> grams;
};

std::string EncodeForward(const ForwardData& data);

// Reads encoded forward data in place; `bytes` must outlive it. Errors: DATA_LOSS (CHECKSUM_MISMATCH).
class ForwardView {
 public:
  static StatusOr<ForwardView> Parse(std::string_view bytes);
  // The same of bytes that Parse has read before: without the checksum.
  static StatusOr<ForwardView> ParseChecked(std::string_view bytes);

  std::string_view name() const { return name_; }
  std::string_view title() const { return title_; }
  int64_t revision() const { return revision_; }
  AccessFacts access() const;
  std::string_view facts() const { return facts_; }
  std::string_view meaning() const { return meaning_; }
  const FieldLengthCounts& lengths() const { return lengths_; }

  // The terms of one kind. Hashes can be read apart from counts.
  class Section {
   public:
    size_t size() const { return codes_.size(); }
    uint32_t hash(size_t i) const { return LoadFixed32(hashes_.data() + i * sizeof(uint32_t)); }
    TermCounts at(size_t i) const {
      const auto code = static_cast<uint8_t>(codes_[i]);
      if (code == 0) return Overflowing(i);
      if (code < 0x80) return {hash(i), {0, 0, code}};
      return {hash(i), {code >> 5U & 3U, code >> 3U & 3U, code & 7U}};
    }

   private:
    friend class ForwardView;
    TermCounts Overflowing(size_t i) const;

    std::string_view hashes_;
    std::string_view codes_;
    std::string_view more_;
  };

  const Section& words() const { return words_; }
  const Section& grams() const { return grams_; }

 private:
  static Section ReadSection(ByteReader* reader);

  std::string_view name_;
  std::string_view title_;
  int64_t revision_ = 0;
  v1::RecordState state_ = v1::RECORD_STATE_UNSPECIFIED;
  v1::ConfidentialityTier tier_ = v1::CONFIDENTIALITY_TIER_UNSPECIFIED;
  std::string_view park_;
  std::string_view enterprise_;
  std::string_view facts_;
  std::string_view meaning_;
  FieldLengthCounts lengths_{};
  Section words_;
  Section grams_;
};

}  // namespace duijie::search
