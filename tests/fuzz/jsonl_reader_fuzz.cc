// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as JSON Lines.
#include "tests/fuzz/table_promises.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie;
  fuzz::CheckTable(fuzz::BytesOf(data, size), TableFormat::kJsonl);
  return 0;
}
