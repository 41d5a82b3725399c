// SPDX-License-Identifier: GPL-3.0-or-later
// Briefs, ledgers and documents, as the caller may see them. Thread-safe.
#pragma once

#include <string>

#include "services/mining/visits/visit_briefs.h"

namespace duijie::mining {

class VisitDocuments {
 public:
  // `folder`: an empty folder for files under way.
  VisitDocuments(VisitContext& context, const VisitBriefs& briefs, std::string folder)
      : context_(context), briefs_(briefs), folder_(std::move(folder)) {}

  StatusOr<v1::GetVisitLedgerResponse> Ledger(const rpc::CallContext& call,
                                              const v1::GetVisitLedgerRequest& request) const;

  // The bytes of the file. INTERNAL DOCUMENT_FAILED if a workbook cannot be made.
  StatusOr<std::string> Export(const rpc::CallContext& call,
                               const v1::ExportVisitDocumentRequest& request) const;

 private:
  StatusOr<v1::VisitLedger> LedgerFor(const rpc::CallContext& call, int year, int target) const;
  StatusOr<std::string> Page(const rpc::CallContext& call,
                             const v1::ExportVisitDocumentRequest& request) const;
  Status Workbook(const rpc::CallContext& call, const v1::ExportVisitDocumentRequest& request,
                  const std::string& path) const;

  VisitContext& context_;
  const VisitBriefs& briefs_;
  const std::string folder_;
};

}  // namespace duijie::mining
