// SPDX-License-Identifier: GPL-3.0-or-later
// Makes what happens to pushes into deliveries, and posts them. Follow reads the log of changes behind a
// stored cursor; deliveries and the cursor are one commit, so that every event is made into exactly one
// delivery for each webhook. A delivery is posted until the receiver answers 2xx, so at least once: if the
// process dies in between, again with the same event id. Thread-safe; one Follow and one Send at a time.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <random>

#include "common/http/http_client.h"
#include "services/push/delivery/push_events.h"
#include "services/push/webhooks/webhooks.h"

namespace duijie::push {

inline constexpr int kMaxAttempts = 10;
inline constexpr UnixMicros kFirstRetryWait = 10LL * 1'000'000;
inline constexpr UnixMicros kLongestRetryWait = 3'600LL * 1'000'000;
inline constexpr UnixMicros kKeepDeliveries = 90LL * 24 * 3'600 * 1'000'000;

class WebhookDispatch {
 public:
  using Post = std::function<StatusOr<int>(const http::Post&)>;

  // All must outlive this. `seed`: of the jitter between retries.
  WebhookDispatch(RoleStore& store, const PushEvents& events, const Webhooks& webhooks, Post post,
                  uint64_t seed)
      : store_(store), events_(events), webhooks_(webhooks), post_(std::move(post)), random_(seed) {}

  // Makes deliveries of one block of changes; returns `limit` if there is more, else 0.
  StatusOr<size_t> Follow(size_t limit);
  // Posts what is due, at most `limit`; returns how many were tried.
  StatusOr<size_t> Send(size_t limit);
  // Forgets deliveries that ended kKeepDeliveries ago, at most `limit`; returns how many.
  StatusOr<size_t> Prune(size_t limit);
  // Makes Send return after the post under way.
  void AskToStop() { stopping_ = true; }

  // Half to all of the wait before try `attempts` + 1, which doubles up to kLongestRetryWait; `share` 0 to 1.
  static UnixMicros WaitAfter(int attempts, double share);

 private:
  Status Try(v1::WebhookDelivery delivery);

  RoleStore& store_;
  const PushEvents& events_;
  const Webhooks& webhooks_;
  const Post post_;
  std::atomic<bool> stopping_ = false;
  std::mutex follow_mutex_;
  std::mutex send_mutex_;
  std::mt19937_64 random_;  // protected by send_mutex_
};

// "v1=" and the signature in hexadecimal; see v1.Webhook.
std::string SignatureOf(const std::string& secret, const std::string& timestamp, const std::string& event_id,
                        const std::string& body);

}  // namespace duijie::push
