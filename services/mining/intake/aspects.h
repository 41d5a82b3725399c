// SPDX-License-Identifier: GPL-3.0-or-later
// What a Chinese note tells of material, method, effect, product and application, each with the stretch of
// text that says so. By rules over the segmenter's words: nouns are known by their heads (树脂, 焊接, 阀门),
// effects by verbs of change (降低能耗), by complaints (断丝多) and by defects (开裂), places of use by what
// leads to them (用于 …). The words are in aspect_words.cc. Measured by tests/quality/notes_quality.cc.
//
// Pure and thread-safe, linear in the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/text/analyzer.h"
#include "duijie/v1/need_draft.pb.h"

namespace duijie::mining {

inline constexpr size_t kMaxAspects = 500;     // of one text; later ones are left out
inline constexpr size_t kMaxPhraseWords = 6;   // of a noun phrase
inline constexpr size_t kMaxEffectWords = 10;  // of what a verb of change is about
inline constexpr size_t kMaxPhraseRunes = 20;  // code points of a phrase; longer ones are not taken

// Byte offsets [begin, end) into the text given, between code points.
struct Aspect {
  v1::AspectKind kind = v1::ASPECT_KIND_UNSPECIFIED;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// In the order of the text; none twice. `text` must be valid UTF-8.
std::vector<Aspect> FindAspects(const Analyzer& analyzer, std::string_view text);

}  // namespace duijie::mining
