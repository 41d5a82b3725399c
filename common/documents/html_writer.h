// SPDX-License-Identifier: GPL-3.0-or-later
// Printable HTML documents: one self-contained file (inline style, no scripts, nothing fetched), A4, Chinese.
// Every text is escaped here, so no caller ever writes markup. Pure: the same calls give the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duijie {

// `text` as character data or a quoted attribute value: & < > " ' become references, control characters but
// tab and line ends are left out, ill-formed UTF-8 becomes U+FFFD.
std::string EscapeHtml(std::string_view text);

// Builds a document from top to bottom. Texts may hold line ends, which are kept as line breaks. Not
// thread-safe.
class HtmlWriter {
 public:
  using Row = std::vector<std::string>;
  using Facts = std::vector<std::pair<std::string, std::string>>;  // label, value

  enum class Paper { kPortrait, kLandscape };

  // `title` stands in the head of the file, not on the page.
  explicit HtmlWriter(std::string_view title, Paper paper = Paper::kPortrait);

  HtmlWriter& Title(std::string_view text);         // centred, once, on top
  HtmlWriter& Section(std::string_view text);       // 一、…
  HtmlWriter& Subsection(std::string_view text);    // （一）…
  HtmlWriter& Paragraph(std::string_view text);     // indented by two characters
  HtmlWriter& PlainLine(std::string_view text);     // not indented, e.g. a salutation
  HtmlWriter& RightAligned(std::string_view text);  // sender and date of a letter
  HtmlWriter& Note(std::string_view text);          // small and grey
  HtmlWriter& Mark(std::string_view text);          // boxed, for what must not be overlooked
  HtmlWriter& Bullets(const Row& items);
  HtmlWriter& Numbered(const Row& items);
  // Two columns; entries with an empty value are left out.
  HtmlWriter& FactTable(const Facts& facts);
  // The heading row is repeated on every printed page. Rows may be shorter than the headings.
  HtmlWriter& Table(const Row& headings, const std::vector<Row>& rows);
  // A line to sign on for each label.
  HtmlWriter& SignatureLines(const Row& labels);
  HtmlWriter& PageBreak();

  // The whole file. To be called once, last.
  std::string Finish() &&;

 private:
  HtmlWriter& Element(std::string_view tag, std::string_view css_class, std::string_view text);
  HtmlWriter& List(std::string_view tag, const Row& items);
  void AddText(std::string_view text);  // escaped, with line breaks

  std::string html_;
};

}  // namespace duijie
