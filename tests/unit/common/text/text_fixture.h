// SPDX-License-Identifier: GPL-3.0-or-later
// A tiny dictionary of our own, so that most tests need not load the real one.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::testing {

inline void WriteFile(const std::string& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

inline constexpr std::string_view kTinyDict =
    "材料 50000 n\n正极 200 n\n三元 100 m\n污水 900 n\n处理 90000 v\n污水处理 300 n\n处理厂 80 n\n电池 2000 "
    "n\n"
    "锂 3 n\n离子 800 n\n石墨 500 n\nB超 3 n\n软件 900 n\n工程 9000 n\n设计 9000 v\n的 300000 uj\n";
inline constexpr std::string_view kTinyHmm =
    "# start\n-0.26 -3.14e+100 -3.14e+100 -1.46\n# transitions\n"
    "-3.14e+100 -0.51 -0.91 -3.14e+100\n-0.58 -3.14e+100 -3.14e+100 -0.80\n"
    "-3.14e+100 -0.33 -1.26 -3.14e+100\n-0.72 -3.14e+100 -3.14e+100 -0.66\n"
    "高:-5.1,一:-6\n度:-5.2\n中:-5.3\n的:-5.4,是:-6\n";

// Writes the tiny files into `dir` and returns their paths; the caller may overwrite or drop any.
inline Analyzer::Options TinyOptions(const TempDir& dir) {
  Analyzer::Options options;
  options.jieba_dict = dir.File("jieba.dict.utf8");
  options.hmm_model = dir.File("hmm_model.utf8");
  options.domain_dictionaries = {dir.File("domain_terms.tsv")};
  options.synonyms = dir.File("synonyms.tsv");
  options.stop_words = dir.File("stop_words.txt");
  WriteFile(options.jieba_dict, kTinyDict);
  WriteFile(options.hmm_model, kTinyHmm);
  WriteFile(options.domain_dictionaries[0],
            "# 词\t领域\n三元正极材料\t新材料\n正极材料\t新材料\n石墨烯\t新材料\n5G基站\t电子信息\n"
            "β-胡萝卜素\t生物\n深度学习模型\t电子信息\nmachine learning\t电子信息\n\n");
  WriteFile(options.synonyms, "# 组\n丝网\t金属筛网\t编织网\n氮化镓\tGaN\n丝网\t网布\n");
  WriteFile(options.stop_words, "# 虚词\n的\n與\n");
  return options;
}

class TinyAnalyzer {
 public:
  TinyAnalyzer() {
    StatusOr<std::shared_ptr<const Analyzer>> made = Analyzer::Create(TinyOptions(dir_));
    EXPECT_THAT(made, IsOk());
    if (made.ok()) analyzer_ = *std::move(made);
  }
  const Analyzer* operator->() const { return analyzer_.get(); }

 private:
  TempDir dir_;
  std::shared_ptr<const Analyzer> analyzer_;
};

}  // namespace duijie::testing
