// SPDX-License-Identifier: GPL-3.0-or-later
// 成果包说明书: a package as a self-contained HTML page made for print. Pure.
#pragma once

#include <string>

#include "duijie/v1/package.pb.h"

namespace duijie::push {

std::string PackagePage(const v1::Package& package);

}  // namespace duijie::push
