// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/terminal.h"

#include <gtest/gtest.h>

#include "common/text/encoding.h"

namespace duijie {
namespace {

TEST(TerminalTest, RecordTextsCannotCommandTheTerminal) {
  EXPECT_EQ(Neutralise("\x1b[31m红\x1b[0m"), "\uFFFD[31m红\uFFFD[0m");
  EXPECT_EQ(Neutralise("a\tb\r\nc"), "a b  c");
  EXPECT_EQ(Neutralise("\xC2\x9B"
                       "2J"),
            "\uFFFD2J");                                        // CSI as one C1 character
  EXPECT_EQ(Neutralise("\u202Eabc\u2066"), "\uFFFDabc\uFFFD");  // reorders what follows
  EXPECT_EQ(Neutralise("\x07\x7F"), "\uFFFD\uFFFD");
  EXPECT_EQ(Neutralise("温度 25℃ …“引号”"), "温度 25℃ …“引号”");
}

TEST(TerminalTest, IllFormedTextBecomesWellFormed) { EXPECT_TRUE(IsValidUtf8(Neutralise("\xFF\xE4\xB8"))); }

TEST(TerminalTest, LinesStayLines) {
  EXPECT_EQ(NeutraliseLines("甲\r\n乙\x1b"), (std::vector<std::string>{"甲", "乙\uFFFD"}));
}

TEST(TerminalTest, CutsAtAWholeCharacterAndMarksTheCut) {
  EXPECT_EQ(FitColumns("石墨烯", 6), "石墨烯");
  EXPECT_EQ(FitColumns("石墨烯", 5), "石墨…");
  EXPECT_EQ(FitColumns("石墨烯", 4), "石…");
  EXPECT_EQ(FitColumns("abc", 1), "…");
}

TEST(TerminalTest, CutsStyledTextInsideTheSpanThatReachesTheEdge) {
  const StyledText text = StyledText("高镍").Append("三元", Style::kMatch).Append("材料");
  EXPECT_EQ(Render(text, 7, false), "高镍三…");
  EXPECT_EQ(Render(text, 4, false), "高…");
  EXPECT_EQ(Render(text, 0, true), "高镍\x1b[1;33m三元\x1b[0m材料");
}

}  // namespace
}  // namespace duijie
