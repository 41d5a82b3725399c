// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/docx.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "common/documents/html_writer.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr UnixMicros kMade = 1'795'305'600'000'000;  // 2026-11-22

std::string Letter() {
  HtmlWriter page("推送函");
  page.Title("科技成果定向推送函").Paragraph("安平县某丝网厂：现推送成果如下。");
  page.Table({"序号", "成果"}, {{"1", "丝网表面防腐涂层"}});
  return std::move(page).Finish();
}

TEST(HtmlToDocxTest, GivesAWordDocument) {
  const auto docx = HtmlToDocx(Letter(), kMade);
  ASSERT_THAT(docx, IsOk());
  EXPECT_TRUE(docx->starts_with("PK"));
  EXPECT_NE(docx->find("word/document.xml"), std::string::npos);
}

TEST(HtmlToDocxTest, TheSamePageAndTimeGiveTheSameBytes) {
  EXPECT_EQ(*HtmlToDocx(Letter(), kMade), *HtmlToDocx(Letter(), kMade));
}

TEST(HtmlToDocxTest, WhatIsTooLargeIsRefused) {
  EXPECT_THAT(HtmlToDocx(std::string(kMaxDocxSourceBytes + 1, ' '), kMade),
              StatusIs(StatusCode::kResourceExhausted, "TOO_LARGE"));
}

TEST(HtmlToDocxTest, ManyAtOnceWaitForTheirTurn) {
  std::vector<std::thread> threads;
  std::vector<Status> results(2 * kDocxConversionsAtOnce);
  for (Status& result : results) {
    threads.emplace_back([&result] { result = HtmlToDocx(Letter(), kMade).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Status& result : results) EXPECT_THAT(result, IsOk());
}

}  // namespace
}  // namespace duijie
