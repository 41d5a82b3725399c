// SPDX-License-Identifier: GPL-3.0-or-later
// Which terms belong together, by the technical thesaurus: a need that says 脱硝 is answered by SCR催化剂,
// though they share no character. Used to widen the search for candidates and to show why two texts meet.
//
// A term belongs to the lines of the thesaurus that it stands in, as much as its column says: the concept
// itself or other wording for it 1, a kind of it 0.7, what goes with it 0.35.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/string_lookup.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr double kSameMembership = 1.0;
inline constexpr double kKindMembership = 0.7;
inline constexpr double kRelatedMembership = 0.35;

struct WeightedWord {
  std::string word;
  double weight = 0;
};

// Immutable; thread-safe.
class Thesaurus {
  struct Membership {
    uint32_t line;
    double weight;
  };

 public:
  // A term found once, for asking often; lives as long as the thesaurus.
  class Term {
    friend class Thesaurus;
    uint32_t number_ = 0;                  // position in words_
    std::vector<Membership> memberships_;  // by line
  };

  // Some terms, of which many others are asked how near they are.
  class Group {
   public:
    Group() = default;
    explicit Group(const std::vector<const Term*>& terms);  // which must outlive this
    // visit(place, nearness) for every line that `other` shares with the term at a place. The greatest for a
    // place is Nearness of the two.
    template <typename Visit>
    void ForEachNear(const Term& other, Visit&& visit) const;

   private:
    struct Entry {
      uint32_t line;
      uint32_t place;
      double weight;
    };
    std::vector<Entry> entries_;  // by line and place
  };

  // All *.tsv of a folder; errors of ReadThesaurus (common/text/thesaurus_file.h).
  static StatusOr<std::shared_ptr<const Thesaurus>> Load(const std::filesystem::path& folder);

  // The terms that go with `words`, without these themselves, strongest first, ties by bytes; at most
  // `limit`. A line is as active as Σ weight(w) · membership(w, line) / |memberships of w|; a term weighs Σ
  // activity(line) · membership(term, line).
  std::vector<WeightedWord> Expand(const std::vector<WeightedWord>& words, size_t limit) const;

  // How near two terms are: the greatest product of their memberships over the lines that hold both; 1 for
  // the same word, 0 without a common line.
  double Nearness(std::string_view a, std::string_view b) const;

  bool Knows(std::string_view term) const { return terms_.contains(term); }

  // nullptr: not known.
  const Term* Find(std::string_view term) const;
  // Of two different terms.
  static double Nearness(const Term& a, const Term& b);

 private:
  struct Member {
    uint32_t term;
    double weight;
  };

  Thesaurus() = default;
  void AddMember(const std::string& word, double weight);  // of the last line
  void EndLine() { ends_.push_back(static_cast<uint32_t>(members_.size())); }
  std::span<const Member> Line(uint32_t line) const {
    const uint32_t begin = line == 0 ? 0 : ends_[line - 1];
    return std::span(members_).subspan(begin, ends_[line] - begin);
  }

  StringMap<Term> terms_;
  std::vector<std::string> words_;  // by number
  // Of each line in turn, each once, the strongest membership; and where the members of each line end.
  std::vector<Member> members_;
  std::vector<uint32_t> ends_;
};

template <typename Visit>
void Thesaurus::Group::ForEachNear(const Term& other, Visit&& visit) const {
  for (const Membership& membership : other.memberships_) {
    auto entry = std::lower_bound(entries_.begin(), entries_.end(), membership.line,
                                  [](const Entry& a, uint32_t line) { return a.line < line; });
    for (; entry != entries_.end() && entry->line == membership.line; ++entry)
      visit(size_t{entry->place}, entry->weight * membership.weight);
  }
}

}  // namespace duijie
