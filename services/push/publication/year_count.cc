// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/year_count.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

constexpr int kMonths = 12;

// The credit code of a unit that some publications name without one: the code that the name has elsewhere in
// the year, if it has one only.
class UnitKeys {
 public:
  explicit UnitKeys(const std::vector<YearLine>& lines) {
    for (const YearLine& line : lines) {
      if (!line.first.owner_credit_code().empty()) {
        codes_[line.first.owner_name()].insert(line.first.owner_credit_code());
      }
    }
  }
  std::string CodeOf(const v1::Publication& publication) const {
    if (!publication.owner_credit_code().empty()) return publication.owner_credit_code();
    const auto found = codes_.find(publication.owner_name());
    const bool known =
        !publication.owner_name().empty() && found != codes_.end() && found->second.size() == 1;
    return known ? *found->second.begin() : "";
  }

 private:
  std::map<std::string, std::set<std::string>> codes_;
};

// Units in order of their keys; of a unit with a code the name of its first line counts.
std::vector<v1::UnitPublicationCount> UnitsOf(const std::vector<YearLine>& lines) {
  const UnitKeys keys(lines);
  std::map<std::string, v1::UnitPublicationCount> units;
  for (const YearLine& line : lines) {
    const std::string code = keys.CodeOf(line.first);
    v1::UnitPublicationCount& unit = units[code.empty() ? "name:" + line.first.owner_name() : "code:" + code];
    if (unit.achievements() == 0) {
      unit.set_unit(line.first.owner_name());
      unit.set_credit_code(code);
    }
    unit.set_achievements(unit.achievements() + 1);
    unit.set_publications(unit.publications() + 1 + static_cast<int>(line.repeated.size()));
  }
  std::vector<v1::UnitPublicationCount> ordered;
  for (auto& entry : units) ordered.push_back(std::move(entry.second));
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.achievements() > b.achievements(); });
  return ordered;
}

}  // namespace

bool IsEarlier(const v1::Publication& a, const v1::Publication& b) {
  const auto key = [](const v1::Publication& p) {
    return std::make_tuple(p.publish_time().seconds(), p.publish_time().nanos(), std::string_view(p.name()));
  };
  return key(a) < key(b);
}

void YearCount::Add(const v1::Publication& publication) {
  if (publication.withdrawn() || !IsDay(publication.published_on())) return;
  if (YearOf(publication.published_on()) != year_) return;
  by_achievement_[publication.achievement()].push_back(publication);
}

std::vector<YearLine> YearCount::Lines() const {
  std::vector<YearLine> lines;
  for (const auto& [achievement, given] : by_achievement_) {
    std::vector<v1::Publication> publications = given;
    std::sort(publications.begin(), publications.end(), &IsEarlier);
    lines.push_back({publications.front(), {publications.begin() + 1, publications.end()}});
  }
  std::sort(lines.begin(), lines.end(),
            [](const YearLine& a, const YearLine& b) { return IsEarlier(a.first, b.first); });
  return lines;
}

v1::GetPublicationProgressResponse YearCount::Progress(int target) const {
  const std::vector<YearLine> lines = Lines();
  v1::GetPublicationProgressResponse progress;
  progress.set_year(year_);
  progress.set_target(target);
  progress.set_achievements(static_cast<int>(lines.size()));
  progress.mutable_new_by_month()->Resize(kMonths, 0);
  int publications = 0;
  for (const YearLine& line : lines) {
    publications += 1 + static_cast<int>(line.repeated.size());
    const int month = static_cast<int>(MonthOf(line.first.published_on())) - 1;
    progress.set_new_by_month(month, progress.new_by_month(month) + 1);
  }
  progress.set_publications(publications);
  for (v1::UnitPublicationCount& unit : UnitsOf(lines)) *progress.add_units() = std::move(unit);
  return progress;
}

}  // namespace duijie::push
