// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/thesaurus.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/text/thesaurus_file.h"

namespace duijie {

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
  std::map<uint32_t, double> activity;  // by line; ordered, so that sums do not depend on hashing
  StringSet own;
  for (const WeightedWord& word : words) {
    own.insert(word.word);
    const std::vector<Membership>* const memberships = MembershipsOf(word.word);
    if (memberships == nullptr) continue;
    double squares = 0;
    for (const Membership& m : *memberships) squares += m.weight * m.weight;
    for (const Membership& m : *memberships) {
      activity[m.line] += word.weight * m.weight / std::sqrt(squares);
    }
  }
  std::map<uint32_t, double> weights;  // by term
  for (const auto& [line, active] : activity) {
    for (const Member& member : lines_[line]) weights[member.term] += active * member.weight;
  }
  std::vector<WeightedWord> found;
  for (const auto& [term, weight] : weights) {
    if (!own.contains(words_[term])) found.push_back({words_[term], weight});
  }
  const auto stronger = [](const WeightedWord& a, const WeightedWord& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
  };
  const size_t kept = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), stronger);
  found.resize(kept);
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
