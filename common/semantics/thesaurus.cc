// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/thesaurus.h"

#include <algorithm>
#include <cmath>

#include "common/text/thesaurus_file.h"

namespace duijie {
namespace {

struct Share {
  uint32_t of = 0;  // line or term
  double weight = 0;
};

// One entry for each, in order; sums in the order in which they came, so that they are always the same.
void AddUp(std::vector<Share>* shares) {
  std::stable_sort(shares->begin(), shares->end(),
                   [](const Share& a, const Share& b) { return a.of < b.of; });
  size_t kept = 0;
  for (size_t i = 0; i < shares->size(); ++i) {
    if (kept > 0 && (*shares)[kept - 1].of == (*shares)[i].of) {
      (*shares)[kept - 1].weight += (*shares)[i].weight;
    } else {
      (*shares)[kept++] = (*shares)[i];
    }
  }
  shares->resize(kept);
}

}  // namespace

StatusOr<std::shared_ptr<const Thesaurus>> Thesaurus::Load(const std::filesystem::path& folder) {
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<Normalizer> normalizer, Normalizer::Create());
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> files, ThesaurusFilesIn(folder));
  std::shared_ptr<Thesaurus> made(new Thesaurus());
  for (const std::string& file : files) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<ThesaurusLine> lines, ReadThesaurus(file, *normalizer));
    for (const ThesaurusLine& line : lines) {
      made->lines_.emplace_back();
      made->AddMember(line.term, kSameMembership);
      for (const std::string& word : line.same) made->AddMember(word, kSameMembership);
      for (const std::string& word : line.kinds) made->AddMember(word, kKindMembership);
      for (const std::string& word : line.related) made->AddMember(word, kRelatedMembership);
    }
  }
  return std::shared_ptr<const Thesaurus>(std::move(made));
}

void Thesaurus::AddMember(const std::string& word, double weight) {
  const auto line = static_cast<uint32_t>(lines_.size() - 1);
  const auto [at, is_new] = terms_.try_emplace(word);
  Term& term = at->second;
  if (is_new) {
    term.number = static_cast<uint32_t>(words_.size());
    words_.push_back(word);
  }
  // Columns come strongest first, so a second membership in a line adds nothing.
  if (!term.memberships.empty() && term.memberships.back().line == line) return;
  term.memberships.push_back({line, weight});
  lines_.back().push_back({term.number, weight});
}

const std::vector<Thesaurus::Membership>* Thesaurus::MembershipsOf(std::string_view word) const {
  const auto found = terms_.find(word);
  return found == terms_.end() ? nullptr : &found->second.memberships;
}

std::vector<WeightedWord> Thesaurus::Expand(const std::vector<WeightedWord>& words, size_t limit) const {
  std::vector<Share> activity;  // of lines
  StringSet own;
  for (const WeightedWord& word : words) {
    own.insert(word.word);
    const std::vector<Membership>* const memberships = MembershipsOf(word.word);
    if (memberships == nullptr) continue;
    double squares = 0;
    for (const Membership& m : *memberships) squares += m.weight * m.weight;
    for (const Membership& m : *memberships) {
      activity.push_back({m.line, word.weight * m.weight / std::sqrt(squares)});
    }
  }
  AddUp(&activity);
  std::vector<Share> weights;  // of terms
  for (const Share& line : activity) {
    for (const Member& member : lines_[line.of])
      weights.push_back({member.term, line.weight * member.weight});
  }
  AddUp(&weights);
  std::erase_if(weights, [&](const Share& term) { return own.contains(words_[term.of]); });
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
  const std::vector<Membership>* const of_a = MembershipsOf(a);
  const std::vector<Membership>* const of_b = MembershipsOf(b);
  if (of_a == nullptr || of_b == nullptr) return 0;
  double nearest = 0;
  for (auto x = of_a->begin(), y = of_b->begin(); x != of_a->end() && y != of_b->end();) {
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

}  // namespace duijie
