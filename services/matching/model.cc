// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/model.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace duijie::matching {
namespace {

constexpr double kWholeTolerance = 1e-6;  // of a weight in millionths
constexpr size_t kMaxModelBytes = 1 << 20;
constexpr std::string_view kInService = "in_service";

Status BadModel(const std::string& file, const std::string& what) {
  return Error(StatusCode::kInvalidArgument, "BAD_MODEL", "ranking model " + file + ": " + what,
               {{"file", file}});
}

struct Range {
  const char* name;
  double value;
  double low;
  double high;
};

Status CheckParameters(const internal::v1::RankingParameters& p, const std::string& file) {
  const std::vector<Range> ranges = {
      {"source_title_boost", p.source_title_boost(), 1, 100},
      {"source_keywords_boost", p.source_keywords_boost(), 1, 100},
      {"title_weight", p.title_weight(), 0, 100},
      {"keywords_weight", p.keywords_weight(), 0, 100},
      {"body_weight", p.body_weight(), 0, 100},
      {"k1", p.k1(), 0.01, 100},
      {"b", p.b(), 0, 1},
      {"synonym_weight", p.synonym_weight(), 0, 1},
      {"body_coverage", p.body_coverage(), 0, 1},
      {"maturity_span", static_cast<double>(p.maturity_span()), 1, 9},
      {"fresh_days", static_cast<double>(p.fresh_days()), 1, 36'500},
      {"search_terms", static_cast<double>(p.search_terms()), 8, 400},
      {"unigram_weight", p.unigram_weight(), 0.01, 100},
      {"boilerplate_power", p.boilerplate_power(), 0, 4},
      {"search_title_boost", p.search_title_boost(), 1, 100},
      {"search_boilerplate_power", p.search_boilerplate_power(), 0, 4},
      {"search_decay", p.search_decay(), 1e-6, 1e6},
      {"expansion_terms", static_cast<double>(p.expansion_terms()), 0, 200},
      {"expansion_share", p.expansion_share(), 0, 10},
      {"feedback_records", static_cast<double>(p.feedback_records()), 0, 100},
      {"feedback_grams", static_cast<double>(p.feedback_grams()), 0, 1'000},
      {"feedback_share", p.feedback_share(), 0, 10},
      {"search_meaning_share", p.search_meaning_share(), 0, 10},
      {"meaning_words", p.meaning_words(), 1, 1'000},
  };
  for (const Range& range : ranges) {
    if (!(range.value >= range.low && range.value <= range.high)) {
      return BadModel(file, std::string("parameter ") + range.name + " is missing or out of range");
    }
  }
  if (p.title_weight() + p.keywords_weight() + p.body_weight() <= 0)
    return BadModel(file, "all field weights are 0");
  return OkStatus();
}

bool IsVersion(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

int64_t WeightMicros(const internal::v1::RankingFeature& feature) {
  return std::llround(feature.weight() * kScoreUnit);
}

Status CheckFeature(const internal::v1::RankingFeature& feature, size_t index, const std::string& file) {
  if (!(feature.weight() >= 0 && feature.weight() <= 1)) {
    return BadModel(file, "weight of " + feature.name() + " is not between 0 and 1");
  }
  if (std::abs(feature.weight() * kScoreUnit - static_cast<double>(WeightMicros(feature))) >
      kWholeTolerance) {
    return BadModel(file, "weight of " + feature.name() + " has more than six decimals");
  }
  if (feature.text().empty()) return BadModel(file, "feature " + feature.name() + " has no text");
  const bool is_text = index < kTextFeatureCount;
  const bool has_curve = feature.saturation() > 0 && feature.saturation() <= 100;
  if (is_text ? !has_curve : feature.saturation() != 0) {
    return BadModel(file,
                    "saturation of " + feature.name() + (is_text ? " must be positive" : " must be absent"));
  }
  return OkStatus();
}

int64_t ToMicro(double value) {
  if (!(value > 0)) return 0;
  return std::llround(std::min(value, 1.0) * kScoreUnit);
}

StatusOr<std::string> ReadSmallFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    return Error(StatusCode::kNotFound, "MODEL_MISSING", "cannot read " + path.string(),
                 {{"file", path.string()}});
  }
  if (bytes.view().size() > kMaxModelBytes) return BadModel(path.string(), "too large");
  return std::move(bytes).str();
}

}  // namespace

StatusOr<std::shared_ptr<const RankingModel>> RankingModel::Parse(std::string_view json,
                                                                  const std::string& file) {
  internal::v1::RankingModel proto;
  const auto parsed = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &proto);
  if (!parsed.ok()) return BadModel(file, "not the JSON of a ranking model: " + parsed.ToString());
  return Make(proto, file);
}

StatusOr<std::shared_ptr<const RankingModel>> RankingModel::Make(const internal::v1::RankingModel& proto,
                                                                 const std::string& file) {
  if (!IsVersion(proto.version())) return BadModel(file, "bad version");
  DUIJIE_RETURN_IF_ERROR(CheckParameters(proto.parameters(), file));
  auto model = std::make_shared<RankingModel>();
  model->version_ = proto.version();
  model->parameters_ = proto.parameters();
  std::array<bool, kFeatureCount> seen{};
  int64_t sum = 0;
  for (const internal::v1::RankingFeature& feature : proto.features()) {
    const auto* const name = std::find(kFeatureNames.begin(), kFeatureNames.end(), feature.name());
    if (name == kFeatureNames.end()) return BadModel(file, "unknown feature " + feature.name());
    const auto index = static_cast<size_t>(name - kFeatureNames.begin());
    if (seen[index]) return BadModel(file, "feature " + feature.name() + " twice");
    DUIJIE_RETURN_IF_ERROR(CheckFeature(feature, index, file));
    seen[index] = true;
    model->weights_[index] = WeightMicros(feature);
    model->saturations_[index] = feature.saturation();
    model->texts_[index] = feature.text();
    if (!IsPenalty(index)) sum += WeightMicros(feature);
  }
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (!seen[i]) return BadModel(file, "feature " + std::string(kFeatureNames[i]) + " is missing");
  }
  if (sum != kScoreUnit) return BadModel(file, "weights do not add up to 1");
  if (proto.has_levels()) {
    DUIJIE_ASSIGN_OR_RETURN(model->levels_, LevelModel::Parse(proto.levels(), file));
  }
  model->proto_ = proto;
  return std::shared_ptr<const RankingModel>(std::move(model));
}

ScoredFeatures RankingModel::Score(const FeatureValues& values) const {
  ScoredFeatures scored;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    scored.values[i] = ToMicro(values[i]);
    scored.contributions[i] = (weights_[i] * scored.values[i] + kScoreUnit / 2) / kScoreUnit;
    if (!IsPenalty(i)) scored.score += scored.contributions[i];
  }
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (!IsPenalty(i)) continue;
    scored.contributions[i] = -std::min(scored.contributions[i], scored.score);
    scored.score += scored.contributions[i];
  }
  return scored;
}

double RankingModel::LevelScore(const ScoredFeatures& scored) const {
  int64_t most = 0;
  int64_t sum = 0;
  for (size_t i = 0; i < kTextFeatureCount; ++i) {
    most += weights_[i];
    sum += scored.contributions[i];
  }
  sum += scored.contributions[kIndicatorsMet] + scored.contributions[kIndicatorsMissed];
  return most == 0 ? 0 : static_cast<double>(std::max<int64_t>(sum, 0)) / static_cast<double>(most);
}

StatusOr<std::shared_ptr<ModelSet>> ModelSet::Load(const std::string& folder) {
  const std::filesystem::path root(folder);
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  if (error || files.empty()) {
    return Error(StatusCode::kNotFound, "MODEL_MISSING", "no ranking model in " + folder, {{"file", folder}});
  }
  auto set = std::make_shared<ModelSet>();
  for (const std::filesystem::path& file : files) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string json, ReadSmallFile(file));
    DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const RankingModel> model,
                            RankingModel::Parse(json, file.string()));
    if (model->version() != file.stem().string())
      return BadModel(file.string(), "version differs from the file's name");
    set->shipped_[model->version()] = std::move(model);
  }
  DUIJIE_ASSIGN_OR_RETURN(std::string in_service, ReadSmallFile(root / kInService));
  while (!in_service.empty() && (in_service.back() == '\n' || in_service.back() == '\r'))
    in_service.pop_back();
  set->shipped_in_service_ = std::move(in_service);
  if (!set->shipped_.contains(set->shipped_in_service_)) {
    return BadModel((root / kInService).string(), "names no model of the folder");
  }
  set->Serve({}, "");
  return set;
}

std::shared_ptr<const RankingModel> ModelSet::Find(std::string_view version) const {
  std::shared_ptr<const Served> served;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    served = served_;
  }
  const auto found = served->models.find(version.empty() ? std::string_view(served->in_service) : version);
  return found == served->models.end() ? nullptr : found->second;
}

void ModelSet::Serve(const Models& trained, const std::string& in_service) {
  auto next = std::make_shared<Served>();
  next->models = shipped_;
  for (const std::shared_ptr<const RankingModel>& model : trained)
    next->models.emplace(model->version(), model);
  next->in_service = next->models.contains(in_service) ? in_service : shipped_in_service_;
  const std::lock_guard<std::mutex> lock(mutex_);
  served_ = std::move(next);
}

ModelSet::Models ModelSet::Shipped() const {
  Models models;
  for (const auto& [version, model] : shipped_) models.push_back(model);
  return models;
}

}  // namespace duijie::matching
