// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/extract_command.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "duijie/v1/intake_service.grpc.pb.h"
#include "services/duijie/files.h"
#include "services/duijie/intake_view.h"

namespace duijie {
namespace {

using Stub = v1::IntakeService::Stub;

constexpr char kRole[] = "mining";
constexpr size_t kTextsPerCall = 50;

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

}  // namespace

void AddExtractCommand(Command group, Invocation& invocation) {
  auto extract = std::make_shared<ExtractOptions>();
  const Command command = group.AddSubcommand("extract", "读 JSONL 文件中的文本，数出要求并列出样本，不存入");
  command.AddOption("file", extract->file, "文件，每行一个 JSON 对象").Required().TypeName("文件");
  command.AddOption("--field", extract->field, "文字所在的字段").ShowDefault().TypeName("字段");
  command.AddOption("--sample", extract->sample, "列出多少条要求，均匀取自全文")
      .NonNegative()
      .TypeName("条数");
  OnChosen(command, invocation, extract, &RunExtract);
}

}  // namespace duijie
