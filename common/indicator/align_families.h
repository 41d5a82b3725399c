// SPDX-License-Identifier: GPL-3.0-or-later
// Names that are one by the kind of quantity they end with, whatever the table knows of them. Private to
// common/indicator.
#pragma once

#include "common/indicator/align.h"

namespace duijie::indicator {

// 残留溶剂甲醇 and 甲醇残留量, 称重精度 and 称重误差, 换气 and 换气次数; 0 if they are not. Decisive words
// are the caller's business.
double AlignFamilies(const PreparedName& a, const PreparedName& b);

}  // namespace duijie::indicator
