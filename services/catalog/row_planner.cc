// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/row_planner.h"

#include <map>

#include "common/auth/visibility.h"
#include "common/base/proto_time.h"
#include "common/text/encoding.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/cell_codec.h"
#include "services/catalog/cell_text.h"
#include "services/catalog/contact_book.h"
#include "services/catalog/record_edit.h"
#include "services/catalog/state_machine.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr std::string_view kContentIdPrefix = "content-";
constexpr size_t kContentIdBytes = 20;  // of the hash

// "need.indicators[2].unit" and the like → the column's field: "indicators", "source_library",
// "contact_phone".
std::string ColumnField(const std::string& violation_field) {
  const size_t bracket = violation_field.find('[');
  if (bracket == std::string::npos) return violation_field;
  std::string list = violation_field.substr(0, bracket);
  const size_t dot = violation_field.find('.', bracket);
  const std::string inner = dot == std::string::npos ? "" : violation_field.substr(dot + 1);
  if (list == "contacts") return "contact_" + inner;
  if (list == "provenances") return inner.empty() ? "external_id" : inner;
  return list;
}

}  // namespace

struct RowPlanner::Draft {
  int64_t row = 0;
  std::vector<BoundCell> cells;
  std::vector<v1::CellProblem> problems;
  std::string id;                           // "" = not known yet
  std::vector<v1::Provenance> provenances;  // of the row
  bool content_id = false;                  // the first provenance is made of the content
  std::string duplicate_of_content;         // set if an earlier row had the same content
  AnyRecord record;
  std::optional<AnyRecord> existing;  // as stored, due expiry taken
  Revision revision = 0;              // of existing
  std::optional<v1::Contact> contact;

  const BoundCell* Cell(CellKind kind) const {
    for (const BoundCell& cell : cells) {
      if (cell.column->kind == kind) return &cell;
    }
    return nullptr;
  }
  std::string Text(CellKind kind) const {
    const BoundCell* cell = Cell(kind);
    return cell == nullptr ? "" : cell->text;
  }
  void Problem(const BoundCell* cell, const std::string& rule, const std::string& message) {
    v1::CellProblem problem;
    problem.set_row(row);
    if (cell != nullptr) {
      problem.set_column(std::string(cell->heading));
      problem.set_value(TruncateCodePoints(SanitizeUtf8(cell->text), kMaxReportedValue));
    }
    problem.set_rule(rule);
    problem.set_message(message);
    problems.push_back(std::move(problem));
  }
  void Add(const Violations& violations, v1::Collection collection) {
    for (const FieldViolation& violation : violations) {
      const std::string field = ColumnField(violation.field);
      const BoundCell* at = nullptr;
      for (const BoundCell& cell : cells) {
        if (cell.column->field == field) at = &cell;
      }
      Problem(at, violation.rule, violation.description);
      if (at == nullptr) NameMissingColumn(field, collection);
    }
  }
  // The problem found last is of a column that the table does not have.
  void NameMissingColumn(const std::string& field, v1::Collection collection) {
    for (const Column& column : ColumnsOf(collection)) {
      if (column.field != field) continue;
      problems.back().set_column(std::string(column.heading));
      problems.back().set_message(problems.back().message() + "；表中没有这一列");
      return;
    }
  }
};

RowPlanner::RowPlanner(CatalogParts parts, const Principal& caller, const v1::ImportHeader& header,
                       TableBinding* binding)
    : parts_(parts), caller_(caller), header_(header), binding_(binding), today_(parts.Today()) {}

// The cells that say which record this is.
void RowPlanner::ReadKeys(Draft* draft) const {
  if (const BoundCell* cell = draft->Cell(CellKind::kRecordName); cell != nullptr && !cell->text.empty()) {
    const auto name = ParseName(cell->text);
    if (name && name->collection == header_.collection()) {
      draft->id = name->id;
    } else if (IsValidId(cell->text)) {
      draft->id = cell->text;
    } else {
      draft->Problem(cell, "INVALID_NAME",
                     "应为 " + std::string(CollectionName(header_.collection())) + "/{id}");
    }
  }
  const std::string stated_library = draft->Text(CellKind::kSourceLibrary);
  const std::string library = stated_library.empty() ? header_.source_library() : stated_library;
  const BoundCell* external = draft->Cell(CellKind::kExternalId);
  if (external != nullptr && !external->text.empty()) {
    v1::Provenance provenance;
    provenance.set_source_library(library);
    provenance.set_external_id(external->text);
    if (library.empty()) draft->Problem(external, "SOURCE_LIBRARY_REQUIRED", "有外部编号就须说明来源库");
    draft->provenances.push_back(std::move(provenance));
  } else if (header_.external_id_from_content()) {
    v1::Provenance provenance;
    provenance.set_source_library(library);
    draft->content_id = true;
    draft->provenances.push_back(std::move(provenance));
    AddContentId(draft);
    if (library.empty()) draft->Problem(nullptr, "SOURCE_LIBRARY_REQUIRED", "按内容生成外部编号须说明来源库");
  }
  if (const BoundCell* cell = draft->Cell(CellKind::kFetchedAt); cell != nullptr && !cell->text.empty()) {
    const auto time = ParseTime(cell->text);
    if (!time) {
      draft->Problem(cell, "INVALID_DATE", "不是有效时间，应为 2026-01-05 12:30:00 的形式");
    } else if (!draft->provenances.empty()) {
      *draft->provenances.front().mutable_fetched_at() = TimestampOf(*time);
    }
  }
  if (const BoundCell* cell = draft->Cell(CellKind::kOtherProvenances)) {
    for (const std::string& entry : SplitCell(cell->text, kEntrySeparators, false, false)) {
      const auto parts = SplitCell(entry, kPartSeparators, true);
      const auto time = parts.size() == 3 ? ParseTime(parts[2]) : std::nullopt;
      if (parts.size() < 2 || parts.size() > 3 || (parts.size() == 3 && !time)) {
        draft->Problem(cell, "INVALID_ENTRY", "其他来源应写作：来源库:外部编号，多项以；分开");
        continue;
      }
      v1::Provenance provenance;
      provenance.set_source_library(parts[0]);
      provenance.set_external_id(parts[1]);
      if (time) *provenance.mutable_fetched_at() = TimestampOf(*time);
      draft->provenances.push_back(std::move(provenance));
    }
  }
}

// A hash over the cells in order of field, so that neither the order of columns nor their headings matter.
void RowPlanner::AddContentId(Draft* draft) const {
  std::map<std::string_view, std::string_view> content;
  for (const BoundCell& cell : draft->cells) {
    const bool about_record = IsFieldColumn(*cell.column);
    if (about_record && !cell.text.empty()) content[cell.column->field] = cell.text;
  }
  std::string bytes;
  for (const auto& [field, text] : content) {
    bytes += std::string(field) + '\0' + std::to_string(text.size()) + '\0' + std::string(text);
  }
  draft->provenances.front().set_external_id(std::string(kContentIdPrefix) +
                                             HexPrefix(Sha256(bytes), kContentIdBytes));
}

StatusOr<std::string> RowPlanner::OwnerOf(std::string_view index, const std::string& key) const {
  DUIJIE_ASSIGN_OR_RETURN(IndexPage page, parts_.log.ListByIndex(index, key, "", 1));
  if (page.entries.empty() || page.entries[0].key != key) return std::string();
  return page.entries[0].id;
}

Status RowPlanner::LoadExisting(const std::string& id, Draft* draft) const {
  auto version = parts_.log.Get(CollectionName(header_.collection()), id);
  if (version.status().code() == StatusCode::kNotFound) return OkStatus();
  if (!version.ok()) return version.status();
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(header_.collection(), id, *version));
  TakeDueExpiry(&record, today_, parts_.clock.Now());
  draft->revision = version->revision;
  if (VisibilityOf(caller_, FactsOf(record)) == Visibility::kNone || !MayEdit(caller_, FactsOf(record))) {
    draft->Problem(nullptr, "FORBIDDEN", "无权修改这一行对应的记录");
  } else if (StateOf(record) == v1::RECORD_STATE_CLOSED) {
    draft->Problem(nullptr, "RECORD_CLOSED", "记录已关闭，不能修改");
  }
  draft->existing = std::move(record);
  return OkStatus();
}

Status RowPlanner::FindRecord(Draft* draft) const {
  if (draft->id.empty()) {
    for (const auto& provenance : draft->provenances) {
      DUIJIE_ASSIGN_OR_RETURN(draft->id, OwnerOf(kProvenanceIndex, ProvenanceKey(header_.collection(),
                                                                                 provenance.source_library(),
                                                                                 provenance.external_id())));
      if (!draft->id.empty()) break;
    }
  }
  if (draft->id.empty() && header_.collection() == v1::COLLECTION_ENTERPRISES) {
    for (const BoundCell& cell : draft->cells) {
      if (cell.column->field != "credit_code" || cell.text.empty()) continue;
      DUIJIE_ASSIGN_OR_RETURN(draft->id, OwnerOf(kCreditCodeIndex, cell.text));
    }
  }
  if (!draft->id.empty()) DUIJIE_RETURN_IF_ERROR(LoadExisting(draft->id, draft));
  if (draft->id.empty()) draft->id = parts_.ids.NewId(parts_.clock.Now());
  return OkStatus();
}

void RowPlanner::ReadFields(Draft* draft) const {
  draft->record = draft->existing ? *draft->existing : NewRecord(header_.collection());
  for (const BoundCell& cell : draft->cells) {
    if (!IsFieldColumn(*cell.column)) continue;
    // A row that states no tier keeps the record's, or gets the file's default.
    if (cell.column->field == "tier" && cell.text.empty()) continue;
    const auto error = ReadCell(*cell.column, cell.text, parts_.taxonomies, &draft->record);
    if (error) draft->Problem(&cell, error->rule, error->message);
  }
  std::visit(
      [&](auto& r) {
        if (r.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED) r.set_tier(header_.default_tier());
        for (const auto& provenance : draft->provenances) {
          v1::Provenance* same = nullptr;
          for (auto& p : *r.mutable_provenances()) {
            if (p.source_library() == provenance.source_library() &&
                p.external_id() == provenance.external_id()) {
              same = &p;
            }
          }
          if (same == nullptr) {
            *r.add_provenances() = provenance;
          } else if (provenance.has_fetched_at()) {
            *same->mutable_fetched_at() = provenance.fetched_at();
          }
        }
      },
      draft->record);
}

// The enterprise of a need: by credit code, which must be known, else by a name that exactly one enterprise
// has.
Status RowPlanner::ReadEnterprise(Draft* draft) const {
  auto* need = std::get_if<v1::Need>(&draft->record);
  if (need == nullptr) return OkStatus();
  ClaimForCaller(caller_, &draft->record);
  const BoundCell* code = draft->Cell(CellKind::kEnterpriseCreditCode);
  if (caller_.role() != v1::ROLE_ENTERPRISE && code != nullptr && !code->text.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string id, OwnerOf(kCreditCodeIndex, code->text));
    if (id.empty()) {
      draft->Problem(code, "ENTERPRISE_NOT_FOUND", "没有这个统一社会信用代码的企业，请先导入企业");
    } else {
      need->set_enterprise(MakeName(v1::COLLECTION_ENTERPRISES, id));
    }
  } else if (need->enterprise().empty() && !need->enterprise_name().empty()) {
    DUIJIE_RETURN_IF_ERROR(ResolveEnterpriseName(draft));
  }
  return FillFromEnterprise(parts_.log, &draft->record);
}

Status RowPlanner::ResolveEnterpriseName(Draft* draft) const {
  auto& need = std::get<v1::Need>(draft->record);
  DUIJIE_ASSIGN_OR_RETURN(IndexPage page,
                          parts_.log.ListByIndex(kEnterpriseTitleIndex, need.enterprise_name(), "", 2));
  std::string found;
  for (const IndexEntry& entry : page.entries) {
    if (entry.key != need.enterprise_name()) continue;
    if (!found.empty()) return OkStatus();  // several of that name
    found = entry.id;
  }
  if (!found.empty()) need.set_enterprise(MakeName(v1::COLLECTION_ENTERPRISES, found));
  return OkStatus();
}

void RowPlanner::ReadContact(Draft* draft) const {
  v1::Contact contact;
  contact.set_person(draft->Text(CellKind::kContactPerson));
  contact.set_position(draft->Text(CellKind::kContactPosition));
  contact.set_phone(draft->Text(CellKind::kContactPhone));
  contact.set_email(draft->Text(CellKind::kContactEmail));
  if (contact.ByteSizeLong() == 0) return;
  Contacts contacts;
  *contacts.Add() = contact;
  draft->Add(ValidateContacts(contacts, "contacts"), header_.collection());
  draft->contact = std::move(contact);
}

void RowPlanner::ClaimKeys(Draft* draft) {
  auto claim = [&](std::string_view kind, const std::string& key, const BoundCell* cell) {
    const int64_t before = keys_.Claim(kind, key, draft->row);
    if (before == 0) return;
    if (draft->content_id && kind == "source") {
      draft->duplicate_of_content = key;  // the same content again is the same record, not a mistake
      return;
    }
    draft->Problem(cell, "DUPLICATE_IN_FILE", "与第 " + std::to_string(before) + " 行重复");
  };
  for (const auto& provenance : draft->provenances) {
    claim("source",
          ProvenanceKey(header_.collection(), provenance.source_library(), provenance.external_id()),
          draft->Cell(CellKind::kExternalId));
  }
  if (!draft->duplicate_of_content.empty()) return;
  claim("name", draft->id, draft->Cell(CellKind::kRecordName));
  if (const auto* enterprise = std::get_if<v1::Enterprise>(&draft->record);
      enterprise != nullptr && !enterprise->credit_code().empty()) {
    claim("credit_code", enterprise->credit_code(), nullptr);
  }
}

// What other records in the store hold already.
Status RowPlanner::CheckUnique(Draft* draft) const {
  for (const auto& provenance : draft->provenances) {
    DUIJIE_ASSIGN_OR_RETURN(
        const std::string owner,
        OwnerOf(kProvenanceIndex,
                ProvenanceKey(header_.collection(), provenance.source_library(), provenance.external_id())));
    if (!owner.empty() && owner != draft->id) {
      draft->Problem(draft->Cell(CellKind::kExternalId), "UNIQUE_VALUE_TAKEN",
                     "另一条记录已有这个来源和外部编号");
    }
  }
  const auto* enterprise = std::get_if<v1::Enterprise>(&draft->record);
  if (enterprise == nullptr || enterprise->credit_code().empty()) return OkStatus();
  DUIJIE_ASSIGN_OR_RETURN(const std::string owner, OwnerOf(kCreditCodeIndex, enterprise->credit_code()));
  if (!owner.empty() && owner != draft->id) {
    draft->Problem(nullptr, "UNIQUE_VALUE_TAKEN", "另一家企业已有这个统一社会信用代码");
  }
  return OkStatus();
}

// State, defaults and the right to write, then the rules.
void RowPlanner::Finish(Draft* draft) const {
  FillTier(&draft->record);
  std::visit([&](auto& r) { r.set_name(MakeName(header_.collection(), draft->id)); }, draft->record);
  if (!draft->existing) {
    const v1::RecordState state = header_.initial_state() == v1::RECORD_STATE_UNSPECIFIED
                                      ? v1::RECORD_STATE_DRAFT
                                      : header_.initial_state();
    TakeStep(&draft->record, state, "", caller_.key_id(), parts_.clock.Now());
    // A takeover straight to PUBLISHED is staff's own judgement; what is submitted for review must be
    // complete.
    if (state == v1::RECORD_STATE_SUBMITTED)
      draft->Add(ValidateForSubmission(draft->record, ""), header_.collection());
  }
  draft->Add(ValidateRecord(draft->record, parts_.taxonomies, ""), header_.collection());
  if (draft->problems.empty() && !MayEdit(caller_, FactsOf(draft->record))) {
    draft->Problem(nullptr, "FORBIDDEN", "无权写入这样的记录（园区或企业不在权限范围内）");
  }
}

Status RowPlanner::MakeMutations(Draft* draft, RowPlan* plan) const {
  const std::string name = MakeName(header_.collection(), draft->id);
  Mutation write = WriteOf(draft->record, draft->id, draft->revision);
  const bool changed = !draft->existing || WriteOf(*draft->existing, draft->id, {}).bytes != write.bytes;
  if (changed) {
    const UnixMicros now = parts_.clock.Now();
    std::visit(
        [&](auto& r) {
          if (!draft->existing) *r.mutable_create_time() = TimestampOf(now);
          *r.mutable_update_time() = TimestampOf(now);
        },
        draft->record);
    plan->mutations.push_back(WriteOf(draft->record, draft->id, draft->revision));
  }
  if (draft->contact) {
    Contacts contacts;
    *contacts.Add() = *draft->contact;
    StoredContacts stored;
    if (draft->existing) {
      DUIJIE_ASSIGN_OR_RETURN(stored, ReadContacts(parts_.log, name));
    }
    if (!SameContacts(stored.contacts, contacts)) {
      plan->mutations.push_back(WriteOfContacts(name, contacts, stored.revision));
    }
  }
  for (const Mutation& mutation : plan->mutations) plan->bytes += mutation.bytes.size();
  plan->report.set_name(name);
  plan->report.set_outcome(!draft->existing          ? v1::ROW_OUTCOME_CREATED
                           : plan->mutations.empty() ? v1::ROW_OUTCOME_UNCHANGED
                                                     : v1::ROW_OUTCOME_UPDATED);
  return OkStatus();
}

StatusOr<RowPlan> RowPlanner::Plan(const Row& row) {
  Draft draft;
  draft.row = static_cast<int64_t>(row.number);
  draft.cells = binding_->Bind(row);
  RowPlan plan;
  plan.report.set_row(draft.row);

  ReadKeys(&draft);
  DUIJIE_RETURN_IF_ERROR(FindRecord(&draft));
  ReadFields(&draft);
  DUIJIE_RETURN_IF_ERROR(ReadEnterprise(&draft));
  ReadContact(&draft);
  ClaimKeys(&draft);
  if (!draft.duplicate_of_content.empty()) {
    plan.report.set_outcome(v1::ROW_OUTCOME_UNCHANGED);
    return plan;
  }
  if (draft.problems.empty()) DUIJIE_RETURN_IF_ERROR(CheckUnique(&draft));
  Finish(&draft);
  if (!draft.problems.empty()) {
    plan.report.set_outcome(v1::ROW_OUTCOME_REJECTED);
    for (auto& problem : draft.problems) *plan.report.add_problems() = std::move(problem);
    return plan;
  }
  DUIJIE_RETURN_IF_ERROR(MakeMutations(&draft, &plan));
  return plan;
}

}  // namespace duijie::catalog
