// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generator/sample_corpus.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "common/tabular/table_reader.h"
#include "common/text/encoding.h"

namespace duijie::bench {
namespace {

constexpr double kWordExponent = 1.0;  // Zipf's own
constexpr double kTermExponent = 0.7;  // flatter: a dictionary has no frequencies, its long tail is wanted
constexpr size_t kMinWordBytes = 6;    // two Chinese characters

using Cells = std::map<std::string, std::string, std::less<>>;
using Counts = std::map<std::string, size_t>;

StatusOr<std::vector<Cells>> ReadSamples(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(auto reader, OpenTable(path, TableFormat::kCsv, {}, {}));
  std::vector<Cells> rows;
  Row row;
  for (;;) {
    DUIJIE_ASSIGN_OR_RETURN(const bool more, reader->Next(&row));
    if (!more) return rows;
    Cells& cells = rows.emplace_back();
    for (Field& field : row.fields) cells[field.name] = std::move(field.value);
  }
}

std::string_view Cell(const Cells& cells, std::string_view heading) {
  const auto at = cells.find(heading);
  return at == cells.end() ? std::string_view() : std::string_view(at->second);
}

// Cuts at any of the separators (each one code point), dropping empty parts.
std::vector<std::string> Split(std::string_view text, std::initializer_list<std::string_view> separators) {
  std::vector<std::string> parts;
  std::string part;
  for (size_t i = 0; i < text.size();) {
    size_t cut = 0;
    for (const std::string_view separator : separators) {
      if (text.substr(i, separator.size()) == separator) cut = separator.size();
    }
    if (cut == 0) {
      part += text[i++];
      continue;
    }
    if (!part.empty()) parts.push_back(std::move(part));
    part.clear();
    i += cut;
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

bool HasDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }
bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

void CountWords(const std::vector<Clause>& clauses, Counts* counts) {
  for (const Clause& clause : clauses) {
    for (const Piece& piece : clause) {
      if (piece.kind == Piece::Kind::kWord) ++(*counts)[piece.text];
    }
  }
}

WordPool PoolOf(const Counts& counts, double exponent) {
  std::vector<std::pair<size_t, std::string>> order;
  for (const auto& [word, count] : counts) order.emplace_back(count, word);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  WordPool pool;
  for (auto& [count, word] : order) pool.words.push_back(std::move(word));
  pool.ranks = ZipfRanks(pool.words.size(), exponent);
  return pool;
}

struct Dictionary {
  std::map<std::string, size_t, std::less<>> field_of;  // term → index of its field
  std::vector<WordPool> fields;
};

// Terms of a field are ordered by a hash, so that frequency does not follow the alphabet.
StatusOr<Dictionary> ReadDictionary(const std::string& path) {
  std::ifstream file(path);
  Dictionary dictionary;
  std::map<std::string, size_t> index;
  std::vector<std::vector<std::pair<uint64_t, std::string>>> terms;
  for (std::string line; std::getline(file, line);) {
    const size_t tab = line.find('\t');
    if (line.empty() || line.front() == '#' || tab == std::string::npos) continue;
    const size_t field = index.try_emplace(line.substr(tab + 1), index.size()).first->second;
    terms.resize(index.size());
    uint64_t hash = 1469598103934665603U;  // FNV-1a
    for (const char c : line.substr(0, tab)) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    terms[field].emplace_back(hash, line.substr(0, tab));
    dictionary.field_of[line.substr(0, tab)] = field;
  }
  if (terms.empty())
    return Error(StatusCode::kInvalidArgument, "BAD_SAMPLES", "no terms in the domain dictionary");
  for (auto& field : terms) {
    std::sort(field.begin(), field.end());
    WordPool& pool = dictionary.fields.emplace_back();
    for (auto& [hash, term] : field) pool.words.push_back(std::move(term));
    pool.ranks = ZipfRanks(pool.words.size(), kTermExponent);
  }
  return dictionary;
}

// The field that most of the topic's words belong to.
size_t FieldOf(const Counts& words, const Dictionary& dictionary) {
  std::vector<size_t> votes(dictionary.fields.size());
  for (const auto& [word, count] : words) {
    const auto at = dictionary.field_of.find(word);
    if (at != dictionary.field_of.end()) votes[at->second] += count;
  }
  return static_cast<size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

void Append(std::vector<Clause> from, std::vector<Clause>* to) {
  for (Clause& clause : from) to->push_back(std::move(clause));
}

Topic TopicOf(const Cells& row, const Dictionary& dictionary, const Analyzer& analyzer, Counts* all_words) {
  Topic topic;
  topic.title = ClauseOf(Cell(row, "成果名称"), analyzer);
  topic.clauses = ClausesOf(Cell(row, "成果简介"), analyzer);
  Append(ClausesOf(Cell(row, "技术优势"), analyzer), &topic.clauses);
  topic.problem = ClausesOf(Cell(row, "解决的问题"), analyzer);
  topic.indicators = Split(Cell(row, "技术指标"), {"；", ";", "\n"});
  topic.keywords = Split(Cell(row, "关键词"), {"；", ";", "、", "|"});
  topic.field_codes = Cell(row, "技术领域");
  topic.industry_codes = Cell(row, "应用行业");
  Counts words;
  CountWords({topic.title}, &words);
  CountWords(topic.clauses, &words);
  CountWords(topic.problem, &words);
  for (const auto& [word, count] : words) (*all_words)[word] += count;
  topic.terms = FieldOf(words, dictionary);
  topic.words = PoolOf(words, kWordExponent);
  return topic;
}

void AddCells(const Cells& row, CellPools* pools) {
  pools->regions.emplace_back(Cell(row, "所在地区"));
  pools->maturity_levels.emplace_back(Cell(row, "技术成熟度"));
  pools->modes.emplace_back(Cell(row, "合作方式"));
  pools->attributes.emplace_back(Cell(row, "成果属性"));
  pools->forms.emplace_back(Cell(row, "成果体现形式"));
  pools->standings.emplace_back(Cell(row, "成果水平"));
  pools->evaluations.emplace_back(Cell(row, "评价方式"));
  pools->summary_lengths.push_back(CountCodePoints(Cell(row, "成果简介")));
  const std::string low(Cell(row, "最低价格（万元）"));
  const std::string high(Cell(row, "最高价格（万元）"));
  pools->prices.emplace_back(std::strtod(low.c_str(), nullptr), std::strtod(high.c_str(), nullptr));
}

}  // namespace

Clause ClauseOf(std::string_view text, const Analyzer& analyzer) {
  const AnalyzedText analyzed = analyzer.Analyze(text);
  Clause clause;
  size_t done = 0;
  for (const Token& token : analyzed.tokens) {
    if (token.kind != TokenKind::kWord || token.begin < done) continue;
    const Token* longest = &token;
    for (const Token* other = &token; other != analyzed.tokens.data() + analyzed.tokens.size(); ++other) {
      if (other->begin != token.begin) break;
      if (other->kind == TokenKind::kWord && other->end > longest->end) longest = other;
    }
    if (token.begin > done)
      clause.push_back({analyzed.normalized.substr(done, token.begin - done), Piece::Kind::kFixed});
    Piece piece{longest->text, Piece::Kind::kFixed};
    if (HasDigit(longest->text)) {
      piece.kind = Piece::Kind::kNumber;
    } else if (!IsAscii(longest->text) && longest->text.size() >= kMinWordBytes &&
               !analyzer.IsStopWord(longest->text)) {
      piece.kind = Piece::Kind::kWord;
    }
    clause.push_back(std::move(piece));
    done = longest->end;
  }
  if (done < analyzed.normalized.size())
    clause.push_back({analyzed.normalized.substr(done), Piece::Kind::kFixed});
  return clause;
}

std::vector<Clause> ClausesOf(std::string_view text, const Analyzer& analyzer) {
  std::vector<Clause> clauses;
  for (const std::string& part : Split(text, {"，", "。", "；", "！", "？", "\n", ";"})) {
    Clause clause = ClauseOf(part, analyzer);
    if (!clause.empty()) clauses.push_back(std::move(clause));
  }
  return clauses;
}

StatusOr<std::unique_ptr<SampleCorpus>> SampleCorpus::Load(const std::string& samples,
                                                           const std::string& domain_terms,
                                                           const Analyzer& analyzer) {
  DUIJIE_ASSIGN_OR_RETURN(Dictionary dictionary, ReadDictionary(domain_terms));
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<Cells> rows, ReadSamples(samples + "/achievements.csv"));
  auto corpus = std::make_unique<SampleCorpus>();
  Counts all_words;
  for (const Cells& row : rows) {
    corpus->topics.push_back(TopicOf(row, dictionary, analyzer, &all_words));
    Append(ClausesOf(Cell(row, "承接条件"), analyzer), &corpus->conditions);
    AddCells(row, &corpus->cells);
  }
  std::erase_if(corpus->topics,
                [](const Topic& topic) { return topic.clauses.empty() || topic.words.words.empty(); });
  if (corpus->topics.empty())
    return Error(StatusCode::kInvalidArgument, "BAD_SAMPLES", "no sample achievements");
  const std::string needs = samples + "/needs.csv";
  if (std::filesystem::exists(needs)) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<Cells> need_rows, ReadSamples(needs));
    for (const Cells& row : need_rows) {
      Append(ClausesOf(Cell(row, "问题描述"), analyzer), &corpus->requests);
      const std::string_view type = Cell(row, "需求类型");
      if (!type.empty()) corpus->need_types.emplace_back(type);
    }
    CountWords(corpus->requests, &all_words);
  }
  if (corpus->need_types.empty()) corpus->need_types.emplace_back("技术难题");
  corpus->all_words = PoolOf(all_words, kWordExponent);
  corpus->terms = std::move(dictionary.fields);
  return corpus;
}

}  // namespace duijie::bench
