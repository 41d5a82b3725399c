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
constexpr std::array<Mesh, 22> kSieves = {
    {{10, 2000}, {20, 850},  {30, 600},  {35, 500},  {40, 425},  {50, 300}, {60, 250}, {70, 212},
     {80, 180},  {100, 150}, {120, 125}, {140, 106}, {150, 100}, {170, 90}, {200, 75}, {230, 63},
     {270, 53},  {325, 45},  {400, 38},  {500, 25},  {600, 23},  {800, 15}}};

}  // namespace

// Logarithmic between the sieves of the table.
double MeshToMicrometres(double mesh) {
  for (size_t i = 1; i < kSieves.size(); ++i) {
    if (mesh > kSieves[i].number) continue;
    const double part =
        std::log(mesh / kSieves[i - 1].number) / std::log(kSieves[i].number / kSieves[i - 1].number);
    return kSieves[i - 1].micrometres * std::pow(kSieves[i].micrometres / kSieves[i - 1].micrometres, part);
  }
  return kSieves.back().micrometres * kSieves.back().number / mesh;
}

double MicrometresToMesh(double micrometres) {
  for (size_t i = 1; i < kSieves.size(); ++i) {
    if (micrometres < kSieves[i].micrometres) continue;
    const double part = std::log(micrometres / kSieves[i - 1].micrometres) /
                        std::log(kSieves[i].micrometres / kSieves[i - 1].micrometres);
    return kSieves[i - 1].number * std::pow(kSieves[i].number / kSieves[i - 1].number, part);
  }
  return kSieves.back().number * kSieves.back().micrometres / micrometres;
}

}  // namespace duijie::indicator
