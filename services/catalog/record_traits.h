// SPDX-License-Identifier: GPL-3.0-or-later
// The four kinds of record as one type. What is common to all is reached with std::visit and a generic
// lambda; what differs is here, one traits struct per kind.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "common/auth/visibility.h"
#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/expert.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::catalog {

using AnyRecord = std::variant<v1::Achievement, v1::Enterprise, v1::Need, v1::Expert>;

template <typename Record>
struct RecordTraits;

// kCollection    which collection
// kDefaultTier   tier of a record that states none
// Park, Owner    what decides visibility besides state and tier, see AccessFacts
template <>
struct RecordTraits<v1::Achievement> {
  static constexpr v1::Collection kCollection = v1::COLLECTION_ACHIEVEMENTS;
  static constexpr v1::ConfidentialityTier kDefaultTier = v1::CONFIDENTIALITY_TIER_PUBLIC;
  static std::string Park(const v1::Achievement&) { return ""; }
  static std::string Owner(const v1::Achievement&) { return ""; }
};

template <>
struct RecordTraits<v1::Enterprise> {
  static constexpr v1::Collection kCollection = v1::COLLECTION_ENTERPRISES;
  static constexpr v1::ConfidentialityTier kDefaultTier = v1::CONFIDENTIALITY_TIER_PUBLIC;
  static std::string Park(const v1::Enterprise& enterprise) { return enterprise.park_code(); }
  static std::string Owner(const v1::Enterprise& enterprise) { return enterprise.name(); }
};

template <>
struct RecordTraits<v1::Need> {
  static constexpr v1::Collection kCollection = v1::COLLECTION_NEEDS;
  static constexpr v1::ConfidentialityTier kDefaultTier = v1::CONFIDENTIALITY_TIER_ANONYMOUS;
  static std::string Park(const v1::Need& need) { return need.park_code(); }
  static std::string Owner(const v1::Need& need) { return need.enterprise(); }
};

template <>
struct RecordTraits<v1::Expert> {
  static constexpr v1::Collection kCollection = v1::COLLECTION_EXPERTS;
  static constexpr v1::ConfidentialityTier kDefaultTier = v1::CONFIDENTIALITY_TIER_PUBLIC;
  static std::string Park(const v1::Expert&) { return ""; }
  static std::string Owner(const v1::Expert&) { return ""; }
};

// An empty record. `collection` must be one of the four.
inline AnyRecord NewRecord(v1::Collection collection) {
  switch (collection) {
    case v1::COLLECTION_ENTERPRISES:
      return v1::Enterprise();
    case v1::COLLECTION_NEEDS:
      return v1::Need();
    case v1::COLLECTION_EXPERTS:
      return v1::Expert();
    default:
      return v1::Achievement();
  }
}

inline v1::Collection CollectionOf(const AnyRecord& record) {
  return std::visit([](const auto& r) { return RecordTraits<std::decay_t<decltype(r)>>::kCollection; },
                    record);
}

inline google::protobuf::Message& ProtoOf(AnyRecord& record) {
  return *std::visit([](auto& r) { return static_cast<google::protobuf::Message*>(&r); }, record);
}
inline const google::protobuf::Message& ProtoOf(const AnyRecord& record) {
  return *std::visit([](const auto& r) { return static_cast<const google::protobuf::Message*>(&r); }, record);
}

inline const std::string& NameOf(const AnyRecord& record) {
  return std::visit([](const auto& r) -> const std::string& { return r.name(); }, record);
}
inline v1::RecordState StateOf(const AnyRecord& record) {
  return std::visit([](const auto& r) { return r.state(); }, record);
}
inline v1::ConfidentialityTier DefaultTierOf(v1::Collection collection) {
  return std::visit([](const auto& r) { return RecordTraits<std::decay_t<decltype(r)>>::kDefaultTier; },
                    NewRecord(collection));
}

// What decides who may see and change the record.
inline AccessFacts FactsOf(const AnyRecord& record) {
  return std::visit(
      [](const auto& r) {
        using Traits = RecordTraits<std::decay_t<decltype(r)>>;
        return AccessFacts{r.state(), r.tier(), Traits::Park(r), Traits::Owner(r)};
      },
      record);
}

}  // namespace duijie::catalog
