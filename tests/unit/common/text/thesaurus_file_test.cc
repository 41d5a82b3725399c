// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/thesaurus_file.h"

#include "common/text/text_files.h"
#include "tests/unit/common/text/text_fixture.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;
using testing::WriteFile;

class ThesaurusFileTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(normalizer_, Normalizer::Create()); }

  StatusOr<std::vector<ThesaurusLine>> Read(std::string_view content) {
    WriteFile(dir_.File("trade.tsv"), content);
    return ReadThesaurus(dir_.File("trade.tsv"), *normalizer_);
  }
  // The line and the rule of an error, "line RULE".
  std::string Fault(std::string_view content) {
    const Status status = Read(content).status();
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA")) << content;
    const auto metadata = MetadataOf(status);
    EXPECT_EQ(metadata.at("file"), dir_.File("trade.tsv"));
    return metadata.at("line") + " " + metadata.at("rule");
  }

  TempDir dir_;
  std::unique_ptr<Normalizer> normalizer_;
};

std::string Members(size_t count) {
  std::string cell;
  for (size_t i = 0; i < count; ++i) cell += (i > 0 ? "、w" : "w") + std::to_string(i);
  return cell;
}

TEST_F(ThesaurusFileTest, ReadsTheFourColumnsInOrderAndNormalised) {
  ASSERT_OK_AND_ASSIGN(const auto lines,
                       Read("# 注释\n烟气脱硝\t脱硝、NOx治理\tＳＣＲ\t氨逃逸、鍋爐\r\n\n锅炉\t\t\t\n"));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].term, "烟气脱硝");
  EXPECT_THAT(lines[0].same, ElementsAre("脱硝", "nox治理"));
  EXPECT_THAT(lines[0].kinds, ElementsAre("scr"));
  EXPECT_THAT(lines[0].related, ElementsAre("氨逃逸", "锅炉"));
  EXPECT_EQ(lines[1].term, "锅炉");
  EXPECT_THAT(lines[1].same, IsEmpty());
  EXPECT_THAT(lines[1].kinds, IsEmpty());
  EXPECT_THAT(lines[1].related, IsEmpty());
}

TEST_F(ThesaurusFileTest, RefusesOtherThanFourColumns) {
  EXPECT_EQ(Fault("泵\t水泵\t\t\n泵\t水泵\t\n"), "2 COLUMNS");
  EXPECT_EQ(Fault("泵\t水泵\t\t\t\n"), "1 COLUMNS");
}

TEST_F(ThesaurusFileTest, RefusesBadWordsInEveryColumn) {
  EXPECT_EQ(Fault("# 注释\n\t水泵\t\t\n"), "2 EMPTY_WORD");
  EXPECT_EQ(Fault("泵\t水泵、、油泵\t\t\n"), "1 EMPTY_WORD");
  EXPECT_EQ(Fault("泵\t\t、油泵\t\n"), "1 EMPTY_WORD");
  EXPECT_EQ(Fault("泵\t\t水泵、 油泵\t\n"), "1 OUTER_SPACE");
  EXPECT_EQ(Fault("泵\t\t\t" + std::string(kMaxTermCodePoints + 1, 'a') + "\n"), "1 WORD_TOO_LONG");
  EXPECT_EQ(Fault("泵\t\t\t\xFF\n"), "1 NOT_UTF8");
}

TEST_F(ThesaurusFileTest, RefusesMoreMembersThanAColumnMayHave) {
  ASSERT_OK_AND_ASSIGN(const auto lines, Read("泵\t" + Members(kMaxThesaurusMembers) + "\t\t\n"));
  EXPECT_EQ(lines[0].same.size(), kMaxThesaurusMembers);
  EXPECT_EQ(Fault("泵\t\t\t" + Members(kMaxThesaurusMembers + 1) + "\n"), "1 TOO_MANY");
}

TEST_F(ThesaurusFileTest, AMissingFileIsNamed) {
  EXPECT_THAT(ReadThesaurus(dir_.File("absent.tsv"), *normalizer_),
              StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
}

TEST_F(ThesaurusFileTest, FilesOfAFolderComeByName) {
  for (const char* name : {"b.tsv", "a.tsv", "README.md"}) WriteFile(dir_.File(name), "");
  ASSERT_OK_AND_ASSIGN(const auto files, ThesaurusFilesIn(dir_.path()));
  EXPECT_THAT(files, ElementsAre(dir_.File("a.tsv"), dir_.File("b.tsv")));
}

TEST_F(ThesaurusFileTest, AMissingFolderOrOneWithoutTablesIsAnError) {
  EXPECT_THAT(ThesaurusFilesIn(dir_.path() / "absent"), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
  WriteFile(dir_.File("README.md"), "");
  EXPECT_THAT(ThesaurusFilesIn(dir_.path()), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
}

TEST_F(ThesaurusFileTest, TermsAndMembersBecomeWordsOfTheAnalyzer) {
  Analyzer::Options options = testing::TinyOptions(dir_);
  const std::string text = "降低氨逃逸的烟气脱硝、SCR催化剂";
  ASSERT_OK_AND_ASSIGN(const auto without, Analyzer::Create(options));
  EXPECT_THAT(without->Words(text), ::testing::Not(::testing::Contains("氨逃逸")));
  const TempDir thesaurus;
  WriteFile(thesaurus.File("air.tsv"), "烟气脱硝\t\tSCR催化剂\t氨逃逸\n");
  options.thesaurus = thesaurus.path().string();
  ASSERT_OK_AND_ASSIGN(const auto with, Analyzer::Create(options));
  EXPECT_THAT(with->Words(text), ::testing::IsSupersetOf({"氨逃逸", "烟气脱硝", "scr催化剂"}));
  EXPECT_THAT(with->Words("锅炉氨逃逸超标"), ::testing::Contains("氨逃逸"));
}

TEST_F(ThesaurusFileTest, ADamagedThesaurusStopsTheAnalyzer) {
  Analyzer::Options options = testing::TinyOptions(dir_);
  const TempDir thesaurus;
  WriteFile(thesaurus.File("air.tsv"), "烟气脱硝\n");
  options.thesaurus = thesaurus.path().string();
  EXPECT_THAT(Analyzer::Create(options), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
}

}  // namespace
}  // namespace duijie
