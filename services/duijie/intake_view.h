// SPDX-License-Identifier: GPL-3.0-or-later
// What was read from a note, as a person reads it. Pure.
#pragma once

#include <string>

#include "duijie/v1/need_draft.pb.h"
#include "services/duijie/table_printer.h"

namespace duijie {

// "12–18", code points.
std::string SpanText(const v1::NoteSpan& span);

// The stretch of a text between two code points.
std::string Quote(const std::string& text, const v1::NoteSpan& span);

// Every aspect and figure with its place and its words in the note.
Table ReadingTable(const std::string& note, const v1::NoteReading& reading);

}  // namespace duijie
