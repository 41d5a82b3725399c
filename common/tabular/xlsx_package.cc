// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_package.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "common/tabular/table_error.h"
#include "common/tabular/xml_part.h"

namespace duijie::tabular {
namespace {

constexpr char kNotWorkbook[] = "文件不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存为 .xlsx 后再试";
constexpr char kTooManyParts[] = "工作簿的工作表或组成部分过多，请拆分后再导入";

struct Relationship {
  std::string type;  // last segment of the type URI; the rest differs between transitional and strict
  std::string target;
};

std::string LastSegment(std::string_view uri) { return std::string(uri.substr(uri.rfind('/') + 1)); }

// Target of a relationship of `source_part` as an archive path: absolute, or relative to the folder of the
// source.
std::string ResolveTarget(const std::string& source_part, std::string_view target) {
  std::vector<std::string> segments;
  const auto add = [&segments](std::string_view path) {
    while (!path.empty()) {
      const size_t end = std::min(path.find('/'), path.size());
      const std::string_view segment = path.substr(0, end);
      if (segment == "..") {
        if (!segments.empty()) segments.pop_back();
      } else if (!segment.empty() && segment != ".") {
        segments.emplace_back(segment);
      }
      path.remove_prefix(std::min(end + 1, path.size()));
    }
  };
  const size_t folder_end = source_part.rfind('/');
  if (target.substr(0, 1) != "/" && folder_end != std::string::npos) add(source_part.substr(0, folder_end));
  add(target);
  std::string path;
  for (const std::string& segment : segments) path += (path.empty() ? "" : "/") + segment;
  return path;
}

std::string RelationshipsOf(const std::string& part) {
  const size_t slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

class RelationshipsHandler final : public XmlHandler {
 public:
  explicit RelationshipsHandler(std::string source_part) : source_part_(std::move(source_part)) {}

  void OnStart(const XmlElement& element) override {
    if (element.name() != "Relationship" || element.Attribute("TargetMode") == "External") return;
    const auto id = element.Attribute("Id");
    const auto type = element.Attribute("Type");
    const auto target = element.Attribute("Target");
    if (!id || !type || !target) return;
    if (relationships.size() >= XlsxPackage::kMaxRelationships) return Fail(TooLarge(kTooManyParts));
    relationships[std::string(*id)] = {LastSegment(*type), ResolveTarget(source_part_, *target)};
  }
  void OnEnd(std::string_view) override {}
  void OnText(std::string_view) override {}

  std::string PartOfType(std::string_view type) const {
    for (const auto& [id, relationship] : relationships) {
      if (relationship.type == type) return relationship.target;
    }
    return "";
  }

  std::map<std::string, Relationship> relationships;

 private:
  const std::string source_part_;
};

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// The content type of one part: its Override, or the Default of its extension.
class ContentTypeHandler final : public XmlHandler {
 public:
  explicit ContentTypeHandler(const std::string& part) : name_("/" + part) {}

  void OnStart(const XmlElement& element) override {
    const auto type = element.Attribute("ContentType");
    if (!type) return;
    if (element.name() == "Override" &&
        EqualsIgnoringCase(element.Attribute("PartName").value_or(""), name_)) {
      override_ = *type;
    } else if (element.name() == "Default" && EqualsIgnoringCase(element.Attribute("Extension").value_or(""),
                                                                 name_.substr(name_.rfind('.') + 1))) {
      default_ = *type;
    }
  }
  void OnEnd(std::string_view) override {}
  void OnText(std::string_view) override {}

  const std::string& type() const { return override_.empty() ? default_ : override_; }

 private:
  const std::string name_;
  std::string override_;
  std::string default_;
};

Status CheckContentType(XlsxArchive& archive, const std::string& workbook_part) {
  ContentTypeHandler handler(workbook_part);
  DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, "[Content_Types].xml", &handler));
  static constexpr std::string_view kAccepted[] = {
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
      "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
      "application/vnd.ms-excel.template.macroEnabled.main+xml",
  };
  if (std::find(std::begin(kAccepted), std::end(kAccepted), handler.type()) == std::end(kAccepted)) {
    return Unsupported(kNotWorkbook);
  }
  return OkStatus();
}

class WorkbookHandler final : public XmlHandler {
 public:
  explicit WorkbookHandler(const RelationshipsHandler& relationships) : relationships_(relationships) {}

  void OnStart(const XmlElement& element) override {
    if (element.name() == "workbookPr") {
      const auto flag = element.Attribute("date1904").value_or("0");
      date_1904 = flag == "1" || flag == "true";
    } else if (element.name() == "sheet") {
      AddSheet(element);
    }
  }
  void OnEnd(std::string_view) override {}
  void OnText(std::string_view) override {}

  std::vector<XlsxSheet> sheets;
  bool date_1904 = false;

 private:
  void AddSheet(const XmlElement& element) {
    const auto found = relationships_.relationships.find(std::string(element.RelationshipId().value_or("")));
    if (found == relationships_.relationships.end() || found->second.type != "worksheet") return;
    if (sheets.size() >= XlsxPackage::kMaxSheets) return Fail(TooLarge(kTooManyParts));
    sheets.push_back({std::string(element.Attribute("name").value_or("")), found->second.target,
                      element.Attribute("state").value_or("visible") == "visible"});
  }

  const RelationshipsHandler& relationships_;
};

}  // namespace

StatusOr<XlsxPackage> ReadXlsxPackage(XlsxArchive& archive) {
  if (!archive.Has("[Content_Types].xml") || !archive.Has("_rels/.rels")) return Unsupported(kNotWorkbook);
  RelationshipsHandler root("");
  DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, "_rels/.rels", &root));
  const std::string workbook_part = root.PartOfType("officeDocument");
  if (workbook_part.empty()) return Unsupported(kNotWorkbook);
  DUIJIE_RETURN_IF_ERROR(CheckContentType(archive, workbook_part));

  RelationshipsHandler parts(workbook_part);
  DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, RelationshipsOf(workbook_part), &parts));
  WorkbookHandler workbook(parts);
  DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, workbook_part, &workbook));

  XlsxPackage package;
  package.sheets = std::move(workbook.sheets);
  package.date_1904 = workbook.date_1904;
  package.styles_part = parts.PartOfType("styles");
  package.strings_part = parts.PartOfType("sharedStrings");
  return package;
}

StatusOr<XlsxSheet> SelectSheet(const XlsxPackage& package, const std::string& name) {
  for (const XlsxSheet& sheet : package.sheets) {
    if (name.empty() ? sheet.visible : sheet.name == name) return sheet;
  }
  return Error(StatusCode::kNotFound, "TABLE_SHEET_NOT_FOUND",
               name.empty() ? "工作簿里没有可见的工作表" : "工作簿里没有名为“" + name + "”的工作表");
}

}  // namespace duijie::tabular
