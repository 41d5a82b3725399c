// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/boosting/booster.h"

#include <xgboost/c_api.h>

#include <cstdint>
#include <cstdlib>
#include <numeric>

namespace duijie {
namespace {

constexpr const char* kOneThread = R"({"missing": NaN, "nthread": 1})";
// Without a cache_id the library refuses to predict; 0 caches nothing between calls.
constexpr const char* kValues =
    R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false, "missing": NaN,
        "cache_id": 0})";
constexpr const char* kContributions =
    R"({"type": 2, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";

Status Failed(const char* reason) {
  return Error(StatusCode::kInvalidArgument, reason, std::string("boosting: ") + XGBGetLastError());
}

Status BadSet(const std::string& what) {
  return Error(StatusCode::kInvalidArgument, "BAD_TRAINING_SET", "boosting: " + what);
}

// The library takes arrays as JSON that names an address.
std::string ArrayInterface(const FeatureMatrix& rows) {
  return R"({"data": [)" + std::to_string(reinterpret_cast<std::uintptr_t>(rows.values.data())) +
         R"(, true], "shape": [)" + std::to_string(rows.rows()) + ", " + std::to_string(rows.columns) +
         R"(], "typestr": "<f4", "version": 3})";
}

// A matrix of the library, freed with its owner.
class Matrix {
 public:
  Matrix() = default;
  ~Matrix() {
    if (handle_ != nullptr) XGDMatrixFree(handle_);
  }
  Matrix(const Matrix&) = delete;
  Matrix& operator=(const Matrix&) = delete;

  Status Fill(const FeatureMatrix& rows) {
    const std::string array = ArrayInterface(rows);
    return XGDMatrixCreateFromDense(array.c_str(), kOneThread, &handle_) == 0 ? OkStatus()
                                                                              : Failed("BAD_TRAINING_SET");
  }

  Status SetInfo(const TrainingSet& data) {
    bool good = XGDMatrixSetFloatInfo(handle_, "label", data.labels.data(), data.labels.size()) == 0;
    if (good && !data.margins.empty()) {
      good = XGDMatrixSetFloatInfo(handle_, "base_margin", data.margins.data(), data.margins.size()) == 0;
    }
    if (good && !data.weights.empty()) {
      good = XGDMatrixSetFloatInfo(handle_, "weight", data.weights.data(), data.weights.size()) == 0;
    }
    if (good && !data.groups.empty()) {
      good = XGDMatrixSetUIntInfo(handle_, "group", data.groups.data(), data.groups.size()) == 0;
    }
    return good ? OkStatus() : Failed("BAD_TRAINING_SET");
  }

  DMatrixHandle get() const { return handle_; }

 private:
  DMatrixHandle handle_ = nullptr;
};

Status CheckSizes(const TrainingSet& data) {
  const size_t rows = data.features.rows();
  if (rows == 0 || data.features.values.size() != rows * data.features.columns) {
    return BadSet("no rows, or rows of different lengths");
  }
  if (data.labels.size() != rows) return BadSet("as many labels as rows are needed");
  if (!data.margins.empty() && data.margins.size() != rows)
    return BadSet("as many margins as rows are needed");
  if (!data.weights.empty() && data.weights.size() != rows)
    return BadSet("as many weights as rows are needed");
  const uint64_t grouped = std::accumulate(data.groups.begin(), data.groups.end(), uint64_t{0});
  if (!data.groups.empty() && grouped != rows) return BadSet("the groups do not add up to the rows");
  return OkStatus();
}

Status Configure(BoosterHandle handle, const BoosterSettings& settings) {
  bool good =
      XGBoosterSetParam(handle, "nthread", "1") == 0 && XGBoosterSetParam(handle, "verbosity", "0") == 0;
  for (const auto& [name, value] : settings) {
    good = good && XGBoosterSetParam(handle, name.c_str(), value.c_str()) == 0;
  }
  return good ? OkStatus() : Failed("BAD_TRAINING_SET");
}

std::vector<float> Copied(const bst_ulong* shape, bst_ulong dimensions, const float* values) {
  size_t count = 1;
  for (bst_ulong i = 0; i < dimensions; ++i) count *= shape[i];
  return {values, values + count};
}

}  // namespace

Booster::~Booster() { XGBoosterFree(handle_); }

StatusOr<std::shared_ptr<const Booster>> Booster::Train(const TrainingSet& data,
                                                        const BoosterSettings& settings, int rounds) {
  DUIJIE_RETURN_IF_ERROR(CheckSizes(data));
  Matrix matrix;
  DUIJIE_RETURN_IF_ERROR(matrix.Fill(data.features));
  DUIJIE_RETURN_IF_ERROR(matrix.SetInfo(data));
  const DMatrixHandle matrices[] = {matrix.get()};
  BoosterHandle handle = nullptr;
  if (XGBoosterCreate(matrices, 1, &handle) != 0) return Failed("BAD_TRAINING_SET");
  std::shared_ptr<const Booster> booster(new Booster(handle, data.features.columns));
  DUIJIE_RETURN_IF_ERROR(Configure(handle, settings));
  for (int round = 0; round < rounds; ++round) {
    if (XGBoosterUpdateOneIter(handle, round, matrix.get()) != 0) return Failed("BAD_TRAINING_SET");
  }
  return booster;
}

StatusOr<std::shared_ptr<const Booster>> Booster::Load(std::string_view bytes) {
  BoosterHandle handle = nullptr;
  if (XGBoosterCreate(nullptr, 0, &handle) != 0) return Failed("BAD_MODEL");
  auto booster = std::shared_ptr<Booster>(new Booster(handle, 0));
  if (XGBoosterLoadModelFromBuffer(handle, bytes.data(), bytes.size()) != 0) return Failed("BAD_MODEL");
  DUIJIE_RETURN_IF_ERROR(Configure(handle, {}));
  bst_ulong columns = 0;
  if (XGBoosterGetNumFeature(handle, &columns) != 0) return Failed("BAD_MODEL");
  booster->columns_ = columns;
  booster->forest_ = Forest::Of(bytes, columns);
  return std::shared_ptr<const Booster>(std::move(booster));
}

StatusOr<std::string> Booster::Save() const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  if (XGBoosterSaveModelToBuffer(handle_, R"({"format": "json"})", &size, &bytes) != 0)
    return Failed("BAD_MODEL");
  return std::string(bytes, size);
}

StatusOr<std::vector<float>> Booster::Predict(const FeatureMatrix& rows) const {
  if (rows.columns != columns_) return BadSet("rows have other columns than the model");
  if (rows.rows() == 0) return std::vector<float>();
  if (forest_) return forest_->Predict(rows.values);
  const std::string array = ArrayInterface(rows);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  if (XGBoosterPredictFromDense(handle_, array.c_str(), kValues, nullptr, &shape, &dimensions, &values) !=
      0) {
    return Failed("BAD_MODEL");
  }
  return Copied(shape, dimensions, values);
}

StatusOr<std::vector<float>> Booster::Contributions(const FeatureMatrix& rows) const {
  if (rows.columns != columns_) return BadSet("rows have other columns than the model");
  if (rows.rows() == 0) return std::vector<float>();
  Matrix matrix;
  DUIJIE_RETURN_IF_ERROR(matrix.Fill(rows));
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  if (XGBoosterPredictFromDMatrix(handle_, matrix.get(), kContributions, &shape, &dimensions, &values) != 0) {
    return Failed("BAD_MODEL");
  }
  return Copied(shape, dimensions, values);
}

StatusOr<std::vector<double>> Booster::Gains() const {
  bst_ulong count = 0;
  bst_ulong dimensions = 0;
  const char** names = nullptr;
  const bst_ulong* shape = nullptr;
  const float* scores = nullptr;
  if (XGBoosterFeatureScore(handle_, R"({"importance_type": "total_gain"})", &count, &names, &dimensions,
                            &shape, &scores) != 0) {
    return Failed("BAD_MODEL");
  }
  std::vector<double> gains(columns_);
  for (bst_ulong i = 0; i < count; ++i) {
    // Features without names are called f0, f1, …
    const size_t column = std::strtoul(names[i] + 1, nullptr, 10);
    if (column < gains.size()) gains[column] = static_cast<double>(scores[i]);
  }
  return gains;
}

}  // namespace duijie
