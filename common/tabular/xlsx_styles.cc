// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_styles.h"

#include <charconv>
#include <map>

#include "common/tabular/table_error.h"
#include "common/tabular/xml_part.h"

namespace duijie::tabular {
namespace {

int FormatId(const XmlElement& element) {
  const std::string_view text = element.Attribute("numFmtId").value_or("0");
  int id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

class StylesHandler final : public XmlHandler {
 public:
  void OnStart(const XmlElement& element) override {
    if (element.name() == "cellXfs") {
      in_cell_formats_ = true;
    } else if (element.name() == "xf" && in_cell_formats_) {
      if (format_ids_.size() >= kMaxCellFormats) return FailTooMany();
      format_ids_.push_back(FormatId(element));
    } else if (element.name() == "numFmt") {
      if (custom_.size() >= kMaxNumberFormats) return FailTooMany();
      // A format inside dxfs (conditional formats) may repeat an id; the first, in numFmts, is the cell's.
      custom_.emplace(FormatId(element), KindOfFormatCode(element.Attribute("formatCode").value_or("")));
    }
  }
  void OnEnd(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats_ = false;
  }
  void OnText(std::string_view) override {}

  std::vector<NumberKind> Kinds() const {
    std::vector<NumberKind> kinds;
    kinds.reserve(format_ids_.size());
    for (const int id : format_ids_) {
      const auto custom = custom_.find(id);
      kinds.push_back(custom != custom_.end() ? custom->second : KindOfBuiltinFormat(id));
    }
    return kinds;
  }

 private:
  void FailTooMany() { Fail(TooLarge("工作簿的单元格格式过多，请把数据复制到新的工作簿后再试")); }

  bool in_cell_formats_ = false;
  std::vector<int> format_ids_;
  std::map<int, NumberKind> custom_;
};

}  // namespace

StatusOr<std::vector<NumberKind>> ReadNumberKinds(XlsxArchive& archive, const std::string& part) {
  StylesHandler handler;
  if (!part.empty()) DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, part, &handler));
  return handler.Kinds();
}

}  // namespace duijie::tabular
