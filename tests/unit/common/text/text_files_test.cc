// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged data files must give a Status with file, line and rule: cppjieba itself would abort the process.
#include "common/text/text_files.h"

#include <gtest/gtest.h>

#include "common/text/default_paths.h"
#include "tests/unit/common/text/text_fixture.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;
using testing::WriteFile;

class TextFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { options_ = testing::TinyOptions(dir_); }

  // The error of creating an analyzer after `path` was overwritten with `content`.
  Status CreateWith(const std::string& path, std::string_view content) {
    WriteFile(path, content);
    return Analyzer::Create(options_).status();
  }
  void ExpectBadLine(const std::string& path, std::string_view content, int line) {
    const Status status = CreateWith(path, content);
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA")) << content;
    EXPECT_NE(std::string(MessageOf(status)).find(path + " 第 " + std::to_string(line) + " 行"),
              std::string::npos)
        << MessageOf(status);
  }

  testing::TempDir dir_;
  Analyzer::Options options_;
};

TEST_F(TextFilesTest, TheTinyFilesAreGood) { EXPECT_THAT(Analyzer::Create(options_), IsOk()); }

TEST_F(TextFilesTest, NamesAMissingFile) {
  for (std::string* path : {&options_.jieba_dict, &options_.hmm_model, &options_.domain_dictionaries[0],
                            &options_.synonyms, &options_.stop_words}) {
    const std::string good = *path;
    *path = dir_.File("absent");
    const Status status = Analyzer::Create(options_).status();
    EXPECT_THAT(status, StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
    EXPECT_NE(std::string(MessageOf(status)).find("absent"), std::string::npos);
    *path = good;
  }
}

TEST_F(TextFilesTest, AFolderInsteadOfAFileIsAnError) {
  options_.jieba_dict = dir_.path().string();
  EXPECT_THAT(Analyzer::Create(options_), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
}

TEST_F(TextFilesTest, OurOwnFilesAreOptional) {
  options_.domain_dictionaries.clear();
  options_.synonyms.clear();
  options_.stop_words.clear();
  EXPECT_THAT(Analyzer::Create(options_), IsOk());
}

TEST_F(TextFilesTest, RefusesBadDictionaryLines) {
  ExpectBadLine(options_.jieba_dict, "材料 5 n\n材料 5\n", 2);
  ExpectBadLine(options_.jieba_dict, "材料 5 n\n\n处理 5 n\n", 2);
  ExpectBadLine(options_.jieba_dict, "材料 x n\n", 1);
  ExpectBadLine(options_.jieba_dict, "材料 0 n\n", 1);
  ExpectBadLine(options_.jieba_dict, "材料 -3 n\n", 1);
  ExpectBadLine(options_.jieba_dict, "材料 nan n\n", 1);
  ExpectBadLine(options_.jieba_dict, "材料 5 n x\n", 1);
  ExpectBadLine(options_.jieba_dict, "材料 5 n\n\xFF\xFE 5 n\n", 2);
  ExpectBadLine(options_.jieba_dict, "", 1);
}

TEST_F(TextFilesTest, RefusesBadHmmModels) {
  const std::string good(testing::kTinyHmm);
  ExpectBadLine(options_.hmm_model, good.substr(0, good.rfind("的:")), 11);
  ExpectBadLine(options_.hmm_model, "1 2 3\n", 1);
  ExpectBadLine(options_.hmm_model, good.substr(0, good.rfind("的:")) + "的-5\n", 11);
  ExpectBadLine(options_.hmm_model, "", 1);
}

TEST_F(TextFilesTest, RefusesBadDomainTerms) {
  const std::string path = options_.domain_dictionaries[0];
  ExpectBadLine(path, "# 注释\n石墨烯\n", 2);
  ExpectBadLine(path, "石墨烯\t\n", 1);
  ExpectBadLine(path, "石墨烯\t新材料\tx\n", 1);
  ExpectBadLine(path, "\t新材料\n", 1);
  ExpectBadLine(path, "膜\t新材料\n", 1);
  ExpectBadLine(path, " 石墨烯\t新材料\n", 1);
  ExpectBadLine(path, "石墨烯\t新材料\r\n\r\nGaN\t电子\r\nＧａｎ\t电子\r\n", 4);
  ExpectBadLine(path, std::string(3 * (kMaxTermCodePoints + 1), 'a') + "\t新材料\n", 1);
}

TEST_F(TextFilesTest, RefusesBadSynonyms) {
  ExpectBadLine(options_.synonyms, "丝网\n", 1);
  ExpectBadLine(options_.synonyms, "丝网\t\n", 1);
  ExpectBadLine(options_.synonyms, "丝网\t筛网\n軟體\t软件\n", 2);
}

TEST_F(TextFilesTest, RefusesRepeatedStopWords) { ExpectBadLine(options_.stop_words, "与\n與\n", 2); }

TEST(DefaultPaths, TheDataFolderLiesBesideTheProgram) {
  EXPECT_EQ(TextDataFolder("/opt/duijie/bin"), "/opt/duijie/share/duijie/text");
  EXPECT_EQ(TextOptionsIn("/d").synonyms, "/d/synonyms.tsv");
}

}  // namespace
}  // namespace duijie
