// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/gram_statistics.h"

#include <algorithm>
#include <cmath>

#include "services/search/byte_codec.h"

namespace duijie::search {
namespace {

constexpr size_t kFirstSlots = 1024;       // a power of two
constexpr size_t kTabulatedIdfs = 32'768;  // frequencies below it are looked up instead of computed

Status DamagedStatistics() {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "statistics of the index are damaged");
}

uint64_t ZigZag(int32_t value) {
  return static_cast<uint32_t>(value) << 1 ^ static_cast<uint32_t>(value >> 31);
}
int32_t UnZigZag(uint64_t bits) { return static_cast<int32_t>(bits >> 1) ^ -static_cast<int32_t>(bits & 1); }

}  // namespace

GramTable::GramTable() : slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

void GramTable::Add(uint32_t hash, int32_t delta) {
  size_t i = hash & mask_;
  while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask_;
  // Wraps around, which is defined, if damaged bytes give counts that no collection has.
  slots_[i].count =
      static_cast<int32_t>(static_cast<uint32_t>(slots_[i].count) + static_cast<uint32_t>(delta));
  if (slots_[i].hash == hash) return;
  slots_[i].hash = hash;
  if (++used_ * 2 > slots_.size()) Grow();
}

void GramTable::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.hash == 0) continue;
    size_t i = slot.hash & mask_;
    while (slots_[i].hash != 0) i = (i + 1) & mask_;
    slots_[i] = slot;
  }
}

void GramTable::AddAll(const GramTable& other) {
  for (const Slot& slot : other.slots_) {
    if (slot.hash != 0) Add(slot.hash, slot.count);
  }
}

std::string GramTable::Encode() const {
  std::string out;
  out.reserve(used_ * 6);
  for (const Slot& slot : slots_) {
    if (slot.hash == 0 || slot.count == 0) continue;
    PutFixed32(slot.hash, &out);
    PutVarint(ZigZag(slot.count), &out);
  }
  return out;
}

StatusOr<GramTable> GramTable::Decode(std::string_view bytes) {
  GramTable table;
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const uint32_t hash = reader.Fixed32();
    const int32_t count = UnZigZag(reader.Varint());
    if (!reader.ok() || hash == 0) return DamagedStatistics();
    table.Add(hash, count);
  }
  if (!reader.ok()) return DamagedStatistics();
  return table;
}

std::string CollectionSums::Encode() const {
  std::string out;
  PutVarint(static_cast<uint64_t>(documents), &out);
  for (const int64_t length : lengths) PutVarint(static_cast<uint64_t>(length), &out);
  return out;
}

StatusOr<CollectionSums> CollectionSums::Decode(std::string_view bytes) {
  CollectionSums sums;
  if (bytes.empty()) return sums;
  ByteReader reader(bytes);
  sums.documents = static_cast<int64_t>(reader.Varint());
  for (int64_t& length : sums.lengths) length = static_cast<int64_t>(reader.Varint());
  if (!reader.ok() || !reader.rest().empty()) return DamagedStatistics();
  return sums;
}

GramStatistics::GramStatistics(std::shared_ptr<const GramTable> base,
                               std::shared_ptr<const GramTable> overlay, CollectionSums sums)
    : base_(std::move(base)), overlay_(std::move(overlay)), plain_(overlay_->empty()), sums_(sums) {
  idf_.resize(std::min<size_t>(kTabulatedIdfs, static_cast<size_t>(sums_.documents) + 1));
  for (size_t df = 0; df < idf_.size(); ++df) idf_[df] = ComputeIdf(static_cast<int64_t>(df));
}

double GramStatistics::ComputeIdf(int64_t document_frequency) const {
  return GramIdf(sums_.documents, document_frequency);
}

}  // namespace duijie::search
