// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/exit_codes.h"

namespace duijie {

std::string_view ExitCodeHelp() {
  return "退出码：\n"
         "  0  成功\n"
         "  1  服务端拒绝，或本机文件出错\n"
         "  2  命令行用法有误\n"
         "  3  导入时有行被拒绝\n"
         "  4  记录不存在，或无权查看\n"
         "  5  未登录（没有有效密钥）或没有权限\n"
         "  6  服务不可用或超时\n"
         "  7  冲突：记录已被他人修改，或编号已被占用\n";
}

Status UsageError(std::string_view message) {
  return Error(StatusCode::kInvalidArgument, kUsageReason, message);
}

Status LocalError(std::string_view message) { return Error(StatusCode::kUnknown, kLocalReason, message); }

ExitCode ExitCodeOf(const Status& status) {
  if (ReasonOf(status) == kUsageReason) return ExitCode::kUsage;
  switch (status.code()) {
    case StatusCode::kOk:
      return ExitCode::kOk;
    case StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case StatusCode::kUnauthenticated:
    case StatusCode::kPermissionDenied:
      return ExitCode::kNoPermission;
    case StatusCode::kUnavailable:
    case StatusCode::kDeadlineExceeded:
      return ExitCode::kUnavailable;
    case StatusCode::kAborted:
    case StatusCode::kAlreadyExists:
      return ExitCode::kConflict;
    default:
      return ExitCode::kError;
  }
}

}  // namespace duijie
