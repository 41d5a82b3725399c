// SPDX-License-Identifier: GPL-3.0-or-later
// The index's own bytes: forward data, gram statistics, sums. Forward data get a right checksum, so that the
// decoder behind it is reached. The input is forward data, then NUL NUL NUL and statistics.
#include <string>

#include "services/search/forward_data.h"
#include "services/search/gram_statistics.h"
#include "tests/fuzz/check.h"

namespace duijie::search {
namespace {

std::shared_ptr<const GramTable> CheckGrams(std::string_view bytes) {
  auto table = GramTable::Decode(bytes);
  if (!table.ok()) return std::make_shared<GramTable>();
  const auto again = GramTable::Decode(table->Encode());
  FUZZ_CHECK(again.ok());
  FUZZ_CHECK(again->size() <= table->size());
  for (size_t at = 0; at + 4 <= bytes.size(); ++at) {
    const uint32_t hash = LoadFixed32(bytes.data() + at);
    if (hash != 0) FUZZ_CHECK(again->Get(hash) == table->Get(hash));
  }
  return std::make_shared<GramTable>(*std::move(table));
}

void CheckSection(const ForwardView::Section& section) {
  for (size_t i = 0; i < section.size(); ++i) FUZZ_CHECK(section.at(i).hash == section.hash(i));
}

void CheckForward(std::string_view body, std::string_view rest) {
  FUZZ_CHECK(!ForwardView::Parse(body).ok() || body.size() > 5);
  std::string bytes(1, static_cast<char>(kForwardVersion));
  PutFixed32(Checksum(body), &bytes);
  bytes += body;
  const auto grams = CheckGrams(rest);
  const auto sums = CollectionSums::Decode(rest);
  if (sums.ok()) FUZZ_CHECK(CollectionSums::Decode(sums->Encode()).ok());
  const auto view = ForwardView::Parse(bytes);
  if (!view.ok()) return;
  CheckSection(view->words());
  CheckSection(view->grams());
  const GramStatistics statistics(grams, std::make_shared<GramTable>(), CollectionSums{1000, {}});
  FUZZ_CHECK(statistics.NormsOf(view->grams()).bigrams >= 0 || !grams->empty());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  FUZZ_CHECK(!ForwardView::Parse(bytes).ok());
}

}  // namespace
}  // namespace duijie::search

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = duijie::fuzz::BytesOf(data, size);
  const size_t end = bytes.find(std::string_view("\0\0\0", 3));
  duijie::search::CheckForward(bytes.substr(0, end), end == bytes.npos ? "" : bytes.substr(end + 3));
  return 0;
}
