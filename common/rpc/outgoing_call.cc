// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "common/auth/crypto.h"
#include "common/rpc/app.h"
#include "common/rpc/metadata.h"

namespace duijie::rpc {

OutgoingCall::OutgoingCall(App& app, const CallContext& call, std::chrono::milliseconds timeout) {
  context_.set_deadline(std::min(call.deadline(), std::chrono::system_clock::now() + timeout));
  context_.AddMetadata(kClusterSecret, crypto::ToHex(app.DerivedKey(kPeerCallPurpose)));
  context_.AddMetadata(kPeerPrincipal, call.principal().SerializeAsString());
  context_.AddMetadata(kPeerRequestId, call.request_id());
}

}  // namespace duijie::rpc
