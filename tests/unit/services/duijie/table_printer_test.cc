// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/table_printer.h"

#include <gtest/gtest.h>

#include "common/text/encoding.h"

namespace duijie {
namespace {

TEST(TablePrinterTest, AlignsChineseAndLatinByDisplayWidth) {
  const Table table{{{"名次", Align::kRight}, {"成果"}, {"编号"}},
                    {{"1", "石墨烯散热膜", "achievements/a"}, {"12", "5G filter", "achievements/b"}}};
  EXPECT_EQ(FormatTable(table, {}),
            "名次  成果          编号\n"
            "----  ------------  --------------\n"
            "   1  石墨烯散热膜  achievements/a\n"
            "  12  5G filter     achievements/b\n");
}

TEST(TablePrinterTest, CutsTheWidestShrinkingColumnToTheTerminal) {
  const Table table{{{"标题", Align::kLeft, true}, {"编号"}}, {{"高镍三元正极材料的包覆改性制备工艺", "a1"}}};
  const std::string text = FormatTable(table, {.width = 20});
  EXPECT_EQ(text,
            "标题            编号\n"
            "--------------  ----\n"
            "高镍三元正极…   a1\n")
      << text;
}

TEST(TablePrinterTest, PaintsOnlyWhenAskedAndKeepsColumnsStraight) {
  const Table table{{{"条件"}, {"编号"}}, {{StyledText("✓", Style::kGood), "a1"}}};
  EXPECT_EQ(FormatTable(table, {}).find('\x1b'), std::string::npos);
  EXPECT_NE(FormatTable(table, {.color = true}).find("\x1b[32m✓\x1b[0m     a1"), std::string::npos);
}

TEST(TablePrinterTest, MissingCellsAreEmpty) {
  EXPECT_EQ(FormatTable({{{"甲"}, {"乙"}}, {{"1"}}}, {}), "甲  乙\n--  --\n1\n");
}

}  // namespace
}  // namespace duijie
