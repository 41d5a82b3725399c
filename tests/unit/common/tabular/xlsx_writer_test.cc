// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_writer.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "common/tabular/xlsx_text.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/tabular/table_helpers.h"

namespace duijie::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

using Values = std::vector<std::string>;

constexpr UnixMicros kCreated = 1'700'000'000'000'000;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::unique_ptr<XlsxWriter> MakeWriter(const std::string& path) {
  auto writer = XlsxWriter::Create(path, {kCreated, ""});
  EXPECT_THAT(writer, IsOk());
  return *std::move(writer);
}

TEST(XlsxWriterTest, OurReaderReadsWhatIsWritten) {
  const TempDir folder;
  auto writer = MakeWriter(folder.File("t.xlsx"));
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet,
                       writer->AddSheet("结果", {{"名称", 30, true}, {"分数"}, {"日期"}}));
  using std::chrono::year;
  ASSERT_THAT(writer->WriteRow(sheet, {TableCell::Text("石墨烯 <膜> & \"其他\""),
                                       TableCell::Number(0.1 + 0.2), TableCell::Date(year(2024) / 2 / 29)}),
              IsOk());
  ASSERT_THAT(writer->WriteRow(sheet, {TableCell(), TableCell::Number(-3), TableCell::Text("")}), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const ReadResult result = ReadAll(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, {}, {}));
  ASSERT_THAT(result.final_error, IsOk());
  EXPECT_THAT(result.header, ElementsAre("名称", "分数", "日期"));
  ASSERT_THAT(result.rows, SizeIs(2));
  EXPECT_EQ(result.Values(0), (Values{"石墨烯 <膜> & \"其他\"", "0.3", "2024-02-29"}));
  EXPECT_EQ(result.Values(1), (Values{"", "-3", ""}));
}

TEST(XlsxWriterTest, AnyTextIsStoredAsTextAndReadBack) {
  const Values texts = {"=1+1",
                        "+86",
                        "-5℃",
                        "@SUM(A1)",
                        "\tx",
                        "\rx",
                        "=cmd|'/C calc'!A0",
                        " x ",
                        "_x0041_",
                        "a_x",
                        "a\nb\r\nc",
                        "\x01\x02\x1F"
                        "z",
                        "http://a",
                        "{=1}",
                        "0012",
                        "𠮷",
                        "1e5",
                        "TRUE",
                        "'=1"};
  const TempDir folder;
  auto writer = MakeWriter(folder.File("t.xlsx"));
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet, writer->AddSheet("s", {{"文字"}}));
  for (const std::string& text : texts) ASSERT_THAT(writer->WriteRow(sheet, {TableCell::Text(text)}), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const ReadResult result = ReadAll(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, {}, {}));
  ASSERT_THAT(result.final_error, IsOk());
  ASSERT_THAT(result.rows, SizeIs(texts.size()));
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::string expected = texts[i] ==
                                         "\x01\x02\x1F"
                                         "z"
                                     ? "z"
                                     : texts[i];  // the reader drops controls
    EXPECT_EQ(result.Values(i)[0], expected) << i;
  }
}

void WriteSample(const std::string& path) {
  auto writer = MakeWriter(path);
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId first, writer->AddSheet("甲", {{"a"}}));
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId second, writer->AddSheet("乙", {{"b"}}));
  for (int i = 0; i < 100; ++i) {  // in turn: each sheet has its own temporary file
    ASSERT_THAT(writer->WriteRow(first, {TableCell::Number(i)}), IsOk());
    ASSERT_THAT(writer->WriteRow(second, {TableCell::Text("行" + std::to_string(i))}), IsOk());
  }
  ASSERT_THAT(writer->Close(), IsOk());
}

TEST(XlsxWriterTest, TheSameContentGivesTheSameBytes) {
  const TempDir folder;
  WriteSample(folder.File("1.xlsx"));
  // Zip entries keep times to two seconds; another file date must not show.
  WriteSample(folder.File("2.xlsx"));
  const std::string bytes = ReadFile(folder.File("1.xlsx"));
  EXPECT_GT(bytes.size(), 1000u);
  EXPECT_EQ(bytes, ReadFile(folder.File("2.xlsx")));
  // Date and time of the first entry, in the local header at offset 10: 1980-01-01 00:00:00.
  EXPECT_EQ(bytes.substr(10, 4), std::string("\0\0\x21\0", 4));
}

TEST(XlsxWriterTest, SheetsAreFilledInTurn) {
  const TempDir folder;
  WriteSample(folder.File("t.xlsx"));
  const ReadResult first = ReadAll(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, {}, {"甲"}));
  const ReadResult second = ReadAll(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, {}, {"乙"}));
  ASSERT_THAT(first.rows, SizeIs(100));
  ASSERT_THAT(second.rows, SizeIs(100));
  EXPECT_EQ(first.Values(99)[0], "99");
  EXPECT_EQ(second.Values(99)[0], "行99");
}

TEST(XlsxWriterTest, SheetNamesAreMadeValidAndUnique) {
  std::set<std::string> taken;
  EXPECT_EQ(tabular::UniqueSheetName("需求[1]:a*b?c/d\\e", &taken), "需求_1__a_b_c_d_e");
  EXPECT_EQ(tabular::UniqueSheetName("'x'", &taken), "x");
  EXPECT_EQ(tabular::UniqueSheetName("X", &taken), "X(2)");
  EXPECT_EQ(tabular::UniqueSheetName("x", &taken), "x(3)");
  EXPECT_EQ(tabular::UniqueSheetName("", &taken), "Sheet");
  EXPECT_EQ(tabular::UniqueSheetName("History", &taken), "History(2)");
  const std::string long_name(60, 'n');
  EXPECT_EQ(tabular::UniqueSheetName(long_name, &taken), std::string(31, 'n'));
  EXPECT_EQ(tabular::UniqueSheetName(long_name, &taken), std::string(28, 'n') + "(2)");
  std::string astral;
  for (int i = 0; i < 20; ++i) astral += "𠮷";
  EXPECT_EQ(tabular::UniqueSheetName(astral, &taken), astral.substr(0, 60));  // 15 of two units each
}

TEST(XlsxWriterTest, StrangeSheetNamesMakeAValidFile) {
  const TempDir folder;
  auto writer = MakeWriter(folder.File("t.xlsx"));
  for (const char* name : {"a/b", "a/b", "", "\xFF\x01", "<&>"}) {
    ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet, writer->AddSheet(name, {{"h"}}));
    ASSERT_THAT(writer->WriteRow(sheet, {TableCell::Text(name)}), IsOk());
  }
  ASSERT_THAT(writer->Close(), IsOk());
  for (const char* name : {"a_b", "a_b(2)", "Sheet", "<&>"}) {
    EXPECT_THAT(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, {}, {name}), IsOk()) << name;
  }
}

TEST(XlsxWriterTest, TextBeyondACellIsCutVisibly) {
  const std::string cut = tabular::XlsxCellText(std::string(40'000, 'x'));
  EXPECT_THAT(cut, EndsWith("已截断）"));
  EXPECT_LT(cut.size(), 33'000u);
  const TempDir folder;
  auto writer = MakeWriter(folder.File("t.xlsx"));
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet, writer->AddSheet("s", {{"h"}}));
  std::string wide;
  for (int i = 0; i < 40'000; ++i) wide += "墨";
  TableLimits limits;
  limits.max_cell_bytes = 1 << 20;
  EXPECT_THAT(writer->WriteRow(sheet, {TableCell::Text(wide)}), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const ReadResult result = ReadAll(OpenTable(folder.File("t.xlsx"), TableFormat::kXlsx, limits, {}));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_THAT(result.Values(0)[0], EndsWith("已截断）"));
}

TEST(XlsxWriterTest, WhatCannotBeWrittenIsAnError) {
  const TempDir folder;
  auto writer = MakeWriter(folder.File("missing/t.xlsx"));
  ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet, writer->AddSheet("s", {{"h"}}));
  EXPECT_THAT(writer->WriteRow(sheet, {TableCell::Number(NAN)}),
              StatusIs(StatusCode::kInvalidArgument, "TABLE_CELL_INVALID"));
  EXPECT_THAT(writer->WriteRow(sheet + 1, {}),
              StatusIs(StatusCode::kInvalidArgument, "TABLE_SHEET_NOT_FOUND"));
  EXPECT_THAT(writer->Close(), StatusIs(StatusCode::kInternal, "TABLE_WRITE_FAILED"));
  EXPECT_THAT(writer->Close(), StatusIs(StatusCode::kFailedPrecondition, "TABLE_WRITE_FAILED"));
  EXPECT_THAT(XlsxWriter::Create(folder.File("t.xlsx"), {}), Not(IsOk()));
}

TEST(XlsxWriterTest, WithoutCloseThereIsNoFile) {
  const TempDir folder;
  {
    auto writer = MakeWriter(folder.File("t.xlsx"));
    ASSERT_OK_AND_ASSIGN(const XlsxSheetId sheet, writer->AddSheet("s", {{"h"}}));
    ASSERT_THAT(writer->WriteRow(sheet, {TableCell::Number(1)}), IsOk());
  }
  EXPECT_FALSE(std::filesystem::exists(folder.File("t.xlsx")));
}

}  // namespace
}  // namespace duijie::testing
