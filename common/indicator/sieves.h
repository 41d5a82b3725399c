// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of meshes (目) and the openings of their sieves. Private to common/indicator.
#pragma once

namespace duijie::indicator {

// Logarithmic between the sieves of the table, in proportion beyond the finest. Both arguments positive.
double MeshToMicrometres(double mesh);
double MicrometresToMesh(double micrometres);

}  // namespace duijie::indicator
