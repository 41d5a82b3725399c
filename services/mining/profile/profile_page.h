// SPDX-License-Identifier: GPL-3.0-or-later
// 一企一档 as HTML made for print. Pure.
#pragma once

#include <string>

#include "duijie/v1/profile.pb.h"

namespace duijie::mining {

std::string ProfilePage(const v1::EnterpriseProfile& profile);

}  // namespace duijie::mining
