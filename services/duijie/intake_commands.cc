// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/intake_commands.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "duijie/v1/intake_service.grpc.pb.h"
#include "services/duijie/field_setting.h"
#include "services/duijie/files.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::IntakeService::Stub;

constexpr char kRole[] = "mining";
constexpr int kPageSize = 200;
constexpr size_t kTextsPerCall = 50;

std::string NameIn(const std::string& collection, const std::string& text) {
  return text.find('/') == std::string::npos ? collection + text : text;
}

std::string SpanText(const v1::NoteSpan& span) {
  return std::to_string(span.begin()) + "–" + std::to_string(span.end());
}

// The stretch of a text between two code points.
std::string Quote(const std::string& text, const v1::NoteSpan& span) {
  std::string quote;
  int32_t at = -1;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at;  // the first byte of a code point
    if (at >= span.begin() && at < span.end()) quote += c;
  }
  return quote;
}

Table ReadingTable(const std::string& note, const v1::NoteReading& reading) {
  Table table{{{"类别"}, {"内容", Align::kLeft, true}, {"位置"}, {"原文", Align::kLeft, true}}, {}};
  for (const v1::NoteAspect& aspect : reading.aspects()) {
    table.rows.push_back(
        {EnumLabel(aspect.kind()), aspect.text(), SpanText(aspect.span()), Quote(note, aspect.span())});
  }
  for (const v1::NoteConstraint& constraint : reading.constraints()) {
    std::string text = constraint.indicator().name() + " " + constraint.bound();
    if (!constraint.indicator().condition().empty()) text += "（" + constraint.indicator().condition() + "）";
    table.rows.push_back(
        {EnumLabel(constraint.role()), text, SpanText(constraint.span()), Quote(note, constraint.span())});
  }
  return table;
}

void Show(Session& session, const v1::NeedDraft& draft) {
  if (session.output.json()) {
    session.output.Json(draft);
    return;
  }
  std::string targets;
  for (const v1::Indicator& target : draft.targets())
    targets += (targets.empty() ? "" : "；") + IndicatorText(target);
  std::string keywords;
  for (const std::string& keyword : draft.keywords()) keywords += (keywords.empty() ? "" : "、") + keyword;
  session.output.Raw(FormatFieldLines({{"编号", draft.name()},
                                       {"来源", EnumLabel(draft.source()) + " " + draft.source_name()},
                                       {"企业", draft.enterprise()},
                                       {"状态", EnumLabel(draft.state())},
                                       {"名称", draft.title()},
                                       {"问题描述", draft.description()},
                                       {"现状", draft.current_practice()},
                                       {"目标指标", targets},
                                       {"关键词", keywords},
                                       {"需求类型", EnumLabel(draft.type())},
                                       {"保密级别", EnumLabel(draft.tier())},
                                       {"需求", draft.need()},
                                       {"否决理由", draft.reject_reason()}},
                                      session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(ReadingTable(draft.note(), draft.reading()));
}

struct NoteOptions {
  std::string text, file, source, source_name, enterprise, park;
};

StatusOr<ExitCode> RunNote(Session& session, const NoteOptions& options) {
  v1::CreateNeedDraftsRequest request;
  if (options.text.empty() == options.file.empty()) return UsageError("请用 --text 或 --file 之一给出记录");
  request.set_note(options.text);
  if (!options.file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(options.file));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    request.set_note(std::move(text));
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto source, ParseEnum<v1::NoteSource>(options.source));
  request.set_source(source);
  request.set_source_name(options.source_name);
  if (!options.enterprise.empty()) request.set_enterprise(NameIn("enterprises/", options.enterprise));
  request.set_park_code(options.park);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CreateNeedDrafts, request));
  for (const v1::NeedDraft& draft : response.need_drafts()) Show(session, draft);
  return ExitCode::kOk;
}

struct ListOptions {
  std::string state, enterprise;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  v1::ListNeedDraftsRequest request;
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::NeedDraftState>(options.state));
    request.set_state(state);
  }
  if (!options.enterprise.empty()) request.set_enterprise(NameIn("enterprises/", options.enterprise));
  Table table{{{"编号"}, {"名称", Align::kLeft, true}, {"来源"}, {"状态"}, {"企业"}, {"时间"}}, {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListNeedDrafts, request));
    for (const v1::NeedDraft& draft : response.need_drafts()) {
      if (session.output.json()) session.output.Json(draft);
      table.rows.push_back({draft.name(), draft.title(), EnumLabel(draft.source()), EnumLabel(draft.state()),
                            draft.enterprise(), TimeText(draft.create_time())});
    }
    left -= response.need_drafts_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, reason, join, etag, other;
  std::vector<std::string> settings;
  bool submit = false;
};

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  v1::GetNeedDraftRequest request;
  request.set_name(NameIn("needDrafts/", options.name));
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunEditDraft(Session& session, const NameOptions& options) {
  v1::UpdateNeedDraftRequest request;
  for (const std::string& setting : options.settings) {
    DUIJIE_RETURN_IF_ERROR(
        ApplySetting(setting, request.mutable_need_draft(), request.mutable_update_mask()));
  }
  request.mutable_need_draft()->set_name(NameIn("needDrafts/", options.name));
  request.mutable_need_draft()->set_etag(options.etag);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::UpdateNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunConfirm(Session& session, const NameOptions& options) {
  v1::ConfirmNeedDraftRequest request;
  request.set_name(NameIn("needDrafts/", options.name));
  request.set_submit(options.submit);
  if (!options.join.empty()) request.set_join_need(NameIn("needs/", options.join));
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ConfirmNeedDraft, request));
  Show(session, response.need_draft());
  session.output.Note("需求 " + response.need().name() + "，" + EnumLabel(response.need().state()));
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunReject(Session& session, const NameOptions& options) {
  v1::RejectNeedDraftRequest request;
  request.set_name(NameIn("needDrafts/", options.name));
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::RejectNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDuplicates(Session& session, const NameOptions& options) {
  v1::FindDuplicateNeedsRequest request;
  request.set_name(options.name);
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::FindDuplicateNeeds, request));
  Table table{{{"需求"}, {"名称", Align::kLeft, true}, {"状态"}, {"依据"}}, {}};
  for (const v1::DuplicateNeed& duplicate : response.duplicates()) {
    if (session.output.json()) session.output.Json(duplicate);
    table.rows.push_back(
        {duplicate.need(), duplicate.title(), EnumLabel(duplicate.state()), duplicate.text()});
  }
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunMerge(Session& session, const NameOptions& options) {
  v1::MergeNeedsRequest request;
  request.set_kept(NameIn("needs/", options.name));
  request.set_merged(NameIn("needs/", options.other));
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::MergeNeeds, request));
  if (session.output.json()) {
    session.output.Json(response.need_merge());
    return ExitCode::kOk;
  }
  session.output.Note(response.need_merge().merged() + " 已并入 " + response.need_merge().kept() + "，来源 " +
                      std::to_string(response.need().provenances_size()) + " 个");
  return ExitCode::kOk;
}

struct ExtractOptions {
  std::string file, field = "description";
  int sample = 0;
};

// The texts of a JSONL file: of each line the member `field`.
StatusOr<std::vector<std::string>> TextsOf(const ExtractOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string content, ReadSmallFile(options.file));
  std::vector<std::string> texts;
  std::istringstream lines(content);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line == "\r") continue;
    const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains(options.field) || !json[options.field].is_string()) {
      return UsageError(options.file + " 第 " + std::to_string(number) + " 行没有文字字段 " + options.field);
    }
    texts.push_back(json[options.field].get<std::string>());
  }
  return texts;
}

struct Counts {
  int64_t texts = 0, problems = 0, aspects = 0, figures = 0, demanded = 0, with_demand = 0;
};

// Every figure of a text with its place, for samples.
struct Sample {
  size_t text = 0;
  v1::NoteConstraint constraint;
};

void Count(const v1::ExtractedNote& note, size_t text, Counts* counts, std::vector<Sample>* samples) {
  bool demands = false;
  for (const v1::NoteReading& reading : note.readings()) {
    ++counts->problems;
    counts->aspects += reading.aspects_size();
    for (const v1::NoteConstraint& constraint : reading.constraints()) {
      ++counts->figures;
      if (constraint.role() != v1::CONSTRAINT_ROLE_TARGET) continue;
      ++counts->demanded;
      demands = true;
      samples->push_back({text, constraint});
    }
  }
  ++counts->texts;
  counts->with_demand += demands ? 1 : 0;
}

void ShowSamples(Session& session, const std::vector<std::string>& texts, const std::vector<Sample>& samples,
                 int most) {
  Table table{{{"文本"},
               {"指标", Align::kLeft, true},
               {"要求"},
               {"条件", Align::kLeft, true},
               {"位置"},
               {"原文", Align::kLeft, true}},
              {}};
  const size_t count = std::min(samples.size(), static_cast<size_t>(std::max(most, 0)));
  for (size_t i = 0; i < count; ++i) {
    // Spread evenly over the file, so that the sample is no choice.
    const Sample& sample = samples[i * samples.size() / count];
    const v1::NoteConstraint& constraint = sample.constraint;
    if (session.output.json()) session.output.Json(constraint);
    table.rows.push_back({std::to_string(sample.text + 1), constraint.indicator().name(), constraint.bound(),
                          constraint.indicator().condition(), SpanText(constraint.span()),
                          Quote(texts[sample.text], constraint.span())});
  }
  if (!session.output.json() && count > 0) session.output.Print(table);
}

StatusOr<ExitCode> RunExtract(Session& session, const ExtractOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> texts, TextsOf(options));
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  Counts counts;
  std::vector<Sample> samples;
  for (size_t begin = 0; begin < texts.size(); begin += kTextsPerCall) {
    v1::ExtractNotesRequest request;
    const size_t end = std::min(texts.size(), begin + kTextsPerCall);
    for (size_t i = begin; i < end; ++i) request.add_texts(texts[i]);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ExtractNotes, request));
    for (int i = 0; i < response.notes_size(); ++i)
      Count(response.notes(i), begin + static_cast<size_t>(i), &counts, &samples);
  }
  session.output.Note(
      "文本 " + std::to_string(counts.texts) + " 段，问题 " + std::to_string(counts.problems) + " 个；要素 " +
      std::to_string(counts.aspects) + " 处；数值 " + std::to_string(counts.figures) + " 处，其中要求 " +
      std::to_string(counts.demanded) + " 条，见于 " + std::to_string(counts.with_demand) + " 段");
  ShowSamples(session, texts, samples, options.sample);
  return ExitCode::kOk;
}

CLI::App* AddDraftCommand(CLI::App& group, Invocation& invocation, const std::string& name,
                          const std::string& help, StatusOr<ExitCode> (*run)(Session&, const NameOptions&),
                          std::shared_ptr<NameOptions>* options) {
  *options = std::make_shared<NameOptions>();
  CLI::App* const command = group.add_subcommand(name, help);
  command->add_option("draft", (*options)->name, "草稿编号，如 needDrafts/ab12")
      ->required()
      ->type_name("草稿");
  OnChosen(command, invocation, *options, run);
  return command;
}

void AddNote(CLI::App& group, Invocation& invocation) {
  auto note = std::make_shared<NoteOptions>();
  CLI::App* const command = group.add_subcommand("note", "读一段走访、电话或门户记录，存成需求草稿");
  command->add_option("--text", note->text, "记录的文字")->type_name("文字");
  command->add_option("--file", note->file, "记录所在的文件；- 为标准输入")->type_name("文件");
  command->add_option("--source", note->source, "来源：" + EnumChoices(*v1::NoteSource_descriptor()))
      ->required()
      ->type_name("来源");
  command->add_option("--source-name", note->source_name, "哪一次走访、电话或哪张表，如 visits/ab12")
      ->type_name("名称");
  command->add_option("--enterprise", note->enterprise, "企业编号")->type_name("企业");
  command->add_option("--park", note->park, "园区代码；有企业时为企业的园区")->type_name("代码");
  OnChosen(command, invocation, note, &RunNote);
}

void AddExtract(CLI::App& group, Invocation& invocation) {
  auto extract = std::make_shared<ExtractOptions>();
  CLI::App* const command =
      group.add_subcommand("extract", "读 JSONL 文件中的文本，数出要求并列出样本，不存入");
  command->add_option("file", extract->file, "文件，每行一个 JSON 对象")->required()->type_name("文件");
  command->add_option("--field", extract->field, "文字所在的字段")->capture_default_str()->type_name("字段");
  command->add_option("--sample", extract->sample, "列出多少条要求，均匀取自全文")
      ->check(CLI::NonNegativeNumber)
      ->type_name("条数");
  OnChosen(command, invocation, extract, &RunExtract);
}

}  // namespace

void AddIntakeCommands(CLI::App& app, Invocation& invocation) {
  CLI::App& group = *AddGroup(app, "intake", "需求受理：从记录到需求");
  AddNote(group, invocation);
  auto list = std::make_shared<ListOptions>();
  CLI::App* const list_command = group.add_subcommand("list", "列出需求草稿，新的在前");
  list_command->add_option("--state", list->state, "状态：" + EnumChoices(*v1::NeedDraftState_descriptor()))
      ->type_name("状态");
  list_command->add_option("--enterprise", list->enterprise, "只看这家企业的")->type_name("企业");
  list_command->add_option("--limit", list->limit, "最多列出多少条")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("条数");
  OnChosen(list_command, invocation, list, &RunList);
  std::shared_ptr<NameOptions> options;
  AddDraftCommand(group, invocation, "show", "看一份草稿与读到的内容", &RunShow, &options);
  CLI::App* const edit =
      AddDraftCommand(group, invocation, "edit", "修改待确认的草稿", &RunEditDraft, &options);
  edit->add_option("--set", options->settings,
                   "字段=值，可多次：title、description、current_practice、type、targets、keywords、tier")
      ->required()
      ->type_name("字段=值");
  edit->add_option("--etag", options->etag, "只在版本仍为此时修改")->type_name("版本");
  CLI::App* const confirm =
      AddDraftCommand(group, invocation, "confirm", "确认草稿，建立需求", &RunConfirm, &options);
  confirm->add_flag("--submit", options->submit, "建立后即提交审核");
  confirm->add_option("--join", options->join, "不新建，而并入这条需求，作为它的又一来源")->type_name("需求");
  CLI::App* const reject = AddDraftCommand(group, invocation, "reject", "否决草稿", &RunReject, &options);
  reject->add_option("--reason", options->reason, "理由")->required()->type_name("文字");
  auto duplicates = std::make_shared<NameOptions>();
  CLI::App* const find = group.add_subcommand("duplicates", "找出可能是同一需求的记录");
  find->add_option("name", duplicates->name, "草稿或需求的编号，如 needs/ab12")
      ->required()
      ->type_name("编号");
  OnChosen(find, invocation, duplicates, &RunDuplicates);
  auto merge = std::make_shared<NameOptions>();
  CLI::App* const join = group.add_subcommand("merge", "把一条需求并入另一条");
  join->add_option("kept", merge->name, "保留的需求")->required()->type_name("需求");
  join->add_option("merged", merge->other, "并入的需求，随后关闭")->required()->type_name("需求");
  OnChosen(join, invocation, merge, &RunMerge);
  AddExtract(group, invocation);
}

}  // namespace duijie
