// SPDX-License-Identifier: GPL-3.0-or-later
// import, template and export: tables in and out.
#pragma once

#include "duijie/v1/catalog_service.pb.h"
#include "services/duijie/session.h"

namespace duijie {

void AddImportCommand(Command root, Invocation& invocation);
void AddTemplateCommand(Command root, Invocation& invocation);
void AddExportCommand(Command root, Invocation& invocation);

struct ImportOptions {
  std::string collection, file, format, sheet, source, tier, errors_file;
  std::vector<std::string> mappings;  // "heading=column"
  bool dry_run = false;
  bool skip_bad = false;
  bool publish = false;
  bool submit = false;
  bool content_id = false;
};

// The header of an import. USAGE error naming what is wrong. Pure.
StatusOr<v1::ImportHeader> MakeImportHeader(const ImportOptions& options);

// From --format, else from the file's ending; TABLE_FORMAT_UNSPECIFIED if neither tells. Pure.
StatusOr<v1::TableFormat> FormatOf(const std::string& format, const std::string& file);

// "共 120 行：新增 100，…"; pure.
std::string ImportSummaryText(const v1::ImportSummary& summary, bool dry_run);

}  // namespace duijie
