// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/error_output.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "common/rpc/call_metrics.h"
#include "services/duijie/client.h"
#include "services/duijie/exit_codes.h"
#include "services/duijie/terminal.h"

namespace duijie {
namespace {

// By ErrorReason without its prefix.
constexpr std::pair<std::string_view, std::string_view> kReasonWords[] = {
    {"INVALID_FIELD", "有字段不符合要求"},
    {"INVALID_PAGE_TOKEN", "翻页标记无效"},
    {"UNDECODABLE_TEXT", "文字既不是 UTF-8 也不是 GB18030 编码"},
    {"INVALID_TABLE", "表格无法读取"},
    {"RECORD_NOT_FOUND", "记录不存在，或无权查看"},
    {"RECORD_EXISTS", "编号已被另一条记录占用"},
    {"UNIQUE_VALUE_TAKEN", "另一条记录已有相同的唯一值（信用代码，或来源库与外部编号）"},
    {"STALE_ETAG", "记录已被他人修改，请重新读取后再试"},
    {"ILLEGAL_TRANSITION", "当前状态不允许这一步"},
    {"REQUEST_ID_REUSED", "请求标识已用于另一个请求"},
    {"INVALID_API_KEY", "没有密钥，或密钥无效、已吊销、已过期"},
    {"FORBIDDEN", "没有权限"},
    {"RATE_LIMITED", "调用过于频繁，请稍后再试"},
    {"QUEUE_FULL", "服务繁忙，请稍后再试"},
    {"TOO_LARGE", "请求、文件或结果超过上限"},
    {"DISK_FULL", "服务器磁盘已满；已确认写入的数据没有丢失"},
    {"INDEX_BEHIND", "索引尚未跟上，请稍后再试"},
    {"PEER_UNAVAILABLE", "服务暂时连接不上"},
    {"CHECKSUM_MISMATCH", "存储的记录校验失败，请联系运维人员"},
    {"DATA_FOLDER_IN_USE", "数据目录正被另一个服务进程使用"},
    {"DATA_FOLDER_READ_ONLY", "数据目录不可写"},
    {"RUN_STATE", "匹配任务当前状态不允许这一操作"},
    {"NO_CONSENT", "企业不接受推送，或未同意这一步"},
    {"ALREADY_PUSHED", "同一对需求与成果在间隔期内已推送过"},
    {"PUSH_LIMIT", "该企业在此期间的推送数已达上限"},
    {"WRONG_STATE", "当前状态不允许这一步"},
    {"INCOMPLETE", "缺少这一步所需的内容"},
    {"INFEASIBLE", "没有满足全部要求的方案"},
    {"DOCUMENT_FAILED", "文档生成失败"},
    {"GROUP_TOO_SMALL", "企业数不足，不能公开或成组"},
    {"RESUME_TOO_OLD", "续传标记过旧，请从头读取"},
    {"INTERNAL", "服务内部错误，请把请求编号告诉运维人员"},
    {"FORMAT_TOO_NEW", "数据格式比本版本新"},
    {"CALLER_GONE", "超过等待时间"},
    {"TABLE_ROW_INVALID", "表格有一行无法读取"},
    {"TABLE_FORMAT_UNSUPPORTED", "不支持这种表格格式"},
    {"TABLE_HEADING_INVALID", "表头有误"},
    {"TABLE_SHEET_NOT_FOUND", "没有这张工作表"},
    {"TABLE_CORRUPT", "表格文件已损坏"},
    {"TABLE_TOO_LARGE", "表格超过上限"},
    {"TABLE_UNREADABLE", "表格文件无法读取"},
    {"TABLE_CELL_INVALID", "单元格的值无法写入表格"},
    {"TABLE_WRITE_FAILED", "表格文件写入失败"},
    {"STORE_CORRUPT", "存储已损坏，请联系运维人员"},
    {"STORE_BUSY", "存储暂时繁忙，请稍后再试"},
    {"STORE_IO_ERROR", "存储读写失败，请联系运维人员"},
    {"STORE_MISUSE", "服务内部错误，请把请求编号告诉运维人员"},
    {"STORE_LIMIT", "内容超过存储的上限"},
    {"BACKUP_UNSUPPORTED", "这种存储不支持备份"},
    {"BACKUP_NOT_FOUND", "没有这个备份"},
    {"BACKUP_DAMAGED", "备份不完整，或校验失败"},
    {"DATA_FOLDER_NOT_A_FOLDER", "数据目录的路径不是文件夹"},
    {"DATA_FOLDER_NOT_EMPTY", "恢复需要空的数据目录"},
    {"STALE_REVISION", "记录在写入前已有变化，请重试"},
    {"UNIQUE_CONFLICT", "另一条记录已有相同的唯一值"},
    {"SIDE_ENTRY_EXISTS", "应为新建的内容已经存在"},
    {"COMMIT_LIMIT", "一次写入的内容超过上限"},
    {"INVALID_COMMIT", "服务内部错误，请把请求编号告诉运维人员"},
    {"REVISION_IN_FUTURE", "还没有到这个版本号"},
    {"TEXT_DATA_MISSING", "缺少词典文件"},
    {"BAD_TEXT_DATA", "词典文件有误"},
    {"INVALID_CONFIG", "配置有误"},
    {"LISTEN_FAILED", "无法监听地址"},
    {"MODEL_MISSING", "没有这个版本的匹配模型"},
    {"BAD_MODEL", "匹配模型文件有误"},
    {"RECORD_TOO_LARGE", "记录超过 256 KiB"},
    {"RECORD_CLOSED", "已关闭的记录不能再改"},
    {"TOO_FEW_JUDGEMENTS", "评判太少，还不能训练"},
    {"MODEL_STATE", "模型当前状态不允许这一操作"},
    {"MODEL_NOT_BETTER", "没有证明模型更好"},
    {"BAD_TRAINING_SET", "训练数据有误"},
};

// Empty where there are none.
std::string_view WordsOf(const std::string& reason) {
  for (const auto& [known, words] : kReasonWords) {
    if (known == reason) return words;
  }
  return {};
}

std::string Headline(const Status& status) {
  const std::string reason = ReasonOf(status);
  const std::string_view words = WordsOf(reason);
  if (!words.empty()) return std::string(words) + "（" + reason + "）";
  return rpc::CodeName(status.code()) + (reason.empty() ? "" : "（" + reason + "）");
}

// English messages are for those who read logs; where the reason has words of its own they say no more.
bool IsWorthShowing(const Status& status, const std::string& message) {
  const bool is_english = std::all_of(message.begin(), message.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return !message.empty() && !(is_english && !WordsOf(ReasonOf(status)).empty());
}

bool IsOurs(const Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == kUsageReason || reason == kLocalReason;
}

}  // namespace

std::string ErrorText(const Status& status) {
  const std::string message = Neutralise(MessageOf(status));
  if (IsOurs(status)) return "错误：" + message + "\n";
  std::string text = "错误：" + Headline(status) + "\n";
  const auto violations = ViolationsOf(status);
  if (violations.empty() && IsWorthShowing(status, message)) text += "  说明：" + message + "\n";
  for (const FieldViolation& violation : violations) {
    text += "  字段 " + Neutralise(violation.field) + "：" + Neutralise(violation.description) +
            (violation.rule.empty() ? "" : "（" + Neutralise(violation.rule) + "）") + "\n";
  }
  for (const auto& [key, value] : MetadataOf(status)) {
    text += "  " + Neutralise(key) + "：" + Neutralise(value) + "\n";
  }
  if (const std::string id = RequestIdOf(status); !id.empty()) text += "  请求编号：" + id + "\n";
  return text;
}

std::string ErrorJson(const Status& status) {
  nlohmann::ordered_json error = {{"code", rpc::CodeName(status.code())},
                                  {"reason", ReasonOf(status)},
                                  {"message", Neutralise(MessageOf(status))}};
  error["field_violations"] = nlohmann::ordered_json::array();
  for (const FieldViolation& violation : ViolationsOf(status)) {
    error["field_violations"].push_back({{"field", Neutralise(violation.field)},
                                         {"rule", Neutralise(violation.rule)},
                                         {"description", Neutralise(violation.description)}});
  }
  error["metadata"] = MetadataOf(status);
  error["request_id"] = RequestIdOf(status);
  return nlohmann::ordered_json{{"error", error}}.dump(-1, ' ', false,
                                                       nlohmann::json::error_handler_t::replace);
}

}  // namespace duijie
