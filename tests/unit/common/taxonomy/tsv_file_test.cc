// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/tsv_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/common/taxonomy/table_fixture.h"

namespace duijie {
namespace {

using ::duijie::testing::StatusIs;
using ::duijie::testing::TempDir;
using ::duijie::testing::WriteTable;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TsvFileTest, SkipsCommentsAndCountsTheirLines) {
  const TempDir folder;
  const std::string path = WriteTable(folder, "t.tsv", "# head\na\t1\n# middle\n丝网\t\n");
  ASSERT_OK_AND_ASSIGN(const auto rows, ReadTsv(path, 2));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].line, 2);
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "1"));
  EXPECT_EQ(rows[1].line, 4);
  EXPECT_THAT(rows[1].cells, ElementsAre("丝网", ""));
}

TEST(TsvFileTest, ReadsALastLineWithoutNewline) {
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const auto rows, ReadTsv(WriteTable(folder, "t.tsv", "a\tb"), 2));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "b"));
}

struct BadTable {
  const char* text;
  const char* problem;
};

class BadTableTest : public ::testing::TestWithParam<BadTable> {};

TEST_P(BadTableTest, NamesLineAndProblem) {
  const TempDir folder;
  const auto rows = ReadTsv(WriteTable(folder, "bad.tsv", GetParam().text), 2);
  ASSERT_THAT(rows, StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  EXPECT_THAT(std::string(MessageOf(rows.status())), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(All, BadTableTest,
                         ::testing::Values(BadTable{"", "bad.tsv: has no row"},
                                           BadTable{"# only\n", "bad.tsv: has no row"},
                                           BadTable{"a\tb\n\nc\td\n", "bad.tsv:2: empty line"},
                                           BadTable{"a\tb\r\n", "bad.tsv:1: carriage return"},
                                           BadTable{"\xEF\xBB\xBF"
                                                    "a\tb\n",
                                                    "bad.tsv:1: byte order mark"},
                                           BadTable{"a\tb\na\tb\tc\n", "bad.tsv:2: 3 cells instead of 2"},
                                           BadTable{"# c\na\n", "bad.tsv:2: 1 cells instead of 2"},
                                           BadTable{"a\t b\n", "bad.tsv:1: white space"},
                                           BadTable{"a \tb\n", "bad.tsv:1: white space"}));

TEST(TsvFileTest, RejectsAMissingFileAndAFolder) {
  const TempDir folder;
  EXPECT_THAT(ReadTsv(folder.File("none.tsv"), 2), StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  EXPECT_THAT(ReadTsv(folder.path().string(), 2), StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
}

TEST(TsvFileTest, IntegersMustFillTheCellAndTheRange) {
  ASSERT_OK_AND_ASSIGN(const int nine, ParseTsvInt("t", 1, "9", 1, 9));
  EXPECT_EQ(nine, 9);
  for (const char* cell : {"", "0", "10", "1x", "x", "1.0", "99999999999"}) {
    EXPECT_THAT(ParseTsvInt("t", 1, cell, 1, 9), StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"))
        << cell;
  }
}

}  // namespace
}  // namespace duijie
