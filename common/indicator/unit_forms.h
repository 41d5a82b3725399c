// SPDX-License-Identifier: GPL-3.0-or-later
// Units as trades write them: what a name implies, what goes without saying, what is meant. Private to
// common/indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/indicator/extract.h"
#include "common/indicator/units.h"

namespace duijie::indicator {

// The unit of a figure with what its name implies, 公斤/亩 of 亩产 550 公斤; as text, "" if it implies
// nothing.
std::string ImpliedUnit(const Indicator& indicator);
// The same parsed.
std::optional<Unit> WithImplied(const Indicator& indicator);

// The unit that is meant: μm of Ra 0.4, 万元 of 约28.5万, mg/L of COD 50.
std::string_view UnitOf(const Indicator& figure, const Indicator& other);

// 白度83.5% and 白度80: one number, written with and without its sign.
bool IsBarePercent(const Indicator& a, const Indicator& b);

// 28.5万元/套 is the price of one: the unit without the piece where the other one names no piece.
std::optional<Unit> WithoutPiece(const Indicator& indicator, const Indicator& other);
// 45 s/模 is a time where a time is asked for: the unit without what it is for one of.
std::optional<Unit> WithoutItem(const Unit& unit, const Indicator& figure);
// 20万升/台, 700立方米 of one machine a minute (台每分钟): without the one; nullopt for prices and for what
// is of no one thing.
std::optional<Unit> OfOne(const Unit& unit);
// 15张/秒 as 15 a second; nullopt for what counts nothing in a time.
std::optional<Unit> WithoutCounted(const Unit& unit);
// 8亿CFU/g and 8亿/g of a bacterium: what is counted goes without saying.
Unit WithoutGerms(Unit unit);

// m³ of a gas are meant as Nm³.
bool IsFuelGas(std::string_view name);
Unit AsPlainVolume(Unit unit);
bool IsMassInGas(const Unit& unit);

// Of water, tonnes and cubic metres are the same: m³ as kg, above the stroke or below it (度/立方米).
enum class Volume : uint8_t { kOver, kUnder };
Unit AsMassOfWater(const Unit& unit, Volume where);
bool IsWater(std::string_view text);  // speaks of a liquid
bool IsWaste(std::string_view text);  // speaks of amounts of water

}  // namespace duijie::indicator
