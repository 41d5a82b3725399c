// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/forward_data.h"

namespace duijie::search {
namespace {

constexpr size_t kHeadBytes = 1 + sizeof(uint32_t);

Status DamagedForwardData() {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "forward data of the index are damaged");
}

// The code of counts, 0 if they do not fit into one; see forward_data.h.
uint8_t CodeOf(const std::array<uint32_t, kFields>& counts) {
  const auto [title, keywords, body] = counts;
  if (title == 0 && keywords == 0) return body < 0x80 ? static_cast<uint8_t>(body) : 0;
  if (title > 3 || keywords > 3 || body > 7) return 0;
  return static_cast<uint8_t>(0x80 | title << 5 | keywords << 3 | body);
}

void PutSection(const std::vector<TermCounts>& terms, std::string* out) {
  PutVarint(terms.size(), out);
  for (const TermCounts& term : terms) PutFixed32(term.hash, out);
  std::string more;
  for (size_t i = 0; i < terms.size(); ++i) {
    const uint8_t code = CodeOf(terms[i].counts);
    out->push_back(static_cast<char>(code));
    if (code != 0) continue;
    PutVarint(i, &more);
    for (const uint32_t count : terms[i].counts) PutVarint(count, &more);
  }
  PutString(more, out);
}

}  // namespace

std::string EncodeForward(const ForwardData& data) {
  std::string out(kHeadBytes, '\0');
  out.reserve(kHeadBytes + data.facts.size() + data.title.size() +
              6 * (data.words.size() + data.grams.size()) + 128);
  PutString(data.name, &out);
  PutString(data.title, &out);
  PutVarint(static_cast<uint64_t>(data.revision), &out);
  PutVarint(data.access.state, &out);
  PutVarint(data.access.tier, &out);
  PutString(data.access.park_code, &out);
  PutString(data.access.enterprise, &out);
  PutString(data.facts, &out);
  PutString(data.meaning, &out);
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
  section.codes_ = reader->Bytes(size);
  section.more_ = reader->String();
  return section;
}

StatusOr<ForwardView> ForwardView::Parse(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::string_view version = reader.Bytes(1);
  const uint32_t checksum = reader.Fixed32();
  if (!reader.ok() || static_cast<uint8_t>(version.front()) != kForwardVersion) return DamagedForwardData();
  if (Checksum(reader.rest()) != checksum) return DamagedForwardData();
  return ParseChecked(bytes);
}

StatusOr<ForwardView> ForwardView::ParseChecked(std::string_view bytes) {
  ByteReader reader(bytes);
  reader.Bytes(kHeadBytes);
  ForwardView view;
  view.name_ = reader.String();
  view.title_ = reader.String();
  view.revision_ = static_cast<int64_t>(reader.Varint());
  view.state_ = static_cast<v1::RecordState>(reader.Varint());
  view.tier_ = static_cast<v1::ConfidentialityTier>(reader.Varint());
  view.park_ = reader.String();
  view.enterprise_ = reader.String();
  view.facts_ = reader.String();
  view.meaning_ = reader.String();
  for (uint32_t& length : view.lengths_) length = static_cast<uint32_t>(reader.Varint());
  view.words_ = ReadSection(&reader);
  view.grams_ = ReadSection(&reader);
  if (!reader.ok() || !reader.rest().empty()) return DamagedForwardData();
  return view;
}

AccessFacts ForwardView::access() const {
  return {state_, tier_, std::string(park_), std::string(enterprise_)};
}

TermCounts ForwardView::Section::Overflowing(size_t i) const {
  TermCounts term{hash(i), {}};
  for (ByteReader reader(more_); reader.ok() && !reader.rest().empty();) {
    const uint64_t index = reader.Varint();
    std::array<uint32_t, kFields> counts{};
    for (uint32_t& count : counts) count = static_cast<uint32_t>(reader.Varint());
    if (index == i) term.counts = counts;
    if (index >= i) break;
  }
  return term;
}

}  // namespace duijie::search
