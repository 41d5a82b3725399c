// SPDX-License-Identifier: GPL-3.0-or-later
// What a command gets to work with, and how it is tied to its place on the command line.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "services/duijie/client.h"
#include "services/duijie/command.h"
#include "services/duijie/exit_codes.h"
#include "services/duijie/json_output.h"
#include "services/duijie/progress_bar.h"
#include "services/duijie/table_printer.h"

namespace duijie {

// Output for people or, with --json, for programs: one JSON object a line on standard output and nothing else
// there.
class Output {
 public:
  Output(std::ostream& out, std::ostream& err, Terminal terminal, bool json)
      : out_(out), err_(err), terminal_(terminal), json_(json) {}

  bool json() const { return json_; }
  const Terminal& terminal() const { return terminal_; }
  std::ostream& out() { return out_; }

  void Json(const google::protobuf::Message& message) { out_ << ToJsonLine(message) << '\n'; }
  // Cells and lines are neutralised here: commands hand over raw record texts.
  void Print(const Table& table) {
    out_ << FormatTable(table, {terminal_.out_is_terminal ? terminal_.width : 0, terminal_.color});
  }
  void Line(const StyledText& text) { out_ << Render(text, 0, terminal_.color) << '\n'; }
  void Raw(std::string_view text) { out_ << text; }  // text of our own making
  // To standard error, also with --json.
  void Note(const std::string& text) { err_ << Render(text, 0, false) << '\n'; }
  ProgressBar Progress() { return ProgressBar(err_, terminal_.err_is_terminal); }

 private:
  std::ostream& out_;
  std::ostream& err_;
  const Terminal terminal_;
  const bool json_;
};

struct Session {
  Client& client;
  Output& output;
  Command root;  // of the whole command tree, for completion scripts
};

// The command that the user chose; set while the line is parsed, run afterwards.
struct Invocation {
  std::function<StatusOr<ExitCode>(Session&)> run;
};

// Runs `run(session, *options)` if `command` is chosen. `invocation` must outlive the command line.
template <typename Options>
void OnChosen(Command command, Invocation& invocation, std::shared_ptr<Options> options,
              StatusOr<ExitCode> (*run)(Session&, const Options&)) {
  command.OnChosen([&invocation, options = std::move(options), run] {
    invocation.run = [options, run](Session& session) { return run(session, *options); };
  });
}

}  // namespace duijie
