// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens of texts as the product's analyzer cuts them, for research programs that build tables.
//
//   ranking_segment words|grams TEXT_DATA_FOLDER [MORE_TERMS...] < lines > tokens
//
// For each line of standard input one line, tokens in order, separated by tabs. words: without function
// words. grams: bigrams and unigrams, a digit in front that says which (2 or 1). MORE_TERMS are further
// domain dictionaries (term TAB field). The analyzer is the product's own, so a table made from this output
// holds exactly what the product looks up.
#include <iostream>
#include <string>
#include <string_view>

#include "common/text/analyzer.h"
#include "common/text/default_paths.h"

namespace {

std::string TokensOf(const duijie::Analyzer& analyzer, std::string_view text, bool words) {
  std::string out;
  for (const duijie::Token& token : analyzer.Analyze(text).tokens) {
    const bool is_word = token.kind == duijie::TokenKind::kWord;
    if (is_word != words || (is_word && analyzer.IsStopWord(token.text))) continue;
    if (!out.empty()) out += '\t';
    if (!words) out += token.kind == duijie::TokenKind::kBigram ? '2' : '1';
    out += token.text;
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (argc < 3 || (what != "words" && what != "grams")) {
    std::cerr << "usage: ranking_segment words|grams TEXT_DATA_FOLDER [MORE_TERMS...] < lines > tokens\n";
    return 2;
  }
  duijie::Analyzer::Options options = duijie::TextOptionsIn(argv[2]);
  for (int i = 3; i < argc; ++i) options.domain_dictionaries.emplace_back(argv[i]);
  const auto analyzer = duijie::Analyzer::Create(options);
  if (!analyzer.ok()) {
    std::cerr << "ranking_segment: " << analyzer.status() << "\n";
    return 1;
  }
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << TokensOf(**analyzer, line, what == "words") << '\n';
  }
  return std::cout.flush() ? 0 : 1;
}
