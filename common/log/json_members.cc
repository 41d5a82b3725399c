// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>

#include "common/log/log.h"

namespace duijie::log {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kCut = "…";

// Length of the well-formed UTF-8 sequence at the start of `text`, or 0. Table 3-7 of the Unicode Standard.
size_t Utf8Length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const auto follows = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool shortest = first != 0xE0 || byte(1) >= 0xA0;
    const bool no_surrogate = first != 0xED || byte(1) < 0xA0;
    return follows(1) && follows(2) && shortest && no_surrogate ? 3 : 0;
  }
  if (first < 0xF0 || first > 0xF4) return 0;
  const bool in_range = (first != 0xF0 || byte(1) >= 0x90) && (first != 0xF4 || byte(1) < 0x90);
  return follows(1) && follows(2) && follows(3) && in_range ? 4 : 0;
}

// Characters that a terminal or a viewer may take as line breaks or commands: C0, DEL, C1, line and paragraph
// separators, and the controls of writing direction.
bool IsDangerous(std::string_view character) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
  if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (character.size() != 3 || byte(0) != 0xE2) return false;
  const bool general = byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE;
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return general || isolates;
}

unsigned CodePoint(std::string_view character) {
  const auto bits = [&](size_t i) { return static_cast<unsigned>(character[i]) & 0x3Fu; };
  if (character.size() == 1) return static_cast<unsigned char>(character[0]);
  if (character.size() == 2) return (static_cast<unsigned>(character[0]) & 0x1Fu) << 6 | bits(1);
  return (static_cast<unsigned>(character[0]) & 0x0Fu) << 12 | bits(1) << 6 | bits(2);
}

void AppendEscaped(std::string_view text, std::string& out) {
  const bool cut = text.size() > kMaxValueBytes;
  text = text.substr(0, kMaxValueBytes);
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    if (length == 0) {
      out += kReplacement;
    } else if (character == "\"" || character == "\\") {
      out += '\\';
      out += character;
    } else if (IsDangerous(character)) {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", CodePoint(character));
      out += escaped;
    } else {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  if (cut) out += kCut;
}

void AppendQuoted(std::string_view text, std::string& out) {
  out += '"';
  AppendEscaped(text, out);
  out += '"';
}

}  // namespace

Field::Field(std::string_view name, double number) : key(name), quoted(!std::isfinite(number)) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g", number);
  value = text;
}

Field::Field(std::string_view name, const Status& status)
    : key(name), value(absl::StatusCodeToString(status.code())) {
  if (const std::string reason = ReasonOf(status); !reason.empty()) value += " " + reason;
  if (const std::string_view message = MessageOf(status); !message.empty())
    value += ": " + std::string(message);
}

std::string ToJsonMembers(std::string_view event, const std::vector<Field>& fields) {
  std::string out = "\"event\":";
  AppendQuoted(event, out);
  for (const Field& field : fields) {
    out += ',';
    AppendQuoted(field.key, out);
    out += ':';
    if (field.quoted) {
      AppendQuoted(field.value, out);
    } else {
      out += field.value;
    }
  }
  return out;
}

}  // namespace duijie::log
