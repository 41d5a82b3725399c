// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/normalize.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <opencc/SimpleConverter.hpp>

#include <exception>

#include "common/text/code_points.h"
#include "common/text/encoding.h"

namespace duijie {
namespace {

constexpr char32_t kFirstTabled = 0x3400;  // simplified forms are tabled for U+3400..U+9FFF
constexpr char32_t kLastTabled = 0x9FFF;
constexpr size_t kMaxConvertedRun = 4096;  // code points given to OpenCC at once

const icu::Normalizer2* CaseFolder() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(error);
  return U_SUCCESS(error) ? folder : nullptr;
}

const icu::Normalizer2* Composer() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFKCInstance(error);
  return U_SUCCESS(error) ? composer : nullptr;
}

void AppendNormalized(const icu::Normalizer2* form, std::string_view utf8, std::string* out) {
  const size_t before = out->size();
  UErrorCode error = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(out);
  if (form != nullptr) {
    const icu::StringPiece piece(utf8.data(), static_cast<int32_t>(utf8.size()));
    form->normalizeUTF8(0, piece, sink, nullptr, error);
  }
  if (form != nullptr && U_SUCCESS(error)) return;
  out->resize(before);
  out->append(utf8);
}

// Signs that authors use for the same joint between numbers and units.
char32_t FoldSign(char32_t rune) {
  switch (rune) {
    case 0x2010:  // hyphens, figure dash, en dash, minus
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
      return '-';
    case 0x301C:  // wave dash, tilde operator
    case 0x223C:
      return '~';
    case 0x2044:  // fraction and division slash
    case 0x2215:
      return '/';
    case 0x2022:  // bullets and middle dots
    case 0x2027:
    case 0x2219:
    case 0x22C5:
    case 0x30FB:
      return 0xB7;
    default:
      return rune;
  }
}

// Lead byte of every rune FoldSign changes: E2 or E3.
void FoldSigns(std::string* text) {
  if (text->find_first_of("\xE2\xE3") == std::string::npos) return;
  std::string out;
  out.reserve(text->size());
  for (size_t pos = 0; pos < text->size();) {
    const size_t start = pos;
    const int32_t rune = NextCodePoint(*text, &pos);
    const char32_t folded = rune < 0 ? kReplacement : FoldSign(static_cast<char32_t>(rune));
    if (static_cast<int32_t>(folded) == rune) {
      out.append(*text, start, pos - start);
    } else {
      AppendCodePoint(folded, &out);
    }
  }
  *text = std::move(out);
}

std::string FoldValid(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  AppendNormalized(CaseFolder(), utf8, &out);
  FoldSigns(&out);
  return out;
}

void AppendMapped(std::string_view bytes, uint32_t begin, uint32_t end, MappedText* out) {
  out->normalized.append(bytes);
  out->source_begin.resize(out->normalized.size(), begin);
  out->source_end.resize(out->normalized.size(), end);
}

}  // namespace

std::string FoldText(std::string_view text) {
  return IsValidUtf8(text) ? FoldValid(text) : FoldValid(SanitizeUtf8(text));
}

MappedText FoldTextMapped(std::string_view utf8) {
  MappedText out;
  const icu::Normalizer2* folder = CaseFolder();
  for (size_t pos = 0; pos < utf8.size();) {
    // Parts between normalisation boundaries normalise independently of each other.
    const size_t start = pos;
    NextCodePoint(utf8, &pos);
    for (size_t next = pos; next < utf8.size() && folder != nullptr; pos = next) {
      const int32_t rune = NextCodePoint(utf8, &next);
      if (rune < 0 || folder->hasBoundaryBefore(rune)) break;
    }
    const std::string part = FoldText(utf8.substr(start, pos - start));
    AppendMapped(part, static_cast<uint32_t>(start), static_cast<uint32_t>(pos), &out);
  }
  return out;
}

class Normalizer::Impl {
 public:
  Impl() : converter_("tw2sp.json"), simplified_(kLastTabled - kFirstTabled + 1) {
    // OpenCC's own character table, read through its converter: one character per line keeps phrases out.
    std::string all;
    for (char32_t c = kFirstTabled; c <= kLastTabled; ++c) {
      AppendCodePoint(c, &all);
      all.push_back('\n');
    }
    const std::string converted = opencc::SimpleConverter("t2s.json").Convert(all);
    size_t pos = 0;
    for (char32_t& entry : simplified_) {
      if (pos >= converted.size()) break;
      entry = static_cast<char32_t>(NextCodePoint(converted, &pos));
      pos = converted.find('\n', pos);
      pos = pos == std::string::npos ? converted.size() : pos + 1;
    }
  }

  char32_t SimplifiedOf(char32_t rune) const {
    return rune >= kFirstTabled && rune <= kLastTabled ? simplified_[rune - kFirstTabled] : rune;
  }

  // Calls visit(begin, end, traditional) for consecutive byte ranges that cover `text`.
  template <typename Visit>
  void VisitRuns(std::string_view text, Visit visit) const {
    size_t start = 0;
    size_t length = 0;
    bool in_cjk = false;
    bool traditional = false;
    for (size_t pos = 0; pos < text.size();) {
      const size_t at = pos;
      const auto rune = static_cast<char32_t>(NextCodePoint(text, &pos));
      const bool cjk = rune >= 0x80 && ClassOf(rune) == CharClass::kCjk;
      if (at > start && (cjk != in_cjk || (cjk && length >= kMaxConvertedRun))) {
        visit(start, at, traditional);
        start = at;
        length = 0;
        traditional = false;
      }
      in_cjk = cjk;
      ++length;
      traditional = traditional || (cjk && SimplifiedOf(rune) != rune);
    }
    if (start < text.size()) visit(start, text.size(), traditional);
  }

  std::string Convert(std::string_view run) const {
    try {
      return converter_.Convert(run.data(), run.size());
    } catch (const std::exception&) {
      return SimplifyEach(run);
    }
  }

  std::string SimplifyEach(std::string_view run) const {
    std::string out;
    for (size_t pos = 0; pos < run.size();) {
      AppendCodePoint(SimplifiedOf(static_cast<char32_t>(NextCodePoint(run, &pos))), &out);
    }
    return out;
  }

  std::string Simplify(std::string text) const {
    std::string out;
    bool changed = false;
    size_t copied = 0;
    VisitRuns(text, [&](size_t begin, size_t end, bool traditional) {
      if (!traditional) return;
      changed = true;
      out.append(text, copied, begin - copied);
      out.append(Convert(std::string_view(text).substr(begin, end - begin)));
      copied = end;
    });
    if (!changed) return text;
    out.append(text, copied, std::string::npos);
    return out;
  }

 private:
  opencc::SimpleConverter converter_;
  std::vector<char32_t> simplified_;
};

Normalizer::Normalizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Normalizer::~Normalizer() = default;

StatusOr<std::unique_ptr<Normalizer>> Normalizer::Create() {
  if (CaseFolder() == nullptr || Composer() == nullptr) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING", "ICU 的规范化数据不可用");
  }
  try {
    return std::unique_ptr<Normalizer>(new Normalizer(std::make_unique<Impl>()));
  } catch (const std::exception& e) {
    return Error(StatusCode::kNotFound, "TEXT_DATA_MISSING",
                 std::string("无法加载 OpenCC 的简繁转换数据（软件包 libopencc-data）：") + e.what());
  }
}

std::string Normalizer::Normalize(std::string_view text) const { return impl_->Simplify(FoldText(text)); }

std::string Normalizer::NormalizeForDisplay(std::string_view text) const {
  std::string out;
  if (IsValidUtf8(text)) {
    AppendNormalized(Composer(), text, &out);
  } else {
    AppendNormalized(Composer(), SanitizeUtf8(text), &out);
  }
  return impl_->Simplify(std::move(out));
}

MappedText Normalizer::NormalizeMapped(std::string_view utf8) const {
  const MappedText folded = FoldTextMapped(utf8);
  const std::string_view text = folded.normalized;
  MappedText out;
  impl_->VisitRuns(text, [&](size_t begin, size_t end, bool traditional) {
    const std::string_view run = text.substr(begin, end - begin);
    std::string converted(run);
    if (traditional) {
      converted = impl_->Convert(run);
      if (CountCodePoints(converted) != CountCodePoints(run)) converted = impl_->SimplifyEach(run);
    }
    for (size_t pos = 0, from = begin; pos < converted.size();) {
      const size_t start = pos;
      NextCodePoint(converted, &pos);
      AppendMapped(std::string_view(converted).substr(start, pos - start), folded.source_begin[from],
                   folded.source_end[from], &out);
      NextCodePoint(text, &from);
    }
  });
  return out;
}

}  // namespace duijie
