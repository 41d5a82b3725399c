// SPDX-License-Identifier: GPL-3.0-or-later
// The words that the grammar of indicators knows, as data, each with its role. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace duijie::indicator {

enum class Role : uint8_t {
  kWord,    // Chinese text that is in no table
  kLatin,   // letters, element symbols, codes: COD, Cr, T90
  kOpaque,  // a date, a standard, a phone number, an ordinal, a product of dimensions: no figure of a
            // technique
  kNumber,
  kUnit,
  kPer,       // 每吨, 每小时
  kQuantity,  // number, range or tolerance with its unit
  kRange,     // ~ -
  kPlusMinus,
  kAtLeast,        // ≥ 不低于 达到
  kAtMost,         // ≤ 不超过 控制在
  kSuperior,       // 优于: at most for errors, at least else
  kAtLeastAfter,   // 以上
  kAtMostAfter,    // 以内
  kAboutAfter,     // 左右
  kBetween,        // 介于
  kBetweenAfter,   // 之间
  kEqual,          // 为 约 可达
  kMaximum,        // 最高可达
  kUp,             // 提高
  kDown,           // 降低
  kSavingName,     // 节能: a fall that is its own name
  kGainName,       // 增产
  kTo,             // 到 至
  kFrom,           // 由 从
  kBaseline,       // 比 较
  kAt,             // 在 当 经
  kOf,             // 的
  kAnd,            // 和 、
  kEach,           // 分别 均
  kFiller,         // 应 可 仍 …
  kCutter,         // a verb or a particle before which no name begins: 要求 使 实现
  kProcess,        // 保温 老化: a figure with it is a condition
  kConditionEnd,   // 下 时 后 条件下
  kConditionWord,  // 室温: a condition by itself
  kNow,            // 目前 现有: the figure is the present value
  kWish,           // 希望 要求: ends the scope of 目前
  kNegation,       // 尚未 难以
  kNoise,          // 注册资本 专利: figures of its clause describe no technique
  kOwner,          // 公司 企业: output and area beside it are background
  kComma,
  kColon,
  kSentenceEnd,
  kOpen,
  kClose,
};

struct VocabularyMatch {
  Role role = Role::kWord;
  size_t length = 0;  // code points; 0 if no word starts here
};

// The longest word at the start of `text` (folded). Thread-safe.
VocabularyMatch LongestWord(std::u32string_view text);

// Whether a name ends in a word for a pure number (系数, 比, 指数 …), so that "摩擦系数0.3" needs no unit.
bool NamesPureNumber(std::u32string_view name);
// Whether a count beside this name or verb sizes a technique (监测 32 路, 通道数 16).
bool SizesTechnique(std::u32string_view name);
// Whether 达到 aims at an upper bound (平面度达到0.02mm, 出水氨氮达到5mg/L): less is better whatever it is
// told in.
bool IsBetterSmall(std::u32string_view name);
// Whether 优于 is an upper bound: what is better small, and 精度, 稳定性, 功耗, which are told either way.
bool IsSmallIfSuperior(std::u32string_view name);
// 精度, 分辨率: better small where told as a length or an angle.
bool IsPrecision(std::u32string_view name);

// 打底, 封顶: bounds that stand before a figure as well as behind it.
bool SpeaksOfBound(std::u32string_view word);
// Whether the name is of an amount that a firm states of itself (年产, 占地).
bool MayBeBackground(std::u32string_view name);

}  // namespace duijie::indicator
