// SPDX-License-Identifier: GPL-3.0-or-later
// admin key; declared in admin_commands.h.
#include <algorithm>

#include "services/duijie/admin_commands.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::AdminService::Stub;

constexpr int kKeyPageSize = 200;

std::string ScopeText(const v1::ApiKey& key) {
  if (key.all_parks()) return "全部园区";
  if (!key.enterprise().empty()) return key.enterprise();
  std::string text;
  for (const std::string& park : key.park_codes()) text += (text.empty() ? "" : "；") + park;
  return text;
}

std::string StateOf(const v1::ApiKey& key) {
  return key.has_revoke_time() ? "已吊销 " + TimeText(key.revoke_time()) : "";
}

struct KeyCreateOptions {
  std::string title, role, enterprise, expires;
  std::vector<std::string> parks;
  bool all_parks = false;
};

StatusOr<ExitCode> RunKeyCreate(Session& session, const KeyCreateOptions& options) {
  v1::CreateApiKeyRequest request;
  v1::ApiKey& key = *request.mutable_api_key();
  key.set_title(options.title);
  DUIJIE_ASSIGN_OR_RETURN(const v1::Role role, ParseEnum<v1::Role>(options.role));
  key.set_role(role);
  for (const std::string& park : options.parks) key.add_park_codes(park);
  key.set_all_parks(options.all_parks);
  key.set_enterprise(options.enterprise);
  if (!options.expires.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(*key.mutable_expire_time(), ParseTime(options.expires));
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.admin(), &Stub::CreateApiKey, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  session.output.Raw(KeyText(response.api_key(), session.output.terminal().color));
  session.output.Line(StyledText("密钥：").Append(response.secret(), Style::kBold));
  session.output.Note("密钥只显示这一次，请妥善保存");
  return ExitCode::kOk;
}

struct KeyListOptions {};

StatusOr<ExitCode> RunKeyList(Session& session, const KeyListOptions&) {
  Table table{
      {{"编号"}, {"名称", Align::kLeft, true}, {"角色"}, {"范围", Align::kLeft, true}, {"到期"}, {"状态"}},
      {}};
  v1::ListApiKeysRequest request;
  request.set_page_size(kKeyPageSize);
  do {
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.admin(), &Stub::ListApiKeys, request));
    for (const v1::ApiKey& key : response.api_keys()) {
      if (session.output.json()) session.output.Json(key);
      table.rows.push_back({key.key_id(), key.title(), EnumLabel(key.role()), ScopeText(key),
                            key.has_expire_time() ? TimeText(key.expire_time()) : "", StateOf(key)});
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct KeyRevokeOptions {
  std::string key_id;
};

StatusOr<ExitCode> RunKeyRevoke(Session& session, const KeyRevokeOptions& options) {
  v1::RevokeApiKeyRequest request;
  request.set_key_id(options.key_id);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.admin(), &Stub::RevokeApiKey, request));
  if (session.output.json()) {
    session.output.Json(response.api_key());
  } else {
    session.output.Line("已吊销 " + response.api_key().key_id());
  }
  return ExitCode::kOk;
}

}  // namespace

std::string KeyText(const v1::ApiKey& key, bool color) {
  std::vector<FieldLine> lines = {
      {"编号", key.key_id()}, {"名称", key.title()}, {"角色", EnumLabel(key.role())}};
  if (const std::string scope = ScopeText(key); !scope.empty()) lines.push_back({"范围", scope});
  if (key.has_expire_time()) lines.push_back({"到期", TimeText(key.expire_time())});
  if (key.has_create_time()) lines.push_back({"创建时间", TimeText(key.create_time())});
  if (const std::string state = StateOf(key); !state.empty()) lines.push_back({"状态", state});
  return FormatFieldLines(lines, color);
}

void AddKeyCommands(Command group, Invocation& invocation) {
  const Command keys = group.AddGroup("key", "密钥");
  auto create = std::make_shared<KeyCreateOptions>();
  const Command create_command = keys.AddSubcommand("create", "新建密钥；密钥只显示一次");
  create_command.AddOption("--title", create->title, "名称，如“高新区科技局 张三”")
      .Required()
      .TypeName("文字");
  create_command.AddOption("--role", create->role, "角色：" + EnumChoices(*v1::Role_descriptor()))
      .Required()
      .TypeName("角色");
  create_command.AddOption("--park", create->parks, "工作人员负责的园区代码；可多个")
      .Delimiter(',')
      .TypeName("代码");
  create_command.AddFlag("--all-parks", create->all_parks, "工作人员负责全部园区");
  create_command.AddOption("--enterprise", create->enterprise, "企业角色的企业编号")
      .TypeName("enterprises/编号");
  create_command.AddOption("--expires", create->expires, "到期时间；缺省一年").TypeName("日期");
  OnChosen(create_command, invocation, create, &RunKeyCreate);
  OnChosen(keys.AddSubcommand("list", "列出密钥"), invocation, std::make_shared<KeyListOptions>(),
           &RunKeyList);
  auto revoke = std::make_shared<KeyRevokeOptions>();
  const Command revoke_command = keys.AddSubcommand("revoke", "吊销密钥");
  revoke_command.AddOption("key_id", revoke->key_id, "密钥编号（不是密钥本身）").Required().TypeName("编号");
  OnChosen(revoke_command, invocation, revoke, &RunKeyRevoke);
}

}  // namespace duijie
