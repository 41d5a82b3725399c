// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_export.h"

#include <cstdio>
#include <map>

#include "common/resources/level_words.h"
#include "common/tabular/xlsx_writer.h"
#include "services/push/campaigns/campaign_rules.h"
#include "services/push/campaigns/campaign_words.h"

namespace duijie::push {
namespace {

constexpr size_t kLinesPerRead = 500;

const std::vector<XlsxColumn>& LineColumns() {
  static const std::vector<XlsxColumn> kColumns = {{"序号", 6},
                                                   {"企业", 30, true},
                                                   {"企业编号", 22},
                                                   {"需求", 36, true},
                                                   {"需求编号", 22},
                                                   {"成果", 36, true},
                                                   {"成果编号", 22},
                                                   {"得分", 10},
                                                   {"加分", 10},
                                                   {"合计", 10},
                                                   {"等级", 10},
                                                   {"状态", 10},
                                                   {"原因", 20},
                                                   {"企业一方的依据", 60, true},
                                                   {"成果一方的依据", 60, true},
                                                   {"说明", 40, true},
                                                   {"推送编号", 22}};
  return kColumns;
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : "；") + text;
  return joined;
}

std::vector<TableCell> LineRow(int number, const v1::CampaignLine& line) {
  const v1::PushReasons& reasons = line.reasons();
  return {TableCell::Number(number),
          TableCell::Text(line.enterprise_title()),
          TableCell::Text(line.enterprise()),
          TableCell::Text(line.need_title()),
          TableCell::Text(line.need()),
          TableCell::Text(line.achievement_title()),
          TableCell::Text(line.achievement()),
          TableCell::Number(line.score()),
          TableCell::Number(line.bonus()),
          TableCell::Number(line.total()),
          TableCell::Text(LevelWord(line.level())),
          TableCell::Text(LineStateWord(line.state())),
          TableCell::Text(LineRuleWord(line.rule())),
          TableCell::Text(CitationsText(reasons.need_fields()) + CitationsText(reasons.enterprise_fields())),
          TableCell::Text(CitationsText(reasons.achievement_sentences())),
          TableCell::Text(Joined(reasons.remarks())),
          TableCell::Text(line.push())};
}

std::string Decimal(double number) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.6g", number);
  return text;
}

class CampaignWorkbook {
 public:
  CampaignWorkbook(XlsxWriter& writer, const CampaignExport& job) : writer_(writer), job_(job) {}

  Status Add(const v1::CampaignLine& line) {
    const bool left_out = line.state() == v1::CAMPAIGN_LINE_STATE_LEFT_OUT;
    std::optional<XlsxSheetId>* sheet = left_out ? &left_out_ : &parks_[line.park_code()].sheet;
    int* const rows = left_out ? &left_out_rows_ : &parks_[line.park_code()].rows;
    if (!*sheet) {
      const std::string name = left_out ? "未列入清单" : ParkName(line.park_code());
      DUIJIE_ASSIGN_OR_RETURN(*sheet, writer_.AddSheet(name, LineColumns()));
    }
    if (line.state() == v1::CAMPAIGN_LINE_STATE_PUSHED) ++parks_[line.park_code()].pushed;
    return writer_.WriteRow(**sheet, LineRow(++*rows, line));
  }

  Status End() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId summary,
                            writer_.AddSheet("汇总", {{"园区", 30}, {"清单行数", 12}, {"已推送", 12}}));
    int rows = 0;
    int pushed = 0;
    for (const auto& [code, park] : parks_) {
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(
          summary,
          {TableCell::Text(ParkName(code)), TableCell::Number(park.rows), TableCell::Number(park.pushed)}));
      rows += park.rows;
      pushed += park.pushed;
    }
    DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(
        summary, {TableCell::Text("合计"), TableCell::Number(rows), TableCell::Number(pushed)}));
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet,
                            writer_.AddSheet("参数说明", {{"项目", 30}, {"内容", 80, true}}));
    for (const auto& [name, value] : Parameters()) {
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, {TableCell::Text(name), TableCell::Text(value)}));
    }
    return OkStatus();
  }

 private:
  struct Park {
    std::optional<XlsxSheetId> sheet;
    int rows = 0;
    int pushed = 0;
  };

  std::string ParkName(const std::string& code) const {
    return code.empty() ? "未归园区" : job_.park_name(code);
  }

  std::vector<std::pair<std::string, std::string>> Parameters() const {
    const v1::Campaign& campaign = job_.campaign.campaign();
    const v1::CampaignRule& rule = campaign.rule();
    const v1::CampaignPreview& preview = campaign.preview();
    std::vector<std::pair<std::string, std::string>> rows = {
        {"活动编号", job_.campaign.name()},
        {"活动名称", campaign.title()},
        {"对象", IsOnEnterprises(rule) ? "企业画像" : "技术需求"},
        {"数据版本", std::to_string(preview.snapshot_revision())},
        {"模型版本", preview.parameters().model_version()},
        {"匹配日", preview.parameters().as_of()},
        {"仅京津到河北", rule.only_jing_jin_to_ji() ? "是" : "否"},
        {"最低得分", Decimal(rule.min_score())},
        {"最低等级", LeastLevelWord(rule.min_level())},
        {"每家企业名额", std::to_string(rule.max_per_enterprise())},
        {"每个园区名额", rule.max_per_park() == 0 ? "不限" : std::to_string(rule.max_per_park())},
        {"总数", std::to_string(rule.total_limit())},
        {"获奖和财政计划成果加分比例", Decimal(rule.bonus_share())},
        {"考察的配对", std::to_string(preview.pairs())},
        {"列入", std::to_string(preview.proposed())},
        {"移除", std::to_string(campaign.dropped())},
        {"已推送", std::to_string(campaign.pushed())},
        {"未能推送", std::to_string(campaign.kept_back())},
        {"清单摘要（SHA-256）", preview.digest()}};
    for (const v1::CampaignRuleCount& count : preview.left_out()) {
      rows.emplace_back("未列入：" + LineRuleWord(count.rule()), std::to_string(count.count()));
    }
    rows.emplace_back("说明", "本表只含当前可查看的行；未列入清单最多保存 2000 行，按合计从高到低。");
    return rows;
  }

  XlsxWriter& writer_;
  const CampaignExport& job_;
  std::map<std::string, Park> parks_;  // by code
  std::optional<XlsxSheetId> left_out_;
  int left_out_rows_ = 0;
};

}  // namespace

Status ExportCampaign(const rpc::CallContext& call, const CampaignExport& job) {
  if (!HasList(job.campaign.campaign())) {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "活动还没有清单，请先预览");
  }
  XlsxOptions options;
  options.created = MicrosOf(job.campaign.campaign().preview().end_time());
  options.temp_folder = job.temp_folder;
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<XlsxWriter> writer, XlsxWriter::Create(job.path, options));
  CampaignWorkbook workbook(*writer, job);
  std::string position;
  do {
    DUIJIE_ASSIGN_OR_RETURN(
        const Campaigns::LinePage page,
        job.campaigns.VisibleLines(call, job.campaign, v1::CAMPAIGN_LINE_STATE_UNSPECIFIED, position,
                                   kLinesPerRead));
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    for (const v1::CampaignLine& line : page.lines) DUIJIE_RETURN_IF_ERROR(workbook.Add(line));
    position = page.next;
  } while (!position.empty());
  DUIJIE_RETURN_IF_ERROR(workbook.End());
  return writer->Close();
}

}  // namespace duijie::push
