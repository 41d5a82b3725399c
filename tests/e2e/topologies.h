// SPDX-License-Identifier: GPL-3.0-or-later
// Every end-to-end test runs on both shapes of the system.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/support/cluster.h"
#include "tests/support/records.h"

namespace duijie::testing {

inline constexpr char kPark[] = "hs-gxq";
inline constexpr char kOtherPark[] = "sjz-gxq";

class EndToEndTest : public ::testing::TestWithParam<Topology> {
 protected:
  EndToEndTest() : cluster_(GetParam()) {}
  void SetUp() override { cluster_.Start(); }

  // Shows what the daemons wrote when a test fails.
  void TearDown() override {
    if (HasFailure()) std::cerr << cluster_.Logs();
  }

  Cluster cluster_;
};

inline std::string TopologyName(const ::testing::TestParamInfo<Topology>& info) {
  return info.param == Topology::kSingle ? "Single" : "SplitTls";
}

template <typename Hits>
std::set<std::string> NamesOf(const Hits& hits) {
  std::set<std::string> names;
  for (const auto& hit : hits) names.insert(hit.name());
  return names;
}

}  // namespace duijie::testing

#define DUIJIE_BOTH_TOPOLOGIES(suite)                                                                  \
  INSTANTIATE_TEST_SUITE_P(                                                                            \
      Topologies, suite,                                                                               \
      ::testing::Values(::duijie::testing::Topology::kSingle, ::duijie::testing::Topology::kSplitTls), \
      ::duijie::testing::TopologyName)
