// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/config/config.h"

#include <fstream>
#include <sstream>

#include "common/config/listen_address.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

std::string MessageFor(std::string_view toml) { return std::string(MessageOf(ParseConfig(toml).status())); }

TEST(ConfigTest, AnEmptyFileGivesValidDefaults) {
  ASSERT_OK_AND_ASSIGN(const Config config, ParseConfig(""));
  EXPECT_EQ(config.server.listen, "127.0.0.1:7701");
  EXPECT_THAT(ValidateConfig(config), IsOk());
  EXPECT_EQ(RolesToRun(config),
            (std::vector<std::string>{"catalog", "search", "matching", "push", "mining", "admin"}));
}

TEST(ConfigTest, EveryKindOfValueIsRead) {
  ASSERT_OK_AND_ASSIGN(const Config config, ParseConfig(R"(
roles = ["search", "catalog"]
[server]
max_threads = 8
allow_insecure_network = true
[server.tls]
certificate_file = "c.pem"
[cluster.peers]
admin = "10.0.0.1:7701"
[limits]
requests_per_second = 12.5
)"));
  EXPECT_EQ(config.server.max_threads, 8);
  EXPECT_TRUE(config.server.allow_insecure_network);
  EXPECT_EQ(config.server.tls.certificate_file, "c.pem");
  EXPECT_EQ(config.cluster.peers.at("admin"), "10.0.0.1:7701");
  EXPECT_DOUBLE_EQ(config.limits.requests_per_second, 12.5);
  EXPECT_EQ(RolesToRun(config), (std::vector<std::string>{"catalog", "search"}));
}

TEST(ConfigTest, AnUnknownKeyIsRefusedWithItsLine) {
  EXPECT_EQ(MessageFor("[server]\n\nlisten_on = \"x\"\n"), "line 3: unknown key server.listen_on");
  EXPECT_EQ(MessageFor("[sever]\n"), "line 1: unknown key sever");
}

TEST(ConfigTest, AValueOfTheWrongTypeIsRefusedWithItsLine) {
  EXPECT_EQ(MessageFor("[server]\nmax_threads = \"many\""),
            "line 2: server.max_threads must be a whole number");
  EXPECT_EQ(MessageFor("[server]\nmax_threads = 1.5"), "line 2: server.max_threads must be a whole number");
  EXPECT_EQ(MessageFor("server = 3"), "line 1: server must be a table");
  EXPECT_EQ(MessageFor("roles = \"all\""), "line 1: roles must be a list of strings");
  EXPECT_EQ(MessageFor("[cluster]\npeers = {admin = 3}"), "line 2: cluster.peers.admin must be a string");
}

TEST(ConfigTest, AValueOutOfRangeIsRefused) {
  EXPECT_EQ(MessageFor("[matching]\nrun_workers = 0"),
            "line 2: matching.run_workers must be between 1 and 256");
  EXPECT_THAT(MessageFor("[limits]\nrequests_per_second = nan"), HasSubstr("limits.requests_per_second"));
}

TEST(ConfigTest, BrokenTomlIsRefusedWithItsLine) {
  EXPECT_THAT(MessageFor("[server]\nlisten ="), HasSubstr("line 2"));
}

TEST(ConfigTest, ToTextListsEveryKeyAndMasksSecrets) {
  Config config;
  config.cluster.secret_file = "hunter2";
  config.cluster.peers["search"] = "127.0.0.1:1";
  const std::string text = ToText(config);
  EXPECT_THAT(text, HasSubstr("server.listen = \"127.0.0.1:7701\"\n"));
  EXPECT_THAT(text, HasSubstr("cluster.peers.search = \"127.0.0.1:1\"\n"));
  EXPECT_THAT(text, HasSubstr("cluster.secret_file = (set)\n"));
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
}

TEST(ConfigTest, ToTextOfTheDefaultsParsesBackToTheSame) {
  ASSERT_OK_AND_ASSIGN(const Config config, ParseConfig(ToText(Config{})));
  EXPECT_EQ(ToText(config), ToText(Config{}));
}

TEST(ConfigTest, TheExampleFileHoldsEveryKeyWithItsDefault) {
  const std::string path = duijie::testing::SourceFile("deploy/duijied.toml");
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  ASSERT_OK_AND_ASSIGN(const Config config, LoadConfig(path));
  EXPECT_THAT(ValidateConfig(config), IsOk());
  std::istringstream lines(ToText(Config{}));
  for (std::string line; std::getline(lines, line);) {
    const std::string path_of_key = line.substr(0, line.find(' '));
    const std::string key = path_of_key.substr(path_of_key.rfind('.') + 1);
    EXPECT_THAT(text.str(), HasSubstr(key + " =")) << path_of_key << " is missing in " << path;
  }
}

TEST(ConfigTest, AMissingFileIsNotFound) {
  EXPECT_THAT(LoadConfig("/nonexistent/duijied.toml"), StatusIs(StatusCode::kNotFound, "INVALID_CONFIG"));
}

TEST(ConfigTest, AnOverlongFileIsRefused) {
  testing::TempDir folder;
  std::ofstream(folder.File("big.toml")) << std::string(kMaxConfigBytes + 1, '#');
  EXPECT_THAT(LoadConfig(folder.File("big.toml")), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ConfigTest, ListeningBeyondLoopbackNeedsTlsOrAnExplicitWord) {
  Config config;
  config.server.listen = "0.0.0.0:7701";
  EXPECT_THAT(ValidateConfig(config), StatusIs(StatusCode::kInvalidArgument));
  config.server.tls = {"cert.pem", "key.pem", "", ""};
  EXPECT_THAT(ValidateConfig(config), IsOk());
  config.server.tls = {};
  config.server.allow_insecure_network = true;
  EXPECT_THAT(ValidateConfig(config), IsOk());
}

TEST(ConfigTest, MetricsBeyondLoopbackNeedAnExplicitWordEvenWithTls) {
  Config config;
  config.server.tls = {"cert.pem", "key.pem", "", ""};
  config.server.metrics_listen = "0.0.0.0:9100";
  EXPECT_THAT(ValidateConfig(config), StatusIs(StatusCode::kInvalidArgument));
  config.server.allow_insecure_network = true;
  EXPECT_THAT(ValidateConfig(config), IsOk());
}

TEST(ConfigTest, KeysThatNeedEachOtherAreChecked) {
  Config half_tls;
  half_tls.server.tls.certificate_file = "cert.pem";
  EXPECT_THAT(ValidateConfig(half_tls), StatusIs(StatusCode::kInvalidArgument));
  Config ca_only;
  ca_only.server.tls.client_ca_file = "ca.pem";
  EXPECT_THAT(ValidateConfig(ca_only), StatusIs(StatusCode::kInvalidArgument));
  Config peers;
  peers.roles = {"search"};
  peers.cluster.peers["catalog"] = "127.0.0.1:1";
  EXPECT_THAT(ValidateConfig(peers), StatusIs(StatusCode::kInvalidArgument));
  peers.cluster.secret_file = "secret";
  EXPECT_THAT(ValidateConfig(peers), IsOk());
  peers.roles = {"all"};
  EXPECT_THAT(ValidateConfig(peers), StatusIs(StatusCode::kInvalidArgument));
  Config role;
  role.roles = {"cook"};
  EXPECT_THAT(ValidateConfig(role), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ListenAddressTest, HostsAndPortsAreRead) {
  ASSERT_OK_AND_ASSIGN(const HostPort v6, ParseHostPort("[::1]:80"));
  EXPECT_EQ(v6.host, "::1");
  EXPECT_EQ(v6.port, 80);
  EXPECT_EQ(ToText(v6), "[::1]:80");
  for (const char* bad : {"", "host", ":80", "host:", "host:65536", "host:-1", "host:8x", "::1:80"}) {
    EXPECT_THAT(ParseHostPort(bad), StatusIs(StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(ListenAddressTest, LoopbackIsToldFromTheNetwork) {
  for (const char* host : {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
    EXPECT_TRUE(IsLoopback({host, 1})) << host;
  for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "example.org"}) {
    EXPECT_FALSE(IsLoopback({host, 1})) << host;
  }
}

}  // namespace
}  // namespace duijie
