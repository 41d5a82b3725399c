// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/package_service.h"

namespace duijie::push {

grpc::Status PackageServiceImpl::CreatePackage(grpc::ServerContext* context,
                                               const v1::CreatePackageRequest* request,
                                               v1::CreatePackageResponse* response) {
  return edge_.Unary(context, "duijie.v1.PackageService/CreatePackage", response,
                     [&](rpc::CallContext& call) {
                       auto created = packages_->Create(call, *request);
                       if (created.ok()) call.set_audit_record(created->package().name());
                       return created;
                     });
}

grpc::Status PackageServiceImpl::GetPackage(grpc::ServerContext* context,
                                            const v1::GetPackageRequest* request,
                                            v1::GetPackageResponse* response) {
  return edge_.Unary(context, "duijie.v1.PackageService/GetPackage", response,
                     [&](rpc::CallContext& call) { return packages_->Get(call, *request); });
}

grpc::Status PackageServiceImpl::ListPackages(grpc::ServerContext* context,
                                              const v1::ListPackagesRequest* request,
                                              v1::ListPackagesResponse* response) {
  return edge_.Unary(context, "duijie.v1.PackageService/ListPackages", response,
                     [&](rpc::CallContext& call) { return packages_->List(call, *request); });
}

grpc::Status PackageServiceImpl::RebuildPackage(grpc::ServerContext* context,
                                                const v1::RebuildPackageRequest* request,
                                                v1::RebuildPackageResponse* response) {
  return edge_.Unary(context, "duijie.v1.PackageService/RebuildPackage", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return packages_->Rebuild(call, *request);
                     });
}

grpc::Status PackageServiceImpl::DeletePackage(grpc::ServerContext* context,
                                               const v1::DeletePackageRequest* request,
                                               v1::DeletePackageResponse*) {
  return edge_.Run(context, "duijie.v1.PackageService/DeletePackage", [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return packages_->Delete(call, *request);
  });
}

grpc::Status PackageServiceImpl::ExportPackage(grpc::ServerContext* context,
                                               const v1::ExportPackageRequest* request,
                                               v1::ExportPackageResponse* response) {
  return edge_.Unary(context, "duijie.v1.PackageService/ExportPackage", response,
                     [&](rpc::CallContext& call) { return packages_->Export(call, *request); });
}

}  // namespace duijie::push
