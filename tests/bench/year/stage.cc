// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/stage.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "common/base/calendar.h"

namespace duijie::bench {
namespace {

constexpr UnixMicros kHour = 3'600 * kMicrosPerSecond;
constexpr UnixMicros kYearBegins = 1'767'196'800 * kMicrosPerSecond;  // 2026-01-01 00:00 in China
constexpr int kKeyDays = 800;

// Headings of the generated columns by field.
const std::map<std::string, std::string>& NeedHeadings() {
  static const auto& kHeadings = *new std::map<std::string, std::string>{{"title", "需求名称"},
                                                                         {"description", "问题描述"},
                                                                         {"keywords", "关键词"},
                                                                         {"field_codes", "技术领域"},
                                                                         {"industry_codes", "所属行业"}};
  return kHeadings;
}
const std::map<std::string, std::string>& EnterpriseHeadings() {
  static const auto& kHeadings = *new std::map<std::string, std::string>{
      {"title", "企业名称"},      {"products", "主要产品"},       {"description", "企业简介"},
      {"keywords", "关键词"},     {"industry_codes", "所属行业"}, {"park_code", "所属园区"},
      {"region_code", "所在地区"}};
  return kHeadings;
}
const std::map<std::string, std::string>& AchievementHeadings() {
  static const auto& kHeadings =
      *new std::map<std::string, std::string>{{"title", "成果名称"},
                                              {"summary", "成果简介"},
                                              {"problem_solved", "解决的问题"},
                                              {"advantage", "技术优势"},
                                              {"keywords", "关键词"},
                                              {"region_code", "所在地区"},
                                              {"award", "获奖情况"},
                                              {"programme_number", "计划项目编号"}};
  return kHeadings;
}

std::string HeadingOf(const std::map<std::string, std::string>& headings, const std::string& field) {
  const auto found = headings.find(field);
  return found == headings.end() ? std::string() : found->second;
}

}  // namespace

UnixMicros TimeOf(int day, double hour) {
  return kYearBegins + day * kMicrosPerDay + static_cast<UnixMicros>(hour * static_cast<double>(kHour));
}

std::string DateOf(int day) {
  using namespace std::chrono;
  return FormatDay(Day(year{kYear} / January / 1) + days(day));
}

int DayOf(UnixMicros time) {
  return static_cast<int>((time - kYearBegins + kMicrosPerDay) / kMicrosPerDay) - 1;
}

void KnownTexts::Add(const std::string& record, const std::string& field, const std::string& text) {
  added_[{record, field}].push_back(text);
}

std::vector<std::string> KnownTexts::Of(const std::string& record, const std::string& field) const {
  std::vector<std::string> texts;
  if (const auto added = added_.find({record, field}); added != added_.end()) texts = added->second;
  if (const auto row = needs.RowOf(record); row && *row < world_.scale().needs) {
    texts.push_back(world_.NeedCell(*row, HeadingOf(NeedHeadings(), field)));
  } else if (const auto enterprise = enterprises.RowOf(record)) {
    texts.push_back(world_.EnterpriseCell(*enterprise, HeadingOf(EnterpriseHeadings(), field)));
  } else if (const auto achievement = achievements.RowOf(record)) {
    texts.push_back(world_.AchievementCell(*achievement, HeadingOf(AchievementHeadings(), field)));
  }
  return texts;
}

bool KnownTexts::HasConsent(const std::string& need) const {
  const auto row = needs.RowOf(need);
  return row && (*row >= world_.scale().needs || world_.HasConsent(*row));
}

StatusOr<SentPush> KnownTexts::Read(const v1::Push& push) const {
  const auto enterprise = enterprises.RowOf(push.enterprise());
  const auto achievement = achievements.RowOf(push.achievement());
  const auto need = needs.RowOf(push.need());
  if (!enterprise || !achievement || need.has_value() == push.need().empty()) {
    return Error(StatusCode::kInternal, "UNKNOWN_RECORD", "a push of unknown records: " + push.name());
  }
  return SentPush{push.name(),
                  {*enterprise, need},
                  *achievement,
                  push.score(),
                  DayOf(MicrosOf(push.create_time())),
                  push.origin() == v1::PUSH_ORIGIN_CAMPAIGN};
}

StatusOr<std::string> Parties::NewKey(const std::string& holder, v1::CreateApiKeyRequest request) const {
  request.mutable_api_key()->set_title(holder);
  *request.mutable_api_key()->mutable_expire_time() = TimestampOf(TimeOf(kKeyDays, 0));
  DUIJIE_ASSIGN_OR_RETURN(const v1::CreateApiKeyResponse created,
                          admin_.Call(&v1::AdminService::Stub::CreateApiKey, request));
  return created.secret();
}

Status Parties::MakeAdmin() {
  v1::CreateApiKeyRequest request;
  request.mutable_api_key()->set_role(v1::ROLE_ADMIN);
  DUIJIE_ASSIGN_OR_RETURN(std::string key, NewKey("administrator", request));
  admin_ = Party(system_, std::move(key));
  return OkStatus();
}

StatusOr<const Party*> Parties::KeyOf(const std::string& holder, const v1::CreateApiKeyRequest& request,
                                      const std::function<bool(uint64_t need)>& may_see) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto found = parties_.find(holder); found != parties_.end()) return &found->second;
  }
  DUIJIE_ASSIGN_OR_RETURN(const std::string key, NewKey(holder, request));
  const auto look = [this, holder, may_see](const google::protobuf::MessageLite& answer) {
    std::string leak;
    for (const uint64_t need : World::MarksIn(answer.SerializeAsString())) {
      if (!may_see(need)) leak = holder + " saw need " + std::to_string(need);
    }
    oracle_.Look(leak);
  };
  const std::lock_guard<std::mutex> lock(mutex_);
  return &parties_.try_emplace(holder, Party(system_, key, look)).first->second;
}

StatusOr<const Party*> Parties::Enterprise(uint64_t row) {
  if (!HasKey(row)) return Error(StatusCode::kFailedPrecondition, "NO_KEY", "this enterprise has no key");
  v1::CreateApiKeyRequest request;
  request.mutable_api_key()->set_role(v1::ROLE_ENTERPRISE);
  request.mutable_api_key()->set_enterprise(texts_.enterprises.Of(row));
  return KeyOf("enterprise " + std::to_string(row), request,
               [this, row](uint64_t need) { return world_.EnterpriseOf(need) == row; });
}

StatusOr<const Party*> Parties::Staff(const std::string& person, const std::vector<std::string>& parks) {
  v1::CreateApiKeyRequest request;
  request.mutable_api_key()->set_role(v1::ROLE_STAFF);
  request.mutable_api_key()->set_all_parks(parks.empty());
  std::string holder = person + " on the staff of";
  for (const std::string& park : parks) {
    request.mutable_api_key()->add_park_codes(park);
    holder += " " + park;
  }
  return KeyOf(holder, request, [this, parks](uint64_t need) {
    const std::string& park = world_.ParkOf(world_.EnterpriseOf(need));
    return parks.empty() || std::find(parks.begin(), parks.end(), park) != parks.end();
  });
}

size_t Parties::keys() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return parties_.size();
}

void Stage::ClockTo(UnixMicros time) const {
  const UnixMicros now = system.clock().Now();
  if (time > now) system.clock().Advance(std::chrono::microseconds(time - now));
}

Status InParallel(size_t count, const std::function<Status(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  Status first;
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) {
      Status status = work(i);
      if (status.ok()) continue;
      const std::lock_guard<std::mutex> lock(mutex);
      if (first.ok()) first = std::move(status);
      next = count;
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 0; i < std::min(count, kClientThreads); ++i) threads.emplace_back(run);
  for (std::thread& thread : threads) thread.join();
  return first;
}

}  // namespace duijie::bench
