// SPDX-License-Identifier: GPL-3.0-or-later
// A UUID that follows from a text, for request ids of errands that may run twice (version 8 of RFC 9562: the
// first 122 free bits of the text's SHA-256). Pure.
#pragma once

#include <string>
#include <string_view>

namespace duijie {

std::string DerivedUuid(std::string_view text);

}  // namespace duijie
