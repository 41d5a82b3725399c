// SPDX-License-Identifier: GPL-3.0-or-later
// Makes workbooks by hand, part by part, as programs other than our own writer would.
#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>

namespace duijie::testing {

inline constexpr char kMainNamespace[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr char kStrictNamespace[] = "http://purl.oclc.org/ooxml/spreadsheetml/main";

// A zip of these parts in memory; parts are deflated.
inline std::string Zip(const std::map<std::string, std::string>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_CREATE, &error);
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    EXPECT_GE(zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8), 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  EXPECT_EQ(zip_source_open(target), 0);
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  EXPECT_EQ(zip_source_read(target, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  zip_error_fini(&error);
  return bytes;
}

// A workbook of one sheet; change what the test is about, then Build().
struct XlsxBuilder {
  std::string main_namespace = kMainNamespace;
  std::string relationship_base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  std::string workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  std::string workbook_properties;                                         // inside workbook
  std::string sheets = R"(<sheet name="数据" sheetId="1" r:id="rId1"/>)";  // inside sheets
  std::string rows;                                                        // inside sheetData
  std::string shared_strings;                                              // inside sst
  std::string styles;                                                      // inside styleSheet
  std::map<std::string, std::string> more_parts;                           // replace those made here

  std::map<std::string, std::string> Parts() const {
    const std::string main = " xmlns=\"" + main_namespace + "\"";
    const std::string package = " xmlns=\"http://schemas.openxmlformats.org/package/2006/";
    const std::string relationship = "<Relationship Type=\"" + relationship_base + "/";
    std::map<std::string, std::string> parts = more_parts;
    const auto add = [&parts](const std::string& name, const std::string& xml) {
      parts.emplace(name, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml);
    };
    add("[Content_Types].xml",
        "<Types" + package + "content-types\"><Default Extension=\"xml\" ContentType=\"" +
            "application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" + workbook_type +
            "\"/></Types>");
    add("_rels/.rels", "<Relationships" + package + "relationships\">" + relationship +
                           "officeDocument\" Id=\"r1\" Target=\"xl/workbook.xml\"/></Relationships>");
    add("xl/workbook.xml", "<workbook" + main + " xmlns:r=\"" + relationship_base + "\">" +
                               workbook_properties + "<sheets>" + sheets + "</sheets></workbook>");
    add("xl/_rels/workbook.xml.rels",
        "<Relationships" + package + "relationships\">" + relationship +
            "worksheet\" Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>" + relationship +
            "worksheet\" Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/>" + relationship +
            "styles\" Id=\"rId3\" Target=\"styles.xml\"/>" + relationship +
            "sharedStrings\" Id=\"rId4\" Target=\"../xl/sharedStrings.xml\"/></Relationships>");
    add("xl/styles.xml", "<styleSheet" + main + ">" + styles + "</styleSheet>");
    add("xl/sharedStrings.xml", "<sst" + main + ">" + shared_strings + "</sst>");
    add("xl/worksheets/sheet1.xml", "<worksheet" + main + "><sheetData>" + rows + "</sheetData></worksheet>");
    return parts;
  }

  std::string Build() const { return Zip(Parts()); }
};

// An inline-string cell.
inline std::string TextCell(const std::string& reference, const std::string& text) {
  return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + text + "</t></is></c>";
}

}  // namespace duijie::testing
