// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generator/text_maker.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "common/text/encoding.h"

namespace duijie::bench {
namespace {

constexpr double kReplaceInText = 0.35;
constexpr double kReplaceInTitle = 0.5;
constexpr double kOtherTopic = 0.3;    // share of clauses from the second topic, if there is one
constexpr double kTopicWords = 0.45;   // where a new word comes from: the topic,
constexpr double kDomainWords = 0.35;  // the domain dictionary of its field, else all samples
constexpr size_t kMaxTitleBytes = 180;
constexpr size_t kClausesPerSentence = 3;

// Every run of digits but a leading zero gets other digits: lengths and signs stay.
std::string OtherDigits(std::string text, Random& random) {
  bool first = true;
  for (char& c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && first && c != '0') c = static_cast<char>('1' + random.Below(9));
    if (digit && !first) c = static_cast<char>('0' + random.Below(10));
    first = !digit;
  }
  return text;
}

void CutToBytes(size_t limit, std::string* text) {
  if (text->size() <= limit) return;
  while (limit > 0 && (static_cast<unsigned char>((*text)[limit]) & 0xC0U) == 0x80U) --limit;
  text->resize(limit);
}

}  // namespace

const Topic& TextMaker::AnyTopic() {
  return topics_.other != nullptr && random_.Chance(kOtherTopic) ? *topics_.other : *topics_.main;
}

const std::string& TextMaker::Word() {
  const Topic& topic = AnyTopic();
  const double where = random_.Unit();
  if (where < kTopicWords) return topic.words.Draw(random_);
  if (where < kTopicWords + kDomainWords) return corpus_.terms[topic.terms].Draw(random_);
  return corpus_.all_words.Draw(random_);
}

std::string TextMaker::Render(const Clause& clause, double replace) {
  std::string text;
  for (const Piece& piece : clause) {
    switch (piece.kind) {
      case Piece::Kind::kFixed:
        text += piece.text;
        break;
      case Piece::Kind::kNumber:
        text += OtherDigits(piece.text, random_);
        break;
      case Piece::Kind::kWord:
        text += random_.Chance(replace) ? Word() : piece.text;
        break;
    }
  }
  return text;
}

std::string TextMaker::Title() {
  std::string title = Render(AnyTopic().title, kReplaceInTitle);
  CutToBytes(kMaxTitleBytes, &title);
  return title;
}

std::string TextMaker::Sentences(const std::vector<Clause>& own, size_t code_points) {
  std::string text;
  size_t clauses = 0;
  for (size_t length = 0; length < code_points;) {
    const std::vector<Clause>& from = own.empty() ? AnyTopic().clauses : own;
    const std::string clause = Render(Pick(from, random_), kReplaceInText);
    length += CountCodePoints(clause) + 1;
    ++clauses;
    text += clause + (length >= code_points || clauses % kClausesPerSentence == 0 ? "。" : "，");
  }
  return text;
}

std::string TextMaker::Summary() { return Sentences({}, Pick(corpus_.cells.summary_lengths, random_)); }
std::string TextMaker::Problem() { return Sentences(AnyTopic().problem, 30); }
std::string TextMaker::Advantage() { return Sentences({}, 40); }
std::string TextMaker::Condition() {
  return corpus_.conditions.empty() ? std::string() : Sentences(corpus_.conditions, 25);
}

std::string TextMaker::Keywords() {
  std::vector<std::string> chosen;
  const size_t wanted = 4 + random_.Below(3);
  for (size_t tries = 0; chosen.size() < wanted && tries < 4 * wanted; ++tries) {
    const Topic& topic = AnyTopic();
    const std::string& word = !topic.keywords.empty() && random_.Chance(0.6)
                                  ? Pick(topic.keywords, random_)
                                  : corpus_.terms[topic.terms].Draw(random_);
    if (std::find(chosen.begin(), chosen.end(), word) == chosen.end()) chosen.push_back(word);
  }
  std::string cell;
  for (const std::string& word : chosen) cell += (cell.empty() ? "" : "；") + word;
  return cell;
}

std::string TextMaker::Indicators() {
  std::string cell;
  for (const std::string& indicator : topics_.main->indicators) {
    if (random_.Chance(0.3)) continue;
    cell += (cell.empty() ? "" : "；") + VaryIndicator(indicator, random_);
  }
  return cell;
}

std::string VaryIndicator(const std::string& indicator, Random& random) {
  size_t at = std::string::npos;
  size_t width = 0;
  for (const std::string_view comparator : {"≥", "≤", "＞", "＜", ">", "<", "≈"}) {
    const size_t found = indicator.find(comparator);
    if (found < at) {
      at = found;
      width = comparator.size();
    }
  }
  if (at == std::string::npos) return indicator;
  const char* number = indicator.c_str() + at + width;
  char* rest = nullptr;
  const double value = std::strtod(number, &rest);
  if (rest == number || !(value > 0) || value > 1e9) return indicator;
  const bool whole = value == std::floor(value);
  const double other = std::max(value * (0.5 + random.Unit()), whole ? 1.0 : 0.001);
  char digits[32];
  std::snprintf(digits, sizeof(digits), whole ? "%.0f" : "%.3f", other);
  return indicator.substr(0, at + width) + digits + rest;
}

}  // namespace duijie::bench
