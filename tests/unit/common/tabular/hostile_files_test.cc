// SPDX-License-Identifier: GPL-3.0-or-later
// Limits, bombs, and files damaged at random.
#include <gmock/gmock.h>

#include <random>

#include "common/tabular/byte_source.h"
#include "common/tabular/zip_directory.h"
#include "tests/unit/common/tabular/table_helpers.h"
#include "tests/unit/common/tabular/xlsx_builder.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr size_t kMiB = size_t{1} << 20;

XlsxBuilder Table(size_t rows) {
  XlsxBuilder builder;
  builder.shared_strings = "<si><t>名称</t></si><si><t>石墨烯</t></si>";
  builder.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  builder.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>" + TextCell("B1", "值") + "</row>";
  for (size_t i = 0; i < rows; ++i) {
    builder.rows +=
        "<row><c t=\"s\"><v>1</v></c><c s=\"1\"><v>" + std::to_string(40000 + i) + "</v></c></row>";
  }
  return builder;
}

Status ErrorOf(const XlsxBuilder& builder, const TableLimits& limits) {
  return ReadMemory(builder.Build(), TableFormat::kXlsx, limits).final_error;
}

TEST(TableLimitsTest, AHighlyCompressibleSheetIsRefused) {
  XlsxBuilder builder = Table(1);
  builder.rows += std::string(16 * kMiB, ' ');
  EXPECT_THAT(ErrorOf(builder, {}), StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
  TableLimits generous;
  generous.max_compression_ratio = 2000;
  EXPECT_THAT(ErrorOf(builder, generous), IsOk());
  generous.max_uncompressed_bytes = 8 * kMiB;
  EXPECT_THAT(ErrorOf(builder, generous), StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
}

TEST(TableLimitsTest, AnEndlessTagIsRefusedBeforeItIsHeld) {
  XlsxBuilder builder = Table(1);
  builder.rows += "<row spans=\"" + std::string(3 * kMiB, 'x') + "\"/>";
  EXPECT_THAT(ErrorOf(builder, {}), StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
}

TEST(TableLimitsTest, DeepNestingIsRefused) {
  XlsxBuilder builder = Table(1);
  for (int i = 0; i < 100; ++i) builder.rows += "<row>";
  EXPECT_THAT(ErrorOf(builder, {}), StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
}

TEST(TableLimitsTest, SharedStringsRowsColumnsAndCellsAreLimited) {
  TableLimits limits;
  limits.max_shared_string_bytes = 16;
  EXPECT_THAT(ErrorOf(Table(1), limits), StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));

  limits = {};
  limits.max_rows = 3;
  EXPECT_THAT(ErrorOf(Table(3), limits), IsOk());
  EXPECT_THAT(ErrorOf(Table(4), limits), StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
  EXPECT_THAT(ReadMemory("a\n1\n2\n3\n4\n", TableFormat::kCsv, limits).final_error,
              StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
  EXPECT_THAT(ReadMemory("{}\n{}\n{}\n{}\n", TableFormat::kJsonl, limits).final_error,
              StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));

  limits = {};
  limits.max_columns = 1;
  EXPECT_THAT(ErrorOf(Table(1), limits), StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));

  limits = {};
  limits.max_cell_bytes = 8;
  const ReadResult result = ReadMemory(Table(1).Build(), TableFormat::kXlsx, limits);
  ASSERT_THAT(result.row_errors, SizeIs(1));
  EXPECT_THAT(ErrorMessage(result.row_errors[0]), HasSubstr("第 2 行 A 列：内容过长"));
}

TEST(TableLimitsTest, FilesOverTheSizeLimitAreRefused) {
  TableLimits limits;
  limits.max_file_bytes = 3;
  for (const TableFormat format : {TableFormat::kCsv, TableFormat::kJsonl, TableFormat::kXlsx}) {
    EXPECT_THAT(ReadMemory("abcd", format, limits).final_error,
                StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
  }
}

TEST(ZipDirectoryTest, AnnouncedEntriesAreLimitedBeforeTheyAreRead) {
  std::string bytes = Zip({{"a", "x"}, {"b", "y"}});
  auto source = *tabular::OpenMemorySource(bytes, kMiB);
  EXPECT_THAT(tabular::CheckZipDirectory(*source, 2, kMiB), IsOk());
  EXPECT_THAT(tabular::CheckZipDirectory(*source, 1, kMiB),
              StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
  EXPECT_THAT(tabular::CheckZipDirectory(*source, 2, 10),
              StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
}

TEST(ZipDirectoryTest, TheZip64RecordIsLookedAtToo) {
  std::string record64("PK\x06\x06", 4);
  record64.resize(56, '\0');
  record64[34] = 1;  // 65,536 entries
  std::string locator("PK\x06\x07", 4);
  locator.resize(20, '\0');  // at offset 0
  std::string end("PK\x05\x06", 4);
  end.resize(22, '\0');
  auto source = *tabular::OpenMemorySource(record64 + locator + end, kMiB);
  EXPECT_THAT(tabular::CheckZipDirectory(*source, 65'536, kMiB), IsOk());
  EXPECT_THAT(tabular::CheckZipDirectory(*source, 65'535, kMiB),
              StatusIs(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE"));
}

TEST(HostileFilesTest, EveryTruncationOfAWorkbookIsAnErrorNotACrash) {
  const std::string whole = Table(50).Build();
  for (size_t length = 0; length < whole.size(); length += 7) {
    EXPECT_FALSE(ReadMemory(whole.substr(0, length), TableFormat::kXlsx).final_error.ok()) << length;
  }
}

std::string Mutate(std::string bytes, std::mt19937& random) {
  const size_t changes = 1 + random() % 8;
  for (size_t i = 0; i < changes && !bytes.empty(); ++i) {
    const size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 4);
        break;
      case 2:
        bytes.insert(at, 1, "\",\n;\t{}[]\\<>&'\r"[random() % 15]);
        break;
      default:
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 32));
    }
  }
  return bytes;
}

// A result is acceptable if it is rows, row errors, or one final error of this module.
void ExpectOrderly(const ReadResult& result) {
  const std::string reason = ReasonOf(result.final_error);
  EXPECT_TRUE(result.final_error.ok() || reason.rfind("TABLE_", 0) == 0) << result.final_error.ToString();
}

TEST(HostileFilesTest, DamagedFilesGiveOrderlyErrors) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string workbook = Table(5).Build();
  std::map<std::string, std::string> parts = Table(5).Parts();
  const std::string csv = "名称,值,备注\r\n\"石墨烯, \"\"膜\"\"\",3.5,\"两\n行\"\r\n=1+1,-2,\r\n";
  const std::string gb18030 = "\xC3\xFB\xB3\xC6,\xD6\xB5\n\xCA\xAF\xC4\xAB\xCF\xA9,1\n";
  const std::string jsonl =
      "{\"名称\":\"石墨烯\",\"标签\":[\"a\",\"b\"],\"指标\":{\"值\":[1,2.50,null]}}\n{\"x\":true}\n";
  for (int i = 0; i < 400; ++i) {
    ExpectOrderly(ReadMemory(Mutate(workbook, random), TableFormat::kXlsx));
    ExpectOrderly(ReadMemory(Mutate(csv, random), TableFormat::kCsv));
    ExpectOrderly(ReadMemory(Mutate(gb18030, random), TableFormat::kCsv));
    ExpectOrderly(ReadMemory(Mutate(jsonl, random), TableFormat::kJsonl));
    std::map<std::string, std::string> damaged = parts;
    auto part = std::next(damaged.begin(), static_cast<long>(random() % damaged.size()));
    part->second = Mutate(part->second, random);
    ExpectOrderly(ReadMemory(Zip(damaged), TableFormat::kXlsx));
  }
}

}  // namespace
}  // namespace duijie::testing
