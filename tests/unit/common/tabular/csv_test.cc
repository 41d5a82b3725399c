// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <random>

#include "common/tabular/csv_writer.h"
#include "tests/unit/common/tabular/table_helpers.h"

namespace duijie::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Values = std::vector<std::string>;

ReadResult Read(std::string bytes, const TableLimits& limits = {}) {
  return ReadMemory(std::move(bytes), TableFormat::kCsv, limits);
}

TEST(CsvReaderTest, QuotesHoldDelimitersQuotesAndLineBreaks) {
  const ReadResult result = Read("名称,说明\r\n\"石墨烯,膜\",\"他说\"\"好\"\"\r\n第二行\"\r\n3\" 管,\r\n");
  ASSERT_THAT(result.final_error, IsOk());
  EXPECT_THAT(result.header, ElementsAre("名称", "说明"));
  ASSERT_THAT(result.rows, SizeIs(2));
  EXPECT_EQ(result.rows[0].fields[0], (Field{"名称", "石墨烯,膜"}));
  EXPECT_EQ(result.rows[0].fields[1], (Field{"说明", "他说\"好\"\r\n第二行"}));
  EXPECT_EQ(result.rows[0].number, 2u);
  EXPECT_EQ(result.Values(1), (Values{"3\" 管", ""}));
  EXPECT_EQ(result.rows[1].number, 3u);
}

struct TextCase {
  std::string name;
  std::string bytes;
};

TEST(CsvReaderTest, EncodingsLineEndsAndDelimitersAreDetected) {
  const std::vector<TextCase> cases = {
      {"utf-8, LF", "名称,值\n石墨烯,1\n"},
      {"no final line end", "名称,值\n石墨烯,1"},
      {"utf-8 with BOM, CRLF", "\xEF\xBB\xBF名称,值\r\n石墨烯,1\r\n"},
      {"CR", "名称,值\r石墨烯,1\r"},
      {"tab", "名称\t值\n石墨烯\t1\n"},
      {"semicolon, quoted commas", "\"名称\";\"值\"\n石墨烯;1\n"},
      {"blank lines before", "\n\n名称,值\n\n石墨烯,1\n\n"},
      {"gb18030", "\xC3\xFB\xB3\xC6,\xD6\xB5\r\n\xCA\xAF\xC4\xAB\xCF\xA9,1\r\n"},
  };
  for (const TextCase& text : cases) {
    const ReadResult result = Read(text.bytes);
    ASSERT_THAT(result.final_error, IsOk()) << text.name;
    EXPECT_THAT(result.header, ElementsAre("名称", "值")) << text.name;
    ASSERT_THAT(result.rows, SizeIs(1)) << text.name;
    EXPECT_EQ(result.Values(0), (Values{"石墨烯", "1"})) << text.name;
  }
}

TEST(CsvReaderTest, OneEncodingHoldsForTheWholeFile) {
  // By itself each of these lines could be UTF-8; the last one shows that the file is GB18030. Many pieces
  // long.
  std::string bytes = "a,b\n";
  for (int i = 0; i < 60'000; ++i) bytes += "0123456789,\xC1\xAA\xCD\xA8\n";
  const size_t rows = 60'000;
  bytes += "x,\xCA\xAF\xC4\xAB\xCF\xA9\n";
  const ReadResult result = Read(bytes);
  ASSERT_THAT(result.final_error, IsOk());
  ASSERT_THAT(result.rows, SizeIs(rows + 1));
  EXPECT_EQ(result.Values(0)[1], "联通");
  EXPECT_EQ(result.Values(rows - 1)[1], "联通");
  EXPECT_EQ(result.Values(rows)[1], "石墨烯");
}

TEST(CsvReaderTest, PiecesMayEndAnywhere) {
  std::string bytes = "名称,值\r\n";
  const size_t rows = 30'000;
  for (size_t i = 0; i < rows; ++i)
    bytes += "\"石墨\"\"烯\r\n" + std::to_string(i) + "\"," + std::to_string(i) + "\r\n";
  const ReadResult result = Read(bytes);
  ASSERT_THAT(result.final_error, IsOk());
  ASSERT_THAT(result.rows, SizeIs(rows));
  for (size_t i = 0; i < rows; ++i) {
    ASSERT_EQ(result.Values(i), (Values{"石墨\"烯\r\n" + std::to_string(i), std::to_string(i)}));
    ASSERT_EQ(result.rows[i].number, i + 2);
  }
}

TEST(CsvReaderTest, ShortRowsArePaddedAndLongOnesAreRowErrors) {
  const ReadResult result = Read("a,b\n1\n1,2,,\n1,2,3\n4,5\n");
  ASSERT_THAT(result.rows, SizeIs(3));
  EXPECT_EQ(result.Values(0), (Values{"1", ""}));
  EXPECT_EQ(result.Values(1), (Values{"1", "2"}));
  EXPECT_EQ(result.Values(2), (Values{"4", "5"}));
  ASSERT_THAT(result.row_errors, SizeIs(1));
  EXPECT_EQ(ErrorMessage(result.row_errors[0]),
            "第 4 行 C 列：这一列没有列名，但单元格有内容（本行共 3 列，表头共 2 列）");
  EXPECT_EQ(MetadataOf(result.row_errors[0]), (ErrorMetadata{{"row", "4"}, {"column", "3"}}));
}

TEST(CsvReaderTest, BadQuotingIsARowErrorAndAnUnclosedQuoteEndsTheReading) {
  const ReadResult result = Read("a,b\n1,\"x\"y\n2,z\n3,\"open\n4,q\n");
  ASSERT_THAT(result.row_errors, SizeIs(1));
  EXPECT_THAT(ErrorMessage(result.row_errors[0]), HasSubstr("第 2 行 B 列：双引号之后还有文字"));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_EQ(result.Values(0), (Values{"2", "z"}));
  EXPECT_THAT(result.final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
  EXPECT_THAT(ErrorMessage(result.final_error), HasSubstr("第 4 行"));
}

TEST(CsvReaderTest, LongCellsAndWideRowsAreRowErrors) {
  TableLimits limits;
  limits.max_cell_bytes = 4;
  limits.max_columns = 3;
  const ReadResult result = Read("a,b\n12345,1\n1,2,3,4\n1234,1\n", limits);
  ASSERT_THAT(result.row_errors, SizeIs(2));
  EXPECT_THAT(ErrorMessage(result.row_errors[0]), HasSubstr("第 2 行 A 列：内容过长"));
  EXPECT_THAT(ErrorMessage(result.row_errors[1]), HasSubstr("第 3 行：共 4 列"));
  ASSERT_THAT(result.rows, SizeIs(1));
}

TEST(CsvReaderTest, WhatIsNoTextIsRefusedWithItsLine) {
  const ReadResult nul = Read(std::string("a,b\n1,2\n3,\0\n", 12));
  EXPECT_THAT(nul.final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
  EXPECT_THAT(ErrorMessage(nul.final_error), HasSubstr("第 3 行"));
  const ReadResult bad = Read("a,b\n1,2\n3,\xFF\xFF\n");
  EXPECT_THAT(bad.final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
  EXPECT_THAT(ErrorMessage(bad.final_error), HasSubstr("第 3 行"));
  EXPECT_THAT(Read(std::string("\xFF\xFE"
                               "a\0,\0",
                               6))
                  .final_error,
              StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
  EXPECT_THAT(Read("").final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));
  EXPECT_THAT(Read(" , \n\n").final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));
}

std::string WriteText(const std::vector<Values>& rows, bool mark = false) {
  std::string out;
  CsvWriter writer(&out, {mark});
  for (const Values& row : rows) {
    std::vector<TableCell> cells;
    for (const std::string& text : row) cells.push_back(TableCell::Text(text));
    EXPECT_THAT(writer.WriteRow(cells), IsOk());
  }
  return out;
}

struct GuardCase {
  std::string text;
  std::string written;
};

TEST(CsvWriterTest, TextThatLooksLikeAFormulaIsGuarded) {
  const std::vector<GuardCase> cases = {
      {"=1+1", "'=1+1"},
      {"+86 10", "'+86 10"},
      {"-5℃", "'-5℃"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\tx", "\"'\tx\""},
      {"\rx", "\"'\rx\""},
      {"'=1", "''=1"},
      {"'quoted'", "'quoted'"},
      {"a=b", "a=b"},
      {"", ""},
      {"1,5", "\"1,5\""},
      {"a\"b", "\"a\"\"b\""},
      {"=A1,\"x\"", "\"'=A1,\"\"x\"\"\""},
      {" x", "\" x\""},
  };
  for (const GuardCase& guard : cases) {
    EXPECT_EQ(WriteText({{guard.text, "z"}}), guard.written + ",z\r\n") << guard.text;
  }
}

TEST(CsvWriterTest, NumbersAndDatesAreWrittenPlainly) {
  using std::chrono::year;
  std::string out;
  CsvWriter writer(&out, {true});
  EXPECT_THAT(writer.WriteRow({TableCell::Number(-0.5), TableCell::Number(42), TableCell(),
                               TableCell::Date(year(2024) / 5 / 1)}),
              IsOk());
  EXPECT_EQ(out, "\xEF\xBB\xBF-0.5,42,,2024-05-01\r\n");
  EXPECT_THAT(writer.WriteRow({TableCell::Number(1), TableCell::Number(INFINITY)}),
              StatusIs(StatusCode::kInvalidArgument, "TABLE_CELL_INVALID"));
  EXPECT_THAT(writer.WriteRow({TableCell::Date(year(2024) / 2 / 30)}),
              StatusIs(StatusCode::kInvalidArgument, "TABLE_CELL_INVALID"));
  EXPECT_EQ(out, "\xEF\xBB\xBF-0.5,42,,2024-05-01\r\n");
}

TEST(CsvWriterTest, IllFormedTextIsMadeWellFormed) {
  EXPECT_EQ(WriteText({{std::string("a\0b\xFF", 4)}}),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\r\n");
}

TEST(CsvRoundTripTest, WhatIsWrittenIsReadBack) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const Values pieces = {"石", "墨", "a", "=", "+", "-", "@",  "\t",          "\r",
                         "\n", "\"", "'", ",", ";", " ", "𠮷", "\xEF\xBB\xBF"};
  for (int round = 0; round < 200; ++round) {
    const size_t columns = 1 + random() % 4;
    std::vector<Values> rows(1);
    for (size_t c = 0; c < columns; ++c) rows[0].push_back("列;" + std::to_string(c));
    for (size_t r = 0; r < 1 + random() % 5; ++r) {
      Values row = {"x"};  // so that no row is blank
      for (size_t c = 0; c < columns; ++c) {
        std::string text;
        for (size_t i = random() % 6; i > 0; --i) text += pieces[random() % pieces.size()];
        if (c == 0) text += "x";
        if (c < row.size())
          row[c] = text;
        else
          row.push_back(text);
      }
      rows.push_back(row);
    }
    const ReadResult result = Read(WriteText(rows, random() % 2 == 0));
    ASSERT_THAT(result.final_error, IsOk());
    ASSERT_THAT(result.row_errors, IsEmpty());
    ASSERT_THAT(result.rows, SizeIs(rows.size() - 1));
    for (size_t r = 1; r < rows.size(); ++r) ASSERT_EQ(result.Values(r - 1), rows[r]);
  }
}

}  // namespace
}  // namespace duijie::testing
