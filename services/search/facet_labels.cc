// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/facet_labels.h"

#include <array>
#include <cstdlib>

namespace duijie::search {
namespace {

// Indexed by the numbers of the enums in common.proto.
constexpr std::array<const char*, 8> kStateLabels = {"",       "草稿",   "已提交", "已退回",
                                                     "已发布", "已撤回", "已过期", "已关闭"};
constexpr std::array<const char*, 9> kModeLabels = {
    "", "转让", "许可", "作价入股", "合作开发", "委托开发", "技术服务", "技术咨询", "产品采购"};
constexpr std::array<const char*, 6> kNeedTypeLabels = {"",         "技术难题", "关键共性技术",
                                                        "紧迫需求", "成果转化", "人才引进"};

template <size_t kSize>
std::string NameIn(const std::array<const char*, kSize>& labels, const std::string& value) {
  const auto number = static_cast<size_t>(std::atoi(value.c_str()));
  return number < kSize ? labels[number] : "";
}

std::string TaxonomyLabel(const Taxonomy& taxonomy, const std::string& code) {
  const TaxonomyEntry* entry = taxonomy.Find(code);
  return entry == nullptr ? "" : entry->name;
}

// 市辖区 says nothing without its municipality.
std::string RegionLabel(const Taxonomy& regions, const std::string& code) {
  const TaxonomyEntry* entry = regions.Find(code);
  if (entry == nullptr) return "";
  const TaxonomyEntry* parent = regions.ParentOf(*entry);
  return parent != nullptr && entry->name == "市辖区" ? parent->name + entry->name : entry->name;
}

std::string KnownLabel(v1::FacetKind kind, const std::string& value, const TaxonomySet& taxonomies) {
  switch (kind) {
    case v1::FACET_KIND_FIELD:
      return TaxonomyLabel(taxonomies.fields, value);
    case v1::FACET_KIND_INDUSTRY:
      return TaxonomyLabel(taxonomies.industries, value);
    case v1::FACET_KIND_REGION:
      return RegionLabel(taxonomies.regions, value);
    case v1::FACET_KIND_MATURITY: {
      const MaturityLevel* level = taxonomies.FindMaturity(std::atoi(value.c_str()));
      return level == nullptr ? "" : level->name;
    }
    case v1::FACET_KIND_COOPERATION_MODE:
      return NameIn(kModeLabels, value);
    case v1::FACET_KIND_STATE:
      return NameIn(kStateLabels, value);
    case v1::FACET_KIND_NEED_TYPE:
      return NameIn(kNeedTypeLabels, value);
    default:
      return "";
  }
}

}  // namespace

std::string FacetValueName(v1::FacetKind kind, const std::string& value) {
  const int number = std::atoi(value.c_str());
  switch (kind) {
    case v1::FACET_KIND_COOPERATION_MODE:
      return v1::CooperationMode_Name(static_cast<v1::CooperationMode>(number));
    case v1::FACET_KIND_STATE:
      return v1::RecordState_Name(static_cast<v1::RecordState>(number));
    case v1::FACET_KIND_NEED_TYPE:
      return v1::NeedType_Name(static_cast<v1::NeedType>(number));
    default:
      return value;
  }
}

std::string FacetLabel(v1::FacetKind kind, const std::string& value, const TaxonomySet& taxonomies) {
  const std::string label = KnownLabel(kind, value, taxonomies);
  return label.empty() ? value : label;
}

}  // namespace duijie::search
