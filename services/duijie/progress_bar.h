// SPDX-License-Identifier: GPL-3.0-or-later
// One line on standard error that rewrites itself; silent where standard error is no terminal.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace duijie {

struct ProgressState {
  int64_t done = 0;
  int64_t total = 0;                    // 0 = not known: no bar, only the text
  std::string unit;                     // e.g. "行"
  double per_second = 0;                // 0 = not shown
  std::optional<int64_t> seconds_left;  // absent = not shown
};

// "[#####-----]  50%  120/240 条  30.5 条/秒  剩余 0:04".
std::string ProgressText(const ProgressState& state);

// "1:02:03" or "2:03".
std::string DurationText(int64_t seconds);

class ProgressBar {
 public:
  // `err` must outlive the bar.
  ProgressBar(std::ostream& err, bool is_terminal) : err_(err), visible_(is_terminal) {}
  ~ProgressBar() { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Show(const ProgressState& state);
  void Clear();  // before other output

 private:
  std::ostream& err_;
  const bool visible_;
  std::string shown_;
};

}  // namespace duijie
