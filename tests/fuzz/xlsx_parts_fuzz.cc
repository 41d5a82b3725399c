// SPDX-License-Identifier: GPL-3.0-or-later
// Any XML inside a sound container, because a fuzzer seldom gets past the checksums of a zip. The input is
// the parts below in their order, separated by lines "=="; a part that is missing or empty is a usual one.
#include <array>
#include <string>

#include "tests/fuzz/stored_zip.h"
#include "tests/fuzz/table_promises.h"

namespace duijie::fuzz {
namespace {

#define OOXML "http://schemas.openxmlformats.org/"
constexpr std::string_view kSeparator = "\n==\n";
constexpr std::string_view kContentTypes =
    "<Types xmlns='" OOXML
    "package/2006/content-types'><Override PartName='/xl/workbook.xml' ContentType='"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";
constexpr std::string_view kRootRelations =
    "<Relationships xmlns='" OOXML "package/2006/relationships'><Relationship Id='r1' Type='" OOXML
    "officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
constexpr std::string_view kRelation = "<Relationship Type='" OOXML "officeDocument/2006/relationships/";

// name and usual content, in the order of the input
const std::array<ZipPart, 5>& UsualParts() {
  static const std::string main = "xmlns='" OOXML "spreadsheetml/2006/main'";
  static const std::array<ZipPart, 5> parts = {{
      {"xl/worksheets/sheet1.xml", "<worksheet " + main + "><sheetData/></worksheet>"},
      {"xl/sharedStrings.xml", "<sst " + main + "><si><t>名称</t></si><si><t>a</t></si></sst>"},
      {"xl/styles.xml",
       "<styleSheet " + main + "><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
      {"xl/workbook.xml", "<workbook " + main + " xmlns:r='" OOXML "officeDocument/2006/relationships'>" +
                              "<sheets><sheet name='1' sheetId='1' r:id='r1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships xmlns='" OOXML "package/2006/relationships'>" + std::string(kRelation) +
           "worksheet' Id='r1' Target='worksheets/sheet1.xml'/>" + std::string(kRelation) +
           "styles' Id='r2' Target='styles.xml'/>" + std::string(kRelation) +
           "sharedStrings' Id='r3' Target='sharedStrings.xml'/></Relationships>"},
  }};
  return parts;
}

std::string Workbook(std::string_view input) {
  std::vector<ZipPart> parts = {{"[Content_Types].xml", std::string(kContentTypes)},
                                {"_rels/.rels", std::string(kRootRelations)}};
  for (const ZipPart& usual : UsualParts()) {
    const std::string_view part = input.substr(0, input.find(kSeparator));
    parts.push_back({usual.name, part.empty() ? usual.content : std::string(part)});
    input.remove_prefix(std::min(input.size(), part.size() + kSeparator.size()));
  }
  return StoredZip(parts);
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie;
  fuzz::CheckTable(fuzz::Workbook(fuzz::BytesOf(data, size)), TableFormat::kXlsx);
  return 0;
}
