// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of the role "matching": its model and analyzer from the share folder, its runs in <data
// folder>/runs, judgements and learned models in <data folder>/learning, its peers "search" and "catalog".
#pragma once

#include "common/rpc/app.h"

namespace duijie::matching {

Status BindMatching(rpc::App& app);

}  // namespace duijie::matching
