// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/key_selections.h"

#include "common/base/calendar.h"
#include "common/documents/scratch_file.h"
#include "common/resources/paging.h"
#include "services/mining/profile/key_workbook.h"
#include "services/mining/visits/visit_checks.h"

namespace duijie::mining {
namespace {

constexpr char kSelections[] = "keyEnterpriseSelections";
constexpr char kLatestIndex[] = "key_enterprise_selections_latest";
constexpr int kMostParks = 20, kMostCodes = 50;

template <typename Codes, typename IsKnown>
void CheckCodes(const Codes& codes, int most, const std::string& field, const IsKnown& is_known,
                Violations* wrong) {
  if (codes.size() > most) wrong->push_back({field, "TOO_MANY", "最多 " + std::to_string(most) + " 项"});
  for (int i = 0; i < codes.size() && i < most; ++i) {
    if (!is_known(codes[i])) {
      wrong->push_back({field + "[" + std::to_string(i) + "]", "UNKNOWN_CODE", "没有这个代码"});
    }
  }
}

void CheckScope(const v1::KeyEnterpriseScope& scope, const TaxonomySet& taxonomies, Violations* wrong) {
  CheckCodes(
      scope.park_codes(), kMostParks, "scope.park_codes",
      [&](const std::string& code) { return taxonomies.FindPark(code) != nullptr; }, wrong);
  CheckCodes(
      scope.industry_codes(), kMostCodes, "scope.industry_codes",
      [&](const std::string& code) { return taxonomies.industries.Find(code) != nullptr; }, wrong);
  CheckCodes(
      scope.region_codes(), kMostCodes, "scope.region_codes",
      [&](const std::string& code) { return taxonomies.regions.Find(code) != nullptr; }, wrong);
}

}  // namespace

KeySelections::KeySelections(const VisitContext& context, std::string folder)
    : context_(context),
      folder_(std::move(folder)),
      table_(context.store().log(), kSelections, [](const v1::KeyEnterpriseSelection& selection) {
        return std::vector<IndexKey>{
            {kLatestIndex, LatestFirstKey(MicrosOf(selection.create_time())), false}};
      }) {}

StatusOr<v1::KeyEnterpriseSelection> KeySelections::Asked(const rpc::CallContext& call,
                                                          const v1::KeyEnterpriseSelection& input) const {
  v1::KeyEnterpriseSelection asked;
  asked.set_title(input.title());
  *asked.mutable_scope() = input.scope();
  if (asked.scope().park_codes().empty()) {
    *asked.mutable_scope()->mutable_park_codes() = call.principal().park_codes();
  }
  asked.set_as_of(input.as_of().empty() ? FormatDay(DayInChina(context_.store().Now())) : input.as_of());
  asked.set_count(input.count() == 0 ? kDefaultKeyEnterprises : input.count());
  Violations wrong;
  CheckScope(asked.scope(), *context_.taxonomies, &wrong);
  if (!ParseDay(asked.as_of())) wrong.push_back({"as_of", "INVALID_DATE", "应为 2026-03-05 的形式"});
  if (asked.count() < 1 || asked.count() > kMaxKeyEnterprises) {
    wrong.push_back({"count", "OUT_OF_RANGE", "应为 1 至 1000 家"});
  }
  if (!wrong.empty()) return InvalidFields(wrong);
  if (CoversParks(call.principal(), asked.scope().park_codes())) return asked;
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "园区须在本密钥的范围之内");
}

Status KeySelections::Work(const rpc::CallContext& call, v1::KeyEnterpriseSelection* selection) const {
  std::vector<v1::Visit> visits;
  const auto add = [&](const v1::Visit& visit) {
    visits.push_back(visit);
    return OkStatus();
  };
  DUIJIE_RETURN_IF_ERROR(
      context_.tables.visits.ForEach(add, static_cast<Revision>(selection->visits_revision())));
  const Day as_of = ParseDay(selection->as_of()).value_or(Day());
  v1::RecordFilter filter;
  *filter.mutable_park_codes() = selection->scope().park_codes();
  *filter.mutable_industry_codes() = selection->scope().industry_codes();
  *filter.mutable_region_codes() = selection->scope().region_codes();
  std::vector<EnterpriseFacts> facts;
  DUIJIE_ASSIGN_OR_RETURN(const int64_t revision, GatherEnterprises(CatalogView(context_.role->peers, call),
                                                                    filter, selection->snapshot_revision(),
                                                                    LastVisits(visits, as_of), &facts));
  selection->set_snapshot_revision(revision);
  DUIJIE_RETURN_IF_ERROR(
      CountWelcomedPushes(context_.list_pushes, call, MicrosOf(selection->facts_time()), &facts));
  RankKeyEnterprises(facts, context_.model, as_of, selection->count(), selection);
  selection->set_digest(DigestOf(*selection));
  return OkStatus();
}

Status KeySelections::WorkNow(const rpc::CallContext& call, v1::KeyEnterpriseSelection* selection) const {
  *selection->mutable_facts_time() = TimestampOf(context_.store().Now());
  selection->set_visits_revision(static_cast<int64_t>(context_.store().log().CurrentRevision()));
  return Work(call, selection);
}

StatusOr<v1::ListKeyEnterprisesResponse> KeySelections::Propose(
    const rpc::CallContext& call, const v1::ListKeyEnterprisesRequest& request) const {
  v1::KeyEnterpriseSelection input;
  *input.mutable_scope() = request.scope();
  input.set_as_of(request.as_of());
  input.set_count(request.count());
  v1::ListKeyEnterprisesResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_selection(), Asked(call, input));
  DUIJIE_RETURN_IF_ERROR(WorkNow(call, response.mutable_selection()));
  return response;
}

StatusOr<v1::SelectKeyEnterprisesResponse> KeySelections::Keep(
    const rpc::CallContext& call, const v1::SelectKeyEnterprisesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::KeyEnterpriseSelection selection, Asked(call, request.selection()));
  Violations wrong;
  CheckVisitText(selection.title(), kVisitShortText, true, "selection.title", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "SelectKeyEnterprises", request);
  v1::SelectKeyEnterprisesResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::KeyEnterpriseSelection>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(WorkNow(call, &selection));
    selection.set_name(table_.NameOf(context_.store().NewId()));
    selection.set_creator(call.principal().key_id());
    DUIJIE_RETURN_IF_ERROR(
        context_.store().Commit(write, {table_.Create(selection, context_.store().Now())}).status());
    DUIJIE_ASSIGN_OR_RETURN(answer, table_.Get(selection.name()));
  }
  *response.mutable_selection() = *std::move(answer);
  return response;
}

StatusOr<v1::KeyEnterpriseSelection> KeySelections::Visible(const rpc::CallContext& call,
                                                            const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::KeyEnterpriseSelection selection, table_.Get(name));
  if (!CoversParks(call.principal(), selection.scope().park_codes())) return NoSuchResource();
  return selection;
}

StatusOr<v1::GetKeyEnterpriseSelectionResponse> KeySelections::Get(
    const rpc::CallContext& call, const v1::GetKeyEnterpriseSelectionRequest& request) const {
  v1::GetKeyEnterpriseSelectionResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_selection(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::ListKeyEnterpriseSelectionsResponse> KeySelections::List(
    const rpc::CallContext& call, const v1::ListKeyEnterpriseSelectionsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(context_.store().tokens(), call.principal(), request, kListPages));
  const auto keep = [&](const v1::KeyEnterpriseSelection& selection) {
    return CoversParks(call.principal(), selection.scope().park_codes());
  };
  DUIJIE_ASSIGN_OR_RETURN(auto found,
                          table_.ListByIndex(kLatestIndex, "", page.position(), page.size(), keep));
  v1::ListKeyEnterpriseSelectionsResponse response;
  for (v1::KeyEnterpriseSelection& selection : found.items) {
    selection.clear_enterprises();
    *response.add_selections() = std::move(selection);
  }
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::ReplayKeyEnterpriseSelectionResponse> KeySelections::Replay(
    const rpc::CallContext& call, const v1::ReplayKeyEnterpriseSelectionRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::KeyEnterpriseSelection kept, Visible(call, request.name()));
  v1::KeyEnterpriseSelection again;
  *again.mutable_scope() = kept.scope();
  again.set_as_of(kept.as_of());
  again.set_count(kept.count());
  again.set_snapshot_revision(kept.snapshot_revision());
  again.set_visits_revision(kept.visits_revision());
  *again.mutable_facts_time() = kept.facts_time();
  DUIJIE_RETURN_IF_ERROR(Work(call, &again));
  v1::ReplayKeyEnterpriseSelectionResponse response;
  response.set_same(again.digest() == kept.digest());
  response.set_digest(again.digest());
  for (std::string& difference : DifferencesOf(kept, again)) response.add_differences(std::move(difference));
  return response;
}

StatusOr<v1::ExportKeyEnterpriseSelectionResponse> KeySelections::Export(
    const rpc::CallContext& call, const v1::ExportKeyEnterpriseSelectionRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::KeyEnterpriseSelection selection, Visible(call, request.name()));
  const ScratchFile file(folder_);
  DUIJIE_RETURN_IF_ERROR(WriteKeyEnterprises(selection, *context_.taxonomies,
                                             {file.path(), folder_, MicrosOf(selection.create_time())}));
  v1::ExportKeyEnterpriseSelectionResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_content(), ReadWhole(file.path()));
  response.set_file_name("重点企业名单-" + selection.as_of() + ".xlsx");
  return response;
}

}  // namespace duijie::mining
