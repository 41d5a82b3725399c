// SPDX-License-Identifier: GPL-3.0-or-later
// What the yield model asks of enterprises, gathered as the caller may see it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "duijie/v1/push_service.pb.h"
#include "services/mining/records/catalog_view.h"
#include "services/mining/visits/visit_facts.h"

namespace duijie::mining {

using ListPushes = rpc::PeerCall<v1::ListPushesRequest, v1::ListPushesResponse>;

// Published enterprises that pass `filter` and their needs, both at a catalog revision (0 = now), which is
// returned. `last_visits`: see LastVisits. Pushes are left to CountWelcomedPushes.
StatusOr<int64_t> GatherEnterprises(const CatalogView& catalog, v1::RecordFilter filter, int64_t revision,
                                    const std::map<std::string, Day>& last_visits,
                                    std::vector<EnterpriseFacts>* enterprises);

// Counts the pushes that the enterprises welcomed, as they stood at the moment `at`; none without a peer.
// RESOURCE_EXHAUSTED TOO_LARGE after 100,000 pushes.
Status CountWelcomedPushes(const ListPushes& list_pushes, const rpc::CallContext& call, UnixMicros at,
                           std::vector<EnterpriseFacts>* enterprises);

// The day of each enterprise's latest visit that took place, none after `until`.
std::map<std::string, Day> LastVisits(const std::vector<v1::Visit>& visits, std::optional<Day> until = {});

}  // namespace duijie::mining
