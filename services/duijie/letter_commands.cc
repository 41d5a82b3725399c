// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/letter_commands.h"

#include "duijie/v1/letter_service.grpc.pb.h"
#include "services/duijie/files.h"

namespace duijie {
namespace {

struct LetterOptions {
  std::string enterprise, campaign, sender, file;
};

StatusOr<ExitCode> RunLetter(Session& session, const LetterOptions& options) {
  v1::ExportPushLetterRequest request;
  const bool bare = options.enterprise.find('/') == std::string::npos;
  request.set_enterprise((bare ? "enterprises/" : "") + options.enterprise);
  request.set_campaign(options.campaign);
  request.set_sender(options.sender);
  request.set_format(options.file.ends_with(".docx") ? v1::LETTER_FORMAT_DOCX : v1::LETTER_FORMAT_HTML);
  const auto stub = session.client.NewStub<v1::LetterService>("push");
  DUIJIE_ASSIGN_OR_RETURN(const auto letter,
                          session.client.Call(*stub, &v1::LetterService::Stub::ExportPushLetter, request));
  DUIJIE_RETURN_IF_ERROR(SaveFile(options.file, letter.content(), session.output.out()));
  if (options.file != "-") {
    session.output.Note("已写入 " + options.file + "，含 " + std::to_string(letter.pushes_size()) +
                        " 项推送");
  }
  return ExitCode::kOk;
}

}  // namespace

void AddLetterCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<LetterOptions>();
  const Command command = root.Subcommand("push").AddSubcommand("letter", "生成给一家企业的定向推送函");
  command.AddOption("enterprise", options->enterprise, "企业编号，如 enterprises/ab12")
      .Required()
      .TypeName("企业");
  command.AddOption("-o,--output", options->file, "输出文件：.html 供打印，.docx 为 Word；- 为标准输出")
      .Required()
      .TypeName("文件");
  command.AddOption("--campaign", options->campaign, "只写这次推送活动的，如 campaigns/ab12")
      .TypeName("活动");
  command.AddOption("--sender", options->sender, "落款，如 衡水市科学技术局").TypeName("文字");
  OnChosen(command, invocation, options, &RunLetter);
}

}  // namespace duijie
