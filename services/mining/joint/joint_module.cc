// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_module.h"

#include <filesystem>

#include "common/text/shared_analyzer.h"
#include "services/mining/joint/joint_need_service.h"

namespace duijie::mining {
namespace {

struct Part {
  Part(std::shared_ptr<MiningRole> owner, NeedSimilarity how)
      : role(std::move(owner)), similarity(std::move(how)), needs(*role->store, role->peers, similarity) {}

  const std::shared_ptr<MiningRole> role;
  const NeedSimilarity similarity;
  JointNeeds needs;
};

}  // namespace

Status BindJointNeeds(rpc::App& app, const std::shared_ptr<MiningRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(auto analyzer, SharedAnalyzer(app.ShareFolder("text")));
  const std::filesystem::path semantics = app.ShareFolder("semantics");
  DUIJIE_ASSIGN_OR_RETURN(auto boilerplate, NeedBoilerplate::Load(semantics / "need_boilerplate.tsv"));
  const auto part = std::make_shared<Part>(role, NeedSimilarity(std::move(analyzer), std::move(boilerplate)));
  app.AddService(std::make_unique<JointNeedServiceImpl>(app.edge(), part->needs, part));
  return OkStatus();
}

}  // namespace duijie::mining
