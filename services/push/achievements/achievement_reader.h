// SPDX-License-Identifier: GPL-3.0-or-later
// Reads achievements of the catalog for resources that are about them, and decides who may see such a
// resource: whoever sees its achievement. Thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/auth/visibility.h"
#include "common/resources/resource_table.h"
#include "services/push/peers.h"

namespace duijie::push {

inline constexpr std::string_view kAchievements = "achievements";

// How many blocks of hidden resources one page passes over before it ends short.
inline constexpr int kBlocksPerPage = 20;

class AchievementReader {
 public:
  // `peers` must outlive this.
  explicit AchievementReader(const Peers& peers) : peers_(peers) {}

  // As stored, whoever asks; NOT_FOUND if absent.
  StatusOr<v1::Achievement> Read(const rpc::CallContext& call, const std::string& name) const;

  // NOT_FOUND also unless the caller sees it in full.
  StatusOr<v1::Achievement> ReadFull(const rpc::CallContext& call, const std::string& name) const;

  // PERMISSION_DENIED FORBIDDEN unless the caller may change it.
  static Status CheckMayEdit(const rpc::CallContext& call, const v1::Achievement& achievement);

  // Those that exist, by name.
  StatusOr<std::map<std::string, v1::Achievement>> ReadMany(const rpc::CallContext& call,
                                                            const std::vector<std::string>& names) const;

  // Of each name; what is absent is seen only by those who may change any achievement.
  StatusOr<std::map<std::string, Visibility>> SightOf(const rpc::CallContext& call,
                                                      const std::vector<std::string>& names) const;

  // NOT_FOUND unless the caller's sight of the achievement is at least `least`.
  Status CheckSight(const rpc::CallContext& call, const std::string& name, Visibility least) const;

  // Of one that was read, or of an absent one (nullptr).
  static Visibility SightOf(const rpc::CallContext& call, const v1::Achievement* achievement);

  // Fills a page with what the caller may see of what `fetch` gives: (position, limit) ->
  // StatusOr<ResourcePage<Message>>, of messages with a field achievement.
  template <typename Message, typename Fetch>
  StatusOr<ResourcePage<Message>> VisiblePage(const rpc::CallContext& call, Visibility least,
                                              std::string position, size_t limit, const Fetch& fetch) const {
    ResourcePage<Message> page;
    page.next = std::move(position);
    for (int block = 0; block < kBlocksPerPage && page.items.size() < limit; ++block) {
      DUIJIE_ASSIGN_OR_RETURN(ResourcePage<Message> fetched, fetch(page.next, limit - page.items.size()));
      std::vector<std::string> names;
      for (const Message& message : fetched.items) names.push_back(message.achievement());
      DUIJIE_ASSIGN_OR_RETURN(const auto sight, SightOf(call, names));
      for (Message& message : fetched.items) {
        if (sight.at(message.achievement()) >= least) page.items.push_back(std::move(message));
      }
      page.next = std::move(fetched.next);
      if (page.next.empty()) break;
    }
    return page;
  }

 private:
  const Peers& peers_;
};

}  // namespace duijie::push
