// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of PackageService. A package is visible to whom all its needs and members are visible; to
// anybody else it does not exist. Thread-safe.
#pragma once

#include "common/resources/request_memory.h"
#include "common/resources/resource_table.h"
#include "common/resources/role_store.h"
#include "duijie/v1/package_service.pb.h"
#include "services/push/packages/package_builder.h"

namespace duijie::push {

class Packages {
 public:
  // Both must outlive this.
  Packages(RoleStore& store, const Peers& peers);

  StatusOr<v1::CreatePackageResponse> Create(const rpc::CallContext& call,
                                             const v1::CreatePackageRequest& request);
  StatusOr<v1::GetPackageResponse> Get(const rpc::CallContext& call,
                                       const v1::GetPackageRequest& request) const;
  StatusOr<v1::ListPackagesResponse> List(const rpc::CallContext& call,
                                          const v1::ListPackagesRequest& request) const;
  StatusOr<v1::RebuildPackageResponse> Rebuild(const rpc::CallContext& call,
                                               const v1::RebuildPackageRequest& request);
  Status Delete(const rpc::CallContext& call, const v1::DeletePackageRequest& request);
  StatusOr<v1::ExportPackageResponse> Export(const rpc::CallContext& call,
                                             const v1::ExportPackageRequest& request) const;

 private:
  // Whether the caller sees all records that the package names.
  StatusOr<bool> MaySee(const rpc::CallContext& call, const v1::Package& package) const;
  StatusOr<v1::Package> Visible(const rpc::CallContext& call, const std::string& name) const;

  RoleStore& store_;
  const Peers& peers_;
  const PackageBuilder builder_;
  const ResourceTable<v1::Package> table_;
};

}  // namespace duijie::push
