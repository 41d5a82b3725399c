// SPDX-License-Identifier: GPL-3.0-or-later
// The meaning of a text as bytes: a direction of unit length in the space of the word vectors, so that the
// dot product of two is the cosine of their angle. Little endian: fixed32 float scale, then a signed byte a
// dimension; the entry is scale · byte. Empty: none of the text's words has a vector.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duijie {

std::string EncodeMeaning(const std::vector<double>& direction);

// Cosine of two meanings, -1 to 1; 0 if one is empty or they have different dimensions.
double MeaningCosine(std::string_view a, std::string_view b);

}  // namespace duijie
