// SPDX-License-Identifier: GPL-3.0-or-later
// model_export FOLDER VERSION NAME: prints the trained model VERSION of the store FOLDER (<data
// folder>/learning of a daemon that is stopped) as JSON, under the version NAME, as a file of data/models has
// it.
#include <google/protobuf/util/json_util.h>

#include <iostream>

#include "common/storage/rocksdb_store.h"
#include "services/matching/learning/model_store.h"

namespace duijie {
namespace {

Status Run(const std::string& folder, const std::string& version, const std::string& name) {
  RocksDbOptions options;
  options.folder = folder;
  DUIJIE_ASSIGN_OR_RETURN(const auto store, OpenRocksDb(options));
  DUIJIE_ASSIGN_OR_RETURN(const auto models, matching::ModelStore::Open(store.get()));
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<internal::v1::StoredModel> stored, models->Models());
  for (const internal::v1::StoredModel& one : stored) {
    if (one.model().version() != version) continue;
    internal::v1::RankingModel model = one.model();
    model.set_version(name);
    model.mutable_card()->clear_creator();
    google::protobuf::util::JsonPrintOptions print;
    print.preserve_proto_field_names = true;
    std::string json;
    const auto printed = google::protobuf::util::MessageToJsonString(model, &json, print);
    if (!printed.ok()) return Error(StatusCode::kInternal, "INTERNAL", printed.ToString());
    std::cout << json << '\n';
    return OkStatus();
  }
  return Error(StatusCode::kNotFound, "MODEL_MISSING", "no model " + version + " in " + folder);
}

}  // namespace
}  // namespace duijie

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: model_export FOLDER VERSION NAME\n";
    return 2;
  }
  const duijie::Status status = duijie::Run(argv[1], argv[2], argv[3]);
  if (!status.ok()) std::cerr << duijie::MessageOf(status) << '\n';
  return status.ok() ? 0 : 1;
}
