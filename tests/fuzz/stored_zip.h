// SPDX-License-Identifier: GPL-3.0-or-later
// A zip archive of uncompressed parts, byte by byte (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16): cheap enough to
// make one per input.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

namespace duijie::fuzz {

struct ZipPart {
  std::string name;
  std::string content;
};

inline std::string StoredZip(const std::vector<ZipPart>& parts) {
  const auto put = [](std::string* out, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out->push_back(static_cast<char>(value >> (8 * i)));
  };
  const auto put_common = [&put](std::string* out, const ZipPart& part) {
    put(out, 20, 2);      // version needed
    put(out, 0x0800, 2);  // names are UTF-8
    put(out, 0, 2);       // stored
    put(out, 0x5a210000, 4);
    put(out,
        static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(part.content.data()),
                                    static_cast<uInt>(part.content.size()))),
        4);
    put(out, static_cast<uint32_t>(part.content.size()), 4);
    put(out, static_cast<uint32_t>(part.content.size()), 4);
    put(out, static_cast<uint32_t>(part.name.size()), 2);
    put(out, 0, 2);  // no extra field
  };
  std::string archive;
  std::string directory;
  for (const ZipPart& part : parts) {
    put(&directory, 0x02014b50, 4);
    put(&directory, 20, 2);
    put_common(&directory, part);
    for (const int bytes : {2, 2, 2, 4}) put(&directory, 0, bytes);  // comment, disk, attributes
    put(&directory, static_cast<uint32_t>(archive.size()), 4);
    directory += part.name;
    put(&archive, 0x04034b50, 4);
    put_common(&archive, part);
    archive += part.name + part.content;
  }
  const auto count = static_cast<uint32_t>(parts.size());
  std::string end;
  put(&end, 0x06054b50, 4);
  put(&end, 0, 4);  // disks
  put(&end, count, 2);
  put(&end, count, 2);
  put(&end, static_cast<uint32_t>(directory.size()), 4);
  put(&end, static_cast<uint32_t>(archive.size()), 4);
  put(&end, 0, 2);  // no comment
  return archive + directory + end;
}

}  // namespace duijie::fuzz
