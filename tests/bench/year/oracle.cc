// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/oracle.h"

#include <algorithm>

#include "common/base/proto_time.h"

namespace duijie::bench {
namespace {

constexpr size_t kYearLength = 4;

constexpr char kOncePerInterval[] = "the same pair is not pushed twice within the interval";
constexpr char kOptOut[] = "who opted out is not pushed";
constexpr char kCap[] = "pushes of an enterprise stay below the cap";
constexpr char kConsent[] = "a need without consent is not pushed";
constexpr char kCitations[] =
    "a push cites a field of the need and a sentence of the achievement, word for word";
constexpr char kSteps[] = "states only by legal steps, every one heard by who follows";
constexpr char kDecline[] = "a decline has a reason and a text";
constexpr char kLeak[] = "no confidential need in what others see";
constexpr char kAttempts[] = "attempts against the rules are refused";
constexpr char kVisits[] = "visited enterprises of a year: distinct, signed by both sides";
constexpr char kPublications[] = "published achievements of a year: each once";

bool IsLegal(v1::PushState from, v1::PushState to) {
  static const std::set<std::pair<v1::PushState, v1::PushState>> kLegal = {
      {v1::PUSH_STATE_UNSPECIFIED, v1::PUSH_STATE_PUSHED},
      {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_READ},
      {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_WITHHELD},
      {v1::PUSH_STATE_READ, v1::PUSH_STATE_INTERESTED},
      {v1::PUSH_STATE_READ, v1::PUSH_STATE_DECLINED},
      {v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_IN_TALKS},
      {v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_ENDED},
      {v1::PUSH_STATE_IN_TALKS, v1::PUSH_STATE_CONTRACTED},
      {v1::PUSH_STATE_IN_TALKS, v1::PUSH_STATE_ENDED}};
  return kLegal.contains({from, to});
}

// Without blanks, which the import may change.
std::string Squeezed(std::string text) {
  constexpr std::string_view kWide = "\xE3\x80\x80";
  for (size_t at = text.find(kWide); at != std::string::npos; at = text.find(kWide, at)) {
    text.erase(at, kWide.size());
  }
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return text;
}

std::string PairOf(const v1::Push& push) {
  return (push.need().empty() ? push.enterprise() : push.need()) + " " + push.achievement();
}

}  // namespace

void Oracle::Hear(const v1::PushEvent& event) {
  if (event.kind() == v1::PUSH_EVENT_KIND_UNSPECIFIED || !event_ids_.insert(event.event_id()).second) return;
  std::vector<v1::PushState>& states = heard_[event.push()];
  const bool moved = event.kind() == v1::PUSH_EVENT_KIND_TRANSITIONED;
  if (moved || states.empty()) states.push_back(event.state());
}

void Oracle::Attempt(const std::string& what, bool refused) { findings_.Check(kAttempts, refused, what); }

void Oracle::Look(const std::string& leak) { findings_.Check(kLeak, leak.empty(), leak); }

void Oracle::SignVisit(const std::string& day, const std::string& credit_code) {
  visited_[day.substr(0, kYearLength)].insert(credit_code);
}

void Oracle::Publish(const std::string& day, const std::string& achievement) {
  published_[day.substr(0, kYearLength)].insert(achievement);
}

int Oracle::DistinctOf(const std::map<std::string, std::set<std::string>>& by_year, int year) {
  const auto found = by_year.find(std::to_string(year));
  return found == by_year.end() ? 0 : static_cast<int>(found->second.size());
}

void Oracle::CompareVisits(int year, int counted) {
  const int own = DistinctOf(visited_, year);
  findings_.Check(
      kVisits, own == counted,
      std::to_string(year) + ": " + std::to_string(counted) + " counted, " + std::to_string(own) + " made");
}

void Oracle::ComparePublications(int year, int counted) {
  const int own = DistinctOf(published_, year);
  findings_.Check(
      kPublications, own == counted,
      std::to_string(year) + ": " + std::to_string(counted) + " counted, " + std::to_string(own) + " made");
}

bool Oracle::Refuses(const std::string& enterprise, UnixMicros at) const {
  const auto found = refusals_.find(enterprise);
  if (found == refusals_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Refusal& refusal) {
    return at >= refusal.begin && (refusal.end == 0 || at < refusal.end);
  });
}

bool Oracle::IsIn(const std::string& record, const v1::PushCitation& citation) const {
  const std::string wanted = Squeezed(citation.quote());
  const std::vector<std::string> texts = texts_.Of(record, citation.field());
  return !wanted.empty() && std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return Squeezed(text).find(wanted) != std::string::npos;
  });
}

void Oracle::JudgeCitations(const v1::Push& push) {
  const v1::PushReasons& reasons = push.reasons();
  bool held = !reasons.achievement_sentences().empty() &&
              !(reasons.need_fields().empty() && reasons.enterprise_fields().empty());
  for (const auto& citation : reasons.need_fields()) held = held && IsIn(push.need(), citation);
  for (const auto& citation : reasons.enterprise_fields()) held = held && IsIn(push.enterprise(), citation);
  for (const auto& citation : reasons.achievement_sentences())
    held = held && IsIn(push.achievement(), citation);
  findings_.Check(kCitations, held, push.name());
}

void Oracle::JudgeSteps(const v1::Push& push) {
  const auto heard = heard_.find(push.name());
  std::vector<v1::PushState> states;
  for (const v1::PushStep& step : push.history()) states.push_back(step.to());
  bool held =
      heard != heard_.end() && heard->second == states && !states.empty() && states.back() == push.state();
  v1::PushState from = v1::PUSH_STATE_UNSPECIFIED;
  for (const v1::PushState to : states) {
    held = held && IsLegal(from, to);
    from = to;
  }
  findings_.Check(kSteps, held, push.name());
  if (push.state() != v1::PUSH_STATE_DECLINED) return;
  const v1::PushStep& last = push.history(push.history_size() - 1);
  findings_.Check(kDecline, push.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED && !last.text().empty(),
                  push.name());
}

void Oracle::Judge(const v1::Push& push) {
  ++judged_;
  const UnixMicros made = MicrosOf(push.create_time());
  const bool refused = Refuses(push.enterprise(), made) ||
                       (push.has_deliver_time() && Refuses(push.enterprise(), MicrosOf(push.deliver_time())));
  findings_.Check(kOptOut, !refused, push.name());
  if (!push.need().empty()) findings_.Check(kConsent, texts_.HasConsent(push.need()), push.name());
  JudgeCitations(push);
  JudgeSteps(push);
  of_pair_[PairOf(push)].push_back({made, push.name()});
  of_enterprise_[push.enterprise()].push_back({made, push.name()});
}

// Of one pair, in order of time.
void Oracle::JudgePair(const std::vector<Sent>& pushes) {
  findings_.Check(kOncePerInterval, true, "");
  for (size_t i = 1; i < pushes.size(); ++i) {
    const UnixMicros apart = pushes[i].time - pushes[i - 1].time;
    findings_.Check(kOncePerInterval, apart >= rules_.pair_interval_days() * kMicrosPerDay, pushes[i].name);
  }
}

// Of one enterprise, in order of time: those of the window that ends with each.
void Oracle::JudgeCap(const std::vector<Sent>& pushes) {
  size_t first = 0;
  for (size_t i = 0; i < pushes.size(); ++i) {
    while (pushes[first].time <= pushes[i].time - rules_.cap_days() * kMicrosPerDay) ++first;
    findings_.Check(kCap, i - first + 1 <= static_cast<size_t>(rules_.cap_pushes()), pushes[i].name);
  }
}

void Oracle::Close() {
  for (SentBy* const groups : {&of_pair_, &of_enterprise_}) {
    for (auto& [key, sent] : *groups) {
      std::sort(sent.begin(), sent.end(), [](const Sent& a, const Sent& b) {
        return a.time != b.time ? a.time < b.time : a.name < b.name;
      });
      groups == &of_pair_ ? JudgePair(sent) : JudgeCap(sent);
    }
  }
  findings_.Check(kSteps, heard_.size() == judged_, "pushes listed and pushes heard of differ in number");
}

}  // namespace duijie::bench
