// SPDX-License-Identifier: GPL-3.0-or-later
// Processings in the store of the role "push"; see docs/formats/processing.md. Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "common/resources/role_store.h"
#include "duijie/v1/processing_service.pb.h"

namespace duijie::push {

inline constexpr std::string_view kProcessings = "processings";
inline constexpr std::string_view kProcessingUpdates = "processing_updates";  // side space

class ProcessingTable {
 public:
  // `store` must outlive this.
  explicit ProcessingTable(RoleStore& store);

  const ResourceTable<v1::Processing>& rows() const { return rows_; }

  // Latest first; of one achievement, or all for "".
  StatusOr<ResourcePage<v1::Processing>> Latest(const std::string& achievement, v1::ProcessingState state,
                                                std::string_view position, size_t limit) const;

  // The one in force of an achievement, if any: SIGNED, or REVERTING.
  StatusOr<std::optional<v1::Processing>> InForce(const std::string& achievement) const;

 private:
  const ResourceTable<v1::Processing> rows_;
};

}  // namespace duijie::push
