// SPDX-License-Identifier: GPL-3.0-or-later
// Every key shape of models in the store "learning", all below 'm'; see docs/formats/learning.md.
#pragma once

#include <string>
#include <string_view>

#include "common/storage/key_codec.h"

namespace duijie::matching::model_keys {

// Never change a value.
inline constexpr uint8_t kModels = 'm';
inline constexpr uint8_t kFormatTag = 'f';
inline constexpr uint8_t kModelTag = 'd';
inline constexpr uint8_t kServiceTag = 's';

// → format version
inline std::string Format() { return KeyBuilder().Tag(kModels).Tag(kFormatTag).Take(); }
// → StoredModel
inline std::string Model(std::string_view version) {
  return KeyBuilder().Tag(kModels).Tag(kModelTag).Str(version).Take();
}
inline std::string ModelsBegin() { return KeyBuilder().Tag(kModels).Tag(kModelTag).Take(); }
inline std::string ModelsEnd() { return PrefixEnd(ModelsBegin()); }
// → StoredService
inline std::string Service() { return KeyBuilder().Tag(kModels).Tag(kServiceTag).Take(); }

}  // namespace duijie::matching::model_keys
