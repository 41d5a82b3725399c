// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/witness.h"

#include <chrono>

namespace duijie::bench {
namespace {

constexpr std::chrono::seconds kPatience{30};

}  // namespace

Witness::Witness(const Party& party) : context_(party.Context()) {
  stream_ =
      party.system().stub<v1::PushService::Stub>()->WatchPushes(context_.get(), v1::WatchPushesRequest());
  v1::WatchPushesResponse first;
  stream_->Read(&first);  // comes at once: from here on nothing is missed
  thread_ = std::thread([this] { Follow(); });
}

Witness::~Witness() {
  context_->TryCancel();
  thread_.join();
}

void Witness::Follow() {
  v1::WatchPushesResponse response;
  while (stream_->Read(&response)) {
    if (response.event().kind() == v1::PUSH_EVENT_KIND_UNSPECIFIED) continue;
    response.mutable_event()->clear_resume_token();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      heard_.push_back(response.event());
    }
    more_.notify_all();
  }
  stream_->Finish();
}

std::vector<v1::PushEvent> Witness::Heard(size_t events) {
  std::unique_lock<std::mutex> lock(mutex_);
  size_t before = heard_.size();
  do {
    before = heard_.size();
    more_.wait_for(lock, kPatience, [&] { return heard_.size() >= events || heard_.size() > before; });
  } while (heard_.size() < events && heard_.size() > before);
  return heard_;
}

}  // namespace duijie::bench
