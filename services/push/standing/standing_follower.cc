// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_follower.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "common/log/log.h"
#include "services/push/delivery/push_checks.h"
#include "services/push/standing/standing_events.h"

namespace duijie::push {
namespace {

using internal::v1::ChangedRecord;
using internal::v1::ListChangesResponse;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kCallTimeout{30};
constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{5'000};
constexpr size_t kNamesPerRead = 200;
constexpr int64_t kPersistEvery = 1'000;  // revisions without an event; what is read again costs little
constexpr double kMicrosInSecond = 1e6;

rpc::CallContext Call() { return rpc::CallContext::ForSystem(kCallTimeout); }

// A peer that is away, restarting, busy or behind.
bool WorthRetrying(const Status& status) {
  switch (status.code()) {
    case StatusCode::kUnavailable:
    case StatusCode::kResourceExhausted:
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kCancelled:
    case StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

double SecondsSince(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

UnixMicros ChangedAt(const internal::v1::Record& record) {
  return MicrosOf(record.has_need() ? record.need().update_time() : record.achievement().update_time());
}

Status CheckStore(const Status& status) {
  if (status.ok()) return status;
  return Error(StatusCode::kUnavailable, ReasonOf(status), "the position of standing push was not stored");
}

// How many changes of the page each commit made; a page holds whole commits.
std::map<int64_t, int> ChangesByCommit(const ListChangesResponse& page) {
  std::map<int64_t, int> counts;
  for (const ChangedRecord& change : page.changes()) ++counts[change.revision()];
  return counts;
}

}  // namespace

StandingFollower::StandingFollower(Dependencies dependencies)
    : d_(std::move(dependencies)), matcher_(d_.peers) {
  tracks_[0].collection = v1::COLLECTION_ACHIEVEMENTS;
  tracks_[0].key = "achievements";
  tracks_[1].collection = v1::COLLECTION_NEEDS;
  tracks_[1].key = "needs";
}

void StandingFollower::Start() {
  stopping_ = false;
  thread_ = std::thread([this] { Loop(); });
}

void StandingFollower::AskToStop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

void StandingFollower::Stop() {
  AskToStop();
  if (thread_.joinable()) thread_.join();
}

bool StandingFollower::Pause(milliseconds time) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_.load(); });
  return !stopping_;
}

void StandingFollower::NoteError(const Status& status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  error_reason_ = status.ok() ? "" : (ReasonOf(status).empty() ? "INTERNAL" : ReasonOf(status));
}

void StandingFollower::Loop() {
  milliseconds pause = kFirstPause;
  while (!stopping_) {
    StatusOr<bool> achievements = Step(v1::COLLECTION_ACHIEVEMENTS, milliseconds(0));
    StatusOr<bool> needs = achievements.ok() ? Step(v1::COLLECTION_NEEDS, milliseconds(0)) : achievements;
    if (needs.ok() && !*achievements && !*needs && !stopping_) {
      needs = Step(v1::COLLECTION_ACHIEVEMENTS, kStandingLongPoll);
    }
    NoteError(needs.status());
    if (needs.ok()) {
      pause = kFirstPause;
      continue;
    }
    if (stopping_) break;
    log::Warn("standing_push_failed", {{"error", needs.status()}, {"retry_ms", pause.count()}});
    Pause(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
  for (Track& track : tracks_) {
    if (!track.known || track.position.revision() == track.persisted) continue;
    const Status stored = Persist(&track, track.position);
    if (!stored.ok()) log::Warn("standing_position_not_stored", {{"error", stored}});
  }
}

StandingFollower::Track& StandingFollower::TrackOf(v1::Collection collection) {
  return collection == v1::COLLECTION_ACHIEVEMENTS ? tracks_[0] : tracks_[1];
}

Status StandingFollower::Persist(Track* track, const Position& position) {
  const SideEntry entry{std::string(kStandingSpace), track->key, position.SerializeAsString(), false};
  DUIJIE_RETURN_IF_ERROR(CheckStore(d_.store.Commit(std::vector<Mutation>(), {entry}).status()));
  track->position = position;
  track->persisted = position.revision();
  return OkStatus();
}

// Reads where the collection stands, or begins at the catalog's current revision.
Status StandingFollower::Locate(Track* track) {
  if (track->known) return OkStatus();
  DUIJIE_ASSIGN_OR_RETURN(const auto stored, d_.store.log().GetSide(kStandingSpace, track->key));
  Position position;
  if (stored) {
    if (!position.ParseFromString(*stored)) {
      return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "the position of standing push does not decode");
    }
    track->position = position;
    track->persisted = position.revision();
  } else {
    internal::v1::ScanRecordsRequest request;
    request.set_collection(track->collection);
    request.set_limit(1);
    DUIJIE_ASSIGN_OR_RETURN(const auto now, d_.peers.scan_records(Call(), request));
    position.set_revision(now.revision());
    DUIJIE_RETURN_IF_ERROR(Persist(track, position));
  }
  track->known = true;
  Advance(track, position.revision());
  return OkStatus();
}

void StandingFollower::Advance(Track* track, int64_t revision) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    track->progress.set_revision(revision);
  }
  changed_.notify_all();
}

StatusOr<ListChangesResponse> StandingFollower::ChangesAfter(const Track& track, milliseconds wait) const {
  internal::v1::ListChangesRequest request;
  request.set_collection(track.collection);
  request.set_after_revision(track.position.revision());
  request.set_limit(kStandingChangesPerPage);
  request.set_wait_ms(static_cast<int32_t>(wait.count()));
  return d_.peers.list_changes(Call(), request);
}

// Which changes of the page are events, after what their records were before the page.
StatusOr<std::vector<bool>> StandingFollower::EventsOf(const Track& track,
                                                       const ListChangesResponse& page) const {
  const std::map<int64_t, int> commits = ChangesByCommit(page);
  const auto handled = std::make_tuple(track.position.page_revision(), track.position.page_name());
  std::vector<int> news;  // places in the page
  for (int i = 0; i < page.changes_size(); ++i) {
    const ChangedRecord& change = page.changes(i);
    if (std::make_tuple(change.revision(), change.name()) <= handled) continue;
    if (commits.at(change.revision()) <= kMostChangesOfNews) news.push_back(i);
  }
  std::vector<bool> events(static_cast<size_t>(page.changes_size()));
  for (size_t begin = 0; begin < news.size(); begin += kNamesPerRead) {
    const size_t end = std::min(begin + kNamesPerRead, news.size());
    internal::v1::ReadRecordsRequest request;
    request.set_at_revision(track.position.revision());
    for (size_t i = begin; i < end; ++i) request.add_names(page.changes(news[i]).name());
    internal::v1::ReadRecordsResponse before;
    if (track.position.revision() > 0) {
      DUIJIE_ASSIGN_OR_RETURN(before, d_.peers.read_records(Call(), request));
    }
    for (size_t i = begin; i < end; ++i) {
      const auto place = static_cast<int>(i - begin);
      const internal::v1::Record none;
      const internal::v1::Record& was = place < before.records_size() ? before.records(place) : none;
      events[static_cast<size_t>(news[i])] = IsStandingEvent(was, page.changes(news[i]).record());
    }
  }
  return events;
}

StatusOr<bool> StandingFollower::Step(v1::Collection collection, milliseconds wait) {
  Track& track = TrackOf(collection);
  DUIJIE_RETURN_IF_ERROR(Locate(&track));
  DUIJIE_ASSIGN_OR_RETURN(const ListChangesResponse page, ChangesAfter(track, wait));
  Position behind;
  behind.set_revision(page.revision());
  if (page.revision() < track.position.revision()) {
    log::Warn("standing_ahead_of_catalog",
              {{"position", track.position.revision()}, {"catalog_revision", page.revision()}});
    DUIJIE_RETURN_IF_ERROR(Persist(&track, behind));
    Advance(&track, page.revision());
    return false;
  }
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<bool> events, EventsOf(track, page));
  DUIJIE_ASSIGN_OR_RETURN(const v1::StandingSettings settings, d_.settings.Get());
  if (d_.observe_lag) d_.observe_lag(collection, page.revision() - track.position.revision());
  bool any_event = false;
  for (int i = 0; i < page.changes_size() && settings.enabled(); ++i) {
    if (!events[static_cast<size_t>(i)]) continue;
    if (stopping_) return true;
    any_event = true;
    const Status handled = HandleEvent(settings, &track, page.changes(i));
    if (handled.ok()) continue;
    if (WorthRetrying(handled)) return handled;
    log::Error("standing_event_left", {{"record", page.changes(i).name()}, {"error", handled}});
  }
  if (any_event || page.revision() - track.persisted >= kPersistEvery) {
    DUIJIE_RETURN_IF_ERROR(Persist(&track, behind));
  }
  track.position = behind;
  Advance(&track, page.revision());
  if (d_.observe_lag && !page.more()) d_.observe_lag(collection, 0);
  return page.changes_size() > 0;
}

Status StandingFollower::HandleEvent(const v1::StandingSettings& settings, Track* track,
                                     const ChangedRecord& change) {
  const rpc::CallContext call = Call();
  const auto began = std::chrono::steady_clock::now();
  DUIJIE_ASSIGN_OR_RETURN(StandingMatcher::Matches matches,
                          matcher_.MatchesOf(call, settings, change.name(), change.revision()));
  const double matching = SecondsSince(began);
  DUIJIE_ASSIGN_OR_RETURN(std::vector<NewPush> pushes, matcher_.PushesOf(call, &matches));
  size_t found = pushes.size();
  int made = 0;
  if (!pushes.empty()) {
    Position position = track->position;
    position.set_page_revision(change.revision());
    position.set_page_name(change.name());
    const auto with_position = [&](const std::vector<PushOutcome>&) -> StatusOr<Pushes::Also> {
      return Pushes::Also{{},
                          {{std::string(kStandingSpace), track->key, position.SerializeAsString(), false}}};
    };
    const auto reasons = [&](size_t place, const CitedRecords& records) {
      return ReasonsFor(*records.need, *records.achievement, matches.results[place].explanation(),
                        matches.source);
    };
    const int most = track->collection == v1::COLLECTION_ACHIEVEMENTS ? settings.max_per_achievement()
                                                                      : settings.max_per_need();
    DUIJIE_ASSIGN_OR_RETURN(
        const std::vector<PushOutcome> outcomes,
        d_.pushes.CreateBest(call, std::move(pushes), {static_cast<size_t>(most), reasons}, with_position));
    track->position = position;
    for (const PushOutcome& outcome : outcomes) {
      made += outcome.kept_back.ok() ? 1 : 0;
      found -= ReasonOf(outcome.kept_back) == "INCOMPLETE" ? 1 : 0;  // nothing to tell the enterprise
    }
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    track->progress.set_events(track->progress.events() + 1);
    track->progress.set_pushes(track->progress.pushes() + made);
    track->progress.set_kept_back(track->progress.kept_back() + static_cast<int64_t>(found) - made);
  }
  if (d_.observe) {
    const UnixMicros took = std::max<UnixMicros>(0, d_.store.Now() - ChangedAt(change.record()));
    d_.observe({track->collection, static_cast<double>(took) / kMicrosInSecond, matching, SecondsSince(began),
                made});
  }
  return OkStatus();
}

v1::StandingStatus StandingFollower::Progress() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  v1::StandingStatus status;
  *status.mutable_achievements() = tracks_[0].progress;
  *status.mutable_needs() = tracks_[1].progress;
  status.set_error_reason(error_reason_);
  return status;
}

bool StandingFollower::WaitFor(int64_t revision, milliseconds most) const {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto reached = [&] {
    return tracks_[0].progress.revision() >= revision && tracks_[1].progress.revision() >= revision;
  };
  changed_.wait_for(lock, most, [&] { return stopping_ || reached(); });
  return reached();
}

}  // namespace duijie::push
