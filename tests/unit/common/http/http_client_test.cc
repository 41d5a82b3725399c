// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/http/http_client.h"

#include <arpa/inet.h>
#include <httplib.h>

#include <atomic>
#include <thread>

#include "tests/support/status_matchers.h"

namespace duijie::http {
namespace {

using testing::IsOk;
using testing::StatusIs;

bool IsPublic(const char* text) {
  unsigned char bytes[16];
  if (inet_pton(AF_INET, text, bytes) == 1) return IsPublicAddress(bytes, 4);
  EXPECT_EQ(inet_pton(AF_INET6, text, bytes), 1) << text;
  return IsPublicAddress(bytes, 16);
}

TEST(AddressTest, PrivateAndSpecialAddressesAreNotPublic) {
  for (const char* text : {"10.1.2.3",
                           "127.0.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "100.64.0.1",
                           "0.0.0.0",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::1",
                           "::",
                           "fe80::1",
                           "fd00::1",
                           "ff02::1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001:db8::1",
                           "2001::1"}) {
    EXPECT_FALSE(IsPublic(text)) << text;
  }
  for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2400:3200::1", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(IsPublic(text)) << text;
  }
}

TEST(UrlTest, PartsAreReadAndNonsenseIsRefused) {
  ASSERT_OK_AND_ASSIGN(const Url url, ParseUrl("HTTPS://user@Example.cn:8443/hook?a=1"));
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "example.cn");
  EXPECT_TRUE(url.has_user);
  for (const char* text : {"", "example", "https://", "https://a b/", "//host/x"}) {
    EXPECT_THAT(ParseUrl(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_TRUE(IsLoopbackHost("127.0.0.1"));
  EXPECT_TRUE(IsLoopbackHost("[::1]"));
  EXPECT_FALSE(IsLoopbackHost("127.0.0.1.example.cn"));
}

class HttpClientTest : public ::testing::Test {
 protected:
  HttpClientTest() {
    server_.Post("/ok", [this](const httplib::Request& request, httplib::Response& response) {
      ++calls_;
      body_ = request.body;
      header_ = request.get_header_value("X-Test");
      response.status = 204;
    });
    server_.Post("/moved", [](const httplib::Request&, httplib::Response& response) {
      response.set_redirect("/ok", 307);
    });
    server_.Post("/long", [](const httplib::Request&, httplib::Response& response) {
      response.set_content(std::string(100'000, 'x'), "text/plain");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~HttpClientTest() override {
    server_.stop();
    thread_.join();
  }
  Post To(const std::string& path) const {
    Post post;
    post.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    post.allow_private = true;
    return post;
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::atomic<int> calls_{0};
  std::string body_, header_;
};

TEST_F(HttpClientTest, PostsBodyAndHeadersAndTellsTheStatus) {
  Post post = To("/ok");
  post.body = "{\"a\":1}";
  post.headers = {{"X-Test", "yes"}};
  ASSERT_OK_AND_ASSIGN(const int status, Send(post));
  EXPECT_EQ(status, 204);
  EXPECT_EQ(body_, "{\"a\":1}");
  EXPECT_EQ(header_, "yes");
}

TEST_F(HttpClientTest, APrivateAddressIsRefusedUnlessAllowed) {
  Post post = To("/ok");
  post.allow_private = false;
  EXPECT_THAT(Send(post), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  post.url = "http://localhost:" + std::to_string(port_) + "/ok";
  EXPECT_THAT(Send(post), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_EQ(calls_, 0);
}

TEST_F(HttpClientTest, RedirectsAreNotFollowedAndLongAnswersEnd) {
  ASSERT_OK_AND_ASSIGN(const int status, Send(To("/moved")));
  EXPECT_EQ(status, 307);
  EXPECT_EQ(calls_, 0);
  EXPECT_THAT(Send(To("/long")), StatusIs(StatusCode::kUnavailable));
  Post nowhere = To("/ok");
  nowhere.url = "gopher://127.0.0.1/";
  EXPECT_THAT(Send(nowhere), StatusIs(StatusCode::kUnavailable));
}

}  // namespace
}  // namespace duijie::http
