// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/intake_view.h"

#include "services/duijie/labels.h"

namespace duijie {

std::string SpanText(const v1::NoteSpan& span) {
  return std::to_string(span.begin()) + "–" + std::to_string(span.end());
}

std::string Quote(const std::string& text, const v1::NoteSpan& span) {
  std::string quote;
  int32_t at = -1;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at;  // the first byte of a code point
    if (at >= span.begin() && at < span.end()) quote += c;
  }
  return quote;
}

Table ReadingTable(const std::string& note, const v1::NoteReading& reading) {
  Table table{{{"类别"}, {"内容", Align::kLeft, true}, {"位置"}, {"原文", Align::kLeft, true}}, {}};
  for (const v1::NoteAspect& aspect : reading.aspects()) {
    table.rows.push_back(
        {EnumLabel(aspect.kind()), aspect.text(), SpanText(aspect.span()), Quote(note, aspect.span())});
  }
  for (const v1::NoteConstraint& constraint : reading.constraints()) {
    std::string text = constraint.indicator().name() + " " + constraint.bound();
    if (!constraint.indicator().condition().empty()) text += "（" + constraint.indicator().condition() + "）";
    table.rows.push_back(
        {EnumLabel(constraint.role()), text, SpanText(constraint.span()), Quote(note, constraint.span())});
  }
  return table;
}

}  // namespace duijie
