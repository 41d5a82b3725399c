// SPDX-License-Identifier: GPL-3.0-or-later
// Names of records from their ids in source libraries, and back. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/duijie/client.h"

namespace duijie {

class ExternalIds {
 public:
  // Libraries are asked in order; the first that knows an id wins. `client` must outlive this.
  ExternalIds(Client& client, v1::Collection collection, std::vector<std::string> libraries)
      : client_(client), collection_(collection), libraries_(std::move(libraries)) {}

  // Looks up all of `ids`, in batches.
  Status Resolve(const std::vector<std::string>& ids);
  // The name of a resolved id, or "".
  std::string NameOf(const std::string& id) const;

  // The ids of achievements by name, reading those not yet known; the name itself where a record has none in
  // the libraries.
  StatusOr<std::vector<std::string>> IdsOf(const std::vector<std::string>& names);

 private:
  Status ResolveIn(const std::string& library, const std::vector<std::string>& ids);
  std::string IdIn(const v1::Achievement& achievement) const;

  Client& client_;
  const v1::Collection collection_;
  const std::vector<std::string> libraries_;
  std::map<std::string, std::string> name_of_;
  std::map<std::string, std::string> id_of_;
};

}  // namespace duijie
