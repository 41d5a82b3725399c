// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator relies on: start, stop, keys, limits, backup, rebuild.
#include <grpc/health/v1/health.grpc.pb.h>

#include <filesystem>

#include "common/rpc/edge.h"
#include "tests/e2e/topologies.h"

namespace duijie::testing {
namespace {

using OperationTest = EndToEndTest;
DUIJIE_BOTH_TOPOLOGIES(OperationTest);

std::string ReasonOf(const grpc::Status& status) { return ::duijie::ReasonOf(rpc::FromGrpc(status)); }

grpc::Status WhoAmI(const Client& client, v1::GetCallerResponse* response) {
  return client.Call(client.admin.get(), &v1::AdminService::Stub::GetCaller, v1::GetCallerRequest(),
                     response);
}

TEST_P(OperationTest, SigtermDrainsAndEndsWithZero) {
  v1::Achievement achievement;
  achievement.set_title("工程橡胶伸缩缝");
  Publish(cluster_.Admin(), achievement);
  for (const auto& [role, code] : cluster_.Stop()) EXPECT_EQ(code, 0) << role << "\n" << cluster_.Logs();
}

TEST_P(OperationTest, EverythingIsThereAfterARestart) {
  const std::string key = cluster_.Admin().key;
  const int64_t revision = ImportSamples(cluster_.Admin());
  const auto before = Search(cluster_.Admin(), v1::COLLECTION_ACHIEVEMENTS, "丝网", revision);
  cluster_.Stop();
  cluster_.Start();
  const Client client = cluster_.ClientFor(key);
  const auto after = Search(client, v1::COLLECTION_ACHIEVEMENTS, "丝网", revision);
  EXPECT_EQ(before.total(), after.total());
  EXPECT_EQ(NamesOf(before.hits()), NamesOf(after.hits()));
}

TEST_P(OperationTest, AnIndexFolderThatWasDeletedIsRebuilt) {
  const int64_t revision = ImportSamples(cluster_.Admin());
  const auto before = Search(cluster_.Admin(), v1::COLLECTION_NEEDS, "检测", revision);
  const std::string folder = cluster_.data_folder("search") + "/index";
  cluster_.Stop();
  ASSERT_GT(std::filesystem::remove_all(folder), 0u) << folder;
  cluster_.Start();
  v1::SearchRequest request;
  request.set_collection(v1::COLLECTION_NEEDS);
  request.set_query("检测");
  request.set_min_revision(revision);
  v1::SearchResponse after;
  grpc::Status status;
  const Client admin = cluster_.Admin();
  do {  // each call waits up to two seconds for the index
    status = admin.Call(admin.search.get(), &v1::SearchService::Stub::Search, request, &after);
  } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(before.total(), after.total());
}

TEST_P(OperationTest, ASecondDaemonOnTheSameDataIsRefused) {
  const std::string config = cluster_.dir().File("second.toml");
  WriteFile(config, "[server]\nlisten = \"127.0.0.1:0\"\n[data]\nfolder = \"" +
                        cluster_.data_folder("catalog") + "\"\n");
  const RunResult second = RunProgram({ProgramPath("duijied"), "--config", config});
  EXPECT_NE(second.exit_code, 0);
  EXPECT_NE((second.output + second.errors).find("DATA_FOLDER_IN_USE"), std::string::npos)
      << second.output << second.errors;
  v1::GetCallerResponse response;
  EXPECT_TRUE(WhoAmI(cluster_.Admin(), &response).ok()) << "the first daemon goes on";
}

TEST_P(OperationTest, RevokedAndInventedKeysAreRefused) {
  const Client admin = cluster_.Admin();
  const Client partner = cluster_.NewClient(v1::ROLE_PARTNER);
  v1::GetCallerResponse me;
  ASSERT_TRUE(WhoAmI(partner, &me).ok());
  v1::RevokeApiKeyRequest revoke;
  revoke.set_key_id(me.api_key().key_id());
  v1::RevokeApiKeyResponse revoked;
  ASSERT_TRUE(admin.Call(admin.admin.get(), &v1::AdminService::Stub::RevokeApiKey, revoke, &revoked).ok());
  EXPECT_EQ(WhoAmI(partner, &me).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  const grpc::Status invented = WhoAmI(cluster_.ClientFor("djk_abc_def"), &me);
  EXPECT_EQ(invented.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(invented), "INVALID_API_KEY");
}

TEST_P(OperationTest, RestrictedReadsAndWritesAreAudited) {
  const Client admin = cluster_.Admin();
  v1::Enterprise enterprise;
  enterprise.set_title("邯郸紫电机械有限公司");
  const std::string name = Publish(admin, enterprise).name();
  v1::GetContactsRequest contacts;
  contacts.set_name(name);
  v1::GetContactsResponse none;
  ASSERT_TRUE(admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::GetContacts, contacts, &none).ok());
  v1::ListAuditEntriesRequest list;
  list.set_record(name);
  v1::ListAuditEntriesResponse entries;
  ASSERT_TRUE(admin.Call(admin.admin.get(), &v1::AdminService::Stub::ListAuditEntries, list, &entries).ok());
  std::set<std::string> methods;
  for (const auto& entry : entries.entries()) methods.insert(entry.method());
  EXPECT_EQ(methods.count("duijie.v1.CatalogService/GetContacts"), 1u);
  EXPECT_EQ(methods.count("duijie.v1.CatalogService/TransitionEnterprise"), 1u);
}

TEST_P(OperationTest, ABackupTakenWhileWorkingRestoresEverything) {
  const Client admin = cluster_.Admin();
  ImportSamples(admin);
  v1::CreateBackupResponse backup;
  const auto status = admin.Call(admin.admin.get(), &v1::AdminService::Stub::CreateBackup,
                                 v1::CreateBackupRequest(), &backup);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_GT(backup.bytes(), 0);
  if (GetParam() == Topology::kSplitTls) return;  // restoring several folders is the operator's copy of each
  const std::string key = admin.key;
  const auto before = Search(admin, v1::COLLECTION_ACHIEVEMENTS, "丝网", backup.revision());
  cluster_.Stop();
  const std::string data = cluster_.data_folder("catalog");
  std::filesystem::remove_all(data);
  const RunResult restore =
      RunProgram({ProgramPath("duijie"), "admin", "restore", "--backup",
                  cluster_.dir().File("backups/" + backup.backup_id()), "--data", data});
  ASSERT_EQ(restore.exit_code, 0) << restore.output << restore.errors;
  cluster_.Start();
  const auto after = Search(cluster_.ClientFor(key), v1::COLLECTION_ACHIEVEMENTS, "丝网", backup.revision());
  EXPECT_EQ(before.total(), after.total());
}

TEST_P(OperationTest, StaleEtagsIllegalStepsAndBadFieldsEachHaveTheirReason) {
  using Stub = v1::CatalogService::Stub;
  const Client admin = cluster_.Admin();
  v1::Achievement achievement;
  achievement.set_title("玻璃钢缠绕工艺");
  const v1::Achievement stored = Publish(admin, achievement);
  v1::UpdateAchievementRequest update;
  *update.mutable_achievement() = stored;
  update.mutable_achievement()->set_etag("stale");
  update.mutable_update_mask()->add_paths("title");
  v1::UpdateAchievementResponse updated;
  const auto stale = admin.Call(admin.catalog.get(), &Stub::UpdateAchievement, update, &updated);
  EXPECT_EQ(stale.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(stale), "STALE_ETAG");
  v1::TransitionAchievementRequest step;
  step.set_name(stored.name());
  step.set_to(v1::RECORD_STATE_SUBMITTED);
  v1::TransitionAchievementResponse stepped;
  const auto illegal = admin.Call(admin.catalog.get(), &Stub::TransitionAchievement, step, &stepped);
  EXPECT_EQ(illegal.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(illegal), "ILLEGAL_TRANSITION");
  v1::CreateAchievementRequest create;
  create.mutable_achievement()->set_maturity_level(12);
  v1::CreateAchievementResponse created;
  const auto bad = admin.Call(admin.catalog.get(), &Stub::CreateAchievement, create, &created);
  EXPECT_EQ(bad.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ViolationsOf(rpc::FromGrpc(bad)).size(), 2u) << bad.error_message();
}

TEST(DaemonStartTest, RefusesTheNetworkWithoutTls) {
  TempDir dir;
  const RunResult result =
      RunProgram({ProgramPath("duijied"), "--listen", "0.0.0.0:0", "--data", dir.File("data")});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_NE((result.output + result.errors).find("allow_insecure_network"), std::string::npos)
      << result.errors;
}

TEST(DaemonStartTest, RefusesAnUnknownConfigurationKey) {
  TempDir dir;
  WriteFile(dir.File("bad.toml"), "[server]\nlisten = \"127.0.0.1:0\"\nlissten = 1\n");
  const RunResult result = RunProgram({ProgramPath("duijied"), "--config", dir.File("bad.toml")});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_NE((result.output + result.errors).find("lissten"), std::string::npos) << result.errors;
}

TEST(RateLimitTest, AKeyThatCallsTooOftenIsToldWhenToComeBack) {
  Cluster cluster(Topology::kSingle, {{"limits", "requests_per_second = 0.1\nburst = 3"}});
  cluster.Start();
  const Client admin = cluster.Admin();
  grpc::Status status;
  v1::GetCallerResponse response;
  for (int i = 0; i < 4; ++i) status = WhoAmI(admin, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "RATE_LIMITED");
  EXPECT_TRUE(RetryAfterMsOf(rpc::FromGrpc(status)).has_value());
}

}  // namespace
}  // namespace duijie::testing
