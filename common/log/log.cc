// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that knows spdlog; its exceptions stop here.
#include "common/log/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <map>

namespace duijie::log {
namespace {

// The members come ready-made in %v; spdlog adds the time and the level.
constexpr char kPattern[] = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

spdlog::level::level_enum ToSpdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarn:
      return spdlog::level::warn;
    case Level::kError:
      break;
  }
  return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> NewLogger(spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("duijie", std::move(sink));
  logger->set_pattern(kPattern, spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  return logger;
}

// Never destroyed, so that threads that outlive main may still log.
std::shared_ptr<spdlog::logger>& Logger() {
  static auto* logger = new auto(NewLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  return *logger;
}

}  // namespace

Status Configure(const LogConfig& config) {
  static const std::map<std::string, Level, std::less<>> levels = {
      {"debug", Level::kDebug}, {"info", Level::kInfo}, {"warn", Level::kWarn}, {"error", Level::kError}};
  const auto level = levels.find(config.level);
  if (level == levels.end()) {
    return duijie::Error(StatusCode::kInvalidArgument, "INVALID_CONFIG",
                         "log.level must be debug, info, warn or error");
  }
  try {
    if (config.file.empty()) {
      Logger() = NewLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    } else {
      Logger() = NewLogger(std::make_shared<spdlog::sinks::basic_file_sink_mt>(config.file));
    }
    Logger()->set_level(ToSpdlog(level->second));
  } catch (const spdlog::spdlog_ex& error) {
    return duijie::Error(StatusCode::kFailedPrecondition, "INVALID_CONFIG",
                         std::string("log.file: ") + error.what());
  }
  return OkStatus();
}

bool Enabled(Level level) { return Logger()->should_log(ToSpdlog(level)); }

void Write(Level level, std::string_view event, const std::vector<Field>& fields) {
  if (!Enabled(level)) return;
  const std::string members = ToJsonMembers(event, fields);
  Logger()->log(ToSpdlog(level), spdlog::string_view_t(members.data(), members.size()));
}

}  // namespace duijie::log
