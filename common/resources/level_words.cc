// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/level_words.h"

namespace duijie {

std::string LevelWord(v1::MatchLevel level) {
  switch (level) {
    case v1::MATCH_LEVEL_NONE:
      return "无关";
    case v1::MATCH_LEVEL_WEAK:
      return "弱相关";
    case v1::MATCH_LEVEL_FAIR:
      return "较强相关";
    case v1::MATCH_LEVEL_STRONG:
      return "强相关";
    default:
      return "";
  }
}

std::string LeastLevelWord(v1::MatchLevel level) {
  return level == v1::MATCH_LEVEL_UNSPECIFIED ? "不限" : LevelWord(level);
}

}  // namespace duijie
