// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/need_boilerplate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

StatusOr<std::shared_ptr<const NeedBoilerplate>> Loaded(const std::string& text) {
  const TempDir folder;
  std::ofstream(folder.File("table.tsv")) << text;
  return NeedBoilerplate::Load(folder.File("table.tsv"));
}

TEST(NeedBoilerplateTest, WhatManyNeedsSayIsNotRare) {
  ASSERT_OK_AND_ASSIGN(const auto table, Loaded("# comment\ndocuments\t99\n公司\t99\n目标\t9\n"));
  EXPECT_DOUBLE_EQ(table->Rarity("公司"), kLeastRarity);
  EXPECT_DOUBLE_EQ(table->Rarity("目标"), std::log(10) / std::log(100));
  EXPECT_DOUBLE_EQ(table->Rarity("石墨"), 1);
}

TEST(NeedBoilerplateTest, DamagedTablesAreRefused) {
  for (const char* text :
       {"", "公司\t3\n", "documents\t0\n", "documents\t9\n公司\n", "documents\t9\n公司\tx\n",
        "documents\t9\n公司\t10\n", "documents\t9\n公司\t1\n", "documents\t9\n公司\t3\n公司\t3\n"}) {
    EXPECT_THAT(Loaded(text), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA")) << text;
  }
  EXPECT_THAT(NeedBoilerplate::Load("/no/such/table"), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
}

TEST(NeedBoilerplateTest, TheShippedTableLoads) {
  ASSERT_OK_AND_ASSIGN(
      const auto table,
      NeedBoilerplate::Load(duijie::testing::SourceFile("data/semantics/need_boilerplate.tsv")));
  EXPECT_LT(table->Rarity("技术"), table->Rarity("石墨"));
}

}  // namespace
}  // namespace duijie
