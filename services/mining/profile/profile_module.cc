// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/profile_module.h"

#include "common/documents/scratch_file.h"
#include "common/text/shared_analyzer.h"
#include "services/mining/profile/profile_service.h"

namespace duijie::mining {

Status BindProfiles(rpc::App& app, std::shared_ptr<const VisitContext> context) {
  DUIJIE_ASSIGN_OR_RETURN(std::string folder, app.DataFolder("profile_documents"));
  EmptyFolder(folder);
  DUIJIE_ASSIGN_OR_RETURN(auto analyzer, SharedAnalyzer(app.ShareFolder("text")));
  app.AddService(std::make_unique<ProfileServiceImpl>(
      app.edge(),
      std::make_unique<const ProfileParts>(
          std::move(context), std::make_shared<NoteReader>(std::move(analyzer)), std::move(folder))));
  return OkStatus();
}

}  // namespace duijie::mining
