// SPDX-License-Identifier: GPL-3.0-or-later
// Follows the catalog's achievements and needs, and pushes what newly published records meet on the other
// side. One thread, so that two records published together are pushed once.
//
// Exactly once: the pushes of an event and the position behind it are one commit. A crash before it repeats
// the event, one after it does not. Where a record changes again before its event is repeated, the interval
// of pairs keeps a second push back.
//
// The first time it meets a catalog it begins at that revision: what stood before is not pushed. A catalog
// that was restored to an earlier revision is followed from there. An event that matching refuses for good is
// logged and left; everything else is tried again, later and later.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "duijie/internal/v1/stored_campaign.pb.h"
#include "services/push/standing/standing_matcher.h"
#include "services/push/standing/standing_settings.h"

namespace duijie::push {

inline constexpr std::string_view kStandingSpace = "standing";  // side space: collection name → position
inline constexpr int kStandingChangesPerPage = 100;
// A commit that changes more records of a collection than this is a library being loaded, not news: what it
// publishes is for a campaign to push, with a list that a person looks at.
inline constexpr int kMostChangesOfNews = 200;
inline constexpr std::chrono::milliseconds kStandingLongPoll{250};

class StandingFollower {
 public:
  // What was done for one event; for metrics.
  struct Observation {
    v1::Collection collection = v1::COLLECTION_UNSPECIFIED;
    double seconds = 0;   // from the change of the record to the commit of its pushes, by the injected clock
    double matching = 0;  // seconds that matching was busy with it or waited for its index
    double handling = 0;  // seconds from taking it up to the commit
    int pushes = 0;
  };
  struct Dependencies {
    RoleStore& store;
    const Peers& peers;
    Pushes& pushes;
    const StandingSettingsStore& settings;
    std::function<void(const Observation&)> observe;  // may be empty, as may what follows
    std::function<void(v1::Collection, int64_t lag)> observe_lag;
  };
  explicit StandingFollower(Dependencies dependencies);
  ~StandingFollower() { Stop(); }
  StandingFollower(const StandingFollower&) = delete;
  StandingFollower& operator=(const StandingFollower&) = delete;

  void Start();
  void AskToStop();  // returns at once; for the beginning of a drain
  void Stop();       // waits for the event under way

  // One page of one collection; true if there were changes. For tests, instead of Start.
  StatusOr<bool> Step(v1::Collection collection, std::chrono::milliseconds wait);

  // How far it has come; without the catalog's revision and the lag.
  v1::StandingStatus Progress() const;
  // Waits until everything up to `revision` is dealt with, at most `most`; true if it is.
  bool WaitFor(int64_t revision, std::chrono::milliseconds most) const;

 private:
  using Position = internal::v1::StandingPosition;
  // Of one collection.
  struct Track {
    v1::Collection collection = v1::COLLECTION_UNSPECIFIED;
    std::string key;  // in kStandingSpace
    bool known = false;
    Position position;              // only the follower's thread
    int64_t persisted = 0;          // revision of the stored position
    v1::StandingProgress progress;  // protected by mutex_
  };

  void Loop();
  bool Pause(std::chrono::milliseconds time);
  Track& TrackOf(v1::Collection collection);
  Status Locate(Track* track);
  Status Persist(Track* track, const Position& position);
  StatusOr<internal::v1::ListChangesResponse> ChangesAfter(const Track& track,
                                                           std::chrono::milliseconds wait) const;
  StatusOr<std::vector<bool>> EventsOf(const Track& track,
                                       const internal::v1::ListChangesResponse& page) const;
  Status HandleEvent(const v1::StandingSettings& settings, Track* track,
                     const internal::v1::ChangedRecord& change);
  void Advance(Track* track, int64_t revision);
  void NoteError(const Status& status);

  const Dependencies d_;
  const StandingMatcher matcher_;
  std::array<Track, 2> tracks_;

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::string error_reason_;  // protected by mutex_
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace duijie::push
