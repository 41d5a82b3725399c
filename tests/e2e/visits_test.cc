// SPDX-License-Identifier: GPL-3.0-or-later
// A year of visits in small: plan, brief, record, signatures, ledger and documents, through the command line.
#include <gmock/gmock.h>

#include <chrono>

#include "tests/e2e/command_line.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class VisitsEndToEndTest : public CommandLineTest {
 protected:
  std::vector<std::string> Visit(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "visit");
    return arguments;
  }
  nlohmann::json One(std::vector<std::string> arguments) {
    return Objects(Visit(std::move(arguments))).at(0);
  }
  RunResult As(const Client& client, std::vector<std::string> arguments) {
    return CliAs(client.key, Visit(std::move(arguments)));
  }

  std::string PublishEnterprise(const std::string& number, const std::string& credit_code) {
    v1::Enterprise enterprise;
    enterprise.set_title("衡水橡胶制品" + number + "厂");
    enterprise.set_credit_code(credit_code);
    enterprise.set_park_code(kPark);
    enterprise.set_region_code("131102");
    enterprise.add_industry_codes("C291");
    enterprise.add_products("橡胶支座");
    return Publish(cluster_.Admin(), enterprise).name();
  }

  std::string PublishExpert() {
    v1::Expert expert;
    expert.set_title("张教授");
    expert.add_keywords("橡胶");
    return Publish(cluster_.Admin(), expert).name();
  }

  void PublishAchievement() {
    v1::Achievement achievement;
    achievement.set_title("桥梁橡胶支座抗老化配方");
    achievement.set_summary("用于桥梁橡胶支座。");
    Publish(cluster_.Admin(), achievement);
  }
};
DUIJIE_BOTH_TOPOLOGIES(VisitsEndToEndTest);

std::string TodayInChina() {
  using namespace std::chrono;
  const year_month_day day{floor<days>(system_clock::now() + hours(8))};
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

TEST_P(VisitsEndToEndTest, APlannedVisitIsBriefedRecordedSignedAndCounted) {
  const std::string today = TodayInChina(), year = today.substr(0, 4);
  const std::string owner = PublishEnterprise("一", "91131100000000001B");
  PublishEnterprise("二", "91131100000000002E");
  PublishExpert();
  PublishAchievement();
  AwaitIndex();

  // Next year, which has working days whenever this test runs.
  const std::string next_year = std::to_string(std::stoi(year) + 1);
  const std::string plan =
      One({"plan", "create", "走访", "--year", next_year, "--target", "2", "--cover", "131102=2"}).at("name");
  const nlohmann::json proposed = One({"plan", "propose", plan});
  ASSERT_EQ(proposed.at("proposal").at("visits").size(), 2u) << proposed;
  EXPECT_FALSE(proposed.at("proposal").contains("shortfalls")) << proposed;
  One({"plan", "agree", plan});
  std::string name;
  for (const auto& visit : Objects(Visit({"list", "--plan", plan}))) {
    if (visit.at("enterprise") == owner) name = visit.at("name");
  }
  ASSERT_FALSE(name.empty());

  const Client own = cluster_.NewClient(v1::ROLE_ENTERPRISE, owner);
  const Client elsewhere = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  EXPECT_EQ(As(own, {"show", name}).exit_code, kNotFound) << "not agreed yet";
  const nlohmann::json brief = One({"brief", name});
  EXPECT_EQ(brief.at("candidates").size(), 1u) << brief;
  EXPECT_FALSE(brief.at("questions").empty());

  One({"agree", name});
  One({"hold", name, "--date", today});
  One({"record", name, "--answer", "支座寿命多长=8 年", "--finding", "支座老化开裂"});
  EXPECT_EQ(As(elsewhere, {"show", name}).exit_code, kNotFound);
  EXPECT_EQ(As(own, {"record", name, "--finding", "改写"}).exit_code, kNotPermitted);
  EXPECT_EQ(As(own, {"sign", name, "--as", "企业", "--signer", "王厂长"}).exit_code, 0);
  EXPECT_EQ(One({"ledger", year}).value("enterprises", 0), 0) << "signed by one side only";
  EXPECT_EQ(One({"sign", name, "--as", "专家", "--signer", "张教授"}).at("state"), "VISIT_STATE_SIGNED");
  EXPECT_EQ(One({"ledger", year}).value("enterprises", 0), 1);

  Done(Visit({"ledger", year, "-o", File("ledger.xlsx")}));
  EXPECT_EQ(ReadFile(File("ledger.xlsx")).substr(0, 2), "PK");
  Done(Visit({"ledger", year, "-o", File("ledger.html")}));
  EXPECT_THAT(ReadFile(File("ledger.html")), HasSubstr("1/100"));
  Done(Visit({"export", name, "-o", File("record.html")}));
  EXPECT_THAT(ReadFile(File("record.html")), HasSubstr("支座老化开裂"));
  Done(Visit({"plan", "export", plan, "-o", File("plan.xlsx")}));
  EXPECT_EQ(As(elsewhere, {"ledger", year, "-o", File("elsewhere.html")}).exit_code, 0);
  EXPECT_THAT(ReadFile(File("elsewhere.html")), Not(HasSubstr("橡胶制品")));
}

}  // namespace
}  // namespace duijie::testing
