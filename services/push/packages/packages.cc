// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/packages.h"

#include <algorithm>
#include <set>

#include "common/resources/paging.h"
#include "common/resources/record_access.h"
#include "common/text/encoding.h"
#include "services/push/packages/package_page.h"

namespace duijie::push {
namespace {

constexpr char kCollection[] = "packages";
constexpr char kLatestIndex[] = "packages_latest";
constexpr size_t kMaxTitleCodePoints = 200;

// What the client may set; the rest is made here.
v1::Package InputOf(const v1::Package& package) {
  v1::Package input;
  input.set_title(package.title());
  *input.mutable_needs() = package.needs();
  *input.mutable_achievement_filter() = package.achievement_filter();
  input.set_max_members(package.max_members() == 0 ? kDefaultPackageMembers : package.max_members());
  return input;
}

Status CheckInput(const v1::Package& package) {
  std::vector<FieldViolation> wrong;
  const size_t length = CountCodePoints(package.title());
  if (length == 0) wrong.push_back({"package.title", "REQUIRED", "请填写标题"});
  if (length > kMaxTitleCodePoints) wrong.push_back({"package.title", "TOO_LONG", "标题最多 200 字"});
  if (package.needs().empty() || package.needs_size() > kMaxPackageNeeds) {
    wrong.push_back({"package.needs", "OUT_OF_RANGE", "需求须为 1 至 20 条"});
  }
  std::set<std::string> seen;
  for (int i = 0; i < package.needs_size(); ++i) {
    const std::string field = "package.needs[" + std::to_string(i) + "]";
    if (!package.needs(i).starts_with("needs/")) wrong.push_back({field, "BAD_NAME", "应为 needs/{id}"});
    if (!seen.insert(package.needs(i)).second) wrong.push_back({field, "DUPLICATE", "同一需求只能列一次"});
    if (wrong.size() > kMaxPackageNeeds) break;
  }
  if (package.max_members() < 1 || package.max_members() > kMaxPackageMembers) {
    wrong.push_back({"package.max_members", "OUT_OF_RANGE", "成果数上限须为 1 至 20"});
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

}  // namespace

Packages::Packages(RoleStore& store, const Peers& peers)
    : store_(store),
      peers_(peers),
      builder_(peers),
      table_(store.log(), kCollection, [](const v1::Package& p) {
        return std::vector<IndexKey>{{kLatestIndex, LatestFirstKey(MicrosOf(p.create_time())), false}};
      }) {}

StatusOr<bool> Packages::MaySee(const rpc::CallContext& call, const v1::Package& package) const {
  internal::v1::ReadRecordsRequest request;
  for (const std::string& need : package.needs()) request.add_names(need);
  for (const v1::PackageMember& member : package.members()) request.add_names(member.achievement());
  DUIJIE_ASSIGN_OR_RETURN(const auto response, peers_.read_records(call, request));
  return std::all_of(response.records().begin(), response.records().end(), [&](const auto& record) {
    return VisibilityOf(call.principal(), AccessOf(record)) != Visibility::kNone &&
           record.kind_case() != internal::v1::Record::KIND_NOT_SET;
  });
}

StatusOr<v1::Package> Packages::Visible(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Package package, table_.Get(name));
  DUIJIE_ASSIGN_OR_RETURN(const bool may, MaySee(call, package));
  if (!may) return NoSuchResource();
  return package;
}

StatusOr<v1::CreatePackageResponse> Packages::Create(const rpc::CallContext& call,
                                                     const v1::CreatePackageRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreatePackage", request);
  v1::CreatePackageResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store_.AnswerOf<v1::Package>(write));
  if (answered) {
    *response.mutable_package() = *answered;
    return response;
  }
  v1::Package package = InputOf(request.package());
  DUIJIE_RETURN_IF_ERROR(CheckInput(package));
  DUIJIE_ASSIGN_OR_RETURN(const bool may, MaySee(call, package));
  if (!may) return NoSuchResource();
  DUIJIE_RETURN_IF_ERROR(builder_.Build(call, &package));
  package.set_name(table_.NameOf(store_.NewId()));
  package.set_creator(call.principal().key_id());
  DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.Create(package, store_.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_package(), table_.Get(package.name()));
  return response;
}

StatusOr<v1::GetPackageResponse> Packages::Get(const rpc::CallContext& call,
                                               const v1::GetPackageRequest& request) const {
  v1::GetPackageResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_package(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::ListPackagesResponse> Packages::List(const rpc::CallContext& call,
                                                  const v1::ListPackagesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request, kListPages));
  Status failed;
  const auto keep = [&](const v1::Package& package) {
    const StatusOr<bool> may = MaySee(call, package);
    if (!may.ok()) failed = may.status();
    return may.ok() && *may;
  };
  DUIJIE_ASSIGN_OR_RETURN(auto packages,
                          table_.ListByIndex(kLatestIndex, "", page.position(), page.size(), keep));
  DUIJIE_RETURN_IF_ERROR(failed);
  v1::ListPackagesResponse response;
  for (v1::Package& package : packages.items) *response.add_packages() = std::move(package);
  response.set_next_page_token(page.TokenFor(packages.next));
  return response;
}

StatusOr<v1::RebuildPackageResponse> Packages::Rebuild(const rpc::CallContext& call,
                                                       const v1::RebuildPackageRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "RebuildPackage", request);
  v1::RebuildPackageResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store_.AnswerOf<v1::Package>(write));
  if (answered) {
    *response.mutable_package() = *answered;
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::Package package, Visible(call, request.name()));
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(package, request.etag()));
  DUIJIE_RETURN_IF_ERROR(builder_.Build(call, &package));
  DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.Replace(package, store_.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_package(), table_.Get(package.name()));
  return response;
}

Status Packages::Delete(const rpc::CallContext& call, const v1::DeletePackageRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Package package, Visible(call, request.name()));
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(package, request.etag()));
  return store_.Commit({table_.Delete(package)}).status();
}

StatusOr<v1::ExportPackageResponse> Packages::Export(const rpc::CallContext& call,
                                                     const v1::ExportPackageRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Package package, Visible(call, request.name()));
  v1::ExportPackageResponse response;
  response.set_html(PackagePage(package));
  return response;
}

}  // namespace duijie::push
