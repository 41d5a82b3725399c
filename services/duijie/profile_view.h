// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles, lists of key enterprises and guesses as a person reads them.
#pragma once

#include "duijie/v1/profile_service.grpc.pb.h"
#include "services/duijie/session.h"

namespace duijie {

void ShowProfile(Session& session, const v1::EnterpriseProfile& profile);
void ShowKeyEnterprises(Session& session, const v1::KeyEnterpriseSelection& selection);
void ShowLatentNeed(Session& session, const v1::LatentNeed& latent);
// JSON lines or a table.
void ShowLatentNeeds(Session& session, const std::vector<v1::LatentNeed>& latent);

// A stub of the process that runs mining.
std::unique_ptr<v1::ProfileService::Stub> ProfileStub(Session& session);

// "ab12" → "enterprises/ab12"; a name with its collection stays.
std::string NameInCollection(const std::string& collection, const std::string& text);

// Writes a document to `path`, or to standard output for "-".
StatusOr<ExitCode> SaveDocument(Session& session, const std::string& content, const std::string& path);

}  // namespace duijie
