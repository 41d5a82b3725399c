// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/need_boilerplate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <string>

namespace duijie {
namespace {

Status BadLine(const std::filesystem::path& path, size_t line, const std::string& rule) {
  return Error(StatusCode::kInvalidArgument, "BAD_TEXT_DATA", path.filename().string() + ": " + rule,
               {{"file", path.string()}, {"line", std::to_string(line)}, {"rule", rule}});
}

struct CountedGram {
  std::string gram;
  int64_t count = 0;
};

// "gram<TAB>count", the count at least `least`.
bool ParseLine(const std::string& line, int64_t least, CountedGram* out) {
  const size_t tab = line.find('\t');
  if (tab == std::string::npos || tab == 0) return false;
  out->gram = line.substr(0, tab);
  const char* const begin = line.data() + tab + 1;
  const char* const end = line.data() + line.size();
  const auto [rest, error] = std::from_chars(begin, end, out->count);
  return error == std::errc() && rest == end && out->count >= least;
}

}  // namespace

StatusOr<std::shared_ptr<const NeedBoilerplate>> NeedBoilerplate::Load(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "cannot open " + path.string());
  std::shared_ptr<NeedBoilerplate> table(new NeedBoilerplate());
  CountedGram counted;
  int64_t documents = 0;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (!ParseLine(line, documents == 0 ? 1 : 2, &counted))
      return BadLine(path, number, "not a term and a count");
    if (documents == 0) {
      if (counted.gram != "documents")
        return BadLine(path, number, "the number of documents must come first");
      documents = counted.count;
      continue;
    }
    if (counted.count > documents) return BadLine(path, number, "counted in more documents than there are");
    if (table->rarities_.size() >= kMaxBoilerplateGrams) return BadLine(path, number, "too many terms");
    const double rarity =
        std::log(static_cast<double>(documents + 1) / static_cast<double>(counted.count + 1)) /
        std::log(static_cast<double>(documents + 1));
    if (!table->rarities_.try_emplace(counted.gram, std::max(rarity, kLeastRarity)).second) {
      return BadLine(path, number, "a term twice");
    }
  }
  if (documents == 0) return BadLine(path, number, "the number of documents is missing");
  return std::shared_ptr<const NeedBoilerplate>(std::move(table));
}

double NeedBoilerplate::Rarity(std::string_view gram) const {
  const auto found = rarities_.find(gram);
  return found == rarities_.end() ? 1 : found->second;
}

}  // namespace duijie
