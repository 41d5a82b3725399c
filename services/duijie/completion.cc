// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/completion.h"

namespace duijie {
namespace {

struct CompletionOptions {
  std::string shell;
};

void Collect(Command command, const std::string& path, const std::vector<std::string>& global,
             std::map<std::string, std::vector<std::string>>* words) {
  std::vector<std::string>& here = (*words)[path];
  const std::vector<Command> subcommands = command.Subcommands();
  for (const Command subcommand : subcommands) here.push_back(subcommand.Name());
  for (const std::string& name : command.LongOptions()) here.push_back(name);
  if (!path.empty()) {
    for (const std::string& name : global) {
      if (name != "--help" && name != "--version") here.push_back(name);
    }
  }
  for (const Command subcommand : subcommands) {
    Collect(subcommand, path.empty() ? subcommand.Name() : path + " " + subcommand.Name(), global, words);
  }
}

// "    'run start') candidates='--title …' ;;" for each path.
std::string Cases(Command root) {
  std::string cases;
  for (const auto& [path, words] : CompletionWords(root)) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : " ") + word;
    cases.append("    '").append(path).append("') candidates='").append(list).append("' ;;\n");
  }
  return cases;
}

// The patterns of all command paths, to find where on the line the user is.
std::string Paths(Command root) {
  std::string patterns;
  for (const auto& [path, words] : CompletionWords(root)) {
    if (!path.empty()) patterns += (patterns.empty() ? "'" : "|'") + path + "'";
  }
  return patterns;
}

StatusOr<ExitCode> RunCompletion(Session& session, const CompletionOptions& options) {
  session.output.Raw(options.shell == "bash" ? BashCompletion(session.root) : ZshCompletion(session.root));
  return ExitCode::kOk;
}

}  // namespace

std::map<std::string, std::vector<std::string>> CompletionWords(Command root) {
  std::map<std::string, std::vector<std::string>> words;
  Collect(root, "", root.LongOptions(), &words);
  return words;
}

std::string BashCompletion(Command root) {
  return "# bash completion of duijie: source <(duijie completion bash)\n"
         "_duijie() {\n"
         "  local path='' candidate word candidates='' current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    candidate=\"${path:+$path }$word\"\n"
         "    case \"$candidate\" in\n"
         "    " +
         Paths(root) +
         ") path=\"$candidate\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         Cases(root) +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$candidates\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _duijie duijie\n";
}

std::string ZshCompletion(Command root) {
  return "#compdef duijie\n"
         "# zsh completion of duijie: source <(duijie completion zsh)\n"
         "_duijie() {\n"
         "  local route='' candidate word candidates=''\n"
         "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "    candidate=\"${route:+$route }$word\"\n"
         "    case \"$candidate\" in\n"
         "    " +
         Paths(root) +
         ") route=\"$candidate\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$route\" in\n" +
         Cases(root) +
         "  esac\n"
         "  compadd -- ${=candidates}\n"
         "  _files\n"
         "}\n"
         "compdef _duijie duijie\n";
}

void AddCompletionCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<CompletionOptions>();
  const Command command = root.AddSubcommand("completion", "输出命令补全脚本");
  command.AddOption("shell", options->shell, "bash 或 zsh")
      .Required()
      .OneOf({"bash", "zsh"})
      .TypeName("shell");
  OnChosen(command, invocation, options, &RunCompletion);
}

}  // namespace duijie
