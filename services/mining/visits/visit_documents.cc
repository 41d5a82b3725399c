// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_documents.h"

#include "common/documents/scratch_file.h"
#include "services/mining/visits/visit_ledger.h"
#include "services/mining/visits/visit_pages.h"
#include "services/mining/visits/visit_workbooks.h"

namespace duijie::mining {
namespace {

constexpr size_t kMaxLedgerVisits = 20'000;

}  // namespace

StatusOr<v1::VisitLedger> VisitDocuments::LedgerFor(const rpc::CallContext& call, int year,
                                                    int target) const {
  if (year < kFirstVisitYear || year > kLastVisitYear) {
    return InvalidField("year", "OUT_OF_RANGE", "应为 2000 至 2999");
  }
  if (target < 0 || target > kMaxLedgerTarget) {
    return InvalidField("target", "OUT_OF_RANGE", "应为 1 至 10000 家");
  }
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Visit> visits, StandingVisits(context_, std::to_string(year)));
  std::erase_if(visits, [&](const v1::Visit& visit) { return !MaySeeVisit(call.principal(), visit); });
  if (visits.size() > kMaxLedgerVisits) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "这一年的走访过多，无法列成一份台账");
  }
  return LedgerOf(year, target == 0 ? kDefaultLedgerTarget : target, std::move(visits));
}

StatusOr<v1::GetVisitLedgerResponse> VisitDocuments::Ledger(const rpc::CallContext& call,
                                                            const v1::GetVisitLedgerRequest& request) const {
  v1::GetVisitLedgerResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_ledger(), LedgerFor(call, request.year(), request.target()));
  return response;
}

StatusOr<std::string> VisitDocuments::Page(const rpc::CallContext& call,
                                           const v1::ExportVisitDocumentRequest& request) const {
  switch (request.kind()) {
    case v1::VISIT_DOCUMENT_KIND_PLAN: {
      DUIJIE_ASSIGN_OR_RETURN(const auto plan, VisiblePlan(context_, call.principal(), request.name()));
      return PlanPage(plan, *context_.taxonomies);
    }
    case v1::VISIT_DOCUMENT_KIND_BRIEF: {
      DUIJIE_ASSIGN_OR_RETURN(const auto brief, briefs_.Make(call, request.name()));
      return BriefPage(brief, *context_.taxonomies);
    }
    case v1::VISIT_DOCUMENT_KIND_RECORD: {
      DUIJIE_ASSIGN_OR_RETURN(const auto visit, VisibleVisit(context_, call.principal(), request.name()));
      return RecordPage(visit, *context_.taxonomies);
    }
    case v1::VISIT_DOCUMENT_KIND_LEDGER: {
      DUIJIE_ASSIGN_OR_RETURN(const auto ledger, LedgerFor(call, request.year(), request.target()));
      return LedgerPage(ledger, *context_.taxonomies);
    }
    default:
      return InvalidField("kind", "REQUIRED", "须说明要哪种文件");
  }
}

Status VisitDocuments::Workbook(const rpc::CallContext& call, const v1::ExportVisitDocumentRequest& request,
                                const std::string& path) const {
  const WorkbookPlace place{path, folder_, context_.store().Now()};
  switch (request.kind()) {
    case v1::VISIT_DOCUMENT_KIND_PLAN: {
      DUIJIE_ASSIGN_OR_RETURN(const auto plan, VisiblePlan(context_, call.principal(), request.name()));
      return WritePlanWorkbook(plan, *context_.taxonomies, place);
    }
    case v1::VISIT_DOCUMENT_KIND_RECORD: {
      DUIJIE_ASSIGN_OR_RETURN(const auto visit, VisibleVisit(context_, call.principal(), request.name()));
      return WriteRecordWorkbook(visit, *context_.taxonomies, place);
    }
    case v1::VISIT_DOCUMENT_KIND_LEDGER: {
      DUIJIE_ASSIGN_OR_RETURN(const auto ledger, LedgerFor(call, request.year(), request.target()));
      return WriteLedgerWorkbook(ledger, *context_.taxonomies, place);
    }
    case v1::VISIT_DOCUMENT_KIND_BRIEF:
      return InvalidField("format", "NOT_ALLOWED", "简报只有 HTML");
    default:
      return InvalidField("kind", "REQUIRED", "须说明要哪种文件");
  }
}

StatusOr<std::string> VisitDocuments::Export(const rpc::CallContext& call,
                                             const v1::ExportVisitDocumentRequest& request) const {
  if (request.format() != v1::VISIT_DOCUMENT_FORMAT_XLSX) return Page(call, request);
  const ScratchFile file(folder_);
  DUIJIE_RETURN_IF_ERROR(Workbook(call, request, file.path()));
  return ReadWhole(file.path());
}

}  // namespace duijie::mining
