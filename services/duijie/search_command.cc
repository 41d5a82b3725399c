// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/search_command.h"

#include <algorithm>

#include "services/duijie/filter_options.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

constexpr int kDefaultLimit = 20;
constexpr int kPageSize = 200;

struct SearchOptions {
  std::string collection, query, order;
  std::vector<std::string> facets;
  int limit = kDefaultLimit;
  FilterOptions filter;
};

StatusOr<v1::SearchRequest> MakeRequest(const SearchOptions& options) {
  v1::SearchRequest request;
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  request.set_collection(collection);
  request.set_query(options.query);
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  for (const std::string& facet : options.facets) {
    DUIJIE_ASSIGN_OR_RETURN(const auto kind, ParseEnum<v1::FacetKind>(facet));
    request.add_facets(kind);
  }
  if (!options.order.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto order, ParseEnum<v1::SearchOrder>(options.order));
    request.set_order(order);
  }
  return request;
}

void PrintHit(Output& output, int64_t number, const v1::SearchHit& hit) {
  StyledText line(std::to_string(number) + ". ", Style::kDim);
  const StyledText title = SnippetText(hit.title());
  for (const Span& span : title.spans()) line.Append(span.text, span.style);
  line.Append("  " + hit.name(), Style::kDim);
  output.Line(line);
  if (hit.excerpt().text().empty()) return;
  StyledText excerpt("   ");
  const StyledText text = SnippetText(hit.excerpt());
  for (const Span& span : text.spans()) excerpt.Append(span.text, span.style);
  output.Line(excerpt);
}

void PrintFacet(Output& output, const v1::Facet& facet) {
  output.Raw("\n");
  Table table{{{EnumLabel(facet.kind())}, {"代码"}, {"条数", Align::kRight}}, {}};
  for (const v1::FacetCount& count : facet.counts()) {
    table.rows.push_back({count.label(), count.value(), std::to_string(count.count())});
  }
  output.Print(table);
}

// With --json each hit is a line, and what belongs to the whole search is a last line {"total", "facets"…}.
StatusOr<ExitCode> RunSearch(Session& session, const SearchOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(v1::SearchRequest request, MakeRequest(options));
  v1::SearchResponse last;
  int64_t shown = 0;
  for (bool first = true; first || (shown < options.limit && !last.next_page_token().empty());
       first = false) {
    request.set_page_size(std::clamp<int>(options.limit - static_cast<int>(shown), 1, kPageSize));
    request.set_page_token(first ? "" : last.next_page_token());
    DUIJIE_ASSIGN_OR_RETURN(
        v1::SearchResponse response,
        session.client.Call(session.client.search(), &v1::SearchService::Stub::Search, request));
    if (first && !session.output.json())
      session.output.Line("共 " + std::to_string(response.total()) + " 条");
    for (const v1::SearchHit& hit : response.hits()) {
      ++shown;
      if (session.output.json()) {
        session.output.Json(hit);
      } else {
        PrintHit(session.output, shown, hit);
      }
    }
    response.clear_hits();
    last = std::move(response);
  }
  if (session.output.json()) {
    last.clear_next_page_token();
    session.output.Json(last);
    return ExitCode::kOk;
  }
  for (const v1::Facet& facet : last.facets()) PrintFacet(session.output, facet);
  return ExitCode::kOk;
}

struct SimilarOptions {
  std::string name;
  int limit = 10;
  FilterOptions filter;
};

StatusOr<ExitCode> RunSimilar(Session& session, const SimilarOptions& options) {
  v1::FindSimilarRequest request;
  request.set_name(options.name);
  request.set_page_size(options.limit);
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.search(), &v1::SearchService::Stub::FindSimilar, request));
  int64_t number = 0;
  for (const v1::SearchHit& hit : response.hits()) {
    if (session.output.json()) {
      session.output.Json(hit);
    } else {
      PrintHit(session.output, ++number, hit);
    }
  }
  return ExitCode::kOk;
}

struct SuggestOptions {
  std::string collection, prefix;
  int limit = 10;
};

StatusOr<ExitCode> RunSuggest(Session& session, const SuggestOptions& options) {
  v1::SuggestRequest request;
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  request.set_collection(collection);
  request.set_prefix(options.prefix);
  request.set_page_size(options.limit);
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.search(), &v1::SearchService::Stub::Suggest, request));
  if (session.output.json()) session.output.Json(response);
  for (const std::string& suggestion : response.suggestions()) {
    if (!session.output.json()) session.output.Line(suggestion);
  }
  return ExitCode::kOk;
}

void AddLimit(Command command, int* limit) {
  command.AddOption("--limit", *limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
}

}  // namespace

StyledText SnippetText(const v1::Snippet& snippet) {
  const std::string& text = snippet.text();
  StyledText styled;
  size_t at = 0;
  for (const v1::Highlight& highlight : snippet.highlights()) {
    const auto begin = static_cast<size_t>(std::max(0, highlight.begin()));
    const auto end = static_cast<size_t>(std::max(0, highlight.end()));
    if (begin < at || end <= begin || end > text.size()) continue;
    styled.Append(text.substr(at, begin - at)).Append(text.substr(begin, end - begin), Style::kMatch);
    at = end;
  }
  return styled.Append(text.substr(at));
}

void AddSearchCommands(Command root, Invocation& invocation) {
  auto search = std::make_shared<SearchOptions>();
  const Command search_command = root.AddSubcommand("search", "全文检索成果或需求");
  search_command.AddOption("collection", search->collection, "achievements/成果 或 needs/需求")
      .Required()
      .TypeName("种类");
  search_command.AddOption("query", search->query, "检索词；引号内的文字须原样出现；不写则列出筛选出的全部")
      .TypeName("检索词");
  search_command
      .AddOption("--facet", search->facets,
                 "分面统计：field,industry,region,maturity,cooperation-mode,state,need-type,source-library")
      .Delimiter(',')
      .TypeName("分面");
  search_command.AddOption("--order", search->order, "排序：相关度/更新时间/价格/成熟度").TypeName("次序");
  AddLimit(search_command, &search->limit);
  AddFilterOptions(search_command, "", "筛选", &search->filter);
  OnChosen(search_command, invocation, search, &RunSearch);

  auto similar = std::make_shared<SimilarOptions>();
  const Command similar_command = root.AddSubcommand("similar", "查找相似的成果或需求");
  similar_command.AddOption("name", similar->name, "记录编号").Required().TypeName("编号");
  AddLimit(similar_command, &similar->limit);
  AddFilterOptions(similar_command, "", "筛选", &similar->filter);
  OnChosen(similar_command, invocation, similar, &RunSimilar);

  auto suggest = std::make_shared<SuggestOptions>();
  const Command suggest_command = root.AddSubcommand("suggest", "补全输入");
  suggest_command.AddOption("collection", suggest->collection, "achievements/成果 或 needs/需求")
      .Required()
      .TypeName("种类");
  suggest_command.AddOption("prefix", suggest->prefix, "已输入的文字").Required().TypeName("文字");
  AddLimit(suggest_command, &suggest->limit);
  OnChosen(suggest_command, invocation, suggest, &RunSuggest);
}

}  // namespace duijie
