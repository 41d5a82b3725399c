// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/settings.h"

#include <gtest/gtest.h>

#include "services/duijie/exit_codes.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::StatusIs;
using testing::TempDir;
using testing::WriteFile;

GetEnv Environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(SettingsTest, DefaultsPointToThisMachine) {
  ASSERT_OK_AND_ASSIGN(const Settings settings, ResolveSettings({}, Environment({})));
  EXPECT_EQ(settings.servers.at("matching"), kDefaultServer);
  EXPECT_FALSE(settings.tls);
  EXPECT_EQ(settings.key, "");
}

TEST(SettingsTest, FlagsBeatEnvironmentBeatsFile) {
  const TempDir dir;
  WriteFile(dir.File("c.toml"), "server = \"file:1\"\nkey = \"file-key\"\nca = \"ca.pem\"\ntimeout = 5\n");
  const std::string path = dir.File("c.toml");
  ASSERT_OK_AND_ASSIGN(const Settings file, ResolveSettings({}, Environment({{"DUIJIE_CONFIG", path}})));
  EXPECT_EQ(file.servers.at("catalog"), "file:1");
  EXPECT_EQ(file.key, "file-key");
  EXPECT_EQ(file.timeout_seconds, 5);
  EXPECT_TRUE(file.tls);
  const auto environment =
      Environment({{"DUIJIE_CONFIG", path}, {"DUIJIE_SERVER", "env:2"}, {"DUIJIE_KEY", "env-key"}});
  ASSERT_OK_AND_ASSIGN(const Settings env, ResolveSettings({}, environment));
  EXPECT_EQ(env.servers.at("catalog"), "env:2");
  EXPECT_EQ(env.key, "env-key");
  ASSERT_OK_AND_ASSIGN(const Settings flags,
                       ResolveSettings({{"server", "flag:3"}, {"key", "k"}}, environment));
  EXPECT_EQ(flags.servers.at("catalog"), "flag:3");
  EXPECT_EQ(flags.key, "k");
}

TEST(SettingsTest, AServiceMayHaveAnAddressOfItsOwn) {
  ASSERT_OK_AND_ASSIGN(const Settings settings,
                       ResolveSettings({{"server", "a:1"}, {"search_server", "b:2"}}, Environment({})));
  EXPECT_EQ(settings.servers.at("catalog"), "a:1");
  EXPECT_EQ(settings.servers.at("search"), "b:2");
}

TEST(SettingsTest, AKeyFileIsReadWithoutItsLineEnd) {
  const TempDir dir;
  WriteFile(dir.File("key"), "djk_abc\n");
  ASSERT_OK_AND_ASSIGN(const Settings settings,
                       ResolveSettings({{"key_file", dir.File("key")}}, Environment({})));
  EXPECT_EQ(settings.key, "djk_abc");
}

TEST(SettingsTest, EachMistakeIsAnError) {
  const TempDir dir;
  EXPECT_THAT(ParseSettingsFile("sever = \"a:1\"\n"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseSettingsFile("[server]\nkey = \"a\"\n"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ResolveSettings({}, Environment({{"DUIJIE_CONFIG", dir.File("none")}})),
              StatusIs(StatusCode::kUnknown, std::string(kLocalReason)));
  for (const SettingValues& bad : {SettingValues{{"server", "nohost"}}, SettingValues{{"timeout", "0"}},
                                   SettingValues{{"timeout", "soon"}}, SettingValues{{"cert", "c.pem"}},
                                   SettingValues{{"tls", "yes"}}, SettingValues{{"key", "密钥"}}}) {
    EXPECT_THAT(ResolveSettings(bad, Environment({})), StatusIs(StatusCode::kInvalidArgument))
        << bad.begin()->first << "=" << bad.begin()->second;
  }
}

TEST(SettingsTest, LoopbackIsThisMachineOnly) {
  for (const char* own : {"127.0.0.1:1", "localhost:1", "[::1]:1"}) EXPECT_TRUE(IsLoopback(own)) << own;
  for (const char* other : {"10.0.0.1:1", "localhost.example:1", "example:127"})
    EXPECT_FALSE(IsLoopback(other)) << other;
}

}  // namespace
}  // namespace duijie
