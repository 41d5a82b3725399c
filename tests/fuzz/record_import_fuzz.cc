// SPDX-License-Identifier: GPL-3.0-or-later
// A row of cells into a record: every cell is refused or read, what was read is written and read back the
// same, and the record is validated. The first byte of the input chooses the collection; cells follow, each a
// byte that chooses the column and the text up to a vertical tab.
#include <string>

#include "services/catalog/catalog_validation.h"
#include "services/catalog/cell_codec.h"
#include "tests/fuzz/cell_promises.h"

namespace duijie::fuzz {
namespace {

using catalog::AnyRecord;

const TaxonomySet& Taxonomies() {
  static const auto taxonomies = TaxonomySet::Load(DUIJIE_SOURCE_DIR "/data/taxonomies");
  FUZZ_CHECK(taxonomies.ok());
  return **taxonomies;
}

void CheckCell(const catalog::Column& column, const std::string& text, AnyRecord* record) {
  const auto error = catalog::ReadCell(column, text, Taxonomies(), record);
  const std::string shown = catalog::FormatCell(column, *record);
  FUZZ_CHECK(IsValidUtf8(shown));
  if (error) {
    FUZZ_CHECK(shown.empty());
    return;
  }
  AnyRecord again = *record;
  FUZZ_CHECK(!catalog::ReadCell(column, catalog::CleanCell(shown), Taxonomies(), &again));
  FUZZ_CHECK(catalog::ProtoOf(again).SerializeAsString() == catalog::ProtoOf(*record).SerializeAsString());
}

void CheckRow(uint8_t kind, std::string_view cells) {
  const auto collection = static_cast<v1::Collection>(v1::COLLECTION_ACHIEVEMENTS + kind % 4);
  AnyRecord record = catalog::NewRecord(collection);
  while (!cells.empty()) {
    const std::string_view cell = cells.substr(0, cells.find('\v'));
    cells.remove_prefix(std::min(cells.size(), cell.size() + 1));
    if (cell.empty()) continue;
    const auto& columns = catalog::ColumnsOf(collection);
    const auto& column = columns[static_cast<uint8_t>(cell[0]) % columns.size()];
    const std::string text = catalog::CleanCell(SanitizeUtf8(cell.substr(1)));
    for (const auto check : {CheckDates, CheckLists, CheckNumbers, CheckIndicators}) check(text);
    if (catalog::IsFieldColumn(column)) CheckCell(column, text, &record);
    catalog::FindColumn(collection, text);
  }
  for (const auto& violation : catalog::ValidateRecord(record, Taxonomies(), "")) {
    FUZZ_CHECK(!violation.field.empty());
    FUZZ_CHECK(IsValidUtf8(violation.description));
  }
  catalog::ValidateForSubmission(record, "");
}

}  // namespace
}  // namespace duijie::fuzz

// Loads the tables outside the time limit of an input.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  duijie::fuzz::Taxonomies();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 0) duijie::fuzz::CheckRow(data[0], duijie::fuzz::BytesOf(data + 1, size - 1));
  return 0;
}
