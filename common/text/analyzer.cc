// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/analyzer.h"

#include <algorithm>

#include "common/base/string_lookup.h"
#include "common/text/alnum_run.h"
#include "common/text/compound_terms.h"
#include "common/text/encoding.h"
#include "common/text/segmenter.h"
#include "common/text/text_files.h"
#include "common/text/thesaurus_file.h"

namespace duijie {
namespace {

constexpr size_t kTokensPerCodePoint = 3;  // about: a word, a bigram and a unigram each

// Terms to the dictionary that can find them: Chinese ones to the segmenter, mixed ones to `compounds`. Terms
// that are one alphanumeric run are words anyway; what is neither (a term with a dash between characters) is
// not kept.
void SortTerm(const std::string& term, std::vector<std::string>* chinese, CompoundTerms* compounds) {
  if (compounds->Add(term)) return;
  const CodePoints points = SplitCodePoints(term);
  const auto is_cjk = [](const CodePoint& point) { return point.cls == CharClass::kCjk; };
  if (points.size() > 2 && std::all_of(points.begin(), points.end() - 1, is_cjk)) chinese->push_back(term);
}

bool InBigram(CharClass c) { return c == CharClass::kCjk || IsAlnum(c); }

bool IsBigram(const CodePoint& a, const CodePoint& b) {
  return InBigram(a.cls) && InBigram(b.cls) && (a.cls == CharClass::kCjk || b.cls == CharClass::kCjk);
}

}  // namespace

class Analyzer::Impl {
 public:
  Status Load(const Options& options) {
    DUIJIE_ASSIGN_OR_RETURN(normalizer_, Normalizer::Create());
    DUIJIE_ASSIGN_OR_RETURN(const JiebaDictSummary summary, CheckJiebaDict(options.jieba_dict, *normalizer_));
    DUIJIE_RETURN_IF_ERROR(CheckHmmModel(options.hmm_model));
    std::vector<std::string> chinese;
    for (const std::string& word : summary.mixed_words) SortTerm(word, &chinese, &compounds_);
    for (const std::string& path : options.domain_dictionaries) {
      DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> terms, ReadDomainTerms(path, *normalizer_));
      for (const std::string& term : terms) SortTerm(term, &chinese, &compounds_);
    }
    if (!options.thesaurus.empty()) DUIJIE_RETURN_IF_ERROR(LoadThesaurus(options.thesaurus, &chinese));
    if (!options.synonyms.empty()) DUIJIE_RETURN_IF_ERROR(LoadSynonyms(options.synonyms, &chinese));
    if (!options.stop_words.empty()) {
      DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> words,
                              ReadStopWords(options.stop_words, *normalizer_));
      stop_words_.insert(words.begin(), words.end());
    }
    DUIJIE_ASSIGN_OR_RETURN(segmenter_, Segmenter::Create(options.jieba_dict, options.hmm_model,
                                                          summary.frequency_sum, std::move(chinese)));
    return OkStatus();
  }

  AnalyzedText Analyze(std::string_view text) const {
    AnalyzedText out;
    out.normalized = NormalizedText(text);
    const CodePoints points = SplitCodePoints(out.normalized);
    EmitTokens(points, WordSpans(points, out.normalized), &out);
    return out;
  }

  std::vector<Token> Grams(std::string_view text) const {
    AnalyzedText out;
    out.normalized = NormalizedText(text);
    EmitTokens(SplitCodePoints(out.normalized), {}, &out);
    return std::move(out.tokens);
  }

  std::vector<std::string> Words(std::string_view text) const {
    const std::string normalized = NormalizedText(text);
    const CodePoints points = SplitCodePoints(normalized);
    std::vector<std::string> words;
    for (const Span& word : WordSpans(points, normalized)) {
      const uint32_t from = points[word.begin].offset;
      words.push_back(normalized.substr(from, points[word.end].offset - from));
    }
    return words;
  }

  // Word spans in order, each once.
  std::vector<Span> WordSpans(const CodePoints& points, std::string_view normalized) const {
    std::vector<Span> words;
    words.reserve(points.size());
    const auto last = static_cast<uint32_t>(points.size() - 1);
    for (uint32_t i = 0; i < last;) {
      uint32_t end = i + 1;
      if (points[i].cls == CharClass::kCjk) {
        while (points[end].cls == CharClass::kCjk) ++end;
        segmenter_->Cut(points, {i, end}, &words);
      } else if (IsAlnum(points[i].cls)) {
        end = EndOfRun(points, i);
        words.push_back({i, end});
        AppendRunParts(points, {i, end}, &words);
        compounds_.AppendMatches(points, normalized, {i, end}, &words);
      }
      i = end;
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }

  static void EmitTokens(const CodePoints& points, const std::vector<Span>& words, AnalyzedText* out) {
    out->tokens.reserve(points.size() * kTokensPerCodePoint);
    const auto emit = [&](TokenKind kind, uint32_t begin, uint32_t end) {
      const uint32_t from = points[begin].offset;
      const uint32_t to = points[end].offset;
      out->tokens.push_back({out->normalized.substr(from, to - from), kind, from, to});
    };
    auto word = words.begin();
    for (uint32_t i = 0; i + 1 < points.size(); ++i) {
      for (; word != words.end() && word->begin == i; ++word) emit(TokenKind::kWord, i, word->end);
      if (IsBigram(points[i], points[i + 1])) emit(TokenKind::kBigram, i, i + 2);
      if (points[i].cls == CharClass::kCjk) emit(TokenKind::kUnigram, i, i + 1);
    }
  }

  const std::vector<std::string>& SynonymsOf(std::string_view word) const {
    static const std::vector<std::string> kNone;
    const auto found = synonyms_.find(word);
    return found == synonyms_.end() ? kNone : found->second;
  }

  bool IsStopWord(std::string_view word) const { return stop_words_.contains(word); }
  const Normalizer& normalizer() const { return *normalizer_; }

 private:
  std::string NormalizedText(std::string_view text) const {
    std::string normalized = normalizer_->Normalize(TruncateBytes(text, kMaxTextBytes));
    normalized.resize(TruncateBytes(normalized, kMaxTextBytes).size());
    return normalized;
  }

  Status LoadThesaurus(const std::string& folder, std::vector<std::string>* chinese) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> files, ThesaurusFilesIn(folder));
    for (const std::string& file : files) {
      DUIJIE_ASSIGN_OR_RETURN(const std::vector<ThesaurusLine> lines, ReadThesaurus(file, *normalizer_));
      for (const ThesaurusLine& line : lines) {
        SortTerm(line.term, chinese, &compounds_);
        for (const auto* members : {&line.same, &line.kinds, &line.related}) {
          for (const std::string& member : *members) SortTerm(member, chinese, &compounds_);
        }
      }
    }
    return OkStatus();
  }

  Status LoadSynonyms(const std::string& path, std::vector<std::string>* chinese) {
    DUIJIE_ASSIGN_OR_RETURN(const auto groups, ReadSynonyms(path, *normalizer_));
    for (const std::vector<std::string>& group : groups) {
      for (const std::string& word : group) {
        SortTerm(word, chinese, &compounds_);
        std::vector<std::string>& others = synonyms_[word];
        for (const std::string& other : group) {
          const bool known = std::find(others.begin(), others.end(), other) != others.end();
          if (other != word && !known) others.push_back(other);
        }
      }
    }
    return OkStatus();
  }

  std::unique_ptr<Normalizer> normalizer_;
  std::unique_ptr<Segmenter> segmenter_;
  CompoundTerms compounds_;
  StringMap<std::vector<std::string>> synonyms_;
  StringSet stop_words_;
};

Analyzer::Analyzer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Analyzer::~Analyzer() = default;

StatusOr<std::shared_ptr<const Analyzer>> Analyzer::Create(const Options& options) {
  auto impl = std::make_unique<Impl>();
  DUIJIE_RETURN_IF_ERROR(impl->Load(options));
  return std::shared_ptr<const Analyzer>(new Analyzer(std::move(impl)));
}

AnalyzedText Analyzer::Analyze(std::string_view text) const { return impl_->Analyze(text); }

std::vector<std::string> Analyzer::Words(std::string_view text) const { return impl_->Words(text); }

std::vector<Token> Analyzer::Grams(std::string_view text) const { return impl_->Grams(text); }

std::vector<std::string> Analyzer::Bigrams(std::string_view text) const {
  std::vector<std::string> out;
  uint32_t covered = 0;  // bytes up to here are in a bigram
  for (Token& token : Grams(text)) {
    if (token.kind == TokenKind::kUnigram && token.begin < covered) continue;
    covered = token.end;
    out.push_back(std::move(token.text));
  }
  return out;
}

const std::vector<std::string>& Analyzer::SynonymsOf(std::string_view word) const {
  return impl_->SynonymsOf(word);
}
bool Analyzer::IsStopWord(std::string_view word) const { return impl_->IsStopWord(word); }
const Normalizer& Analyzer::normalizer() const { return impl_->normalizer(); }

}  // namespace duijie
