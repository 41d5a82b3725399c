// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/sieves.h"

#include <array>
#include <cmath>

namespace duijie::indicator {
namespace {

struct Mesh {
  double number;
  double micrometres;
};
// GB/T 6003.1 and ASTM E11 sieves.
constexpr std::array<Mesh, 22> kStandardSieves = {
    {{10, 2000}, {20, 850},  {30, 600},  {35, 500},  {40, 425},  {50, 300}, {60, 250}, {70, 212},
     {80, 180},  {100, 150}, {120, 125}, {140, 106}, {150, 100}, {170, 90}, {200, 75}, {230, 63},
     {270, 53},  {325, 45},  {400, 38},  {500, 25},  {600, 23},  {800, 15}}};

}  // namespace

// Logarithmic between the sieves of the table.
double MeshToMicrometres(double mesh) {
  for (size_t i = 1; i < kStandardSieves.size(); ++i) {
    if (mesh > kStandardSieves[i].number) continue;
    const double part = std::log(mesh / kStandardSieves[i - 1].number) /
                        std::log(kStandardSieves[i].number / kStandardSieves[i - 1].number);
    return kStandardSieves[i - 1].micrometres *
           std::pow(kStandardSieves[i].micrometres / kStandardSieves[i - 1].micrometres, part);
  }
  return kStandardSieves.back().micrometres * kStandardSieves.back().number / mesh;
}

double MicrometresToMesh(double micrometres) {
  for (size_t i = 1; i < kStandardSieves.size(); ++i) {
    if (micrometres < kStandardSieves[i].micrometres) continue;
    const double part = std::log(micrometres / kStandardSieves[i - 1].micrometres) /
                        std::log(kStandardSieves[i].micrometres / kStandardSieves[i - 1].micrometres);
    return kStandardSieves[i - 1].number *
           std::pow(kStandardSieves[i].number / kStandardSieves[i - 1].number, part);
  }
  return kStandardSieves.back().number * kStandardSieves.back().micrometres / micrometres;
}

}  // namespace duijie::indicator
