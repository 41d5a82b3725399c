// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/metrics/metrics_server.h"

#include <httplib.h>
#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <atomic>

#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

class MetricsServerTest : public ::testing::Test {
 protected:
  StatusOr<std::unique_ptr<MetricsServer>> Start(const std::string& listen) {
    return MetricsServer::Start({listen, registry_, [this] { return healthy_.load(); }});
  }
  std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  std::atomic<bool> healthy_ = true;
};

TEST_F(MetricsServerTest, ServesTheRegistryAsText) {
  prometheus::BuildCounter().Name("duijie_test_total").Register(*registry_).Add({{"kind", "a"}}).Increment(3);
  ASSERT_OK_AND_ASSIGN(auto server, Start("127.0.0.1:0"));
  httplib::Client client("http://" + server->address());
  const auto response = client.Get("/metrics");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_THAT(response->body, HasSubstr("duijie_test_total{kind=\"a\"} 3"));
}

TEST_F(MetricsServerTest, HealthFollowsTheFunction) {
  ASSERT_OK_AND_ASSIGN(auto server, Start("127.0.0.1:0"));
  httplib::Client client("http://" + server->address());
  const auto up = client.Get("/healthz");
  healthy_ = false;
  const auto down = client.Get("/healthz");
  ASSERT_TRUE(up);
  ASSERT_TRUE(down);
  EXPECT_EQ(up->status, 200);
  EXPECT_EQ(down->status, 503);
}

TEST_F(MetricsServerTest, StoppingAtOnceAfterStartingWorks) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK_AND_ASSIGN(auto server, Start("127.0.0.1:0"));
  }
}

TEST_F(MetricsServerTest, ABadAddressIsAnError) {
  EXPECT_THAT(Start("nowhere"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Start("192.0.2.1:0"), StatusIs(StatusCode::kFailedPrecondition, "LISTEN_FAILED"));
}

}  // namespace
}  // namespace duijie
