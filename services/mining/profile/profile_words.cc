// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/profile_words.h"

#include <array>
#include <cstdlib>
#include <map>

namespace duijie::mining {
namespace {

// The word at a value's number; "" beyond them.
template <size_t kCount>
const char* WordAt(const std::array<const char*, kCount>& words, int number) {
  return number >= 0 && number < static_cast<int>(kCount) ? words[static_cast<size_t>(number)] : "";
}

}  // namespace

std::string StandingText(const v1::ProfileCertificate& certificate) {
  const std::string days = std::to_string(std::abs(certificate.days_left()));
  switch (certificate.standing()) {
    case v1::CERTIFICATE_STANDING_VALID:
      return "有效";
    case v1::CERTIFICATE_STANDING_EXPIRING:
      return "即将到期（还有 " + days + " 天）";
    case v1::CERTIFICATE_STANDING_EXPIRED:
      return "已过期（" + days + " 天）";
    case v1::CERTIFICATE_STANDING_UNDATED:
      return "未注明有效期";
    default:
      return "";
  }
}

const char* WordFor(v1::PushState state) {
  static constexpr std::array kWords = {"",     "已推", "已读", "感兴趣", "不合适",
                                        "洽谈", "合同", "终止", "未送达"};
  return WordAt(kWords, state);
}

const char* WordFor(v1::DeclineReason reason) {
  static constexpr std::array kWords = {"",         "领域不符",     "指标不达标",   "成熟度不足",
                                        "价格过高", "合作条件不合", "已有解决方案", "信息不足",
                                        "其他"};
  return WordAt(kWords, reason);
}

const char* WordFor(v1::NeedVerdict verdict) {
  static constexpr std::array kWords = {"未诊断", "待完善", "有效", "无效"};
  return WordAt(kWords, verdict);
}

std::string TermWord(const std::string& term) {
  static const std::map<std::string, std::string> kWords = {{"base", "基数"},
                                                            {"days_since_visit", "距上次走访"},
                                                            {"past_needs", "以往需求"},
                                                            {"validity", "需求有效率"},
                                                            {"certificate", "有效资质"},
                                                            {"scale", "企业规模"},
                                                            {"push_answers", "推送答复"}};
  const auto found = kWords.find(term);
  return found == kWords.end() ? term : found->second;
}

}  // namespace duijie::mining
