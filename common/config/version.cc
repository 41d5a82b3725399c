// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/config/version.h"

namespace duijie {

std::string_view Version() { return DUIJIE_VERSION; }

}  // namespace duijie
