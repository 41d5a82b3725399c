// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/parameters.h"

#include <algorithm>
#include <vector>

#include "common/base/calendar.h"

namespace duijie::matching {

StatusOr<v1::MatchParameters> CompleteParameters(v1::MatchParameters p, const ModelSet& models,
                                                 UnixMicros now) {
  std::vector<FieldViolation> wrong;
  if (p.top_k() == 0) p.set_top_k(kDefaultTopK);
  if (p.top_k() < 1 || p.top_k() > kMaxTopK) {
    wrong.push_back({"parameters.top_k", "OUT_OF_RANGE", "每条记录的结果数须为1至1000"});
  }
  if (p.candidate_limit() == 0) p.set_candidate_limit(std::max(kDefaultCandidates, p.top_k()));
  if (p.candidate_limit() < kMinCandidates || p.candidate_limit() > kMaxCandidates) {
    wrong.push_back({"parameters.candidate_limit", "OUT_OF_RANGE", "候选数须为50至2000"});
  } else if (p.candidate_limit() < p.top_k()) {
    wrong.push_back({"parameters.candidate_limit", "OUT_OF_RANGE", "候选数不得少于结果数"});
  }
  if (p.violation_policy() == v1::VIOLATION_POLICY_UNSPECIFIED) {
    p.set_violation_policy(v1::VIOLATION_POLICY_RANK_LAST);
  }
  if (!v1::ViolationPolicy_IsValid(p.violation_policy())) {
    wrong.push_back({"parameters.violation_policy", "UNKNOWN_VALUE", "没有这种处理方式"});
  }
  if (!(p.min_score() >= 0 && p.min_score() <= 1)) {
    wrong.push_back({"parameters.min_score", "OUT_OF_RANGE", "最低得分须为0至1"});
  }
  const std::shared_ptr<const RankingModel> model = models.Find(p.model_version());
  if (model == nullptr) {
    wrong.push_back({"parameters.model_version", "UNKNOWN_VALUE", "没有这个版本的模型"});
  } else {
    p.set_model_version(model->version());
    if (p.min_level() != v1::MATCH_LEVEL_UNSPECIFIED && model->levels() == nullptr) {
      wrong.push_back({"parameters.min_level", "NO_LEVELS", "这个版本的模型不给等级"});
    }
  }
  if (!v1::MatchLevel_IsValid(p.min_level())) {
    wrong.push_back({"parameters.min_level", "UNKNOWN_VALUE", "没有这种等级"});
  }
  if (p.as_of().empty()) p.set_as_of(FormatDay(DayInChina(now)));
  if (!ParseDay(p.as_of())) wrong.push_back({"parameters.as_of", "DATE_FORMAT", "日期须为YYYY-MM-DD"});
  if (!wrong.empty()) return InvalidFields(wrong);
  return p;
}

}  // namespace duijie::matching
