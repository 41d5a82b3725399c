// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/catalogue_file.h"

#include <set>

#include "common/tabular/xlsx_writer.h"
#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

using v1::Publication;
using Row = std::vector<TableCell>;

TableCell Text(const std::string& text) { return TableCell::Text(text); }
TableCell Number(int64_t number) { return TableCell::Number(static_cast<double>(number)); }
TableCell Day(const std::string& day) { return TableCell::Date(DayOf(day)); }

// "平台门户、对接活动" of all publications of a line, each once, in order of time.
template <typename TextOf>
std::string Joined(const YearLine& line, const TextOf& text_of) {
  std::set<std::string> seen = {""};
  std::string text;
  const auto add = [&](const Publication& publication) {
    const std::string next = text_of(publication);
    if (seen.insert(next).second) text += (text.empty() ? "" : "、") + next;
  };
  add(line.first);
  for (const Publication& publication : line.repeated) add(publication);
  return text;
}

class Workbook {
 public:
  Workbook(XlsxWriter& writer, const YearView& view, int target)
      : writer_(writer), view_(view), lines_(view.count.Lines()), progress_(view.count.Progress(target)) {}

  Status Write(UnixMicros now) {
    DUIJIE_RETURN_IF_ERROR(WriteLines());
    DUIJIE_RETURN_IF_ERROR(WritePublications());
    DUIJIE_RETURN_IF_ERROR(WriteProgress());
    DUIJIE_RETURN_IF_ERROR(WriteMonths());
    DUIJIE_RETURN_IF_ERROR(WriteUnits());
    return WriteNotes(now);
  }

 private:
  std::string MaturityOf(const std::string& achievement) const {
    const auto found = view_.achievements.find(achievement);
    const int level = found == view_.achievements.end() ? 0 : found->second.maturity_level();
    return level == 0 ? "" : std::to_string(level) + " 级";
  }

  Status WriteLines() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer_.AddSheet("发布目录", {{"序号", 6},
                                                                                   {"成果编号", 40},
                                                                                   {"成果名称", 44, true},
                                                                                   {"完成单位", 30, true},
                                                                                   {"统一社会信用代码", 20},
                                                                                   {"首次发布日期", 13},
                                                                                   {"本年发布次数", 12},
                                                                                   {"发布渠道", 24, true},
                                                                                   {"发布对象", 36, true},
                                                                                   {"技术成熟度", 10},
                                                                                   {"发布记录编号", 40}}));
    int64_t number = 0;
    for (const YearLine& line : lines_) {
      const Publication& first = line.first;
      const Row row = {Number(++number),
                       Text(first.achievement()),
                       Text(first.title()),
                       Text(first.owner_name()),
                       Text(first.owner_credit_code()),
                       Day(first.published_on()),
                       Number(1 + static_cast<int64_t>(line.repeated.size())),
                       Text(Joined(line, [](const Publication& p) { return ChannelName(p.channel()); })),
                       Text(Joined(line, [](const Publication& p) { return p.audience(); })),
                       Text(MaturityOf(first.achievement())),
                       Text(first.name())};
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, row));
    }
    return OkStatus();
  }

  Status WritePublications() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer_.AddSheet("发布记录", {{"发布记录编号", 40},
                                                                                   {"成果编号", 40},
                                                                                   {"成果名称", 44, true},
                                                                                   {"发布日期", 13},
                                                                                   {"发布渠道", 14},
                                                                                   {"发布对象", 36, true},
                                                                                   {"发布单位", 24, true},
                                                                                   {"出处", 36, true},
                                                                                   {"是否计数", 18},
                                                                                   {"说明", 36, true}}));
    std::set<std::string> counted;
    for (const YearLine& line : lines_) counted.insert(line.first.name());
    for (const Publication& p : view_.publications) {
      std::string verdict = counted.contains(p.name()) ? "计数" : "重复发布，不计";
      if (p.withdrawn()) verdict = "已撤回，不计";
      const Row row = {Text(p.name()),
                       Text(p.achievement()),
                       Text(p.title()),
                       Day(p.published_on()),
                       Text(ChannelName(p.channel())),
                       Text(p.audience()),
                       Text(p.publisher()),
                       Text(p.reference()),
                       Text(verdict),
                       Text(p.withdrawn() ? p.withdraw_reason() : p.note())};
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, row));
    }
    return OkStatus();
  }

  Status WriteProgress() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer_.AddSheet("进度", {{"项目", 28}, {"数值", 16}}));
    const int done = progress_.achievements(), target = progress_.target();
    const std::vector<Row> rows = {{Text("年度"), Number(progress_.year())},
                                   {Text("进度"), Text(std::to_string(done) + "/" + std::to_string(target))},
                                   {Text("目标（项）"), Number(target)},
                                   {Text("已发布成果（项，同一成果只计一次）"), Number(done)},
                                   {Text("尚差（项）"), Number(std::max(0, target - done))},
                                   {Text("发布次数"), Number(progress_.publications())},
                                   {Text("完成单位数"), Number(progress_.units_size())}};
    for (const Row& row : rows) DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, row));
    return OkStatus();
  }

  Status WriteMonths() {
    DUIJIE_ASSIGN_OR_RETURN(
        const XlsxSheetId sheet,
        writer_.AddSheet("按月", {{"月份", 10}, {"新发布成果（项）", 18}, {"累计（项）", 14}}));
    int64_t sum = 0;
    for (int month = 0; month < progress_.new_by_month_size(); ++month) {
      sum += progress_.new_by_month(month);
      DUIJIE_RETURN_IF_ERROR(
          writer_.WriteRow(sheet, {Number(month + 1), Number(progress_.new_by_month(month)), Number(sum)}));
    }
    return OkStatus();
  }

  Status WriteUnits() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer_.AddSheet("按完成单位", {{"完成单位", 40, true},
                                                                                     {"统一社会信用代码", 20},
                                                                                     {"成果（项）", 12},
                                                                                     {"发布次数", 12}}));
    for (const v1::UnitPublicationCount& unit : progress_.units()) {
      const std::string name = unit.unit().empty() ? "（未公开或未填）" : unit.unit();
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(
          sheet,
          {Text(name), Text(unit.credit_code()), Number(unit.achievements()), Number(unit.publications())}));
    }
    return OkStatus();
  }

  Status WriteNotes(UnixMicros now) {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer_.AddSheet("说明", {{"说明", 90, true}}));
    for (const char* note :
         {"同一成果在一年内无论发布几次、对谁发布，只计一次，以当年最早的一次为准。",
          "年度按北京时间的发布日期划分：12月31日23时59分59秒计入当年，1月1日0时起计入次年。",
          "已撤回的发布记录仍列出，不计数。", "每一行都写明成果编号和发布记录编号，可在系统中查到原记录。",
          "本表只含制表人可查看的成果；权限覆盖全部园区的密钥可看到全部。"}) {
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, {Text(note)}));
    }
    return writer_.WriteRow(sheet, {Text("制表时间：" + ChinaMinute(now) + "（北京时间）")});
  }

  XlsxWriter& writer_;
  const YearView& view_;
  const std::vector<YearLine> lines_;
  const v1::GetPublicationProgressResponse progress_;
};

}  // namespace

const char* ChannelName(v1::PublicationChannel channel) {
  switch (channel) {
    case v1::PUBLICATION_CHANNEL_PORTAL:
      return "平台门户";
    case v1::PUBLICATION_CHANNEL_EVENT:
      return "对接活动";
    case v1::PUBLICATION_CHANNEL_DIRECTED_PUSH:
      return "定向推送";
    case v1::PUBLICATION_CHANNEL_SOCIAL_MEDIA:
      return "新媒体";
    case v1::PUBLICATION_CHANNEL_PRESS:
      return "报刊广电";
    case v1::PUBLICATION_CHANNEL_BROCHURE:
      return "汇编册";
    case v1::PUBLICATION_CHANNEL_OTHER:
      return "其他";
    default:
      return "";
  }
}

Status WriteCatalogueFile(const YearView& view, int target, UnixMicros now, const std::string& path,
                          const std::string& temp_folder) {
  XlsxOptions options;
  options.created = now;
  options.temp_folder = temp_folder;
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<XlsxWriter> writer, XlsxWriter::Create(path, options));
  DUIJIE_RETURN_IF_ERROR(Workbook(*writer, view, target).Write(now));
  return writer->Close();
}

}  // namespace duijie::push
