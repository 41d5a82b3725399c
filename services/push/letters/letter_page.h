// SPDX-License-Identifier: GPL-3.0-or-later
// 科技成果定向推送函 as a page made for print. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

struct Letter {
  std::string enterprise_title;
  std::string sender;  // may be empty
  UnixMicros written = 0;
  std::vector<v1::Push> pushes;
};

std::string LetterPage(const Letter& letter);

}  // namespace duijie::push
