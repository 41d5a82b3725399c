// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/command.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <sstream>
#include <string>
#include <utility>

#include "common/text/encoding.h"
#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

constexpr size_t kHelpColumn = 34;

// CLI11 pads by bytes; Chinese needs display columns.
class ChineseFormatter final : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return Line(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
  }
  std::string make_subcommand(const CLI::App* command) const override {
    return Line(command->get_display_name(true), command->get_description());
  }

 private:
  std::string Line(const std::string& name, const std::string& description) const {
    const auto width = static_cast<int>(get_column_width());
    std::string line = "  " + name;
    const int used = DisplayWidth(line);
    line += used < width ? std::string(static_cast<size_t>(width - used), ' ')
                         : "\n" + std::string(static_cast<size_t>(width), ' ');
    return line + description + "\n";
  }
};

void SetChineseHelp(CLI::App& app) {
  auto formatter = std::make_shared<ChineseFormatter>();
  formatter->column_width(kHelpColumn);
  formatter->label("Usage", "用法");
  formatter->label("OPTIONS", "选项");
  formatter->label("SUBCOMMAND", "子命令");
  formatter->label("SUBCOMMANDS", "子命令");
  formatter->label("Positionals", "参数");
  formatter->label("REQUIRED", "（必填）");
  formatter->label("Excludes", "不能同时用");
  formatter->label("INT", "整数");
  formatter->label("FLOAT", "数字");
  app.formatter(formatter);
  app.set_help_flag("-h,--help", "显示帮助")->group(kGlobalGroup);
  app.option_defaults()->group("选项");
}

// CLI11 words its errors in English; the kind of error says it in Chinese, what is left of the original
// where.
std::string WithoutEnglish(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"Could not convert: ", ""},
      {"A subcommand is required", "子命令"},
      {" is required", ""},
      {"The following argument was not expected: ", ""},
      {"The following arguments were not expected: ", ""},
      {" excludes ", " 与 "},
      {" not in {", " 不在 {"}};
  for (const auto& [english, chinese] : kWords) {
    const size_t at = text.find(english);
    if (at != std::string::npos) text.replace(at, english.size(), chinese);
  }
  return text;
}

std::string UsageText(const CLI::ParseError& error) {
  const std::string name = error.get_name();
  std::string text = "命令行有误";
  if (name == "RequiredError") text = "缺少必填的参数或子命令";
  if (name == "ExtrasError") text = "无法识别的参数";
  if (name == "ConversionError") text = "参数的值类型不对";
  if (name == "ValidationError") text = "参数的值不符合要求";
  if (name == "ArgumentMismatch") text = "参数的个数不对";
  if (name == "ExcludesError") text = "这些选项不能同时使用";
  return text + "（" + WithoutEnglish(error.what()) + "）；用 --help 查看用法";
}

// A check of a number that says in Chinese what is wrong; what is no number at all is a ConversionError.
Option CheckNumber(CLI::Option* option, std::function<bool(double)> is_good, std::string rule) {
  option->check([is_good = std::move(is_good), rule = std::move(rule)](const std::string& text) {
    double number = 0;
    return CLI::detail::lexical_cast(text, number) && !is_good(number) ? rule + "，不能是 " + text : "";
  });
  return Option(option);
}

}  // namespace

Option Option::Required(bool required) const { return Option(option_->required(required)); }

Option Option::TypeName(std::string_view name) const { return Option(option_->type_name(std::string(name))); }

Option Option::Description(std::string_view description) const {
  return Option(option_->description(std::string(description)));
}

Option Option::Group(std::string_view group) const { return Option(option_->group(std::string(group))); }

Option Option::ShowDefault() const { return Option(option_->capture_default_str()); }

Option Option::Positive() const {
  return CheckNumber(
      option_, [](double number) { return number > 0; }, "应大于 0");
}

Option Option::NonNegative() const {
  return CheckNumber(
      option_, [](double number) { return number >= 0; }, "不能小于 0");
}

Option Option::Within(int low, int high) const {
  return CheckNumber(
      option_, [low, high](double number) { return number >= low && number <= high; },
      "应在 " + std::to_string(low) + " 到 " + std::to_string(high) + " 之间");
}

Option Option::OneOf(std::vector<std::string> values) const {
  return Option(option_->check(CLI::IsMember(std::move(values))));
}

Option Option::Delimiter(char separator) const { return Option(option_->delimiter(separator)); }

Option Option::Excludes(Option other) const { return Option(option_->excludes(other.option_)); }

bool Option::Given() const { return option_->count() > 0; }

Command Command::AddSubcommand(std::string_view name, std::string_view description) const {
  CLI::App* command = app_->add_subcommand(std::string(name), std::string(description));
  command->group("命令");
  // It made its own help option before it inherited our groups.
  command->get_help_ptr()->group(kGlobalGroup);
  return Command(command);
}

Command Command::AddGroup(std::string_view name, std::string_view description) const {
  const Command group = AddSubcommand(name, description);
  group.app_->require_subcommand(1);
  return group;
}

template <OptionValue T>
Option Command::AddOption(std::string_view names, T& target, std::string_view description) const {
  return Option(app_->add_option(std::string(names), target, std::string(description)));
}

template Option Command::AddOption(std::string_view, std::string&, std::string_view) const;
template Option Command::AddOption(std::string_view, int&, std::string_view) const;
template Option Command::AddOption(std::string_view, int64_t&, std::string_view) const;
template Option Command::AddOption(std::string_view, uint64_t&, std::string_view) const;
template Option Command::AddOption(std::string_view, double&, std::string_view) const;
template Option Command::AddOption(std::string_view, std::vector<std::string>&, std::string_view) const;
template Option Command::AddOption(std::string_view, std::optional<double>&, std::string_view) const;

Option Command::AddFlag(std::string_view names, bool& target, std::string_view description) const {
  return Option(app_->add_flag(std::string(names), target, std::string(description)));
}

Option Command::AddOptionFunction(std::string_view names, const std::function<void(const std::string&)>& use,
                                  std::string_view description) const {
  return Option(app_->add_option_function<std::string>(std::string(names), use, std::string(description)));
}

Option Command::AddFlagFunction(std::string_view names, std::function<void()> use,
                                std::string_view description) const {
  return Option(app_->add_flag_callback(std::string(names), std::move(use), std::string(description)));
}

void Command::OnChosen(std::function<void()> call) const { app_->callback(std::move(call)); }

Command Command::Subcommand(std::string_view name) const {
  return Command(app_->get_subcommand(std::string(name)));
}

Option Command::OptionNamed(std::string_view name) const {
  return Option(app_->get_option(std::string(name)));
}

std::string Command::Name() const { return app_->get_name(); }

std::vector<Command> Command::Subcommands() const {
  std::vector<Command> commands;
  for (CLI::App* command : app_->get_subcommands([](CLI::App*) { return true; })) {
    commands.emplace_back(command);
  }
  return commands;
}

std::vector<std::string> Command::LongOptions() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : app_->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

CommandLine::CommandLine(std::string_view name, std::string_view description, std::string_view footer)
    : app_(std::make_unique<CLI::App>(std::string(description), std::string(name))) {
  SetChineseHelp(*app_);
  app_->footer(std::string(footer));
  app_->require_subcommand(1);
  app_->fallthrough();
}

CommandLine::CommandLine(CommandLine&&) noexcept = default;
CommandLine::~CommandLine() = default;

StatusOr<Parsed> CommandLine::Parse(const std::vector<std::string>& arguments, std::ostream& out) const {
  try {
    app_->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes them reversed
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return UsageError(UsageText(error));
    app_->exit(error, out, out);
    return Parsed::kHelp;
  }
  return Parsed::kCommand;
}

StatusOr<std::vector<TomlItem>> ParseTomlItems(std::string_view toml_text) {
  std::istringstream in{std::string(toml_text)};
  std::vector<TomlItem> items;
  try {
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(in)) {
      if (item.name == "++" || item.name == "--") continue;  // CLI11's marks of sections
      items.push_back({item.fullname(), item.inputs});
    }
  } catch (const CLI::Error& error) {
    return UsageError(std::string("格式有误：") + error.what());
  }
  return items;
}

bool ParseNumber(const std::string& text, int* number) { return CLI::detail::lexical_cast(text, *number); }

}  // namespace duijie
