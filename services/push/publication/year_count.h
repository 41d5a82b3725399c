// SPDX-License-Identifier: GPL-3.0-or-later
// How publications count in a year: an achievement once, however often it is published in it; the year is
// that of the publication's day in China's time. Withdrawn publications do not count. Pure: the order in
// which publications are given does not matter.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "duijie/v1/publication_service.pb.h"

namespace duijie::push {

// One counted achievement.
struct YearLine {
  v1::Publication first;                  // the earliest of the year; it is the one that counts
  std::vector<v1::Publication> repeated;  // the others, earliest first
};

class YearCount {
 public:
  explicit YearCount(int year) : year_(year) {}

  // Ignores what is of another year or withdrawn.
  void Add(const v1::Publication& publication);

  // In order of their first publication.
  std::vector<YearLine> Lines() const;

  v1::GetPublicationProgressResponse Progress(int target) const;

 private:
  const int year_;
  std::map<std::string, std::vector<v1::Publication>> by_achievement_;
};

// Earlier ones first; by name where the times are equal.
bool IsEarlier(const v1::Publication& a, const v1::Publication& b);

}  // namespace duijie::push
