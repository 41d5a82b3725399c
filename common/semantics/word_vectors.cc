// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/word_vectors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "common/semantics/meaning.h"

namespace duijie {
namespace {

constexpr std::string_view kMagic = "DJWORDS1";

Status BadFile(const std::string& file, const std::string& rule) {
  return Error(StatusCode::kInvalidArgument, "BAD_TEXT_DATA", file + ": " + rule,
               {{"file", file}, {"rule", rule}});
}

// Takes little-endian values off the front; after too short an input everything is 0.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}
  std::string_view Take(size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  uint32_t Fixed32() {
    const std::string_view taken = Take(sizeof(uint32_t));
    uint32_t value = 0;
    for (size_t i = taken.size(); i-- > 0;) value = value << 8U | static_cast<uint8_t>(taken[i]);
    return value;
  }
  float Float() { return std::bit_cast<float>(Fixed32()); }
  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

double Length(const std::vector<double>& vector) {
  double squares = 0;
  for (const double entry : vector) squares += entry * entry;
  return std::sqrt(squares);
}

}  // namespace

StatusOr<std::shared_ptr<const WordVectors>> WordVectors::Load(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "cannot open " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  std::shared_ptr<WordVectors> made(new WordVectors());
  DUIJIE_RETURN_IF_ERROR(made->Read(text.view(), path.string()));
  return std::shared_ptr<const WordVectors>(std::move(made));
}

StatusOr<std::shared_ptr<const WordVectors>> WordVectors::Shared(const std::filesystem::path& path) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const WordVectors>> loaded;  // by path; protected by mutex
  const std::lock_guard<std::mutex> lock(mutex);
  std::weak_ptr<const WordVectors>& known = loaded[path.lexically_normal().string()];
  if (std::shared_ptr<const WordVectors> shared = known.lock()) return shared;
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const WordVectors> made, Load(path));
  known = made;
  return made;
}

Status WordVectors::Read(std::string_view text, const std::string& file) {
  Bytes bytes(text);
  if (bytes.Take(kMagic.size()) != kMagic) return BadFile(file, "not a file of word vectors");
  const uint32_t dimensions = bytes.Fixed32();
  const uint32_t words = bytes.Fixed32();
  if (dimensions < 1 || dimensions > kMaxVectorDimensions) return BadFile(file, "dimensions out of range");
  if (words > kMaxVectorWords || words > text.size()) return BadFile(file, "number of words out of range");
  for (uint32_t i = 0; i < dimensions; ++i) mean_.push_back(static_cast<double>(bytes.Float()));
  if (!std::all_of(mean_.begin(), mean_.end(), [](double entry) { return std::isfinite(entry); }))
    return BadFile(file, "the mean is no number");
  rows_.reserve(words);
  factors_.reserve(words);
  entries_.reserve(size_t{words} * dimensions);
  for (uint32_t row = 0; row < words && bytes.ok(); ++row) {
    const std::string_view length = bytes.Take(1);
    const std::string_view word = bytes.Take(length.empty() ? 0 : static_cast<uint8_t>(length[0]));
    factors_.push_back(bytes.Float());
    const std::string_view entries = bytes.Take(dimensions);
    if (!bytes.ok()) break;
    if (word.empty() || !rows_.try_emplace(std::string(word), row).second)
      return BadFile(file, "a word is empty or twice");
    if (!std::isfinite(factors_.back()) || factors_.back() < 0)
      return BadFile(file, "a factor is no positive number");
    for (const char entry : entries) entries_.push_back(static_cast<int8_t>(entry));
    greatest_idf_ = std::max(greatest_idf_, static_cast<double>(factors_.back()) * LengthOf(row));
  }
  return bytes.ok() && bytes.empty() ? OkStatus() : BadFile(file, "ends too early or too late");
}

double WordVectors::LengthOf(uint32_t row) const {
  int64_t squares = 0;
  for (size_t i = 0; i < mean_.size(); ++i) squares += int64_t{RowOf(row)[i]} * RowOf(row)[i];
  return std::sqrt(static_cast<double>(squares));
}

double WordVectors::Idf(std::string_view word) const {
  const auto found = rows_.find(word);
  if (found == rows_.end()) return greatest_idf_;
  return static_cast<double>(factors_[found->second]) * LengthOf(found->second);
}

double WordVectors::Nearness(std::string_view a, std::string_view b) const {
  const auto of_a = rows_.find(a);
  const auto of_b = rows_.find(b);
  if (of_a == rows_.end() || of_b == rows_.end()) return 0;
  int64_t sum = 0;
  for (size_t i = 0; i < mean_.size(); ++i) sum += int64_t{RowOf(of_a->second)[i]} * RowOf(of_b->second)[i];
  const double lengths = LengthOf(of_a->second) * LengthOf(of_b->second);
  return lengths > 0 ? static_cast<double>(sum) / lengths : 0;
}

std::string WordVectors::MeaningOf(const std::vector<CountedWord>& words) const {
  std::vector<double> sum(mean_.size());
  for (const CountedWord& counted : words) {
    const auto found = rows_.find(counted.word);
    if (found == rows_.end()) continue;
    const double weight =
        std::log1p(static_cast<double>(counted.count)) * static_cast<double>(factors_[found->second]);
    const int8_t* const row = RowOf(found->second);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += weight * row[i];
  }
  const double length = Length(sum);
  if (!(length > 0)) return {};
  for (size_t i = 0; i < sum.size(); ++i) sum[i] = sum[i] / length - mean_[i];
  const double centred = Length(sum);
  if (!(centred > 0)) return {};
  for (double& entry : sum) entry /= centred;
  return EncodeMeaning(sum);
}

}  // namespace duijie
