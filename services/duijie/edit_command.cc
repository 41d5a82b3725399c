// SPDX-License-Identifier: GPL-3.0-or-later
// edit and contacts; declared in record_commands.h.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "services/duijie/field_setting.h"
#include "services/duijie/files.h"
#include "services/duijie/record_calls.h"
#include "services/duijie/record_commands.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

struct EditOptions {
  std::string name, etag;
  std::vector<std::string> settings;
};

// A file that only we can read, removed at the end: records may be confidential.
class PrivateFile {
 public:
  PrivateFile() : folder_((std::filesystem::temp_directory_path() / "duijie-XXXXXX").string()) {
    created_ = mkdtemp(folder_.data()) != nullptr;
  }
  ~PrivateFile() {
    std::error_code ignored;
    if (created_) std::filesystem::remove_all(folder_, ignored);
  }
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;

  bool created() const { return created_; }
  std::string path() const { return folder_ + "/record.json"; }

 private:
  std::string folder_;
  bool created_ = false;
};

Status RunEditor(const std::string& path) {
  const char* visual = std::getenv("VISUAL");
  const char* editor = visual != nullptr && *visual != '\0' ? visual : std::getenv("EDITOR");
  if (editor == nullptr || *editor == '\0') return UsageError("请用 --set 字段=值，或设置环境变量 EDITOR");
  // The shell splits what EDITOR holds ("code --wait"); the path is an argument of its own.
  const std::string script = std::string(editor) + " \"$1\"";
  const pid_t child = fork();
  if (child < 0) return LocalError("无法启动编辑器");
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", script.c_str(), "sh", path.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  int state = 0;
  while (waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? OkStatus()
                                                     : LocalError("编辑器没有正常结束，未作修改");
}

Status EditByHand(const std::string& what, google::protobuf::Message* record) {
  const PrivateFile file;
  if (!file.created()) return LocalError("无法建立临时文件夹");
  DUIJIE_RETURN_IF_ERROR(SaveFile(file.path(), ToJsonText(*record), std::cout));
  DUIJIE_RETURN_IF_ERROR(RunEditor(file.path()));
  DUIJIE_ASSIGN_OR_RETURN(const std::string json, ReadSmallFile(file.path()));
  record->Clear();
  return ParseJson(json, what, record);
}

StatusOr<ExitCode> RunEdit(Session& session, const EditOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const auto calls, RecordCallsFor(session.client, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const RecordPtr before, calls->Get(options.name));
  const RecordPtr after(before->New());
  after->CopyFrom(*before);
  google::protobuf::FieldMask mask;
  if (options.settings.empty()) {
    DUIJIE_RETURN_IF_ERROR(EditByHand(options.name, after.get()));
    mask = ChangedFields(*before, *after);
  } else {
    for (const std::string& setting : options.settings) {
      DUIJIE_RETURN_IF_ERROR(ApplySetting(setting, after.get(), &mask));
    }
  }
  if (mask.paths().empty()) {
    session.output.Note("没有改动");
    return ExitCode::kOk;
  }
  // The etag guards what was read; the name is not for the editor to change.
  const auto* reflection = after->GetReflection();
  const auto* type = after->GetDescriptor();
  const auto* etag = type->FindFieldByName("etag");
  reflection->SetString(after.get(), type->FindFieldByName("name"), options.name);
  reflection->SetString(after.get(), etag,
                        options.etag.empty() ? reflection->GetString(*before, etag) : options.etag);
  DUIJIE_ASSIGN_OR_RETURN(const RecordPtr stored, calls->Update(*after, mask));
  PrintWritten(session, *stored, "已修改");
  return ExitCode::kOk;
}

struct ContactsOptions {
  std::string name, file;
};

StatusOr<ExitCode> SetContacts(Session& session, const ContactsOptions& options) {
  v1::UpdateContactsRequest request;
  DUIJIE_ASSIGN_OR_RETURN(std::string json, ReadSmallFile(options.file));
  // A bare list of contacts is what people write.
  const size_t begin = json.find_first_not_of(" \t\r\n");
  if (begin != std::string::npos && json[begin] == '[') json = "{\"contacts\": " + json + "}";
  v1::GetContactsResponse contacts;
  DUIJIE_RETURN_IF_ERROR(ParseJson(json, options.file, &contacts));
  request.set_name(options.name);
  *request.mutable_contacts() = contacts.contacts();
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.catalog(), &v1::CatalogService::Stub::UpdateContacts, request));
  if (session.output.json()) {
    session.output.Json(response);
  } else {
    session.output.Line("已更新 " + options.name + " 的联系方式，共 " +
                        std::to_string(request.contacts_size()) + " 人");
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunContacts(Session& session, const ContactsOptions& options) {
  if (!options.file.empty()) return SetContacts(session, options);
  v1::GetContactsRequest request;
  request.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.catalog(), &v1::CatalogService::Stub::GetContacts, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  Table table{{{"联系人"}, {"职务", Align::kLeft, true}, {"电话"}, {"电子邮箱"}}, {}};
  for (const v1::Contact& contact : response.contacts()) {
    table.rows.push_back({contact.person(), contact.position(), contact.phone(), contact.email()});
  }
  session.output.Print(table);
  return ExitCode::kOk;
}

}  // namespace

void AddEditCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<EditOptions>();
  const Command command = root.AddSubcommand("edit", "修改记录：用 --set，或在编辑器（EDITOR）里改 JSON");
  command.AddOption("name", options->name, "记录编号").Required().TypeName("编号");
  command
      .AddOption("--set", options->settings,
                 "字段=值，可重复；字段用英文名或中文列名，列表用；隔开，空值清除")
      .TypeName("字段=值");
  command.AddOption("--etag", options->etag, "只在记录仍是这个版本时修改；缺省为刚读到的版本")
      .TypeName("标记");
  OnChosen(command, invocation, options, &RunEdit);
}

void AddContactsCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<ContactsOptions>();
  const Command command = root.AddSubcommand("contacts", "查看或更新联系方式（每次查看都记入审计日志）");
  command.AddOption("name", options->name, "记录编号").Required().TypeName("编号");
  command.AddOption("--set", options->file, "用这个 JSON 文件替换；- 为标准输入").TypeName("文件");
  OnChosen(command, invocation, options, &RunContacts);
}

}  // namespace duijie
