// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generator/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "common/tabular/table_reader.h"
#include "common/taxonomy/credit_code.h"
#include "common/text/default_paths.h"
#include "tests/bench/generator/record_maker.h"
#include "tests/support/child_process.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::bench {
namespace {

using duijie::testing::ReadFile;
using duijie::testing::TempDir;

GenerateOptions SmallOptions(const std::string& out) {
  GenerateOptions options;
  options.out = out;
  options.samples = duijie::testing::SourceFile("data/samples");
  options.share = duijie::testing::BuiltFile("share/duijie");
  options.achievements = 60;
  options.needs = 20;
  options.enterprises = 5;
  return options;
}

std::vector<Row> RowsOf(const std::string& path) {
  auto reader = OpenTable(path, TableFormat::kCsv, {}, {});
  std::vector<Row> rows;
  if (!reader.ok()) return rows;
  Row row;
  for (;;) {
    const StatusOr<bool> more = (*reader)->Next(&row);
    if (!more.ok() || !*more) return rows;
    rows.push_back(row);
  }
}

std::string CellOf(const Row& row, const std::string& heading) {
  for (const Field& field : row.fields) {
    if (field.name == heading) return field.value;
  }
  return "no column " + heading;
}

TEST(Generator, SameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  TempDir dir;
  GenerateOptions options = SmallOptions(dir.File("a"));
  ASSERT_THAT(Generate(options), duijie::testing::IsOk());
  options.out = dir.File("b");
  ASSERT_THAT(Generate(options), duijie::testing::IsOk());
  options.out = dir.File("c");
  options.seed += 1;
  ASSERT_THAT(Generate(options), duijie::testing::IsOk());
  for (const std::string name :
       {"/achievements-01.csv", "/needs-01.csv", "/enterprises-01.csv", "/topics.tsv"}) {
    EXPECT_EQ(ReadFile(dir.File("a") + name), ReadFile(dir.File("b") + name)) << name;
    EXPECT_NE(ReadFile(dir.File("a") + name), ReadFile(dir.File("c") + name)) << name;
  }
}

TEST(Generator, ARowDoesNotDependOnHowManyThereAre) {
  TempDir dir;
  GenerateOptions options = SmallOptions(dir.File("few"));
  ASSERT_THAT(Generate(options), duijie::testing::IsOk());
  options.out = dir.File("more");
  options.needs = 40;
  ASSERT_THAT(Generate(options), duijie::testing::IsOk());
  const std::vector<Row> few = RowsOf(dir.File("few") + "/needs-01.csv");
  const std::vector<Row> more = RowsOf(dir.File("more") + "/needs-01.csv");
  ASSERT_EQ(few.size(), 20U);
  ASSERT_EQ(more.size(), 40U);
  for (size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].fields, more[i].fields) << i;
}

TEST(Generator, NeedsNameEnterprisesThatExistByValidCreditCodes) {
  TempDir dir;
  ASSERT_THAT(Generate(SmallOptions(dir.File("a"))), duijie::testing::IsOk());
  std::set<std::string> enterprises;
  for (const Row& row : RowsOf(dir.File("a") + "/enterprises-01.csv")) {
    enterprises.insert(CellOf(row, "统一社会信用代码"));
  }
  EXPECT_EQ(enterprises.size(), 5U);
  for (const std::string& code : enterprises) EXPECT_TRUE(IsValidCreditCode(code)) << code;
  for (const Row& row : RowsOf(dir.File("a") + "/needs-01.csv")) {
    EXPECT_EQ(enterprises.count(CellOf(row, "企业统一社会信用代码")), 1U) << "row " << row.number;
  }
}

TEST(Generator, SummariesAreAsLongAsTheSamplesAndDifferFromEachOther) {
  TempDir dir;
  ASSERT_THAT(Generate(SmallOptions(dir.File("a"))), duijie::testing::IsOk());
  std::set<std::string> summaries;
  size_t bytes = 0;
  const std::vector<Row> rows = RowsOf(dir.File("a") + "/achievements-01.csv");
  ASSERT_EQ(rows.size(), 60U);
  for (const Row& row : rows) {
    const std::string summary = CellOf(row, "成果简介");
    bytes += summary.size();
    summaries.insert(summary);
  }
  EXPECT_EQ(summaries.size(), rows.size());
  EXPECT_GT(bytes / rows.size(), 300U);  // 100 Chinese characters
  EXPECT_LT(bytes / rows.size(), 1200U);
}

TEST(Generator, VariedIndicatorsKeepNameComparatorUnitAndCondition) {
  Random random(1, 2, 3);
  const std::string varied = VaryIndicator("循环寿命≥1000次@25℃", random);
  EXPECT_EQ(varied.rfind("循环寿命≥", 0), 0U) << varied;
  EXPECT_EQ(varied.substr(varied.size() - std::string("次@25℃").size()), "次@25℃") << varied;
  EXPECT_EQ(VaryIndicator("粒径=10~20μm", random), "粒径=10~20μm");
  EXPECT_EQ(VaryIndicator("外观良好", random), "外观良好");
}

TEST(Generator, ZipfRanksFavourTheFirst) {
  const ZipfRanks ranks(100, 1.0);
  Random random(7, 0, 0);
  std::vector<int> drawn(100);
  for (int i = 0; i < 20'000; ++i) ++drawn[ranks.Draw(random)];
  // Expected shares: 1 / H(100) = 19.3 % for rank 0, half of it for rank 1.
  EXPECT_NEAR(drawn[0], 3855, 300);
  EXPECT_NEAR(drawn[1], 1928, 250);
  EXPECT_GT(drawn[99], 0);
}

TEST(Generator, BadArgumentsAreRefused) {
  const auto parse = [](std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    return ParseGenerateOptions(static_cast<int>(argv.size()), argv.data()).ok();
  };
  EXPECT_FALSE(parse({"duijie-generate"}));
  EXPECT_FALSE(parse({"duijie-generate", "--out"}));
  EXPECT_FALSE(parse({"duijie-generate", "--out", "x", "--needs", "ten"}));
  EXPECT_FALSE(parse({"duijie-generate", "--out", "x", "--color", "red"}));
  EXPECT_TRUE(parse({"duijie-generate", "--out", "x", "--needs", "10"}));
}

}  // namespace
}  // namespace duijie::bench
