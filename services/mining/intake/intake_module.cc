// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/intake_module.h"

#include "common/text/shared_analyzer.h"
#include "services/mining/intake/intake_service.h"

namespace duijie::mining {

Status BindIntake(rpc::App& app, std::shared_ptr<MiningRole> role) {
  DUIJIE_ASSIGN_OR_RETURN(const std::shared_ptr<const Analyzer> analyzer,
                          SharedAnalyzer(app.ShareFolder("text")));
  // One owner for both: merging refers to the drafts.
  struct Parts {
    Parts(const std::shared_ptr<MiningRole>& role, const std::shared_ptr<const Analyzer>& analyzer)
        : drafts(role, std::make_shared<NoteReader>(analyzer)), merging(role, analyzer, drafts) {}
    Drafts drafts;
    Merging merging;
  };
  const auto parts = std::make_shared<Parts>(role, analyzer);
  app.AddService(std::make_unique<IntakeServiceImpl>(app.edge(),
                                                     std::shared_ptr<const Drafts>(parts, &parts->drafts),
                                                     std::shared_ptr<const Merging>(parts, &parts->merging)));
  return OkStatus();
}

}  // namespace duijie::mining
