// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "tests/support/temp_dir.h"
#include "tests/unit/common/tabular/table_helpers.h"

namespace duijie::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ReadResult ReadJsonl(std::string bytes, const TableLimits& limits = {}) {
  return ReadMemory(std::move(bytes), TableFormat::kJsonl, limits);
}

TEST(JsonlReaderTest, FieldsKeepTheOrderOfTheirKeysAndRowsTheirLine) {
  const ReadResult result =
      ReadJsonl("\xEF\xBB\xBF{\"b\":\"石墨烯\",\"a\":\"x\"}\r\n\n{\"c\":\"y\",\"a\":null}");
  ASSERT_THAT(result.final_error, IsOk());
  EXPECT_THAT(result.header, ElementsAre("b", "a"));
  ASSERT_THAT(result.rows, SizeIs(2));
  EXPECT_EQ(result.rows[0], (Row{1, {{"b", "石墨烯"}, {"a", "x"}}}));
  EXPECT_EQ(result.rows[1], (Row{3, {{"c", "y"}, {"a", ""}}}));
}

struct ValueCase {
  std::string json;
  std::string text;
};

TEST(JsonlReaderTest, ValuesBecomeText) {
  const std::vector<ValueCase> cases = {
      {"0.30", "0.30"},
      {"1e5", "1e5"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"-7", "-7"},
      {"18446744073709551615", "18446744073709551615"},
      {"true", "true"},
      {"null", ""},
      {"\"a\\u77f3\\n\"", "a石\n"},
      {"[\"甲\",\"乙\",3,null]", "甲；乙；3"},
      {"[]", ""},
      {"{}", "{}"},
      {"{\"k\": [1, {\"m\": \"引\\\"号\"}, [], {}], \"n\": 2.50}",
       "{\"k\":[1,{\"m\":\"引\\\"号\"},[],{}],\"n\":2.50}"},
      {"[\"甲\", [\"乙\"], {\"丙\": false}]", "[\"甲\",[\"乙\"],{\"丙\":false}]"},
  };
  for (const ValueCase& value : cases) {
    const ReadResult result = ReadJsonl("{\"before\":\"1\",\"v\":" + value.json + ",\"after\":\"2\"}\n");
    ASSERT_THAT(result.rows, SizeIs(1)) << value.json;
    EXPECT_EQ(result.Values(0), (std::vector<std::string>{"1", value.text, "2"})) << value.json;
  }
}

TEST(JsonlReaderTest, RowsWithoutAnyValueAreSkippedButTheFirstStillNamesTheKeys) {
  const ReadResult result = ReadJsonl("{\"a\":null,\"b\":[]}\n{}\n{\"a\":\"x\"}\n{\"a\":\"\"}\n");
  ASSERT_THAT(result.final_error, IsOk());
  EXPECT_THAT(result.header, ElementsAre("a", "b"));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_EQ(result.rows[0], (Row{3, {{"a", "x"}}}));
}

TEST(JsonlReaderTest, BadLinesAreRowErrorsAndTheRestIsRead) {
  const std::vector<std::string> bad = {
      "{\"a\":1",
      "[1,2]",
      "\"text\"",
      "5",
      "{\"a\":1}{}",
      "{\"a\":1,\"a\":2}",
      "{\"\":1}",
      "{\"a\":\"\xFF\xFE\"}",
      "{\"a\":\"\\u0000\"}",
      "{\"a\":\"\\ud800\"}",
      "{\"a\":1e999}",
      "{'a':1}",
      "{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}",
      "{\"a\":" + std::string(100'000, '['),
  };
  for (const std::string& line : bad) {
    const ReadResult result = ReadJsonl("{\"a\":1}\n" + line + "\n{\"a\":2}\n");
    EXPECT_THAT(result.final_error, IsOk()) << line.substr(0, 40);
    ASSERT_THAT(result.row_errors, SizeIs(1)) << line.substr(0, 40);
    EXPECT_THAT(ErrorMessage(result.row_errors[0]), HasSubstr("第 2 行")) << line.substr(0, 40);
    EXPECT_EQ(MetadataOf(result.row_errors[0]).at("row"), "2");
    EXPECT_THAT(result.rows, SizeIs(2)) << line.substr(0, 40);
  }
}

TEST(JsonlReaderTest, ABadFirstLineLeavesTheHeaderEmpty) {
  const ReadResult result = ReadJsonl("oops\n{\"a\":2}\n");
  EXPECT_THAT(result.header, IsEmpty());
  EXPECT_THAT(result.row_errors, SizeIs(1));
  EXPECT_THAT(result.rows, SizeIs(1));
}

TEST(JsonlReaderTest, EmptyFilesAreRefused) {
  EXPECT_THAT(ReadJsonl("\n \n").final_error,
              StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
}

TEST(JsonlReaderTest, KeysValuesAndLinesAreLimited) {
  TableLimits limits;
  limits.max_columns = 2;
  limits.max_cell_bytes = 4;
  const ReadResult result = ReadJsonl("{\"a\":1,\"b\":2,\"c\":3}\n{\"a\":\"12345\"}\n{\"a\":\"1234\"}\n" +
                                          std::string(5'000'000, ' ') + "{}\n{\"z\":1}\n",
                                      limits);
  EXPECT_THAT(result.row_errors, SizeIs(3));
  ASSERT_THAT(result.rows, SizeIs(2));
  EXPECT_EQ(result.rows[1], (Row{5, {{"z", "1"}}}));
}

TEST(GuessFormatTest, ContentCountsBeforeTheName) {
  struct Case {
    std::string name;
    std::string first;
    TableFormat format;
  };
  const std::vector<Case> cases = {{"需求.csv", "PK\x03\x04", TableFormat::kXlsx},
                                   {"a.XLSX", "", TableFormat::kXlsx},
                                   {"a.jsonl", "{}", TableFormat::kJsonl},
                                   {"a.tsv", "x\ty", TableFormat::kCsv},
                                   {"dump", " {\"a\":1}", TableFormat::kJsonl}};
  for (const Case& guess : cases) {
    ASSERT_OK_AND_ASSIGN(const TableFormat format, GuessFormat(guess.name, guess.first));
    EXPECT_EQ(format, guess.format) << guess.name;
  }
  for (const char* name : {"a.xls", "a.pdf", "noextension", ""}) {
    EXPECT_THAT(GuessFormat(name, "x"), StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"))
        << name;
  }
}

TEST(OpenTableTest, OnlyRegularFilesThatExistAreOpened) {
  const TempDir folder;
  EXPECT_THAT(OpenTable(folder.File("none.csv"), TableFormat::kCsv, {}, {}),
              StatusIs(StatusCode::kNotFound, "TABLE_UNREADABLE"));
  EXPECT_THAT(OpenTable(folder.path().string(), TableFormat::kCsv, {}, {}),
              StatusIs(StatusCode::kInvalidArgument, "TABLE_UNREADABLE"));
}

}  // namespace
}  // namespace duijie::testing
