// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/completion.h"

namespace duijie {
namespace {

struct CompletionOptions {
  std::string shell;
};

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void Collect(const CLI::App& app, const std::string& path, const std::vector<std::string>& global,
             std::map<std::string, std::vector<std::string>>* words) {
  std::vector<std::string>& here = (*words)[path];
  const auto subcommands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : subcommands) here.push_back(command->get_name());
  for (const std::string& name : OptionNames(app)) here.push_back(name);
  if (!path.empty()) {
    for (const std::string& name : global) {
      if (name != "--help" && name != "--version") here.push_back(name);
    }
  }
  for (const CLI::App* command : subcommands) {
    Collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), global, words);
  }
}

// "    'run start') candidates='--title …' ;;" for each path.
std::string Cases(const CLI::App& app) {
  std::string cases;
  for (const auto& [path, words] : CompletionWords(app)) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : " ") + word;
    cases += "    '" + path + "') candidates='" + list + "' ;;\n";
  }
  return cases;
}

// The patterns of all command paths, to find where on the line the user is.
std::string Paths(const CLI::App& app) {
  std::string patterns;
  for (const auto& [path, words] : CompletionWords(app)) {
    if (!path.empty()) patterns += (patterns.empty() ? "'" : "|'") + path + "'";
  }
  return patterns;
}

StatusOr<ExitCode> RunCompletion(Session& session, const CompletionOptions& options) {
  session.output.Raw(options.shell == "bash" ? BashCompletion(session.app) : ZshCompletion(session.app));
  return ExitCode::kOk;
}

}  // namespace

std::map<std::string, std::vector<std::string>> CompletionWords(const CLI::App& app) {
  std::map<std::string, std::vector<std::string>> words;
  Collect(app, "", OptionNames(app), &words);
  return words;
}

std::string BashCompletion(const CLI::App& app) {
  return "# bash completion of duijie: source <(duijie completion bash)\n"
         "_duijie() {\n"
         "  local path='' candidate word candidates='' current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    candidate=\"${path:+$path }$word\"\n"
         "    case \"$candidate\" in\n"
         "    " +
         Paths(app) +
         ") path=\"$candidate\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         Cases(app) +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$candidates\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _duijie duijie\n";
}

std::string ZshCompletion(const CLI::App& app) {
  return "#compdef duijie\n"
         "# zsh completion of duijie: source <(duijie completion zsh)\n"
         "_duijie() {\n"
         "  local route='' candidate word candidates=''\n"
         "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "    candidate=\"${route:+$route }$word\"\n"
         "    case \"$candidate\" in\n"
         "    " +
         Paths(app) +
         ") route=\"$candidate\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$route\" in\n" +
         Cases(app) +
         "  esac\n"
         "  compadd -- ${=candidates}\n"
         "  _files\n"
         "}\n"
         "compdef _duijie duijie\n";
}

void AddCompletionCommand(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<CompletionOptions>();
  CLI::App* command = app.add_subcommand("completion", "输出命令补全脚本");
  command->add_option("shell", options->shell, "bash 或 zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}))
      ->type_name("shell");
  OnChosen(command, invocation, options, &RunCompletion);
}

}  // namespace duijie
