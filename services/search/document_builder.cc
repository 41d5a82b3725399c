// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/document_builder.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>

#include "services/search/facet_values.h"
#include "services/search/index_schema.h"

namespace duijie::search {
namespace {

constexpr uint8_t kUncounted = kFields;  // field of texts that are searched but not counted
constexpr unsigned kWordWeights[] = {kTitleWordWeight, kKeywordWordWeight, 1, 1};

// Gathers the tokens of a record's texts. The views stay valid as long as this.
class TokenCounter {
 public:
  TokenCounter(const Analyzer& analyzer, const WordVectors& vectors)
      : analyzer_(analyzer), vectors_(vectors) {}

  void Count(const std::string& text, uint8_t field) {
    const AnalyzedText& analyzed = texts_.emplace_back(analyzer_.Analyze(text));
    for (const Token& token : analyzed.tokens) CountToken(token, field);
    if (field == kTitleField || field == kKeywordsField) CountTitleGrams(analyzed);
  }

  // Moves the counts into postings and forward data.
  void Finish(BuiltDocument* built, ForwardData* forward) {
    FinishWords(&built->document, forward);
    FinishGrams(built, forward);
    for (const auto& [text, count] : title_bigrams_) {
      built->document.add_term(TermOf(Prefix::kBigram, text), count);
    }
    forward->lengths = lengths_;
  }

 private:
  struct Word {
    uint32_t hash;
    uint8_t field;
    std::string_view text;
    bool operator<(const Word& other) const {
      return hash != other.hash ? hash < other.hash : text < other.text;
    }
  };

  void CountToken(const Token& token, uint8_t field) {
    const auto kind = static_cast<size_t>(token.kind);
    if (field != kUncounted) ++lengths_[kind * kFields + field];
    if (token.kind == TokenKind::kWord) {
      words_.push_back({HashTerm(TermClass::kWord, token.text), field, token.text});
    } else if (field != kUncounted) {
      const TermClass cls = token.kind == TokenKind::kBigram ? TermClass::kBigram : TermClass::kUnigram;
      grams_.push_back(static_cast<uint64_t>(HashTerm(cls, token.text)) << 8 | field);
    }
  }

  void CountTitleGrams(const AnalyzedText& analyzed) {
    std::vector<bool> begins(analyzed.normalized.size());  // where a bigram does
    std::vector<std::pair<uint32_t, std::string_view>> characters;
    ForEachTitleGram(
        analyzed,
        [&](std::string_view text, uint32_t begin) {
          ++title_bigrams_[text];
          begins[begin] = true;
        },
        [&](std::string_view text, uint32_t begin) { characters.emplace_back(begin, text); });
    for (const auto& [begin, text] : characters) {
      if (!begins[begin]) ++title_bigrams_[text];
    }
  }

  void FinishWords(Xapian::Document* document, ForwardData* forward) {
    std::sort(words_.begin(), words_.end());
    std::vector<CountedWord> meant;
    for (size_t i = 0; i < words_.size();) {
      const Word& word = words_[i];
      TermCounts counts{word.hash, {}};
      unsigned weight = 0;
      for (; i < words_.size() && words_[i].hash == word.hash && words_[i].text == word.text; ++i) {
        weight += kWordWeights[words_[i].field];
        if (words_[i].field != kUncounted) ++counts.counts[words_[i].field];
      }
      document->add_term(TermOf(Prefix::kWord, word.text), weight);
      if (counts.total() == 0) continue;
      AppendCounts(counts, &forward->words);
      if (!analyzer_.IsStopWord(word.text)) meant.push_back({word.text, MeantCount(counts)});
    }
    forward->meaning = vectors_.MeaningOf(meant);
  }

  void FinishGrams(BuiltDocument* built, ForwardData* forward) {
    std::sort(grams_.begin(), grams_.end());
    for (const uint64_t gram : grams_) {
      TermCounts counts{static_cast<uint32_t>(gram >> 8), {}};
      ++counts.counts[gram & 0xFF];
      AppendCounts(counts, &forward->grams);
    }
    built->grams.reserve(forward->grams.size());
    for (const TermCounts& gram : forward->grams) built->grams.push_back(gram.hash);
  }

  static uint32_t MeantCount(const TermCounts& counts) {
    return kAchievementTitleTimes * (counts.counts[kTitleField] + counts.counts[kKeywordsField]) +
           counts.counts[kBodyField];
  }

  // Two terms of one hash count as one; in a document that is rarer than one in a million.
  static void AppendCounts(const TermCounts& counts, std::vector<TermCounts>* terms) {
    if (terms->empty() || terms->back().hash != counts.hash) {
      terms->push_back(counts);
      return;
    }
    for (size_t field = 0; field < kFields; ++field) terms->back().counts[field] += counts.counts[field];
  }

  const Analyzer& analyzer_;
  const WordVectors& vectors_;
  std::deque<AnalyzedText> texts_;
  std::vector<Word> words_;
  std::vector<uint64_t> grams_;  // hash << 8 | field
  std::map<std::string_view, unsigned> title_bigrams_;
  FieldLengthCounts lengths_{};
};

template <typename Codes>
void AddCodes(const Codes& codes, const Taxonomy& taxonomy, Prefix prefix, Xapian::Document* document) {
  for (const std::string& code : codes) {
    document->add_boolean_term(TermOf(prefix, code));
    for (const std::string& ancestor : taxonomy.AncestorsOf(code))
      document->add_boolean_term(TermOf(prefix, ancestor));
  }
}

void AddAccessTerms(const AccessFacts& access, Xapian::Document* document) {
  for (const std::string& term : AccessTermsOf(access)) {
    document->add_boolean_term(AccessTerm(Prefix::kMaySee, access.state, term));
  }
  // Who sees an ANONYMOUS record in full is who would see it if it were STAFF_ONLY.
  AccessFacts in_full = access;
  if (in_full.tier == v1::CONFIDENTIALITY_TIER_ANONYMOUS) in_full.tier = v1::CONFIDENTIALITY_TIER_STAFF_ONLY;
  for (const std::string& term : AccessTermsOf(in_full)) {
    document->add_boolean_term(AccessTerm(Prefix::kMaySeeInFull, access.state, term));
  }
}

void AddFilterTerms(const IndexedRecord& record, const TaxonomySet& taxonomies, Xapian::Document* document) {
  const internal::v1::RecordFacts& facts = record.facts;
  const auto add = [&](Prefix prefix, const std::string& text) {
    if (!text.empty()) document->add_boolean_term(TermOf(prefix, text));
  };
  AddCodes(facts.field_codes(), taxonomies.fields, Prefix::kField, document);
  AddCodes(facts.industry_codes(), taxonomies.industries, Prefix::kIndustry, document);
  if (!facts.region_code().empty()) {
    AddCodes(std::vector<std::string>{facts.region_code()}, taxonomies.regions, Prefix::kRegion, document);
  }
  add(Prefix::kRegion, CityOf(facts.region_code()));
  add(Prefix::kRegion, ProvinceOf(facts.region_code()));
  add(Prefix::kPark, record.access.park_code);
  add(Prefix::kEnterprise, record.access.enterprise);
  add(Prefix::kOwnerCreditCode, record.owner_credit_code);
  for (const std::string& library : record.source_libraries) add(Prefix::kSourceLibrary, library);
  for (const int mode : facts.cooperation_modes())
    document->add_boolean_term(TermOf(Prefix::kCooperationMode, mode));
  document->add_boolean_term(TermOf(Prefix::kNeedType, record.need_type));
  document->add_boolean_term(TermOf(Prefix::kMaturity, facts.maturity_level()));
  if (facts.has_price_min_wan_yuan() || facts.has_price_max_wan_yuan()) {
    document->add_boolean_term(TermOf(Prefix::kPriced, ""));
  }
}

void AddValues(const IndexedRecord& record, const TaxonomySet& taxonomies, Xapian::Document* document) {
  const internal::v1::RecordFacts& facts = record.facts;
  constexpr double kOpen = std::numeric_limits<double>::infinity();
  const double high = facts.has_price_max_wan_yuan() ? facts.price_max_wan_yuan() : kOpen;
  const double low = facts.has_price_min_wan_yuan() ? facts.price_min_wan_yuan() : 0;
  document->add_value(kNameSlot, record.name);
  document->add_value(kUpdateTimeSlot, Xapian::sortable_serialise(static_cast<double>(record.update_micros)));
  document->add_value(kPriceOrderSlot,
                      Xapian::sortable_serialise(facts.has_price_min_wan_yuan() ? low : high));
  document->add_value(kPriceLowSlot, Xapian::sortable_serialise(low));
  document->add_value(kPriceHighSlot, Xapian::sortable_serialise(high));
  const std::string& from = facts.valid_from();
  const std::string& until = facts.valid_until();
  document->add_value(kMaturitySlot, Xapian::sortable_serialise(facts.maturity_level()));
  document->add_value(kValidFromSlot, from.empty() ? kNoValidFrom : from);
  document->add_value(kValidUntilSlot, until.empty() ? kNoValidUntil : until);
  document->add_value(kFacetSlot, EncodeFacetValues(record, taxonomies));
}

}  // namespace

DocumentBuilder::DocumentBuilder(std::shared_ptr<const Analyzer> analyzer,
                                 std::shared_ptr<const TaxonomySet> taxonomies,
                                 std::shared_ptr<const WordVectors> vectors)
    : analyzer_(std::move(analyzer)), taxonomies_(std::move(taxonomies)), vectors_(std::move(vectors)) {}

BuiltDocument DocumentBuilder::Build(const IndexedRecord& record) const {
  TokenCounter counter(*analyzer_, *vectors_);
  counter.Count(record.texts.title, kTitleField);
  for (const std::string& keyword : record.texts.keywords) counter.Count(keyword, kKeywordsField);
  for (size_t i = 0; i < record.texts.body.size(); ++i) {
    const uint8_t field = i < record.counted_body ? uint8_t{kBodyField} : kUncounted;
    counter.Count(record.texts.body[i], field);
  }
  BuiltDocument built;
  ForwardData forward;
  forward.name = record.name;
  forward.title = record.texts.title;
  forward.revision = record.revision;
  forward.access = record.access;
  forward.facts = record.facts.SerializeAsString();
  counter.Finish(&built, &forward);
  built.lengths = forward.lengths;
  built.forward = EncodeForward(forward);
  built.document.add_boolean_term(TermOf(Prefix::kName, record.name));
  AddAccessTerms(record.access, &built.document);
  AddFilterTerms(record, *taxonomies_, &built.document);
  AddValues(record, *taxonomies_, &built.document);
  built.texts = EncodeTexts(record.texts);
  return built;
}

}  // namespace duijie::search
