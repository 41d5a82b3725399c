// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/record_describer.h"

#include <algorithm>

#include "services/search/index_schema.h"

namespace duijie::search {
namespace {

TermClass ClassOf(internal::v1::TermKind kind) {
  switch (kind) {
    case internal::v1::TERM_KIND_BIGRAM:
      return TermClass::kBigram;
    case internal::v1::TERM_KIND_UNIGRAM:
      return TermClass::kUnigram;
    default:
      return TermClass::kWord;
  }
}

void FillLengths(const FieldLengthCounts& lengths, internal::v1::FieldLengths* out) {
  for (size_t field = 0; field < kFields; ++field) out->add_words(lengths[field]);
  for (size_t field = 0; field < kFields; ++field) out->add_bigrams(lengths[kFields + field]);
  for (size_t field = 0; field < kFields; ++field) out->add_unigrams(lengths[2 * kFields + field]);
}

}  // namespace

uint32_t HashOf(const internal::v1::Term& term) { return HashTerm(ClassOf(term.kind()), term.text()); }

void RecordDescriber::TermLookup::Add(uint32_t hash, uint32_t term) {
  filter_[hash % kFilterBits] = true;
  terms_.emplace_back(hash, term);
}

void RecordDescriber::TermLookup::Sort() { std::sort(terms_.begin(), terms_.end()); }

RecordDescriber::TermLookup::Terms::const_iterator RecordDescriber::TermLookup::LowerBound(
    uint32_t hash) const {
  return std::lower_bound(terms_.begin(), terms_.end(), std::pair<uint32_t, uint32_t>(hash, 0));
}

RecordDescriber::RecordDescriber(const IndexReader& reader, const Principal& principal,
                                 const google::protobuf::RepeatedPtrField<internal::v1::QueryTerm>& terms)
    : reader_(reader), principal_(principal) {
  for (int i = 0; i < terms.size(); ++i) {
    const internal::v1::Term& term = terms[i].term();
    TermLookup& lookup = term.kind() == internal::v1::TERM_KIND_WORD ? words_ : grams_;
    lookup.Add(HashOf(term), static_cast<uint32_t>(i));
  }
  words_.Sort();
  grams_.Sort();
}

void RecordDescriber::AddCounts(const ForwardView::Section& section, const TermLookup& terms) {
  section.ForEach([&](const TermCounts& counts) {
    terms.Find(counts.hash, [&](uint32_t term) { found_.emplace_back(term, counts); });
  });
}

StatusOr<bool> RecordDescriber::Describe(Xapian::docid id, internal::v1::Candidate* candidate) {
  const std::string bytes = reader_.Forward(id);
  DUIJIE_ASSIGN_OR_RETURN(const ForwardView forward, ForwardView::Parse(bytes));
  const Visibility visibility = VisibilityOf(principal_, forward.access());
  if (visibility == Visibility::kNone) return false;
  candidate->set_name(std::string(forward.name()));
  candidate->set_title(std::string(forward.title()));
  internal::v1::RecordFacts& facts = *candidate->mutable_facts();
  if (!facts.ParseFromArray(forward.facts().data(), static_cast<int>(forward.facts().size()))) {
    return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "facts in the index are damaged");
  }
  if (visibility == Visibility::kMasked) facts.set_region_code(CityOf(facts.region_code()));
  found_.clear();
  AddCounts(forward.words(), words_);
  AddCounts(forward.grams(), grams_);
  std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  candidate->mutable_term_counts()->Reserve(static_cast<int>(found_.size()));
  for (const auto& [term, counts] : found_) {
    internal::v1::TermCount* out = candidate->add_term_counts();
    out->set_term(term);
    out->set_title(counts.counts[kTitleField]);
    out->set_keywords(counts.counts[kKeywordsField]);
    out->set_body(counts.counts[kBodyField]);
  }
  FillLengths(forward.lengths(), candidate->mutable_lengths());
  candidate->set_ngram_norm(reader_.statistics().NormOf(forward.grams()));
  return true;
}

}  // namespace duijie::search
