// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/year.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

#include "tests/bench/generator/numbered.h"
#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using PushStub = v1::PushService::Stub;
using CatalogStub = v1::CatalogService::Stub;

constexpr uint64_t kLeastBatch = 6;  // achievements of one commit, so that small worlds have few commits
constexpr size_t kIdsPerCall = 1'000;
constexpr double kChanged = 0.02;                // of the achievements
constexpr std::array kChangedAfter = {40, 200};  // days: within and beyond the interval of a pair
constexpr int kPairInterval = 180;
constexpr double kCampaignHour = 8.5;
constexpr int kSettleTries = 30;  // of ten seconds each
constexpr int kDigestTries = 20;
constexpr std::chrono::milliseconds kDigestPause{500};

// Batches in which achievements are published, over the year.
uint64_t BatchesOf(const YearScale& scale) {
  return std::clamp<uint64_t>(scale.achievements / kLeastBatch, 1, kDaysOfYear);
}

}  // namespace

v1::PushRules YearRules(int cap, int days) {
  v1::PushRules rules;
  rules.set_pair_interval_days(kPairInterval);
  rules.set_cap_pushes(cap);
  rules.set_cap_days(days);
  rules.set_need_consent_required(true);
  rules.set_digest_minute(9 * 60);
  rules.set_digest_weekday(1);
  rules.set_default_cadence(v1::PUSH_CADENCE_AT_ONCE);
  return rules;
}

Year::Year(const YearOptions& options, const World& world, System& system)
    : options_(options),
      world_(world),
      system_(system),
      texts_(world),
      oracle_(texts_, options.rules),
      campaign_oracle_(oracle_),
      parties_(system, world, texts_, oracle_),
      stage_{system, world, texts_, oracle_, parties_},
      enterprises_(stage_),
      campaigns_(stage_, campaign_oracle_),
      visits_(stage_),
      publications_(stage_, options.scale.visits),
      provocations_(stage_, options.rules) {}

StatusOr<YearResult> Year::Play(const YearOptions& options, const World& world) {
  DUIJIE_ASSIGN_OR_RETURN(const auto system, System::Start(options.share, options.folder, TimeOf(0, 1)));
  YearResult result;
  Year year(options, world, *system);
  const Stopwatch load;
  DUIJIE_RETURN_IF_ERROR(year.Load());
  result.load_seconds = load.Seconds();
  const Stopwatch watch;
  for (int day = 0; day < kDaysOfYear; ++day) DUIJIE_RETURN_IF_ERROR(year.Day(day));
  result.year_seconds = watch.Seconds();
  result.peak_mib = PeakMemoryMiB();
  result.standing = StandingTimesOf(system->metrics());
  result.calls = CallFiguresOf(system->metrics());
  DUIJIE_RETURN_IF_ERROR(year.Close(&result));
  return result;
}

Status Year::ReadNames(v1::Collection collection, const char* format, uint64_t begin, uint64_t end,
                       Names* names) {
  for (uint64_t from = begin; from < end; from += kIdsPerCall) {
    v1::ResolveExternalIdsRequest request;
    request.set_collection(collection);
    request.set_source_library(kSourceLibrary);
    const uint64_t to = std::min(end, from + kIdsPerCall);
    for (uint64_t row = from; row < to; ++row) request.add_external_ids(Numbered(format, row));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            parties_.admin().Call(&CatalogStub::ResolveExternalIds, request));
    for (uint64_t row = from; row < to; ++row) names->Add(row, response.names(static_cast<int>(row - from)));
  }
  return OkStatus();
}

Status Year::Load() {
  DUIJIE_RETURN_IF_ERROR(parties_.MakeAdmin());
  const Party& admin = parties_.admin();
  DUIJIE_RETURN_IF_ERROR(Import(admin, v1::COLLECTION_ENTERPRISES, world_.Enterprises()).status());
  DUIJIE_ASSIGN_OR_RETURN(const int64_t revision, Import(admin, v1::COLLECTION_NEEDS, world_.Needs()));
  DUIJIE_RETURN_IF_ERROR(
      ReadNames(v1::COLLECTION_ENTERPRISES, "e%09llu", 0, options_.scale.enterprises, &texts_.enterprises));
  DUIJIE_RETURN_IF_ERROR(ReadNames(v1::COLLECTION_NEEDS, "n%09llu", 0, options_.scale.needs, &texts_.needs));
  v1::SearchRequest search;
  search.set_collection(v1::COLLECTION_NEEDS);
  search.set_query("技术");
  search.set_min_revision(revision);
  Status indexed;
  do {
    indexed = admin.Call(&v1::SearchService::Stub::Search, search).status();
  } while (ReasonOf(indexed) == "INDEX_BEHIND");
  DUIJIE_RETURN_IF_ERROR(indexed);
  v1::UpdatePushSettingsRequest settings;
  *settings.mutable_settings()->mutable_rules() = options_.rules;
  DUIJIE_RETURN_IF_ERROR(admin.Call(&PushStub::UpdatePushSettings, settings).status());
  DUIJIE_RETURN_IF_ERROR(Settle(revision));
  witness_ = std::make_unique<Witness>(admin);
  return visits_.PlanYear();
}

// Waits until standing push has dealt with everything up to `revision`.
Status Year::Settle(int64_t revision) const {
  v1::GetStandingStatusRequest request;
  request.set_min_revision(revision);
  Status last;
  for (int i = 0; i < kSettleTries; ++i) {
    last = parties_.admin().Call(&v1::StandingService::Stub::GetStandingStatus, request).status();
    if (last.ok() || ReasonOf(last) != "INDEX_BEHIND") return last;
  }
  return last;
}

Status Year::Publish(int day, int64_t* revision) {
  const uint64_t batches = BatchesOf(options_.scale);
  const uint64_t done = batches * static_cast<uint64_t>(day + 1) / kDaysOfYear;
  const uint64_t end = options_.scale.achievements * done / batches;
  if (end == published_) return OkStatus();
  DUIJIE_ASSIGN_OR_RETURN(
      *revision, Import(parties_.admin(), v1::COLLECTION_ACHIEVEMENTS, world_.Achievements(published_, end)));
  DUIJIE_RETURN_IF_ERROR(
      ReadNames(v1::COLLECTION_ACHIEVEMENTS, "a%09llu", published_, end, &texts_.achievements));
  published_ = end;
  return OkStatus();
}

// Achievements that say more than when they were published: news for standing push.
Status Year::ChangeSome(int day, int64_t* revision) {
  for (const int after : kChangedAfter) {
    if (day < after) continue;
    const uint64_t begin = options_.scale.achievements * static_cast<uint64_t>(day - after) / kDaysOfYear;
    const uint64_t end = options_.scale.achievements * static_cast<uint64_t>(day - after + 1) / kDaysOfYear;
    for (uint64_t row = begin; row < std::min(end, published_); ++row) {
      if (!stage_.Stream(kChangeStream, row).Chance(kChanged)) continue;
      const std::string& name = texts_.achievements.Of(row);
      v1::UpdateAchievementRequest request;
      request.mutable_achievement()->set_name(name);
      request.mutable_achievement()->set_advantage(world_.AchievementCell(row, "技术优势") + "经改进，第" +
                                                   std::to_string(after) + "天复测合格。");
      request.mutable_update_mask()->add_paths("advantage");
      texts_.Add(name, "advantage", request.achievement().advantage());
      DUIJIE_ASSIGN_OR_RETURN(const auto updated,
                              parties_.admin().Call(&CatalogStub::UpdateAchievement, request));
      *revision = std::max(*revision, updated.achievement().revision());
      ++changed_;
    }
  }
  return OkStatus();
}

// Pushes made since they were last taken.
Status Year::TakeNewPushes() {
  v1::ListPushesRequest request;
  request.set_page_size(kPageSize);
  const size_t first = sent_.size();
  const UnixMicros now = system_.clock().Now();
  for (bool more = true; more;) {
    DUIJIE_ASSIGN_OR_RETURN(const auto page, parties_.admin().Call(&PushStub::ListPushes, request));
    more = !page.next_page_token().empty();
    for (const v1::Push& push : page.pushes()) {
      if (MicrosOf(push.create_time()) < seen_until_) {
        more = false;
        break;
      }
      enterprises_.Expect(push);
      DUIJIE_ASSIGN_OR_RETURN(SentPush sent, texts_.Read(push));
      sent_.push_back(std::move(sent));
    }
    request.set_page_token(page.next_page_token());
  }
  for (size_t i = first; i < sent_.size(); ++i) provocations_.Sent(sent_[i]);
  stage_.ClockTo(now + 1'000'000);
  seen_until_ = system_.clock().Now();
  return OkStatus();
}

Status Year::Day(int day) {
  stage_.ClockTo(TimeOf(day, 7));
  if (const int of_month = std::stoi(DateOf(day).substr(8)); of_month == 1) {
    std::fprintf(stderr, "%s: %llu achievements published, %zu pushes\n", DateOf(day).c_str(),
                 static_cast<unsigned long long>(published_), sent_.size());
    DUIJIE_RETURN_IF_ERROR(provocations_.Probe(std::stoi(DateOf(day).substr(5, 2)), published_));
  }
  DUIJIE_RETURN_IF_ERROR(enterprises_.Change(day));
  stage_.ClockTo(TimeOf(day, 8));
  int64_t revision = 0;
  const uint64_t before = published_;
  const double cpu = CpuSeconds();
  DUIJIE_RETURN_IF_ERROR(Publish(day, &revision));
  DUIJIE_RETURN_IF_ERROR(ChangeSome(day, &revision));
  if (revision > 0) {
    DUIJIE_RETURN_IF_ERROR(Settle(revision));
    publish_cpu_seconds_ += CpuSeconds() - cpu;
    DUIJIE_RETURN_IF_ERROR(TakeNewPushes());
  }
  stage_.ClockTo(TimeOf(day, kCampaignHour));
  DUIJIE_ASSIGN_OR_RETURN(const bool campaign_pushed, campaigns_.Work(day, published_));
  if (campaign_pushed) DUIJIE_RETURN_IF_ERROR(TakeNewPushes());
  stage_.ClockTo(TimeOf(day, 10));
  DUIJIE_RETURN_IF_ERROR(enterprises_.OpenMail(day));
  DUIJIE_RETURN_IF_ERROR(enterprises_.FollowUp(day));
  DUIJIE_ASSIGN_OR_RETURN(const int64_t needs, visits_.Hold(day));
  if (needs > 0) {
    DUIJIE_RETURN_IF_ERROR(Settle(needs));
    DUIJIE_RETURN_IF_ERROR(TakeNewPushes());
  }
  stage_.ClockTo(TimeOf(day, 11));
  DUIJIE_RETURN_IF_ERROR(publications_.Publish(day, published_));
  return published_ == before ? OkStatus() : provocations_.Provoke(day, enterprises_.refusing(), published_);
}

// Once no digest that is due is still on its way.
StatusOr<std::vector<v1::Push>> Year::AllPushes() const {
  std::vector<v1::Push> pushes;
  for (int i = 0; i < kDigestTries; ++i) {
    pushes.clear();
    bool waits = false;
    v1::ListPushesRequest request;
    request.set_page_size(kPageSize);
    do {
      DUIJIE_ASSIGN_OR_RETURN(const auto page, parties_.admin().Call(&PushStub::ListPushes, request));
      for (const v1::Push& push : page.pushes()) {
        const bool due = MicrosOf(push.due_time()) <= system_.clock().Now();
        waits = waits || (due && push.state() == v1::PUSH_STATE_PUSHED && !push.has_deliver_time());
        pushes.push_back(push);
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    if (!waits) return pushes;
    std::this_thread::sleep_for(kDigestPause);
  }
  return Error(StatusCode::kInternal, "DIGEST_LATE", "a digest that is due was not delivered");
}

Status Year::JudgeAll(YearResult* result) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Push> pushes, AllPushes());
  size_t events = 0;
  for (const v1::Push& push : pushes) {
    const bool digest =
        push.has_deliver_time() && MicrosOf(push.deliver_time()) > MicrosOf(push.create_time());
    events += static_cast<size_t>(push.history_size()) + (digest ? 1 : 0);
    if (push.state() == v1::PUSH_STATE_WITHHELD) ++result->withheld;
  }
  for (const v1::PushEvent& event : witness_->Heard(events)) oracle_.Hear(event);
  for (const v1::Push& push : pushes) {
    oracle_.Judge(push);
    campaign_oracle_.Judge(push);
  }
  oracle_.Close();
  campaign_oracle_.Close();
  return OkStatus();
}

Status Year::Close(YearResult* result) {
  DUIJIE_RETURN_IF_ERROR(publications_.Close(published_));
  DUIJIE_RETURN_IF_ERROR(visits_.Close());
  DUIJIE_ASSIGN_OR_RETURN(result->guesses,
                          GuessLatentNeeds(stage_, std::min(options_.scale.visits, kMostGuessed)));
  DUIJIE_RETURN_IF_ERROR(JudgeAll(result));
  result->pushes = sent_;
  result->per_enterprise.assign(options_.scale.enterprises, 0);
  for (const SentPush& push : sent_) ++result->per_enterprise[push.taker.enterprise];
  result->answers = enterprises_.counts();
  result->campaigns = campaigns_.counts();
  result->rules = oracle_.findings();
  result->changed = changed_;
  result->publish_cpu_seconds = publish_cpu_seconds_;
  result->chosen = enterprises_.chosen();
  result->opted_out = enterprises_.opted_out();
  result->keys = parties_.keys();
  result->publications = publications_.recorded();
  result->published = publications_.counted();
  result->visits_signed = visits_.signed_visits();
  result->visits_not_signed = visits_.unsigned_visits();
  result->visits_cancelled = visits_.cancelled();
  result->visit_needs = visits_.needs();
  result->visited = visits_.counted();
  return OkStatus();
}

}  // namespace duijie::bench
