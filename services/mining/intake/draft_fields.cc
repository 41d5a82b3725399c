// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/draft_fields.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "common/resources/resource_table.h"
#include "common/text/encoding.h"
#include "services/mining/intake/drafts.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

using google::protobuf::FieldDescriptor;

constexpr size_t kMaxChangeText = 500;  // code points kept of a value before and after
constexpr auto kEditable = std::to_array<std::string_view>(
    {"title", "description", "current_practice", "type", "targets", "keywords", "tier"});

// One field of a draft as text, for the list of changes.
std::string TextOf(const v1::NeedDraft& draft, const FieldDescriptor& field) {
  v1::NeedDraft only;
  if (field.name() == "title") return draft.title();
  if (field.name() == "description") return draft.description();
  if (field.name() == "current_practice") return draft.current_practice();
  if (field.name() == "type") return v1::NeedType_Name(draft.type());
  if (field.name() == "tier") return v1::ConfidentialityTier_Name(draft.tier());
  *only.mutable_targets() = draft.targets();
  if (field.name() == "keywords") {
    only.clear_targets();
    *only.mutable_keywords() = draft.keywords();
  }
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(only, &json);
  return json;
}

void CopyField(const v1::NeedDraft& from, const FieldDescriptor& field, v1::NeedDraft* to) {
  if (field.name() == "title") to->set_title(from.title());
  if (field.name() == "description") to->set_description(from.description());
  if (field.name() == "current_practice") to->set_current_practice(from.current_practice());
  if (field.name() == "type") to->set_type(from.type());
  if (field.name() == "tier") to->set_tier(from.tier());
  if (field.name() == "targets") *to->mutable_targets() = from.targets();
  if (field.name() == "keywords") *to->mutable_keywords() = from.keywords();
}

void CheckTargets(const v1::NeedDraft& draft, std::vector<FieldViolation>* wrong) {
  if (draft.targets_size() > kMaxDraftTargets) {
    wrong->push_back({"need_draft.targets", "TOO_MANY", "目标指标最多 50 条"});
  }
  for (int i = 0; i < draft.targets_size(); ++i) {
    const v1::Indicator& target = draft.targets(i);
    const std::string field = "need_draft.targets[" + std::to_string(i) + "].";
    CheckNoteText(target.name(), true, kMaxShortText, field + "name", wrong);
    if (target.has_value() && !std::isfinite(target.value())) {
      wrong->push_back({field + "value", "NOT_FINITE", "数值须为有限数"});
    }
  }
}

Status CheckFields(const v1::NeedDraft& draft) {
  std::vector<FieldViolation> wrong;
  CheckNoteText(draft.title(), true, kMaxShortText, "need_draft.title", &wrong);
  CheckNoteText(draft.description(), false, kMaxLongText, "need_draft.description", &wrong);
  CheckNoteText(draft.current_practice(), false, kMaxLongText, "need_draft.current_practice", &wrong);
  if (!v1::NeedType_IsValid(draft.type()))
    wrong.push_back({"need_draft.type", "UNKNOWN_VALUE", "未知的取值"});
  if (!v1::ConfidentialityTier_IsValid(draft.tier())) {
    wrong.push_back({"need_draft.tier", "UNKNOWN_VALUE", "未知的取值"});
  }
  CheckTargets(draft, &wrong);
  if (draft.keywords_size() > kMaxDraftKeywords) {
    wrong.push_back({"need_draft.keywords", "TOO_MANY", "关键词最多 20 个"});
  }
  for (const std::string& keyword : draft.keywords()) {
    CheckNoteText(keyword, true, kMaxShortText, "need_draft.keywords", &wrong);
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

}  // namespace

std::string LibraryOf(v1::NoteSource source) {
  switch (source) {
    case v1::NOTE_SOURCE_VISIT:
      return "visit";
    case v1::NOTE_SOURCE_PHONE:
      return "phone";
    default:
      return "portal";
  }
}

v1::Provenance ProvenanceOf(const v1::NeedDraft& draft) {
  v1::Provenance provenance;
  provenance.set_source_library(LibraryOf(draft.source()));
  // One visit may yield several needs: the draft makes the id unique.
  const std::string id = draft.name().substr(draft.name().find('/') + 1);
  provenance.set_external_id(draft.source_name().empty() ? id : draft.source_name() + "#" + id);
  *provenance.mutable_fetched_at() = draft.create_time();
  return provenance;
}

void FillFromReading(v1::NeedDraft* draft) {
  const v1::NoteReading& reading = draft->reading();
  draft->set_title(reading.title());
  draft->set_description(std::string(TextIn(draft->note(), reading.part())));
  std::string today;
  for (const v1::NoteConstraint& constraint : reading.constraints()) {
    if (constraint.role() == v1::CONSTRAINT_ROLE_TARGET) {
      // A change against today is no figure to be held to: it stays in the description.
      const v1::Indicator& read = constraint.indicator();
      if (constraint.relative() || read.name().empty() || draft->targets_size() == kMaxDraftTargets) continue;
      *draft->add_targets() = read;
      continue;
    }
    today += (today.empty() ? "" : "；") + std::string(TextIn(draft->note(), constraint.span()));
  }
  draft->set_current_practice(today);
  for (const v1::NoteAspect& aspect : reading.aspects()) {
    const bool is_word =
        aspect.kind() != v1::ASPECT_KIND_EFFECT && aspect.kind() != v1::ASPECT_KIND_APPLICATION;
    const auto& known = draft->keywords();
    if (!is_word || draft->keywords_size() == kMaxDraftKeywords) continue;
    if (std::find(known.begin(), known.end(), aspect.text()) == known.end())
      draft->add_keywords(aspect.text());
  }
  draft->set_tier(v1::CONFIDENTIALITY_TIER_ANONYMOUS);
}

Status TakeChanges(const v1::UpdateNeedDraftRequest& request, const std::string& actor, UnixMicros now,
                   v1::NeedDraft* draft) {
  if (request.update_mask().paths().empty())
    return InvalidField("update_mask", "REQUIRED", "须指明要修改的字段");
  for (const std::string& path : request.update_mask().paths()) {
    const FieldDescriptor* const field = v1::NeedDraft::descriptor()->FindFieldByName(path);
    const bool editable = std::find(kEditable.begin(), kEditable.end(), path) != kEditable.end();
    if (field == nullptr || !editable) {
      return InvalidField("update_mask", "UNKNOWN_FIELD",
                          "不能修改的字段：只能改标题、描述、现状、类型、目标、关键词、保密级别");
    }
    const std::string before = TextOf(*draft, *field);
    CopyField(request.need_draft(), *field, draft);
    const std::string after = TextOf(*draft, *field);
    if (before == after) continue;
    if (draft->changes_size() == kMaxDraftChanges) draft->mutable_changes()->DeleteSubrange(0, 1);
    v1::DraftChange* const change = draft->add_changes();
    change->set_field(path);
    change->set_before(TruncateCodePoints(before, kMaxChangeText));
    change->set_after(TruncateCodePoints(after, kMaxChangeText));
    change->set_actor(actor);
    *change->mutable_time() = TimestampOf(now);
  }
  return CheckFields(*draft);
}

Status CheckComplete(const v1::NeedDraft& draft, bool submit) {
  if (submit && draft.type() == v1::NEED_TYPE_UNSPECIFIED) {
    return InvalidField("need_draft.type", "REQUIRED", "提交前须选定需求类型");
  }
  return CheckFields(draft);
}

v1::Need NeedOf(const v1::NeedDraft& draft) {
  v1::Need need;
  need.set_title(draft.title());
  need.set_enterprise(draft.enterprise());
  need.set_park_code(draft.park_code());
  need.set_type(draft.type());
  need.set_description(draft.description());
  need.set_current_practice(draft.current_practice());
  *need.mutable_targets() = draft.targets();
  *need.mutable_keywords() = draft.keywords();
  need.set_tier(draft.tier());
  *need.add_provenances() = ProvenanceOf(draft);
  return need;
}

}  // namespace duijie::mining
