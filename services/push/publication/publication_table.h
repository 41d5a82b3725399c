// SPDX-License-Identifier: GPL-3.0-or-later
// Publications in the store of the role "push"; see docs/formats/processing.md. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "common/resources/role_store.h"
#include "duijie/v1/publication_service.pb.h"

namespace duijie::push {

inline constexpr std::string_view kPublications = "publications";

class PublicationTable {
 public:
  // `store` must outlive this.
  explicit PublicationTable(RoleStore& store);

  const ResourceTable<v1::Publication>& rows() const { return rows_; }

  struct Filter {
    std::string achievement;  // "" = any
    int year = 0;             // 0 = any
    v1::PublicationChannel channel = v1::PUBLICATION_CHANNEL_UNSPECIFIED;
  };
  // Latest first.
  StatusOr<ResourcePage<v1::Publication>> Latest(const Filter& filter, std::string_view position,
                                                 size_t limit) const;

 private:
  const ResourceTable<v1::Publication> rows_;
};

}  // namespace duijie::push
