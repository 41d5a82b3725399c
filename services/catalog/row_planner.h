// SPDX-License-Identifier: GPL-3.0-or-later
// Decides what becomes of one row of an import: which record it is, what changes, what is wrong. Writes
// nothing.
//
// A row is the record with its 系统编号 (name); else the one that carries one of the row's sources; else, for
// enterprises, the one with its credit code; else a new one. Only the columns of the file change; an empty
// cell clears its field. Sources are added, never removed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "common/tabular/table_reader.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_parts.h"
#include "services/catalog/record_traits.h"
#include "services/catalog/row_keys.h"
#include "services/catalog/table_binding.h"

namespace duijie::catalog {

inline constexpr size_t kMaxReportedValue = 100;  // code points of a cell that a problem shows

struct RowPlan {
  v1::RowReport report;             // outcome, name, problems
  std::vector<Mutation> mutations;  // empty unless CREATED or UPDATED
  size_t bytes = 0;                 // of the mutations
};

class RowPlanner {
 public:
  // All arguments outlive the planner. One planner serves one pass over a file, rows in order.
  RowPlanner(CatalogParts parts, const Principal& caller, const v1::ImportHeader& header,
             TableBinding* binding);

  // An error only if the store fails; what is wrong with the row is in the plan.
  StatusOr<RowPlan> Plan(const Row& row);

 private:
  struct Draft;  // a row on its way

  void ReadKeys(Draft* draft) const;
  void AddContentId(Draft* draft) const;
  Status FindRecord(Draft* draft) const;
  StatusOr<std::string> OwnerOf(std::string_view index, const std::string& key) const;
  Status LoadExisting(const std::string& id, Draft* draft) const;
  void ReadFields(Draft* draft) const;
  Status ReadEnterprise(Draft* draft) const;
  Status ResolveEnterpriseName(Draft* draft) const;
  void ReadContact(Draft* draft) const;
  void ClaimKeys(Draft* draft);
  Status CheckUnique(Draft* draft) const;
  void Finish(Draft* draft) const;
  Status MakeMutations(Draft* draft, RowPlan* plan) const;

  CatalogParts parts_;
  const Principal& caller_;
  const v1::ImportHeader& header_;
  TableBinding* const binding_;
  const std::string today_;
  RowKeys keys_;
};

}  // namespace duijie::catalog
