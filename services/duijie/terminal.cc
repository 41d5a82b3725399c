// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "common/text/encoding.h"

namespace duijie {
namespace {

constexpr int kMinWidth = 40;
constexpr char kReset[] = "\x1b[0m";
constexpr char kReplacementUtf8[] = "\xEF\xBF\xBD";

// Bytes of the code point that starts with `lead`, in well-formed UTF-8.
size_t SequenceLength(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

bool IsBlankControl(std::string_view sequence) {
  return sequence == "\n" || sequence == "\r" || sequence == "\t" || sequence == "\xE2\x80\xA8" ||
         sequence == "\xE2\x80\xA9";  // U+2028, U+2029
}

bool IsDangerous(std::string_view s) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  if (s.size() == 1) return at(0) < 0x20 || at(0) == 0x7F;
  if (s.size() == 2) return (at(0) == 0xC2 && at(1) < 0xA0) || s == "\xD8\x9C";  // C1, U+061C
  if (s.size() != 3 || at(0) != 0xE2) return false;
  if (at(1) == 0x80) return at(2) == 0x8E || at(2) == 0x8F || (at(2) >= 0xAA && at(2) <= 0xAE);
  return at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9;
}

const char* CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kGood:
      return "\x1b[32m";
    case Style::kBad:
      return "\x1b[31m";
    case Style::kWarning:
      return "\x1b[33m";
    case Style::kMatch:
      return "\x1b[1;33m";
  }
  return "";
}

}  // namespace

Terminal Terminal::Detect(bool no_color) {
  Terminal terminal;
  terminal.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  terminal.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* no_color_variable = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool forbidden = no_color || (no_color_variable != nullptr && *no_color_variable != '\0');
  terminal.color =
      terminal.out_is_terminal && !forbidden && term != nullptr && std::string_view(term) != "dumb";
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  terminal.width = std::max(terminal.width, kMinWidth);
  return terminal;
}

std::string Neutralise(std::string_view text) {
  const std::string clean = SanitizeUtf8(text);
  std::string out;
  out.reserve(clean.size());
  for (size_t at = 0; at < clean.size();) {
    const std::string_view sequence = std::string_view(clean).substr(at, SequenceLength(clean[at]));
    if (IsBlankControl(sequence)) {
      out += ' ';
    } else {
      out += IsDangerous(sequence) ? std::string_view(kReplacementUtf8) : sequence;
    }
    at += sequence.size();
  }
  return out;
}

std::vector<std::string> NeutraliseLines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(Neutralise(line));
    begin = end + 1;
  }
  return lines;
}

std::string FitColumns(const std::string& text, int columns) {
  if (DisplayWidth(text) <= columns) return text;
  std::string out;
  int used = 0;
  for (size_t at = 0; at < text.size();) {
    const std::string_view sequence = std::string_view(text).substr(at, SequenceLength(text[at]));
    const int width = DisplayWidth(sequence);
    if (used + width > columns - 1) break;
    out += sequence;
    used += width;
    at += sequence.size();
  }
  return columns > 0 ? out + "…" : "";
}

int WidthOf(const StyledText& text) {
  int width = 0;
  for (const Span& span : text.spans()) width += DisplayWidth(Neutralise(span.text));
  return width;
}

std::string Render(const StyledText& text, int columns, bool color) {
  std::string out;
  const bool cut = columns > 0 && WidthOf(text) > columns;
  int left = columns;
  for (const Span& span : text.spans()) {
    std::string piece = Neutralise(span.text);
    bool last = false;
    if (cut) {
      // The span that reaches the last column carries the "…".
      last = DisplayWidth(piece) >= left;
      if (last) piece = FitColumns(DisplayWidth(piece) == left ? piece + " " : piece, left);
      left -= DisplayWidth(piece);
    }
    const bool painted = color && span.style != Style::kPlain && !piece.empty();
    out += painted ? CodeOf(span.style) + piece + kReset : piece;
    if (last) break;
  }
  return out;
}

}  // namespace duijie
