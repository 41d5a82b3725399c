// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/record_describer.h"

#include <algorithm>
#include <bit>
#include <utility>

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

uint64_t Packed(uint64_t term, const std::array<uint32_t, kFields>& counts) {
  constexpr uint64_t kMost = 0xFFFF;
  uint64_t packed = term;
  for (size_t field = 0; field < kFields; ++field) {
    packed |= std::min<uint64_t>(counts[field], kMost) << 16 * (field + 1);
  }
  return packed;
}

}  // namespace

uint32_t HashOf(const internal::v1::Term& term) { return HashTerm(ClassOf(term.kind()), term.text()); }

RecordDescriber::TermLookup::TermLookup(size_t terms)
    : slots_(std::bit_ceil(terms * kSlotsPerTerm + 1)), mask_(slots_.size() - 1) {}

void RecordDescriber::TermLookup::Add(uint32_t hash, uint32_t term) {
  size_t i = hash & mask_;
  while (slots_[i].hash != 0) i = (i + 1) & mask_;
  slots_[i] = {hash, term};
  filter_.Add(hash);
}

RecordDescriber::RecordDescriber(const IndexReader& reader, const Principal& principal,
                                 const google::protobuf::RepeatedPtrField<internal::v1::QueryTerm>& terms)
    : reader_(reader),
      principal_(principal),
      words_(static_cast<size_t>(terms.size())),
      grams_(static_cast<size_t>(terms.size())),
      found_(static_cast<size_t>(terms.size())) {
  for (int i = 0; i < terms.size(); ++i) {
    if (terms[i].search_only()) continue;
    const internal::v1::Term& term = terms[i].term();
    TermLookup& lookup = term.kind() == internal::v1::TERM_KIND_WORD ? words_ : grams_;
    lookup.Add(HashOf(term), static_cast<uint32_t>(i));
  }
}

void RecordDescriber::FoundTerms::MoveTo(google::protobuf::RepeatedField<uint64_t>* out) {
  out->Reserve(static_cast<int>(size_));
  for (size_t word = 0; word < present_.size(); ++word) {
    for (uint64_t bits = std::exchange(present_[word], 0); bits != 0; bits &= bits - 1) {
      const size_t term = word * kWordBits + static_cast<size_t>(std::countr_zero(bits));
      out->AddAlreadyReserved(Packed(term, counts_[term]));
    }
  }
  size_ = 0;
}

void RecordDescriber::FindIn(const ForwardView::Section& section, const TermLookup& lookup) {
  lookup.filter().Sift(section, [&](size_t i) {
    lookup.Find(section.hash(i), [&](uint32_t term) { found_.Add(term, section.at(i).counts); });
  });
}

GramNorms NormsOf(const IndexReader& reader, Xapian::docid id, const ForwardView::Section& grams) {
  if (const std::optional<GramNorms> known = reader.norms().Find(id)) return *known;
  const GramNorms norms = reader.statistics().NormsOf(grams);
  reader.norms().Put(id, norms);
  return norms;
}

StatusOr<bool> RecordDescriber::Describe(Xapian::docid id, internal::v1::Candidate* candidate) {
  std::string buffer;
  DUIJIE_ASSIGN_OR_RETURN(const ForwardView forward, reader_.Forward(id, &buffer));
  return Describe(id, forward, candidate);
}

StatusOr<bool> RecordDescriber::Describe(Xapian::docid id, const ForwardView& forward,
                                         internal::v1::Candidate* candidate) {
  const Visibility visibility = VisibilityOf(principal_, forward.access());
  if (visibility == Visibility::kNone) return false;
  candidate->set_name(forward.name().data(), forward.name().size());
  candidate->set_title(forward.title().data(), forward.title().size());
  candidate->set_revision(forward.revision());
  internal::v1::RecordFacts& facts = *candidate->mutable_facts();
  if (!facts.ParseFromArray(forward.facts().data(), static_cast<int>(forward.facts().size()))) {
    return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "facts in the index are damaged");
  }
  if (visibility == Visibility::kMasked) facts.set_region_code(CityOf(facts.region_code()));
  FindIn(forward.words(), words_);
  FindIn(forward.grams(), grams_);
  const GramNorms norms = NormsOf(reader_, id, forward.grams());
  candidate->set_bigram_norm(static_cast<double>(norms.bigrams));
  candidate->set_unigram_norm(static_cast<double>(norms.unigrams));
  candidate->set_meaning(forward.meaning().data(), forward.meaning().size());
  found_.MoveTo(candidate->mutable_term_counts());
  candidate->mutable_lengths()->Add(forward.lengths().begin(), forward.lengths().end());
  return true;
}

}  // namespace duijie::search
