// SPDX-License-Identifier: GPL-3.0-or-later
// 年度科技成果发布目录 as a workbook: the counted achievements, every publication with whether it counts and
// why not, progress towards the target, by month and by unit. Every line names its record.
#pragma once

#include <string>

#include "common/base/clock.h"
#include "services/push/publication/publications.h"

namespace duijie::push {

// Overwrites `path`. Errors as XlsxWriter.
Status WriteCatalogueFile(const YearView& view, int target, UnixMicros now, const std::string& path,
                          const std::string& temp_folder);

const char* ChannelName(v1::PublicationChannel channel);

}  // namespace duijie::push
