// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publications.h"

#include <algorithm>

#include "common/resources/paging.h"
#include "common/resources/record_access.h"
#include "services/push/achievements/china_day.h"
#include "services/push/achievements/field_rules.h"
#include "services/push/publication/catalogue_file.h"

namespace duijie::push {
namespace {

using v1::Publication;

constexpr PageLimits kPages{.fallback = 50, .most = 1'000};
constexpr size_t kBlock = 1'000;
constexpr size_t kOthersLookedAt = 2;

Violations CheckInput(const Publication& input, UnixMicros now) {
  Violations out;
  CheckName("publication.achievement", input.achievement(), kAchievements, &out);
  CheckText("publication.audience", input.audience(), {.required = true}, &out);
  CheckText("publication.publisher", input.publisher(), {}, &out);
  CheckText("publication.reference", input.reference(), {.most = kReferenceLength}, &out);
  const bool other = input.channel() == v1::PUBLICATION_CHANNEL_OTHER;
  CheckText("publication.note", input.note(), {.required = other, .most = kReasonLength}, &out);
  if (input.channel() == v1::PUBLICATION_CHANNEL_UNSPECIFIED ||
      !v1::PublicationChannel_IsValid(input.channel())) {
    out.push_back({"publication.channel", "REQUIRED", "请选择发布渠道"});
  }
  if (!input.has_publish_time()) return out;
  // Seconds first: far ones would not fit microseconds.
  const auto& time = input.publish_time();
  const bool sane = time.seconds() >= 0 && time.seconds() <= now / kMicrosPerSecond && time.nanos() >= 0 &&
                    time.nanos() < 1'000'000'000;
  if (!sane || MicrosOf(time) > now || YearOf(ChinaDay(MicrosOf(time))) < kFirstPublicationYear) {
    out.push_back({"publication.publish_time", "OUT_OF_RANGE", "发布时间应在 2000 年之后，且不晚于现在"});
  }
  return out;
}

Status CheckYear(int year, int target) {
  Violations wrong;
  if (year < kFirstPublicationYear || year > kLastCalendarYear) {
    wrong.push_back({"year", "OUT_OF_RANGE", "年度应为 2000 至 2999"});
  }
  if (target < 0 || target > kMaxTarget) {
    wrong.push_back({"target", "OUT_OF_RANGE", "目标应为 1 至 1000000"});
  }
  return StatusOf(std::move(wrong));
}

int TargetOf(int asked) { return asked == 0 ? kDefaultTarget : asked; }

// Whether it is, or once was, open to others. Its earliest steps may have been dropped from a long history.
bool WasPublished(const v1::Achievement& achievement) {
  return achievement.state() == v1::RECORD_STATE_PUBLISHED ||
         std::any_of(achievement.state_changes().begin(), achievement.state_changes().end(),
                     [](const v1::StateChange& step) { return step.to() == v1::RECORD_STATE_PUBLISHED; });
}

void HideUnit(Publication* publication) {
  publication->clear_owner_name();
  publication->clear_owner_credit_code();
}

bool IsPublic(const v1::Achievement& achievement) {
  return AccessOf(achievement).tier == v1::CONFIDENTIALITY_TIER_PUBLIC;
}

const v1::Achievement* FindIn(const std::map<std::string, v1::Achievement>& achievements,
                              const std::string& name) {
  const auto found = achievements.find(name);
  return found == achievements.end() ? nullptr : &found->second;
}

}  // namespace

StatusOr<Publication> Publications::Visible(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(Publication publication, table_.rows().Get(name));
  DUIJIE_ASSIGN_OR_RETURN(const auto sight, reader_.SightOf(call, {publication.achievement()}));
  const Visibility visibility = sight.at(publication.achievement());
  if (visibility == Visibility::kNone) return NoSuchResource();
  if (visibility == Visibility::kMasked) HideUnit(&publication);
  return publication;
}

StatusOr<bool> Publications::IsRepeated(const Publication& publication) const {
  const PublicationTable::Filter filter{publication.achievement(), YearOf(publication.published_on()), {}};
  std::string position;
  do {
    DUIJIE_ASSIGN_OR_RETURN(const ResourcePage<Publication> page,
                            table_.Latest(filter, position, kOthersLookedAt));
    for (const Publication& other : page.items) {
      if (other.name() != publication.name() && !other.withdrawn()) return true;
    }
    position = page.next;
  } while (!position.empty());
  return false;
}

StatusOr<v1::CreatePublicationResponse> Publications::Create(
    const rpc::CallContext& call, const v1::CreatePublicationRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "CreatePublication", request);
  DUIJIE_ASSIGN_OR_RETURN(auto stored, store_.AnswerOf<Publication>(write));
  if (!stored) {
    const UnixMicros now = store_.Now();
    DUIJIE_RETURN_IF_ERROR(StatusOf(CheckInput(request.publication(), now)));
    Publication publication;
    publication.set_achievement(request.publication().achievement());
    DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement achievement,
                            reader_.ReadFull(call, publication.achievement()));
    if (!WasPublished(achievement) || AccessOf(achievement).tier == v1::CONFIDENTIALITY_TIER_STAFF_ONLY) {
      return Error(StatusCode::kFailedPrecondition, "WRONG_STATE",
                   "只有在目录中发布过、且不限于工作人员的成果才能对外发布");
    }
    publication.set_name(table_.rows().NameOf(store_.NewId()));
    publication.set_title(achievement.title());
    publication.set_owner_name(achievement.owner_name());
    publication.set_owner_credit_code(achievement.owner_credit_code());
    if (!IsPublic(achievement)) HideUnit(&publication);
    publication.set_audience(request.publication().audience());
    publication.set_channel(request.publication().channel());
    publication.set_publisher(request.publication().publisher());
    publication.set_reference(request.publication().reference());
    publication.set_note(request.publication().note());
    *publication.mutable_publish_time() =
        request.publication().has_publish_time() ? request.publication().publish_time() : TimestampOf(now);
    publication.set_published_on(ChinaDay(MicrosOf(publication.publish_time())));
    publication.set_recorder(key_id);
    DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.rows().Create(publication, now)}).status());
    DUIJIE_ASSIGN_OR_RETURN(stored, table_.rows().Get(publication.name()));
  }
  v1::CreatePublicationResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const bool repeated, IsRepeated(*stored));
  response.set_republication(repeated);
  *response.mutable_publication() = *std::move(stored);
  return response;
}

StatusOr<v1::GetPublicationResponse> Publications::Get(const rpc::CallContext& call,
                                                       const v1::GetPublicationRequest& request) const {
  v1::GetPublicationResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_publication(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::ListPublicationsResponse> Publications::List(const rpc::CallContext& call,
                                                          const v1::ListPublicationsRequest& request) const {
  if (request.year() != 0) DUIJIE_RETURN_IF_ERROR(CheckYear(request.year(), 0));
  Violations wrong;
  if (!request.achievement().empty()) {
    CheckName("achievement", request.achievement(), kAchievements, &wrong);
  }
  DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request, kPages));
  const PublicationTable::Filter filter{request.achievement(), request.year(), request.channel()};
  DUIJIE_ASSIGN_OR_RETURN(
      ResourcePage<Publication> found,
      reader_.VisiblePage<Publication>(
          call, Visibility::kMasked, page.position(), page.size(),
          [&](const std::string& position, size_t limit) { return table_.Latest(filter, position, limit); }));
  std::vector<std::string> names;
  for (const Publication& publication : found.items) names.push_back(publication.achievement());
  DUIJIE_ASSIGN_OR_RETURN(const auto sight, reader_.SightOf(call, names));
  v1::ListPublicationsResponse response;
  for (Publication& publication : found.items) {
    if (sight.at(publication.achievement()) != Visibility::kFull) HideUnit(&publication);
    *response.add_publications() = std::move(publication);
  }
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::WithdrawPublicationResponse> Publications::Withdraw(
    const rpc::CallContext& call, const v1::WithdrawPublicationRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "WithdrawPublication", request);
  DUIJIE_ASSIGN_OR_RETURN(auto stored, store_.AnswerOf<Publication>(write));
  if (!stored) {
    Violations wrong;
    CheckText("reason", request.reason(), {.required = true, .most = kReasonLength}, &wrong);
    DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
    DUIJIE_RETURN_IF_ERROR(Visible(call, request.name()).status());
    DUIJIE_ASSIGN_OR_RETURN(Publication publication, table_.rows().Get(request.name()));
    DUIJIE_RETURN_IF_ERROR(reader_.CheckSight(call, publication.achievement(), Visibility::kFull));
    DUIJIE_RETURN_IF_ERROR(ResourceTable<Publication>::CheckEtag(publication, request.etag()));
    if (publication.withdrawn()) {
      return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "这条发布记录已经撤回",
                   {{"from", "WITHDRAWN"}, {"to", "WITHDRAWN"}});
    }
    publication.set_withdrawn(true);
    publication.set_withdraw_reason(request.reason());
    publication.set_withdrawer(key_id);
    DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {table_.rows().Replace(publication, store_.Now())}).status());
    DUIJIE_ASSIGN_OR_RETURN(stored, table_.rows().Get(publication.name()));
  }
  v1::WithdrawPublicationResponse response;
  *response.mutable_publication() = *std::move(stored);
  return response;
}

StatusOr<YearView> Publications::ReadYear(const rpc::CallContext& call, int year, bool for_document) const {
  YearView view{.publications = {}, .achievements = {}, .count = YearCount(year)};
  std::string position;
  do {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(ResourcePage<Publication> page, table_.Latest({"", year, {}}, position, kBlock));
    std::vector<std::string> names;
    for (const Publication& publication : page.items) names.push_back(publication.achievement());
    DUIJIE_ASSIGN_OR_RETURN(auto achievements, reader_.ReadMany(call, names));
    view.achievements.merge(achievements);
    for (Publication& publication : page.items) {
      const v1::Achievement* achievement = FindIn(view.achievements, publication.achievement());
      const Visibility sight = AchievementReader::SightOf(call, achievement);
      if (sight == Visibility::kNone) continue;
      const bool is_public = achievement != nullptr && IsPublic(*achievement);
      if (sight == Visibility::kMasked || (for_document && !is_public)) HideUnit(&publication);
      view.publications.push_back(std::move(publication));
    }
    if (view.publications.size() > kMaxYearPublications) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "这一年的发布记录过多");
    }
    position = page.next;
  } while (!position.empty());
  std::sort(view.publications.begin(), view.publications.end(), &IsEarlier);
  for (const Publication& publication : view.publications) view.count.Add(publication);
  return view;
}

StatusOr<v1::GetPublicationProgressResponse> Publications::GetProgress(
    const rpc::CallContext& call, const v1::GetPublicationProgressRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckYear(request.year(), request.target()));
  DUIJIE_ASSIGN_OR_RETURN(const YearView view, ReadYear(call, request.year(), false));
  return view.count.Progress(TargetOf(request.target()));
}

Status Publications::WriteCatalogue(const rpc::CallContext& call, const v1::ExportCatalogueRequest& request,
                                    const std::string& path, const std::string& temp_folder) const {
  DUIJIE_RETURN_IF_ERROR(CheckYear(request.year(), request.target()));
  DUIJIE_ASSIGN_OR_RETURN(const YearView view, ReadYear(call, request.year(), true));
  return WriteCatalogueFile(view, TargetOf(request.target()), store_.Now(), path, temp_folder);
}

}  // namespace duijie::push
