// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes through decoding, normalising, analysis and snippets. The first byte is the length of the
// snippet, the rest the text; some of its own tokens are highlighted in it.
#include "tests/fuzz/text_promises.h"

// Loads the dictionary outside the time limit of an input.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  duijie::fuzz::SmallAnalyzer();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie;
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::BytesOf(data + 1, size - 1);
  fuzz::CheckEncoding(bytes);
  fuzz::CheckMapping(SanitizeUtf8(bytes));
  std::vector<std::string> terms;
  for (const Token& token : fuzz::CheckTokens(bytes).tokens) {
    if (token.begin % 3 == 0) terms.push_back(token.text);
  }
  fuzz::CheckSnippet(bytes, terms, data[0]);
  return 0;
}
