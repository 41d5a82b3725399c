// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/forward_data.h"

namespace duijie::search {
namespace {

constexpr size_t kHeadBytes = 1 + sizeof(uint32_t);

Status Damaged() {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "forward data of the index are damaged");
}

void PutCounts(const TermCounts& term, std::string* out) {
  const auto [title, keywords, body] = term.counts;
  if (title == 0 && keywords == 0 && body > 0 && body < 0x80) {
    out->push_back(static_cast<char>(body));
    return;
  }
  uint8_t fields = 0x80;
  for (size_t field = 0; field < kFields; ++field)
    fields |= static_cast<uint8_t>((term.counts[field] > 0) << field);
  out->push_back(static_cast<char>(fields));
  for (const uint32_t count : term.counts) {
    if (count > 0) PutVarint(count, out);
  }
}

void PutSection(const std::vector<TermCounts>& terms, std::string* out) {
  PutVarint(terms.size(), out);
  std::string counts;
  counts.reserve(terms.size() * 2);
  for (const TermCounts& term : terms) {
    PutFixed32(term.hash, out);
    PutCounts(term, &counts);
  }
  PutString(counts, out);
}

}  // namespace

std::string EncodeForward(const ForwardData& data) {
  std::string out(kHeadBytes, '\0');
  out.reserve(kHeadBytes + data.facts.size() + data.title.size() +
              6 * (data.words.size() + data.grams.size()) + 128);
  PutString(data.name, &out);
  PutString(data.title, &out);
  PutVarint(data.access.state, &out);
  PutVarint(data.access.tier, &out);
  PutString(data.access.park_code, &out);
  PutString(data.access.enterprise, &out);
  PutString(data.facts, &out);
  for (const uint32_t length : data.lengths) PutVarint(length, &out);
  PutSection(data.words, &out);
  PutSection(data.grams, &out);
  std::string head(1, static_cast<char>(kForwardVersion));
  PutFixed32(Checksum(std::string_view(out).substr(kHeadBytes)), &head);
  return out.replace(0, kHeadBytes, head);
}

ForwardView::Section ForwardView::ReadSection(ByteReader* reader) {
  Section section;
  const uint64_t size = reader->Varint();
  if (size > reader->rest().size()) {
    reader->Bytes(size);  // marks the reader as failed
    return section;
  }
  section.hashes_ = reader->Bytes(size * sizeof(uint32_t));
  section.counts_ = reader->String();
  return section;
}

StatusOr<ForwardView> ForwardView::Parse(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::string_view version = reader.Bytes(1);
  const uint32_t checksum = reader.Fixed32();
  if (!reader.ok() || static_cast<uint8_t>(version.front()) != kForwardVersion) return Damaged();
  if (Checksum(reader.rest()) != checksum) return Damaged();
  ForwardView view;
  view.name_ = reader.String();
  view.title_ = reader.String();
  view.access_.state = static_cast<v1::RecordState>(reader.Varint());
  view.access_.tier = static_cast<v1::ConfidentialityTier>(reader.Varint());
  view.access_.park_code = reader.String();
  view.access_.enterprise = reader.String();
  view.facts_ = reader.String();
  for (uint32_t& length : view.lengths_) length = static_cast<uint32_t>(reader.Varint());
  view.words_ = ReadSection(&reader);
  view.grams_ = ReadSection(&reader);
  if (!reader.ok() || !reader.rest().empty()) return Damaged();
  return view;
}

const uint8_t* ForwardView::Section::ReadCounts(const uint8_t* at, const uint8_t* end, TermCounts* term) {
  const uint8_t fields = *at++;
  ByteReader reader(std::string_view(reinterpret_cast<const char*>(at), static_cast<size_t>(end - at)));
  for (size_t field = 0; field < kFields; ++field) {
    term->counts[field] = (fields >> field & 1) != 0 ? static_cast<uint32_t>(reader.Varint()) : 0;
  }
  return end - reader.rest().size();
}

bool ForwardView::Section::Contains(uint32_t wanted) const {
  size_t low = 0;
  size_t high = size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (hash(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size() && hash(low) == wanted;
}

}  // namespace duijie::search
