// SPDX-License-Identifier: GPL-3.0-or-later
// Methods that a role offers to the other roles of its process, which then call them without the wire: no
// message is copied and no thread waits for another. What the edge does for the call of a peer is done all
// the same, see Edge::RunLocal. Offered while roles are bound; from then on read-only and thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <utility>

#include "common/rpc/call_context.h"

namespace duijie::rpc {

// A request is of one method, so that the types tell which is meant.
template <typename Request, typename Response>
struct LocalMethod {
  std::string_view name;  // as in the policy; static
  std::function<StatusOr<Response>(CallContext&, const Request&)> handler;
};

class LocalMethods {
 public:
  // The handler is called until the app has closed.
  template <typename Request, typename Response>
  void Offer(LocalMethod<Request, Response> method) {
    using Method = LocalMethod<Request, Response>;
    methods_[typeid(Method)] = std::make_shared<const Method>(std::move(method));
  }

  // nullptr where no role of this process offers it.
  template <typename Request, typename Response>
  const LocalMethod<Request, Response>* Find() const {
    const auto found = methods_.find(typeid(LocalMethod<Request, Response>));
    if (found == methods_.end()) return nullptr;
    return static_cast<const LocalMethod<Request, Response>*>(found->second.get());
  }

 private:
  std::unordered_map<std::type_index, std::shared_ptr<const void>> methods_;
};

}  // namespace duijie::rpc
