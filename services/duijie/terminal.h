// SPDX-License-Identifier: GPL-3.0-or-later
// What we may write to a terminal. Texts of records are strangers' texts: whatever a terminal would take as a
// command is replaced before it is shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duijie {

struct Terminal {
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool color = false;  // only ever true if out_is_terminal
  int width = 80;      // columns; only meaningful if out_is_terminal

  // Looks at standard output and error, NO_COLOR and TERM.
  static Terminal Detect(bool no_color);
};

// One line of well-formed UTF-8: line breaks and tabs become spaces; other control characters (C0, DEL, C1)
// and the characters that reorder text (U+202A–U+202E, U+2066–U+2069, U+200E/F, U+061C) become U+FFFD.
std::string Neutralise(std::string_view text);

// The same with line breaks kept, as separate lines.
std::vector<std::string> NeutraliseLines(std::string_view text);

// At most `columns` display columns, "…" at the end if something was cut. `text` is neutralised.
std::string FitColumns(const std::string& text, int columns);

enum class Style { kPlain, kBold, kDim, kGood, kBad, kWarning, kMatch };

struct Span {
  std::string text;
  Style style = Style::kPlain;
};

// Text of a cell or line in pieces of one style each. Converts from a plain string.
class StyledText {
 public:
  StyledText() = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  StyledText(std::string text) : spans_{{std::move(text), Style::kPlain}} {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  StyledText(const char* text) : StyledText(std::string(text)) {}
  StyledText(std::string text, Style style) : spans_{{std::move(text), style}} {}
  StyledText& Append(std::string text, Style style = Style::kPlain) {
    spans_.push_back({std::move(text), style});
    return *this;
  }
  const std::vector<Span>& spans() const { return spans_; }

 private:
  std::vector<Span> spans_;
};

// Display width once neutralised.
int WidthOf(const StyledText& text);

// Neutralised, cut to `columns` (0 = whole), with ANSI colours if `color`.
std::string Render(const StyledText& text, int columns, bool color);

}  // namespace duijie
