// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/publications.h"

#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using PublicationStub = v1::PublicationService::Stub;

constexpr double kAgain = 0.4;  // of the publications: of an achievement among the first ones
constexpr uint64_t kFewFirst = 20;
constexpr uint64_t kStreamOfDays = 1'000'000;  // beside those of achievements
constexpr double kPublishHour = 11;

}  // namespace

Status Publications::Record(uint64_t achievement, UnixMicros time) {
  v1::CreatePublicationRequest request;
  request.mutable_publication()->set_achievement(stage_.texts.achievements.Of(achievement));
  request.mutable_publication()->set_audience("园区企业");
  request.mutable_publication()->set_channel(v1::PUBLICATION_CHANNEL_EVENT);
  *request.mutable_publication()->mutable_publish_time() = TimestampOf(time);
  ++recorded_;
  stage_.oracle.Publish(DateOf(DayOf(time)), stage_.texts.achievements.Of(achievement));
  return stage_.parties.admin().Call(&PublicationStub::CreatePublication, request).status();
}

Status Publications::Publish(int day, uint64_t published) {
  if (published == 0) return OkStatus();
  Random random = stage_.Stream(kChangeStream, kStreamOfDays + static_cast<uint64_t>(day));
  const auto today = wanted_ * static_cast<uint64_t>(day + 1) / kDaysOfYear -
                     wanted_ * static_cast<uint64_t>(day) / kDaysOfYear;
  for (uint64_t i = 0; i < today; ++i) {
    DUIJIE_RETURN_IF_ERROR(Record(random.Below(published), TimeOf(day, kPublishHour) - 1));
    if (!random.Chance(kAgain)) continue;
    DUIJIE_RETURN_IF_ERROR(
        Record(random.Below(std::min(published, kFewFirst)), TimeOf(day, kPublishHour) - 1));
  }
  return OkStatus();
}

Status Publications::Close(uint64_t published) {
  stage_.ClockTo(TimeOf(kDaysOfYear, 1));
  Random random = stage_.Stream(kChangeStream, kStreamOfDays + kDaysOfYear);
  const UnixMicros new_year = TimeOf(kDaysOfYear, 0);
  for (const UnixMicros time : {new_year - 1, new_year, TimeOf(0, 0) - 1, TimeOf(0, 0)}) {
    if (published > 0) DUIJIE_RETURN_IF_ERROR(Record(random.Below(published), time));
  }
  for (const int year : {kYear - 1, kYear, kYear + 1}) {
    v1::GetPublicationProgressRequest request;
    request.set_year(year);
    DUIJIE_ASSIGN_OR_RETURN(const auto progress,
                            stage_.parties.admin().Call(&PublicationStub::GetPublicationProgress, request));
    stage_.oracle.ComparePublications(year, progress.achievements());
    if (year == kYear) counted_ = progress.achievements();
  }
  return OkStatus();
}

}  // namespace duijie::bench
