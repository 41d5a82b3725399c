// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/progress_bar.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace duijie {
namespace {

constexpr int kBarCells = 24;

std::string Bar(int64_t done, int64_t total) {
  const double part = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const auto filled = static_cast<size_t>(part * kBarCells);
  char percent[16];
  std::snprintf(percent, sizeof(percent), "%3d%%", static_cast<int>(part * 100));
  return "[" + std::string(filled, '#') + std::string(kBarCells - filled, '-') + "] " + percent + "  ";
}

}  // namespace

std::string DurationText(int64_t seconds) {
  char text[32];
  const auto hours = static_cast<long long>(seconds / 3600);
  const int minutes = static_cast<int>(seconds / 60 % 60);
  const int rest = static_cast<int>(seconds % 60);
  if (hours > 0) {
    std::snprintf(text, sizeof(text), "%lld:%02d:%02d", hours, minutes, rest);
  } else {
    std::snprintf(text, sizeof(text), "%d:%02d", minutes, rest);
  }
  return text;
}

std::string ProgressText(const ProgressState& state) {
  std::string text;
  if (state.total > 0) {
    text = Bar(state.done, state.total) + std::to_string(state.done) + "/" + std::to_string(state.total);
  } else {
    text = std::to_string(state.done);
  }
  text += " " + state.unit;
  if (state.per_second > 0) {
    char rate[48];
    std::snprintf(rate, sizeof(rate), "  %.1f ", state.per_second);
    text += rate + state.unit + "/秒";
  }
  if (state.seconds_left) text += "  剩余 " + DurationText(*state.seconds_left);
  return text;
}

void ProgressBar::Show(const ProgressState& state) {
  if (!visible_) return;
  std::string text = ProgressText(state);
  if (text == shown_) return;
  err_ << "\r\x1b[K" << text << std::flush;
  shown_ = std::move(text);
}

void ProgressBar::Clear() {
  if (shown_.empty()) return;
  err_ << "\r\x1b[K" << std::flush;
  shown_.clear();
}

}  // namespace duijie
