// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/next_actions.h"

#include <algorithm>

#include "services/matching/constraints.h"
#include "services/matching/fit_table.h"
#include "services/matching/wording.h"

namespace duijie::matching {
namespace {

constexpr size_t kMaxDiagnoses = 2;
constexpr size_t kMaxSingleQuestions = 2;  // more are asked in one
constexpr size_t kMaxListed = 6;           // demands named in one action

using v1::FitRow;

bool MissesLittle(const FitRow& row) {
  return row.verdict() == v1::VERDICT_VIOLATED && row.has_margin() && row.margin() < 0 &&
         row.margin() >= -kSmallMargin;
}

bool MissesMuch(const FitRow& row) { return row.verdict() == v1::VERDICT_VIOLATED && !MissesLittle(row); }

std::string Named(const FitRow& row) { return "“" + row.indicator() + "”" + row.demand(); }

std::string GapOf(const FitRow& row) {
  return row.has_margin() && row.margin() < 0 ? "（差" + indicator::PercentText(row.margin()) + "）" : "";
}

// Of "部分满足：抗拉强度 要求 …": what stands behind the verdict.
std::string ReasonOf(const FitRow& row) {
  const std::string prefix = VerdictName(row.verdict()) + "：";
  return row.text().starts_with(prefix) ? row.text().substr(prefix.size()) : row.text();
}

class Planner {
 public:
  explicit Planner(const ActionInput& input)
      : input_(input),
        fit_(input.result.explanation().fit()),
        constraints_(input.result.explanation().constraints()) {}

  std::vector<v1::NextAction> Run() {
    const bool all_met = fit_.rows_size() > 0 && fit_.satisfied() == fit_.rows_size();
    if (all_met) Visit();
    DiagnoseIndicators();
    DiagnoseConstraints();
    AskAboutPartly();
    AskAboutSilence();
    AskAboutConstraints();
    Pilot();
    Bounty();
    if (!all_met) Visit();
    actions_.resize(std::min(actions_.size(), kMaxNextActions));
    return std::move(actions_);
  }

 private:
  void Add(v1::NextActionKind kind, std::string text) {
    v1::NextAction& action = actions_.emplace_back();
    action.set_kind(kind);
    action.set_text(std::move(text));
  }

  bool Violates(v1::ConstraintKind kind) const {
    return std::any_of(constraints_.begin(), constraints_.end(), [&](const v1::ConstraintVerdict& verdict) {
      return verdict.kind() == kind && verdict.verdict() == v1::VERDICT_VIOLATED;
    });
  }

  void DiagnoseIndicators() {
    size_t count = 0;
    for (const FitRow& row : fit_.rows()) {
      if (!MissesLittle(row) || ++count > kMaxDiagnoses) continue;
      Add(v1::NEXT_ACTION_KIND_DIAGNOSE, "请企业确认：" + Named(row) + "，成果给出" + row.stated() +
                                             GapOf(row) + "，能否放宽到这一数值，或在什么条件下可以接受？");
    }
  }

  void DiagnoseConstraints() {
    const auto& need = input_.facts.need;
    const auto& achievement = input_.facts.achievement;
    if (Violates(v1::CONSTRAINT_KIND_BUDGET)) {
      const double over = achievement.price_min_wan_yuan() - need.price_max_wan_yuan();
      std::string share;
      if (need.price_max_wan_yuan() > 0)
        share = "（高" + indicator::PercentText(over / need.price_max_wan_yuan()) + "）";
      Add(v1::NEXT_ACTION_KIND_DIAGNOSE,
          "请双方确认：成果最低报价" + WanYuan(achievement.price_min_wan_yuan()) + "，高于需求最高预算" +
              WanYuan(need.price_max_wan_yuan()) + share + "，能否分期支付，或只取需要的部分？");
    }
    for (const v1::ConstraintVerdict& verdict : constraints_) {
      const bool negotiable = verdict.kind() == v1::CONSTRAINT_KIND_COOPERATION_MODE ||
                              verdict.kind() == v1::CONSTRAINT_KIND_RIGHTS;
      if (negotiable && verdict.verdict() == v1::VERDICT_VIOLATED)
        Add(v1::NEXT_ACTION_KIND_DIAGNOSE, "请双方确认能否调整：" + verdict.text() + "。");
    }
  }

  void AskAboutPartly() {
    for (const FitRow& row : fit_.rows()) {
      if (row.verdict() != v1::VERDICT_PARTLY) continue;
      Add(v1::NEXT_ACTION_KIND_ASK_OWNER,
          "请成果方确认：" + ReasonOf(row) + "。能否保证达到" + row.demand() + "，请提供检测报告。");
      return;
    }
  }

  void AskAboutSilence() {
    std::vector<const FitRow*> silent;
    for (const FitRow& row : fit_.rows()) {
      if (row.verdict() == v1::VERDICT_NOT_STATED) silent.push_back(&row);
    }
    if (silent.size() <= kMaxSingleQuestions) {
      for (const FitRow* row : silent) {
        Add(v1::NEXT_ACTION_KIND_ASK_OWNER,
            "请成果方说明：" + Named(*row) + "能否达到？" + ReasonOf(*row) + "，请给出实测值与测试条件。");
      }
      return;
    }
    std::string list;
    for (size_t i = 0; i < std::min(silent.size(), kMaxListed); ++i)
      list += (i == 0 ? "" : "、") + Named(*silent[i]);
    if (silent.size() > kMaxListed) list += "等" + std::to_string(silent.size()) + "项";
    Add(v1::NEXT_ACTION_KIND_ASK_OWNER,
        "请成果方逐项给出实测值与测试条件：" + list + "，材料中都没有可比的数值。");
  }

  void AskAboutConstraints() {
    const auto& need = input_.facts.need;
    const auto& achievement = input_.facts.achievement;
    if (need.maturity_level() > 0 && achievement.maturity_level() <= 0) {
      Add(v1::NEXT_ACTION_KIND_ASK_OWNER, "请成果方说明技术成熟度（需求不低于" +
                                              std::to_string(need.maturity_level()) +
                                              "级），并提供中试或应用证明。");
    }
    if (need.has_price_max_wan_yuan() && !achievement.has_price_min_wan_yuan()) {
      Add(v1::NEXT_ACTION_KIND_ASK_OWNER,
          "请成果方报价：需求预算最高" + WanYuan(need.price_max_wan_yuan()) + "，成果未报价。");
    }
  }

  void Pilot() {
    if (!Violates(v1::CONSTRAINT_KIND_MATURITY)) return;
    const int wanted = input_.facts.need.maturity_level();
    const int reached = input_.facts.achievement.maturity_level();
    Add(v1::NEXT_ACTION_KIND_PILOT, "成果成熟度" + std::to_string(reached) + "级，需求不低于" +
                                        std::to_string(wanted) + "级，差" + std::to_string(wanted - reached) +
                                        "级：建议先到中试基地做放大验证，达到" + std::to_string(wanted) +
                                        "级后再落地。");
  }

  void Bounty() {
    if (input_.best.size() != static_cast<size_t>(fit_.rows_size())) {
      AskToDevelop();
      return;
    }
    bool misses_much = false;
    std::string list;
    size_t unmet = 0;
    for (int i = 0; i < fit_.rows_size(); ++i) {
      const BestStated& best = input_.best[static_cast<size_t>(i)];
      const FitRow& row = fit_.rows(i);
      if (best.satisfied || !best.violated) continue;
      misses_much = misses_much || MissesMuch(row);
      if (++unmet > kMaxListed) continue;
      list += std::to_string(unmet) + ". " + row.indicator() + " " + row.demand() + "，" +
              StateOfTheArt(best, row) + "；";
    }
    if (unmet == 0 || !(misses_much || input_.result.rank() == 1)) {
      AskToDevelop();
      return;
    }
    Add(v1::NEXT_ACTION_KIND_BOUNTY,
        "【揭榜草稿】榜题：" + input_.result.need_title() + "。待突破的指标：" + list +
            "揭榜方须给出达到上述指标的路线、周期与验证办法。（发布前须经企业同意）");
  }

  // Where the achievements shown stand on a demand that none of them meets.
  std::string StateOfTheArt(const BestStated& best, const FitRow& row) const {
    const std::string gap =
        best.margin && *best.margin < 0 ? "差" + indicator::PercentText(*best.margin) : "";
    if (best.achievement == input_.result.achievement() && !row.stated().empty())
      return "现有最好为本成果的" + row.stated() + (gap.empty() ? "" : "，" + gap);
    return gap.empty() ? "所列成果均未达到" : "所列成果中最好的" + gap;
  }

  // Another achievement may do, or nothing is known of others: what it takes to get there.
  void AskToDevelop() {
    for (const FitRow& row : fit_.rows()) {
      if (!MissesMuch(row)) continue;
      Add(v1::NEXT_ACTION_KIND_ASK_OWNER, "请成果方说明：" + Named(row) + "，材料给出" + row.stated() +
                                              GapOf(row) + "，能否通过改进达到，需要多长时间和多少投入？");
      return;
    }
  }

  void Visit() {
    const int open = fit_.partly() + fit_.not_stated();
    if (fit_.satisfied() == 0 || fit_.violated() > 0 || open > 1) return;
    for (const v1::ConstraintVerdict& verdict : constraints_) {
      if (verdict.verdict() == v1::VERDICT_VIOLATED) return;
    }
    std::string met;
    std::string left;
    for (const FitRow& row : fit_.rows()) {
      if (row.verdict() == v1::VERDICT_SATISFIED) {
        met += (met.empty() ? "" : "、") + row.stated();
      } else {
        left = "，并当面核实“" + row.indicator() + "”";
      }
    }
    Add(v1::NEXT_ACTION_KIND_VISIT, std::to_string(fit_.satisfied()) + "项指标按材料已满足（" + met +
                                        "），建议安排走访对接，现场核对检测报告" + left + "。");
  }

  const ActionInput& input_;
  const v1::FitTable& fit_;
  const google::protobuf::RepeatedPtrField<v1::ConstraintVerdict>& constraints_;
  std::vector<v1::NextAction> actions_;
};

}  // namespace

std::vector<BestStated> BestOf(const std::vector<v1::MatchResult>& results) {
  std::vector<BestStated> best;
  for (const v1::MatchResult& result : results) {
    const v1::FitTable& fit = result.explanation().fit();
    if (best.empty()) best.resize(static_cast<size_t>(fit.rows_size()));
    if (static_cast<size_t>(fit.rows_size()) != best.size()) return {};
    for (int i = 0; i < fit.rows_size(); ++i) {
      const FitRow& row = fit.rows(i);
      BestStated& known = best[static_cast<size_t>(i)];
      known.satisfied = known.satisfied || row.verdict() == v1::VERDICT_SATISFIED;
      if (row.verdict() != v1::VERDICT_VIOLATED && row.verdict() != v1::VERDICT_PARTLY) continue;
      known.violated = known.violated || row.verdict() == v1::VERDICT_VIOLATED;
      if (!row.has_margin() || (known.margin && row.margin() <= *known.margin)) continue;
      known.margin = row.margin();
      known.achievement = result.achievement();
    }
  }
  return best;
}

std::vector<v1::NextAction> NextActions(const ActionInput& input) { return Planner(input).Run(); }

}  // namespace duijie::matching
