// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/figure_places.h"

#include <gtest/gtest.h>

#include <string>

#include "common/indicator/context_words.h"

namespace duijie::indicator {
namespace {

TEST(TextMarksTest, FindsTheSentenceAndTheClauseOfEveryStretch) {
  const std::string text = "泵,壁厚1,200mm；抗拉，强度。\n硬度,!";
  const TextMarks marks(text);
  for (uint32_t begin = 0; begin <= text.size() + 1; ++begin) {
    for (uint32_t end = begin; end <= text.size() + 1; ++end) {
      EXPECT_EQ(marks.SentenceOf({begin, end}), SentenceOf(text, {begin, end})) << begin << " " << end;
      EXPECT_EQ(marks.ClauseOf({begin, end}), ClauseOf(text, {begin, end})) << begin << " " << end;
    }
  }
}

TEST(TextMarksTest, ATextWithoutMarksIsOneClause) {
  EXPECT_EQ(TextMarks("壁厚6mm").ClauseOf({3, 4}), (TextSpan{0, 9}));
  EXPECT_EQ(TextMarks("").SentenceOf({0, 0}), (TextSpan{0, 0}));
}

TextSpan Around(const std::string& text, const std::string& words) {
  const auto begin = static_cast<uint32_t>(text.find(words));
  return {begin, static_cast<uint32_t>(begin + words.size())};
}

TEST(FigurePlacesTest, FiguresOfAClauseShareWhatIsKnownOfIt) {
  const std::string text = "预计达产后，孔径3mm孔深4mm，被漏判。";
  FigurePlaces places(text);
  places.Add(Around(text, "孔径3mm"));
  places.Add(Around(text, "孔深4mm"));
  EXPECT_EQ(places.clauses(), 1U);
  const ClauseFacts& clause = places.ClauseOf(Around(text, "孔深4mm"));
  EXPECT_TRUE(clause.is_plan);
  EXPECT_FALSE(clause.tells_loss);
  EXPECT_EQ(clause.runes, U"孔径3mm孔深4mm");
  EXPECT_EQ(places.SentenceOf(Around(text, "孔径3mm")),
            (TextSpan{0, static_cast<uint32_t>(text.size() - 3)}));
}

}  // namespace
}  // namespace duijie::indicator
