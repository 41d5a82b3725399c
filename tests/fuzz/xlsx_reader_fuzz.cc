// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a workbook: the zip container and everything in it.
#include "tests/fuzz/table_promises.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie;
  fuzz::CheckTable(fuzz::BytesOf(data, size), TableFormat::kXlsx);
  return 0;
}
