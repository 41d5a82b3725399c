// SPDX-License-Identifier: GPL-3.0-or-later
// Visits, plans, briefs and ledgers as a person reads them; and documents as files.
#pragma once

#include "duijie/v1/visit_service.grpc.pb.h"
#include "services/duijie/record_view.h"
#include "services/duijie/session.h"

namespace duijie {

void ShowVisitPlan(Session& session, const v1::VisitPlan& plan);
Table VisitPlanTable(const std::vector<v1::VisitPlan>& plans);
void ShowVisit(Session& session, const v1::Visit& visit);
Table VisitTable(const std::vector<v1::Visit>& visits);
void ShowVisitBrief(Session& session, const v1::VisitBrief& brief);
void ShowVisitLedger(Session& session, const v1::VisitLedger& ledger);

// Writes a document to `file`; its format follows the ending (.html, .xlsx).
StatusOr<ExitCode> SaveVisitDocument(Session& session, v1::ExportVisitDocumentRequest request,
                                     const std::string& file);

// A stub of the process that runs mining.
std::unique_ptr<v1::VisitService::Stub> VisitStub(Session& session);

}  // namespace duijie
