// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/html_writer.h"

#include <cstdint>

namespace duijie {
namespace {

constexpr char kStyle[] =
    "body{font-family:\"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,serif;font-size:12pt;"
    "line-height:1.6;color:#000;max-width:48em;margin:1.5em auto;padding:0 1em}"
    "h1{font-size:18pt;text-align:center;margin:.4em 0 .8em}"
    "h2{font-size:14pt;margin:1.1em 0 .4em}h3{font-size:12pt;margin:.8em 0 .3em}"
    "h2,h3{break-after:avoid}"
    "p{margin:.3em 0}.indent{text-indent:2em}.right{text-align:right}.note{font-size:9pt;color:#555}"
    ".mark{border:1px solid #000;padding:.3em .6em}"
    "table{border-collapse:collapse;width:100%;margin:.4em 0;font-size:10.5pt}"
    "th,td{border:1px solid #333;padding:.25em .45em;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}"
    "th{background:#eee}.facts th{width:9em}thead{display:table-header-group}tr{break-inside:avoid}"
    ".sign{margin:1.4em 0 0;border-bottom:1px solid #000;padding-bottom:1.6em}"
    ".break{break-after:page}"
    "@media print{body{max-width:none;margin:0;padding:0}}";

constexpr char kReplacement[] = "\xEF\xBF\xBD";  // U+FFFD

// Bytes of the well-formed UTF-8 sequence at the front of `text`, which must not be empty; 0 if ill-formed.
// After table 3-7 of the Unicode Standard.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  size_t length = 0;
  uint8_t low = 0x80, high = 0xbf;  // bounds of the second byte
  if (lead >= 0xc2 && lead <= 0xdf) length = 2;
  if (lead >= 0xe0 && lead <= 0xef) {
    length = 3;
    if (lead == 0xe0) low = 0xa0;   // overlong
    if (lead == 0xed) high = 0x9f;  // surrogates
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    length = 4;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
  }
  if (length == 0 || text.size() < length || byte(1) < low || byte(1) > high) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return length;
}

void AppendEscaped(std::string_view character, std::string* out) {
  const char c = character[0];
  const auto byte = static_cast<uint8_t>(c);
  if (character.size() > 1) {
    *out += character;
  } else if (c == '&') {
    *out += "&amp;";
  } else if (c == '<') {
    *out += "&lt;";
  } else if (c == '>') {
    *out += "&gt;";
  } else if (c == '"') {
    *out += "&quot;";
  } else if (c == '\'') {
    *out += "&#39;";
  } else if ((byte >= 0x20 && byte != 0x7f) || c == '\n' || c == '\t') {
    *out += c;
  }
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) {
      out += kReplacement;
      text.remove_prefix(1);
      continue;
    }
    AppendEscaped(text.substr(0, length), &out);
    text.remove_prefix(length);
  }
  return out;
}

HtmlWriter::HtmlWriter(std::string_view title, Paper paper) {
  html_ = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>";
  html_ += EscapeHtml(title);
  html_ += "</title>\n<style>@page{size:A4";
  html_ += paper == Paper::kLandscape ? " landscape" : "";
  html_ += ";margin:18mm}";
  html_ += kStyle;
  html_ += "</style>\n</head>\n<body>\n";
}

void HtmlWriter::AddText(std::string_view text) {
  const std::string escaped = EscapeHtml(text);
  for (const char c : escaped) {
    if (c == '\n') {
      html_ += "<br>";
    } else {
      html_ += c;
    }
  }
}

HtmlWriter& HtmlWriter::Element(std::string_view tag, std::string_view css_class, std::string_view text) {
  html_ += '<';
  html_ += tag;
  if (!css_class.empty()) {
    html_ += " class=\"";
    html_ += css_class;
    html_ += '"';
  }
  html_ += '>';
  AddText(text);
  html_ += "</";
  html_ += tag;
  html_ += ">\n";
  return *this;
}

HtmlWriter& HtmlWriter::Title(std::string_view text) { return Element("h1", "", text); }
HtmlWriter& HtmlWriter::Section(std::string_view text) { return Element("h2", "", text); }
HtmlWriter& HtmlWriter::Subsection(std::string_view text) { return Element("h3", "", text); }
HtmlWriter& HtmlWriter::Paragraph(std::string_view text) { return Element("p", "indent", text); }
HtmlWriter& HtmlWriter::PlainLine(std::string_view text) { return Element("p", "", text); }
HtmlWriter& HtmlWriter::RightAligned(std::string_view text) { return Element("p", "right", text); }
HtmlWriter& HtmlWriter::Note(std::string_view text) { return Element("p", "note", text); }
HtmlWriter& HtmlWriter::Mark(std::string_view text) { return Element("p", "mark", text); }

HtmlWriter& HtmlWriter::List(std::string_view tag, const Row& items) {
  if (items.empty()) return *this;  // an empty list is read out as one
  html_ += "<" + std::string(tag) + ">\n";
  for (const std::string& item : items) Element("li", "", item);
  html_ += "</" + std::string(tag) + ">\n";
  return *this;
}

HtmlWriter& HtmlWriter::Bullets(const Row& items) { return List("ul", items); }
HtmlWriter& HtmlWriter::Numbered(const Row& items) { return List("ol", items); }

HtmlWriter& HtmlWriter::FactTable(const Facts& facts) {
  html_ += "<table class=\"facts\">\n";
  for (const auto& [label, value] : facts) {
    if (value.empty()) continue;
    html_ += "<tr>";
    Element("th", "", label);
    Element("td", "", value);
    html_ += "</tr>\n";
  }
  html_ += "</table>\n";
  return *this;
}

HtmlWriter& HtmlWriter::Table(const Row& headings, const std::vector<Row>& rows) {
  html_ += "<table>\n<thead><tr>";
  for (const std::string& heading : headings) Element("th", "", heading);
  html_ += "</tr></thead>\n<tbody>\n";
  for (const Row& row : rows) {
    html_ += "<tr>";
    for (size_t i = 0; i < headings.size(); ++i) Element("td", "", i < row.size() ? row[i] : "");
    html_ += "</tr>\n";
  }
  html_ += "</tbody>\n</table>\n";
  return *this;
}

HtmlWriter& HtmlWriter::SignatureLines(const Row& labels) {
  for (const std::string& label : labels) Element("p", "sign", label);
  return *this;
}

HtmlWriter& HtmlWriter::PageBreak() {
  html_ += "<div class=\"break\"></div>\n";
  return *this;
}

std::string HtmlWriter::Finish() && {
  html_ += "</body>\n</html>\n";
  return std::move(html_);
}

}  // namespace duijie
