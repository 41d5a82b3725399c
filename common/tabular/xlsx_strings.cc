// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_strings.h"

#include "common/tabular/table_error.h"
#include "common/tabular/xml_part.h"

namespace duijie::tabular {

class SharedStringsHandler final : public XmlHandler {
 public:
  SharedStringsHandler(SharedStrings* strings, uint64_t max_bytes)
      : strings_(strings), max_bytes_(max_bytes) {}

  void OnStart(const XmlElement& element) override { tracker_.OnStart(element.name()); }

  void OnEnd(std::string_view name) override {
    tracker_.OnEnd(name);
    if (name != "si") return;
    strings_->ends_.push_back(strings_->text_.size());
    CheckSize();
  }

  void OnText(std::string_view text) override {
    if (!tracker_.counts()) return;
    strings_->text_ += text;
    CheckSize();
  }

 private:
  void CheckSize() {
    if (strings_->text_.size() + strings_->ends_.size() * sizeof(size_t) <= max_bytes_) return;
    Fail(TooLarge("工作簿的文字总量过大，请拆分后再导入"));
  }

  SharedStrings* const strings_;
  const uint64_t max_bytes_;
  RichTextTracker tracker_;
};

StatusOr<SharedStrings> SharedStrings::Read(XlsxArchive& archive, const std::string& part,
                                            uint64_t max_bytes) {
  SharedStrings strings;
  SharedStringsHandler handler(&strings, max_bytes);
  if (!part.empty()) DUIJIE_RETURN_IF_ERROR(ParseWholePart(archive, part, &handler));
  return strings;
}

}  // namespace duijie::tabular
