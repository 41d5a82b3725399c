// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_edit.h"

#include <algorithm>
#include <vector>

#include "services/catalog/catalog_keys.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {

Violations ApplyMask(const google::protobuf::FieldMask& mask, const AnyRecord& source, AnyRecord* target) {
  AnyRecord values = source;
  const auto* type = ProtoOf(values).GetDescriptor();
  if (mask.paths().empty()) return {{"update_mask", "REQUIRED", "必填"}};
  Violations violations;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  for (int i = 0; i < mask.paths_size(); ++i) {
    const std::string& path = mask.paths(i);
    if (path == "*") {
      for (int f = 0; f < type->field_count(); ++f) {
        if (!IsOutputField(type->field(f)->name())) fields.push_back(type->field(f));
      }
      continue;
    }
    const auto* field = type->FindFieldByName(path);
    if (field == nullptr) {
      violations.push_back({At("update_mask.paths", i), "UNKNOWN_FIELD", "没有这个字段（只能写顶层字段名）"});
    } else if (IsOutputField(path)) {
      violations.push_back({At("update_mask.paths", i), "FIELD_NOT_WRITABLE", "此字段由系统填写"});
    } else {
      fields.push_back(field);
    }
  }
  if (!violations.empty()) return violations;
  // Swapping a field twice would undo it.
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  auto& message = ProtoOf(*target);
  message.GetReflection()->SwapFields(&message, &ProtoOf(values), fields);
  return {};
}

void ClaimForCaller(const Principal& caller, AnyRecord* record) {
  if (caller.role() != v1::ROLE_ENTERPRISE) return;
  if (auto* need = std::get_if<v1::Need>(record)) need->set_enterprise(caller.enterprise());
}

Status FillFromEnterprise(const RecordLog& log, AnyRecord* record) {
  auto* need = std::get_if<v1::Need>(record);
  if (need == nullptr || need->enterprise().empty()) return OkStatus();
  if (!need->park_code().empty() && !need->region_code().empty()) return OkStatus();
  const auto name = ParseName(need->enterprise());
  if (!name || name->collection != v1::COLLECTION_ENTERPRISES) return OkStatus();
  auto version = log.Get(CollectionName(name->collection), name->id);
  if (version.status().code() == StatusCode::kNotFound) return OkStatus();
  if (!version.ok()) return version.status();
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord found, ReadOf(name->collection, name->id, *version));
  const auto& enterprise = std::get<v1::Enterprise>(found);
  if (need->park_code().empty()) need->set_park_code(enterprise.park_code());
  if (need->region_code().empty()) need->set_region_code(enterprise.region_code());
  return OkStatus();
}

void FillTier(AnyRecord* record) {
  std::visit(
      [](auto& r) {
        if (r.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED) {
          r.set_tier(RecordTraits<std::decay_t<decltype(r)>>::kDefaultTier);
        }
      },
      *record);
}

Status Forbidden() {
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "the caller may not do this with this record");
}

}  // namespace duijie::catalog
