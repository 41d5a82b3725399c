// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of packages: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/package_service.grpc.pb.h"
#include "services/push/packages/packages.h"

namespace duijie::push {

class PackageServiceImpl final : public v1::PackageService::Service {
 public:
  // `owner` keeps what `packages` refers to alive.
  PackageServiceImpl(rpc::Edge& edge, std::unique_ptr<Packages> packages, std::shared_ptr<void> owner)
      : edge_(edge), owner_(std::move(owner)), packages_(std::move(packages)) {}

  grpc::Status CreatePackage(grpc::ServerContext* context, const v1::CreatePackageRequest* request,
                             v1::CreatePackageResponse* response) override;
  grpc::Status GetPackage(grpc::ServerContext* context, const v1::GetPackageRequest* request,
                          v1::GetPackageResponse* response) override;
  grpc::Status ListPackages(grpc::ServerContext* context, const v1::ListPackagesRequest* request,
                            v1::ListPackagesResponse* response) override;
  grpc::Status RebuildPackage(grpc::ServerContext* context, const v1::RebuildPackageRequest* request,
                              v1::RebuildPackageResponse* response) override;
  grpc::Status DeletePackage(grpc::ServerContext* context, const v1::DeletePackageRequest* request,
                             v1::DeletePackageResponse* response) override;
  grpc::Status ExportPackage(grpc::ServerContext* context, const v1::ExportPackageRequest* request,
                             v1::ExportPackageResponse* response) override;

 private:
  rpc::Edge& edge_;
  const std::shared_ptr<void> owner_;
  const std::unique_ptr<Packages> packages_;
};

}  // namespace duijie::push
