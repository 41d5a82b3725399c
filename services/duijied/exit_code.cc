// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijied/exit_code.h"

namespace duijie {
namespace {

struct Row {
  std::string_view reason;
  ExitCode code;
  std::string_view advice;
};
constexpr Row kRows[] = {
    {"INVALID_CONFIG", ExitCode::kBadConfig, "配置有误，请改正后重试"},
    {"DATA_FOLDER_IN_USE", ExitCode::kDataInUse, "数据目录正被另一个进程使用；请先停止它，或换一个数据目录"},
    {"DATA_FOLDER_READ_ONLY", ExitCode::kDataNotWritable, "数据目录不可写；请检查属主、权限和挂载方式"},
    {"DATA_FOLDER_NOT_A_FOLDER", ExitCode::kDataNotWritable, "数据目录的位置上是一个文件"},
    {"DISK_FULL", ExitCode::kDiskFull, "磁盘已满；已确认的数据没有丢失，请腾出空间后重启"},
    {"LISTEN_FAILED", ExitCode::kCannotListen, "无法监听；请检查地址是否已被占用"},
    {"FORMAT_TOO_NEW", ExitCode::kDataTooNew, "数据由更新的版本写成；请使用该版本"},
};

}  // namespace

ExitCode ExitCodeFor(const Status& status) {
  if (status.ok()) return ExitCode::kStopped;
  const std::string reason = ReasonOf(status);
  for (const Row& row : kRows) {
    if (row.reason == reason) return row.code;
  }
  return status.code() == StatusCode::kDataLoss ? ExitCode::kDataDamaged : ExitCode::kFailed;
}

std::string Explain(const Status& status) {
  std::string_view advice = "启动失败";
  if (status.code() == StatusCode::kDataLoss) advice = "数据损坏；请从备份恢复（duijie admin restore）";
  const std::string reason = ReasonOf(status);
  for (const Row& row : kRows) {
    if (row.reason == reason) advice = row.advice;
  }
  return "duijied: " + std::string(advice) + "\n  " + std::string(MessageOf(status));
}

}  // namespace duijie
