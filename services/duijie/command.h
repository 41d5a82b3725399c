// SPDX-License-Identifier: GPL-3.0-or-later
// Commands, options, the parsing of a command line and of a settings file. CLI11 does the work and is known
// to command.cc alone: it is a library of headers, and every file that includes it compiles all of it again.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace duijie {

// Where the help lists the options that every command takes.
inline constexpr char kGlobalGroup[] = "全局选项";

// A handle of an option; its command line owns it. Each setter returns the same handle. A value that a check
// refuses is a USAGE error.
class Option {
 public:
  Option() = default;
  explicit Option(CLI::Option* option) : option_(option) {}

  Option Required(bool required = true) const;
  Option TypeName(std::string_view name) const;  // what the help calls the value
  Option Description(std::string_view description) const;
  Option Group(std::string_view group) const;  // of the help
  Option ShowDefault() const;                  // the value that the target has now, in the help
  Option Positive() const;
  Option NonNegative() const;
  Option Within(int low, int high) const;  // both included
  Option OneOf(std::vector<std::string> values) const;
  Option Delimiter(char separator) const;  // between the values of a list
  Option Excludes(Option other) const;
  bool Given() const;  // after parsing: the line has it

 private:
  CLI::Option* option_ = nullptr;
};

// What an option can be read into; command.cc has one instantiation for each.
template <typename T>
concept OptionValue = std::same_as<T, std::string> || std::same_as<T, int> || std::same_as<T, int64_t> ||
    std::same_as<T, uint64_t> || std::same_as<T, double> || std::same_as<T, std::vector<std::string>> ||
    std::same_as<T, std::optional<double>>;

// A handle of a command or a group of commands; its command line owns it. Names that are taken or malformed
// are mistakes of the program: CLI11 throws, and the test of the command tree shows it.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  Command AddSubcommand(std::string_view name, std::string_view description) const;
  // A command that only groups others.
  Command AddGroup(std::string_view name, std::string_view description) const;
  // `names` as in "-o,--output", or "file" for a positional argument. `target` must outlive the command line.
  template <OptionValue T>
  Option AddOption(std::string_view names, T& target, std::string_view description) const;
  Option AddFlag(std::string_view names, bool& target, std::string_view description) const;
  // Calls `use` only if the option is given.
  Option AddOptionFunction(std::string_view names, const std::function<void(const std::string&)>& use,
                           std::string_view description) const;
  Option AddFlagFunction(std::string_view names, std::function<void()> use,
                         std::string_view description) const;
  // Called at the end of parsing if the line names this command.
  void OnChosen(std::function<void()> call) const;

  // These two have to exist.
  Command Subcommand(std::string_view name) const;
  Option OptionNamed(std::string_view name) const;

  std::string Name() const;
  std::vector<Command> Subcommands() const;      // in the order they were added
  std::vector<std::string> LongOptions() const;  // "--limit" …, in the order they were added

 private:
  CLI::App* app_;
};

enum class Parsed { kCommand, kHelp };

// Owns the tree of commands. Global options may also follow the subcommand; one subcommand has to be given.
class CommandLine {
 public:
  // Every command's help ends with `footer`.
  CommandLine(std::string_view name, std::string_view description, std::string_view footer);
  CommandLine(CommandLine&&) noexcept;
  ~CommandLine();

  Command root() const { return Command(app_.get()); }

  // `arguments` without the program's name. kHelp: help was asked for and is in `out`. Otherwise the targets
  // are set and the chosen command's function has been called. USAGE error, also after some targets are set.
  StatusOr<Parsed> Parse(const std::vector<std::string>& arguments, std::ostream& out) const;

 private:
  std::unique_ptr<CLI::App> app_;
};

struct TomlItem {
  std::string name;  // after its sections and dots, if it is in any
  std::vector<std::string> values;
};

// The items of a TOML text, as far as CLI11 knows TOML. USAGE error.
StatusOr<std::vector<TomlItem>> ParseTomlItems(std::string_view toml_text);

// Reads a whole number as an option's value is read; false if `text` is none.
bool ParseNumber(const std::string& text, int* number);

}  // namespace duijie
