// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/key_workbook.h"

#include "services/mining/profile/profile_words.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

using cells::D;
using cells::N;
using cells::T;

// The facts that add to the score, e.g. "有效资质 +0.20：高新技术企业".
std::string ReasonsOf(const v1::KeyEnterprise& enterprise) {
  std::string text;
  for (const v1::VisitYieldTerm& term : enterprise.terms()) {
    if (term.value() <= 0 || term.term() == "base") continue;
    text += (text.empty() ? "" : "\n") + TermWord(term.term()) + " +" + TwoDecimals(term.value()) + "：" +
            term.text();
  }
  return text;
}

void AddTerms(const v1::KeyEnterpriseSelection& selection, Workbook* book) {
  book->Sheet("得分明细", {{"名次", 6},
                           {"企业", 28},
                           {"项", 14},
                           {"得分", 10},
                           {"权重（最多）", 12},
                           {"事实", 48, true},
                           {"企业编号", 34}});
  for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
    for (const v1::VisitYieldTerm& term : enterprise.terms()) {
      book->Row({N(enterprise.rank()), T(enterprise.title()), T(TermWord(term.term())), N(term.value()),
                 N(term.weight()), T(term.text()), T(enterprise.enterprise())});
    }
  }
}

void AddBasis(const v1::KeyEnterpriseSelection& selection, const TaxonomySet& taxonomies, Workbook* book) {
  std::vector<std::string> parks, industries, regions;
  for (const auto& code : selection.scope().park_codes()) parks.push_back(ParkName(taxonomies, code));
  for (const auto& code : selection.scope().industry_codes()) {
    industries.push_back(IndustryName(taxonomies, code));
  }
  for (const auto& code : selection.scope().region_codes()) regions.push_back(RegionName(taxonomies, code));
  book->Sheet("依据", {{"项", 20}, {"值", 70, true}});
  book->Row({T("编号"), T(selection.name())});
  book->Row({T("园区"), T(parks.empty() ? "全部" : Joined(parks))});
  book->Row({T("行业"), T(industries.empty() ? "全部" : Joined(industries))});
  book->Row({T("地区"), T(regions.empty() ? "全部" : Joined(regions))});
  book->Row({T("截至日期"), D(selection.as_of())});
  book->Row({T("要求家数"), N(selection.count())});
  book->Row({T("可选企业"), N(selection.candidates())});
  book->Row({T("目录版本"), N(static_cast<double>(selection.snapshot_revision()))});
  book->Row({T("走访记录版本"), N(static_cast<double>(selection.visits_revision()))});
  book->Row({T("推送答复截至"), T(ChinaMinute(selection.facts_time()))});
  book->Row({T("评分模型"), T(selection.model_version())});
  book->Row({T("名单摘要（SHA-256）"), T(selection.digest())});
  book->Row({T("遴选人（密钥）"), T(selection.creator())});
  book->Row({T("遴选时间"), T(ChinaMinute(selection.create_time()))});
}

}  // namespace

Status WriteKeyEnterprises(const v1::KeyEnterpriseSelection& selection, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place) {
  Workbook book(place);
  book.Sheet("重点企业名单", {{"名次", 6},
                              {"企业", 28},
                              {"统一社会信用代码", 22},
                              {"地区", 14},
                              {"园区", 18},
                              {"得分", 10},
                              {"理由", 60, true},
                              {"企业编号", 34}});
  for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
    book.Row({N(enterprise.rank()), T(enterprise.title()), T(enterprise.credit_code()),
              T(RegionName(taxonomies, enterprise.region_code())),
              T(ParkName(taxonomies, enterprise.park_code())), N(enterprise.score()),
              T(ReasonsOf(enterprise)), T(enterprise.enterprise())});
  }
  AddTerms(selection, &book);
  book.Sheet("未列入的企业", {{"原因", 48}, {"家数", 10}});
  for (const v1::VisitExclusion& exclusion : selection.exclusions()) {
    book.Row({T(exclusion.reason()), N(exclusion.enterprises())});
  }
  AddBasis(selection, taxonomies, &book);
  return book.Finish();
}

}  // namespace duijie::mining
