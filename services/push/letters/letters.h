// SPDX-License-Identifier: GPL-3.0-or-later
// The use case of LetterService. Thread-safe.
#pragma once

#include "duijie/v1/letter_service.pb.h"
#include "services/push/delivery/push_desk.h"

namespace duijie::push {

inline constexpr int kMaxLetterPushes = 50;
inline constexpr size_t kMaxSenderCodePoints = 200;

class Letters {
 public:
  // All must outlive this.
  Letters(RoleStore& store, const Peers& peers, const PushDesk& desk)
      : store_(store), peers_(peers), desk_(desk) {}

  // Errors: NOT_FOUND if the caller sees no push of the enterprise that may stand in a letter; those of
  // HtmlToDocx.
  StatusOr<v1::ExportPushLetterResponse> Export(const rpc::CallContext& call,
                                                const v1::ExportPushLetterRequest& request) const;

 private:
  StatusOr<std::vector<v1::Push>> PushesFor(const rpc::CallContext& call,
                                            const v1::ExportPushLetterRequest& request) const;

  RoleStore& store_;
  const Peers& peers_;
  const PushDesk& desk_;
};

}  // namespace duijie::push
