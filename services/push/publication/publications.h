// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of publications. A publication is visible to whom its achievement is visible now; who sees
// the achievement only masked does not see its unit. Counts and files hold visible publications only.
// Thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/push/achievements/achievement_reader.h"
#include "services/push/publication/publication_table.h"
#include "services/push/publication/year_count.h"

namespace duijie::push {

inline constexpr int kFirstPublicationYear = 2000;
inline constexpr int kDefaultTarget = 100;
inline constexpr int kMaxTarget = 1'000'000;
inline constexpr size_t kMaxYearPublications = 200'000;  // of one count or file

// A year as one caller sees it.
struct YearView {
  std::vector<v1::Publication> publications;            // earliest first, withdrawn ones too
  std::map<std::string, v1::Achievement> achievements;  // those that still exist
  YearCount count{0};
};

class Publications {
 public:
  // Both must outlive this.
  Publications(RoleStore& store, const Peers& peers) : store_(store), table_(store), reader_(peers) {}

  StatusOr<v1::CreatePublicationResponse> Create(const rpc::CallContext& call,
                                                 const v1::CreatePublicationRequest& request) const;
  StatusOr<v1::GetPublicationResponse> Get(const rpc::CallContext& call,
                                           const v1::GetPublicationRequest& request) const;
  StatusOr<v1::ListPublicationsResponse> List(const rpc::CallContext& call,
                                              const v1::ListPublicationsRequest& request) const;
  StatusOr<v1::WithdrawPublicationResponse> Withdraw(const rpc::CallContext& call,
                                                     const v1::WithdrawPublicationRequest& request) const;
  StatusOr<v1::GetPublicationProgressResponse> GetProgress(
      const rpc::CallContext& call, const v1::GetPublicationProgressRequest& request) const;

  // Writes 年度科技成果发布目录 to `path`.
  Status WriteCatalogue(const rpc::CallContext& call, const v1::ExportCatalogueRequest& request,
                        const std::string& path, const std::string& temp_folder) const;

 private:
  StatusOr<v1::Publication> Visible(const rpc::CallContext& call, const std::string& name) const;
  // RESOURCE_EXHAUSTED TOO_LARGE above kMaxYearPublications. For a document, units of achievements that are
  // not public now are left out, whoever asks.
  StatusOr<YearView> ReadYear(const rpc::CallContext& call, int year, bool for_document) const;
  StatusOr<bool> IsRepeated(const v1::Publication& publication) const;

  RoleStore& store_;
  const PublicationTable table_;
  const AchievementReader reader_;
};

}  // namespace duijie::push
