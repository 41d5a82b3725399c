// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of an index: every term prefix, value slot and metadata key, in one place. docs/formats/index.md
// tells the same with its reasons. Change anything here or in forward_data.h, the dictionaries or the word
// vectors, and raise kSchemaVersion: an
// index of another version is deleted and built anew from the catalog.
//
// One index holds one collection (achievements or needs), all records that are not deleted, in every state;
// who may see a record is itself a term, so that no query can forget it.
//
// Terms. A capital letter, then the text; texts of the analyzer are case-folded. All but W and B are boolean.
//   W  word of any text; wdf: 3 for each in the title, 2 in keywords, 1 elsewhere
//   B  two neighbouring characters of title and keywords, and their last one alone, so that each character
//   begins
//      a term; wdf: occurrences
//   A  who may see it: <state digit><access term>, see common/auth/visibility.h
//   V  who may see it in full: the same; for filters that would tell who stands behind a record
//   F  technology field, with all ancestors
//   I  industry, with all ancestors
//   R  region: county, city, province
//   P  park
//   O  cooperation mode (digit)
//   N  need type (digit)
//   M  maturity level (digit)
//   S  source library
//   E  "enterprises/…" of a need
//   D  owner's credit code
//   Y  states a price or budget
//   Q  resource name, unique
//
// The first document of an index has no terms and stands for no record, so that no term is in every document:
// Xapian 1.4 reads an unweighted term that is in all documents from its list of all documents, and fails
// ("Unexpected end of posting list") where that list has gaps and more than one block.
//
// Everything else that a query may need of a record is in its forward data (forward_data.h) and texts
// (stored_texts.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <xapian.h>

#include "duijie/v1/common.pb.h"

namespace duijie::search {

inline constexpr int kSchemaVersion = 5;

enum class Prefix : char {
  kWord = 'W',
  kBigram = 'B',
  kMaySee = 'A',
  kMaySeeInFull = 'V',
  kField = 'F',
  kIndustry = 'I',
  kRegion = 'R',
  kPark = 'P',
  kCooperationMode = 'O',
  kNeedType = 'N',
  kMaturity = 'M',
  kSourceLibrary = 'S',
  kEnterprise = 'E',
  kOwnerCreditCode = 'D',
  kPriced = 'Y',
  kName = 'Q',
};

// Weight of one occurrence of a word, by field; see Prefix::kWord.
inline constexpr unsigned kTitleWordWeight = 3;
inline constexpr unsigned kKeywordWordWeight = 2;

// A term. Texts beyond kMaxTermTextBytes are cut and end in a hash of the whole, because Xapian refuses long
// terms.
inline constexpr size_t kMaxTermTextBytes = 120;
std::string TermOf(Prefix prefix, std::string_view text);
std::string TermOf(Prefix prefix, int number);

// kMaySee or kMaySeeInFull for a state and a term of AccessTermsOf or AccessQueryTerms.
std::string AccessTerm(Prefix prefix, v1::RecordState state, std::string_view access_term);

// Value slots. All are set on every document, so that ranges and orders need no special case.
enum Slot : Xapian::valueno {
  kNameSlot = 0,        // resource name; breaks every tie
  kUpdateTimeSlot = 1,  // microseconds since 1970, sortable
  kPriceOrderSlot = 2,  // price_min, else price_max, else +inf; sortable
  kPriceLowSlot = 3,    // lowest price it may have: price_min, else 0; sortable
  kPriceHighSlot = 4,   // highest price it may have: price_max, else +inf; sortable
  kMaturitySlot = 5,    // 0 to 9; sortable
  kValidFromSlot = 6,   // date, "0000-00-00" = no bound
  kValidUntilSlot = 7,  // date, "9999-99-99" = no bound
  kFacetSlot = 8,       // see facet_values.h
};

inline constexpr char kNoValidFrom[] = "0000-00-00";
inline constexpr char kNoValidUntil[] = "9999-99-99";

// Metadata keys.
inline constexpr char kSchemaKey[] = "schema";      // kSchemaVersion, decimal
inline constexpr char kRevisionKey[] = "revision";  // catalog revision that the index has seen, decimal
inline constexpr char kChangedKey[] =
    "changed";  // revision of the latest change that is in the index, decimal
inline constexpr char kGenerationKey[] = "generation";     // counts commits, decimal
inline constexpr char kSumsKey[] = "sums";                 // CollectionSums, see gram_statistics.h
inline constexpr char kGramBaseKey[] = "grams/base";       // document frequencies, see gram_statistics.h
inline constexpr char kGramOverlayKey[] = "grams/recent";  // changes to them since base was written
std::string ForwardKey(Xapian::docid id);                  // forward data of a document
std::string TextsKey(Xapian::docid id);                    // its texts, see stored_texts.h

// "130102" → "130100": the level at which a region is shown where its record is masked.
std::string CityOf(std::string_view region_code);
std::string ProvinceOf(std::string_view region_code);

// Stable 32-bit hash of a term in forward data and gram statistics; never 0. The lowest bit of a gram's hash
// tells its class, so that norms can weigh unigrams and bigrams apart.
enum class TermClass : char { kWord = 'w', kBigram = 'b', kUnigram = 'u' };
uint32_t HashTerm(TermClass kind, std::string_view text);
inline bool IsUnigram(uint32_t gram_hash) { return (gram_hash & 1U) != 0; }

}  // namespace duijie::search
