// SPDX-License-Identifier: GPL-3.0-or-later
// The papers of the diagnosis: 需求诊断单 as printable HTML and 需求汇总表 as a workbook.
#pragma once

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/need.pb.h"
#include "duijie/v1/need_diagnosis.pb.h"

namespace duijie::mining {

// Pure.
std::string DiagnosisPaper(const v1::Need& need, const v1::NeedDiagnosis& diagnosis, UnixMicros now);

struct SummaryRow {
  v1::Need need;
  v1::NeedDiagnosis diagnosis;
};

// Writes the workbook to `path`; `temp_folder` for rows in between. Errors of XlsxWriter.
Status WriteSummary(const std::vector<SummaryRow>& rows, UnixMicros now, const std::string& path,
                    const std::string& temp_folder);

}  // namespace duijie::mining
