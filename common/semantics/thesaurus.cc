// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/thesaurus.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "common/text/thesaurus_file.h"

namespace duijie {
namespace {

struct Share {
  uint32_t of = 0;  // line or term
  double weight = 0;
};

// Sums by number; each in the order in which its parts come, so that they are always the same. Of the many
// numbers few have a sum.
class Sums {
 public:
  explicit Sums(size_t numbers) : places_(numbers) {}
  void Add(uint32_t number, double weight) {
    uint32_t& place = places_[number];
    if (place == 0) {
      shares_.push_back({number, 0});
      place = static_cast<uint32_t>(shares_.size());
    }
    shares_[place - 1].weight += weight;
  }
  // In the order in which the numbers came.
  std::vector<Share> Take() { return std::move(shares_); }

 private:
  std::vector<uint32_t> places_;  // in shares_, from 1; 0: no sum
  std::vector<Share> shares_;
};

}  // namespace

StatusOr<std::shared_ptr<const Thesaurus>> Thesaurus::Load(const std::filesystem::path& folder) {
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<Normalizer> normalizer, Normalizer::Create());
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> files, ThesaurusFilesIn(folder));
  std::shared_ptr<Thesaurus> made(new Thesaurus());
  for (const std::string& file : files) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<ThesaurusLine> lines, ReadThesaurus(file, *normalizer));
    for (const ThesaurusLine& line : lines) {
      made->AddMember(line.term, kSameMembership);
      for (const std::string& word : line.same) made->AddMember(word, kSameMembership);
      for (const std::string& word : line.kinds) made->AddMember(word, kKindMembership);
      for (const std::string& word : line.related) made->AddMember(word, kRelatedMembership);
      made->EndLine();
    }
  }
  return std::shared_ptr<const Thesaurus>(std::move(made));
}

void Thesaurus::AddMember(const std::string& word, double weight) {
  const auto line = static_cast<uint32_t>(ends_.size());
  const auto [at, is_new] = terms_.try_emplace(word);
  Term& term = at->second;
  if (is_new) {
    term.number_ = static_cast<uint32_t>(words_.size());
    words_.push_back(word);
  }
  // Columns come strongest first, so a second membership in a line adds nothing.
  if (!term.memberships_.empty() && term.memberships_.back().line == line) return;
  term.memberships_.push_back({line, weight});
  members_.push_back({term.number_, weight});
}

const Thesaurus::Term* Thesaurus::Find(std::string_view term) const {
  const auto found = terms_.find(term);
  return found == terms_.end() ? nullptr : &found->second;
}

std::vector<WeightedWord> Thesaurus::Expand(const std::vector<WeightedWord>& words, size_t limit) const {
  Sums activity(ends_.size());
  std::vector<char> is_own(words_.size());
  for (const WeightedWord& word : words) {
    const Term* const term = Find(word.word);
    if (term == nullptr) continue;
    is_own[term->number_] = 1;
    double squares = 0;
    for (const Membership& m : term->memberships_) squares += m.weight * m.weight;
    for (const Membership& m : term->memberships_)
      activity.Add(m.line, word.weight * m.weight / std::sqrt(squares));
  }
  std::vector<Share> active = activity.Take();
  std::sort(active.begin(), active.end(), [](const Share& a, const Share& b) { return a.of < b.of; });
  Sums of_terms(words_.size());
  for (const Share& line : active) {
    for (const Member& member : Line(line.of)) of_terms.Add(member.term, line.weight * member.weight);
  }
  std::vector<Share> weights = of_terms.Take();
  std::erase_if(weights, [&](const Share& term) { return is_own[term.of] != 0; });
  const size_t kept = std::min(limit, weights.size());
  std::partial_sort(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(kept), weights.end(),
                    [&](const Share& a, const Share& b) {
                      return a.weight != b.weight ? a.weight > b.weight : words_[a.of] < words_[b.of];
                    });
  std::vector<WeightedWord> found;
  for (size_t i = 0; i < kept; ++i) found.push_back({words_[weights[i].of], weights[i].weight});
  return found;
}

double Thesaurus::Nearness(std::string_view a, std::string_view b) const {
  if (a == b) return 1;
  const Term* const of_a = Find(a);
  const Term* const of_b = Find(b);
  return of_a == nullptr || of_b == nullptr ? 0 : Nearness(*of_a, *of_b);
}

double Thesaurus::Nearness(const Term& a, const Term& b) {
  double nearest = 0;
  for (auto x = a.memberships_.begin(), y = b.memberships_.begin();
       x != a.memberships_.end() && y != b.memberships_.end();) {
    if (x->line == y->line) {
      nearest = std::max(nearest, x->weight * y->weight);
      ++x;
      ++y;
    } else if (x->line < y->line) {
      ++x;
    } else {
      ++y;
    }
  }
  return nearest;
}

Thesaurus::Group::Group(const std::vector<const Term*>& terms) {
  for (size_t place = 0; place < terms.size(); ++place) {
    for (const Membership& membership : terms[place]->memberships_)
      entries_.push_back({membership.line, static_cast<uint32_t>(place), membership.weight});
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.line, a.place) < std::tie(b.line, b.place);
  });
}

}  // namespace duijie
