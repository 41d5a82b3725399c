// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a stated figure into the unit of a target: conversions of units, what names imply (亩产, 日处理),
// and the constants of trades (mesh to micrometres, ppm in water). Private to common/indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/indicator/intervals.h"

namespace duijie::indicator {

struct Bridged {
  Figures figures;         // in the target's unit
  std::string conversion;  // "0.8 GPa = 800 MPa"; "" if the units are written alike
};

// nullopt where no exact conversion or trade constant leads from one unit to the other. `text` is the stated
// sentence: it tells water from gas.
std::optional<Bridged> Bridge(const Indicator& stated, const Indicator& target, std::string_view text);

// Shortest text that people read as the number: up to 6 significant digits.
std::string NumberText(double value);

}  // namespace duijie::indicator
