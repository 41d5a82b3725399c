// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/tokenizer.h"

#include <algorithm>
#include <string_view>

#include "common/indicator/look_ahead.h"
#include "common/indicator/number.h"
#include "common/indicator/opaque.h"
#include "common/indicator/spoken_figures.h"
#include "common/indicator/units.h"
#include "common/indicator/word_parts.h"

namespace duijie::indicator {
namespace {

constexpr char32_t kFirstCircled = 0x2460;
constexpr char32_t kLastCircled = 0x2473;

bool IsAfter(Role role) {
  return role == Role::kAtLeastAfter || role == Role::kAtMostAfter || role == Role::kAboutAfter ||
         role == Role::kBetweenAfter;
}

bool IsCue(Role role) {
  switch (role) {
    case Role::kAtLeast:
    case Role::kAtMost:
    case Role::kEqual:
    case Role::kUp:
    case Role::kDown:
    case Role::kTo:
    case Role::kMaximum:
      return true;
    default:
      return false;
  }
}

bool IsDiameterSign(char32_t c) { return c == U'Φ' || c == U'φ' || c == U'Ø' || c == U'⌀'; }

bool IsFigure(Role role) { return role == Role::kNumber || role == Role::kUnit; }

class Tokenizer {
 public:
  Tokenizer(const Runes& text, size_t begin, size_t end) : text_(text), end_(end), pos_(begin) {}

  std::vector<Token> Run() {
    tokens_.reserve((end_ - pos_) / 2 + 1);
    while (pos_ < end_) Step();
    FlushWord();
    return std::move(tokens_);
  }

 private:
  void Step() {
    const char32_t c = text_[pos_];
    if (c == U' ') {
      FlushWord();
      ++pos_;
    } else if (Touches(Role::kRange) && IsDiameterSign(c) && IsDigit(text_[pos_ + 1])) {
      ++pos_;  // Φ20~Φ89mm
    } else if (IsDigit(c)) {
      ReadFigure(pos_, 1);
    } else if (!ReadSign() && !ReadOrdinalOrMark() && !ReadLatin() && !ReadPer() && !ReadDoubling() &&
               !ReadIndefinite() && !ReadComparative()) {
      ReadText();
    }
  }

  void FlushWord() {
    if (word_begin_ < pos_ && in_word_) Push(Role::kWord, word_begin_, pos_);
    in_word_ = false;
  }

  Token& Push(Role role, size_t begin, size_t end) {
    Token token;
    token.role = role;
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    if (role == Role::kBaseline) baseline_ = true;
    if (role == Role::kComma && tokens_.size() > 0 && HasFigureSinceBaseline()) baseline_ = false;
    if (role == Role::kSentenceEnd) baseline_ = false;
    tokens_.push_back(token);
    return tokens_.back();
  }

  void Emit(Role role, size_t length) {
    FlushWord();
    Push(role, pos_, pos_ + length);
    pos_ += length;
  }

  // 一年半
  bool EndsInHalf() const {
    const size_t count = tokens_.size();
    return count > 1 && tokens_[count - 2].role == Role::kUnit && tokens_.back().role == Role::kFiller &&
           text_[tokens_.back().begin] == U'半' && tokens_.back().begin == tokens_[count - 2].end;
  }

  bool Touches(Role role) const { return !in_word_ && !tokens_.empty() && tokens_.back().role == role; }

  bool AtClauseStart() const {
    if (in_word_) return false;
    if (tokens_.empty()) return true;
    const Role last = tokens_.back().role;
    return last == Role::kComma || last == Role::kSentenceEnd || last == Role::kColon || last == Role::kOpen;
  }

  // A number at `at`, the sign before it already read; `begin` is pos_.
  void ReadFigure(size_t at, double sign) {
    if (AtClauseStart() && sign > 0) {
      if (const size_t mark = ListMark(text_, at)) return Emit(Role::kComma, mark);
    }
    if (sign > 0 && ReadDigitFraction()) return;
    if (const auto time = TwoPartTimeAt(text_, at)) {
      FlushWord();
      PushSpoken(*time, pos_);
      return;
    }
    if (const size_t length = OpaqueDigits(text_, at)) return Emit(Role::kOpaque, at + length - pos_);
    const ReadNumber number = ReadDigits(Ahead(text_, at));
    EmitNumber(number, at, sign);
  }

  // 1/3 where a share is expected: 降低1/3, 减少到原来的1/3.
  bool ReadDigitFraction() {
    if (in_word_ || tokens_.empty()) return false;
    const Token& last = tokens_.back();
    const bool of = last.role == Role::kOf || (last.role == Role::kFiller && text_[last.end - 1] == U'的');
    if (!of && !IsCue(last.role)) return false;
    const auto fraction = FractionAt(text_, pos_);
    if (!fraction) return false;
    PushSpoken(*fraction, pos_);
    return true;
  }

  void PushSpoken(const SpokenFigure& figure, size_t begin) {
    Token& token = Push(Role::kNumber, begin, pos_ + figure.length);
    token.value = figure.value;
    token.implied_unit = figure.unit;
    pos_ += figure.length;
  }

  bool ReadDoubling() {
    const auto doubling = DoublingAt(text_, pos_);
    if (!doubling) return false;
    FlushWord();
    Push(doubling->falls ? Role::kDown : Role::kUp, pos_, pos_ + 1);
    PushSpoken(*doubling, pos_ + 1);
    return true;
  }

  bool ReadIndefinite() {
    const size_t length = IndefiniteLength(text_, pos_);
    if (length > 0) Emit(Role::kOpaque, length);
    return length > 0;
  }

  // 比进口产品高30%: behind a baseline an adjective is a change.
  bool ReadComparative() {
    static constexpr std::u32string_view kMore = U"高快多长大宽强厚重";
    static constexpr std::u32string_view kLess = U"低少短小薄轻慢窄";
    const char32_t c = text_[pos_];
    const bool more = kMore.find(c) != std::u32string_view::npos;
    if (!baseline_ || (!more && kLess.find(c) == std::u32string_view::npos)) return false;
    size_t length = 1;
    if (text_[pos_ + 1] == U'了' || text_[pos_ + 1] == U'出') length = 2;
    if (text_[pos_ + 1] == U'于' || !FigureFollows(text_, pos_ + length)) return false;
    Emit(more ? Role::kUp : Role::kDown, length);
    return true;
  }

  void EmitNumber(const ReadNumber& number, size_t at, double sign) {
    const size_t begin = pos_;
    const size_t end = at + number.length;
    FlushWord();
    const char32_t next = text_[end];
    if (next == U'多' || next == U'余' || next == U'几') {  // 100余家: no definite figure
      pos_ = end + 1;
      const size_t unit = UnitLength(Ahead(text_, pos_));
      pos_ += unit;
      Push(Role::kOpaque, begin, pos_);
      return;
    }
    if (const auto hours = HoursAt(text_, end, number)) {
      PushSpoken(*hours, begin);
      return;
    }
    Token& token = Push(Role::kNumber, begin, end);
    token.value = sign * number.value;
    token.implied_unit = number.unit;
    token.chinese = number.chinese;
    token.indefinite = number.indefinite;
    pos_ = end;
    if (number.unit.empty()) ReadUnit();
  }

  void ReadUnit() {
    const size_t begin = text_[pos_] == U' ' ? pos_ + 1 : pos_;
    const size_t length = UnitLength(Ahead(text_, begin));
    if (length == 0 || IsOtherWord(begin, length)) return;
    const size_t number = tokens_.size() - 1;
    Push(Role::kUnit, begin, begin + length);
    pos_ = begin + length;
    if (tokens_[number].chinese && text_[pos_] == U'半' && text_[pos_ - 1] != U'半') {  // 一年半
      tokens_[number].value += 0.5;
      Emit(Role::kFiller, 1);
    }
  }

  // (20~25)W/(m·K), also with ×10⁻⁶ between: the unit of what stands in the bracket.
  void ReadUnitBehindBracket() {
    const size_t count = tokens_.size();
    if (count < 5 || tokens_[count - 2].role != Role::kNumber || tokens_[count - 5].role != Role::kOpen)
      return;
    const Role joint = tokens_[count - 3].role;
    if (joint != Role::kRange && joint != Role::kPlusMinus) return;
    const size_t length = UnitLength(Ahead(text_, pos_));
    if (length == 0 || IsOtherWord(pos_, length)) return;
    Push(Role::kUnit, pos_, pos_ + length);
    pos_ += length;
  }

  // 811目前, 3元素: the sign of a unit that begins another word.
  bool IsOtherWord(size_t begin, size_t length) const {
    return length == 1 && BeginsOtherWord(Ahead(text_, begin));
  }

  // -40, 零下30, 负5; a dash behind a figure is a range.
  bool ReadSign() {
    const std::u32string_view rest = Ahead(text_, pos_);
    size_t length = 0;
    if (rest.starts_with(U"零下")) length = 2;
    if (rest.starts_with(U"负") || rest.starts_with(U"-") || rest.starts_with(U"+")) length = 1;
    if (length == 0 || !IsDigit(text_[pos_ + length])) return false;
    const bool behind_figure = !in_word_ && !tokens_.empty() && IsFigure(tokens_.back().role);
    if (rest.front() == U'-' && behind_figure) return false;
    ReadFigure(pos_ + length, rest.front() == U'+' ? 1 : -1);
    return true;
  }

  bool ReadOrdinalOrMark() {
    if (const size_t length = Ordinal(text_, pos_)) {
      Emit(Role::kOpaque, length);
      return true;
    }
    if (text_[pos_] >= kFirstCircled && text_[pos_] <= kLastCircled) {
      Emit(Role::kComma, 1);
      return true;
    }
    return false;
  }

  bool ReadLatin() {
    if (!IsLatin(text_[pos_])) return false;
    const size_t length = LatinWord(text_, pos_);
    const std::u32string_view word = text_.view(pos_, pos_ + length);
    // 300 to 500
    if (word == U"to" && tokens_.size() > 0 && IsFigure(tokens_.back().role) &&
        FigureFollows(text_, pos_ + length)) {
      Emit(Role::kRange, length);
      return true;
    }
    const bool leads = IsLeadingUnit(word);
    Emit(leads ? Role::kUnit : Role::kLatin, length + (leads ? LoadLength(text_, pos_ + length) : 0));
    return true;
  }

  // 每小时, 每吨, 每粉磨一吨: the unit behind 每. The token begins one before the unit.
  bool ReadPer() {
    if (text_[pos_] == U'一') return ReadOneOf();
    if (text_[pos_] != U'每') return false;
    if (const size_t turn = TurnLength(text_, pos_)) {
      Emit(Role::kEach, turn);
      return true;
    }
    size_t at =
        pos_ + 1 + std::max(ProcessLength(Ahead(text_, pos_ + 1)), DoingLength(Ahead(text_, pos_ + 1)));
    if (text_[at] == U'1' && !IsDigit(text_[at + 1]) && text_[at + 1] != U'.') ++at;
    if (text_[at] == U'一') ++at;
    std::u32string per(Ahead(text_, at - 1));  // 每班, 每吨水: as behind a stroke
    per.front() = U'/';
    const size_t length = std::max<size_t>(UnitLength(per), 1) - 1;
    if (length == 0) return false;
    Emit(Role::kPer, at + length - pos_);
    tokens_.back().begin = static_cast<uint32_t>(at - 1);
    return true;
  }

  // 运行费 of 运行费一吨水18块钱: what is told for one of something.
  bool IsRated() const {
    static constexpr std::u32string_view kRated[] = {U"费", U"价", U"价钱", U"价格", U"花费", U"成本",
                                                     U"耗", U"量", U"效率", U"能力", U"速度"};
    if (!in_word_) return false;
    const std::u32string_view word = text_.view(word_begin_, pos_);
    return std::any_of(std::begin(kRated), std::end(kRated),
                       [&](std::u32string_view end) { return word.ends_with(end); });
  }

  // 一分钟可走3.2米: as 每分钟.
  bool ReadOneOf() {
    if (IsRated()) {
      std::u32string per(Ahead(text_, pos_));
      per.front() = U'/';
      const size_t length = UnitLength(per);
      if (length > 1 && (FigureFollows(text_, pos_ + length) || BoundFollows(text_, pos_ + length))) {
        Emit(Role::kPer, length);
        return true;
      }
    }
    static constexpr std::u32string_view kTimes[] = {U"分钟", U"小时", U"昼夜", U"天", U"秒", U"年"};
    for (const std::u32string_view time : kTimes) {
      if (!Ahead(text_, pos_ + 1).starts_with(time)) continue;
      const char32_t next = text_[pos_ + 1 + time.size()];
      if (next != U'可' && next != U'能' && next != U'每') return false;
      Emit(Role::kPer, 1 + time.size());
      return true;
    }
    return false;
  }

  // 顶天8个钟头 is said as well as 8个钟头顶天.
  bool IsSpokenBound(const VocabularyMatch& match) const {
    return SpeaksOfBound(text_.view(pos_, pos_ + match.length));
  }

  // 每亩投入350元以下, but not 每年投入 nor 投入500万元: what a technique costs for one of something.
  bool IsRatedOutlay(const VocabularyMatch& match) const {
    if (text_.view(pos_, pos_ + match.length) != U"投入") return false;
    if (in_word_) return text_.view(word_begin_, pos_).ends_with(U"设备");
    if (!Touches(Role::kPer)) return false;
    const std::u32string_view per = text_.view(tokens_.back().begin, tokens_.back().end);
    return !per.ends_with(U'年') && !per.ends_with(U'月');
  }

  bool Accepts(const VocabularyMatch& match) const {
    const bool behind_figure =
        !in_word_ && !tokens_.empty() &&
        (IsFigure(tokens_.back().role) || IsAfter(tokens_.back().role) || EndsInHalf());
    if (IsAfter(match.role))
      return behind_figure || (IsSpokenBound(match) && FigureFollows(text_, pos_ + match.length));
    if (BeginsName(match, Ahead(text_, pos_ + match.length)) || EndsName(match)) return false;
    if (match.role == Role::kNoise && IsRatedOutlay(match)) return false;
    if (match.role == Role::kMaximum) return FigureFollows(text_, pos_ + match.length);
    // 不能超5%, but not 不能超声清洗.
    if (match.role == Role::kAtMost && match.length > 1 && text_[pos_ + match.length - 1] == U'超')
      return FigureFollows(text_, pos_ + match.length);
    const bool single = match.length == 1 && IsHan(text_[pos_]);
    const char32_t next = text_[pos_ + 1];
    const bool changes = match.role == Role::kUp || match.role == Role::kDown;
    if (single && changes && (next == U'到' || next == U'至')) return true;  // 降到
    if (single && IsCue(match.role))
      return FigureFollows(text_, pos_ + 1) || behind_figure || ShareFollows(text_, pos_);
    if (single && match.role == Role::kNow) return AtClauseStart();
    if (single && match.role == Role::kConditionEnd && text_[pos_] != U'后') {
      return behind_figure || Touches(Role::kOpaque) || Touches(Role::kConditionWord) || EndsDoing();
    }
    return true;
  }

  // 在-20℃放电时, 在500V直流下: a short word between what 在 begins and its end.
  bool EndsDoing() const {
    constexpr size_t kMaxDoing = 4;                                                         // code points
    static constexpr std::u32string_view kTimes = U"间长段期刻速延滞效限钟序域空变差代光";  // 放电时间
    static constexpr std::u32string_view kBefore = U"小同及实瞬延定临工按台用耗历随即有平计超学当费省适准";
    if (!in_word_ || pos_ - word_begin_ > kMaxDoing || tokens_.empty() || !IsFigure(tokens_.back().role))
      return false;
    if (kTimes.find(text_[pos_ + 1]) != std::u32string_view::npos ||
        kBefore.find(text_[pos_ - 1]) != std::u32string_view::npos)
      return false;
    for (size_t i = tokens_.size(); i-- > 0;) {
      const Role role = tokens_[i].role;
      if (role == Role::kAt) return true;
      if (!IsFigure(role) && role != Role::kAnd && role != Role::kRange && role != Role::kPlusMinus)
        return false;
    }
    return false;
  }

  // 料肉比低于2.6, 耐高温: the end of a word, no baseline and no condition.
  bool EndsName(const VocabularyMatch& match) const {
    if (!in_word_ || pos_ == word_begin_) return false;
    const char32_t before = text_[pos_ - 1];
    if (match.role == Role::kConditionWord) return before == U'耐' || before == U'抗' || before == U'超';
    if (match.role != Role::kBaseline || match.length > 1 || text_[pos_] != U'比') return false;
    if (IsDigit(text_[pos_ + 1])) return true;
    switch (LongestWord(Ahead(text_, pos_ + 1)).role) {
      case Role::kAtLeast:
      case Role::kAtMost:
      case Role::kSuperior:
      case Role::kEqual:
      case Role::kUp:
      case Role::kDown:
      case Role::kFrom:
      case Role::kComma:
      case Role::kColon:
      case Role::kSentenceEnd:
        return true;
      default:
        return false;
    }
  }

  // 电费想降低30%: the wish does not cut the name off.
  bool WishesChange(const VocabularyMatch& match) const {
    const std::u32string_view word = text_.view(pos_, pos_ + match.length);
    if (!in_word_ || (word != U"想" && word != U"拟")) return false;
    const Role next = LongestWord(Ahead(text_, pos_ + match.length)).role;
    return next == Role::kUp || next == Role::kDown || next == Role::kSavingName;
  }

  // 使用寿命15年起码, 充电1h顶多: as 15年以上; kWord if it is none.
  Role TrailingBound(const VocabularyMatch& match) const {
    if (in_word_ || tokens_.empty() || !IsFigure(tokens_.back().role)) return Role::kWord;
    const char32_t next = text_[pos_ + match.length];
    if (next != 0 && next != U',' && next != U'。' && next != U';' && next != U')') return Role::kWord;
    const std::u32string_view word = text_.view(pos_, pos_ + match.length);
    if (word == U"起码" || word == U"至少" || word == U"最少") return Role::kAtLeastAfter;
    if (word == U"顶多" || word == U"至多" || word == U"最多") return Role::kAtMostAfter;
    return Role::kWord;
  }

  bool StartsNumeral() const {
    const char32_t c = text_[pos_];
    return IsNumeral(c) || (c == U'万' && Ahead(text_, pos_).starts_with(U"万分之"));
  }

  void ReadText() {
    VocabularyMatch match = LongestWord(Ahead(text_, pos_));
    if (const size_t scale = ShoreLength(Ahead(text_, pos_))) return Emit(Role::kUnit, scale);
    if (const size_t ability = AbilityLength(text_, pos_); ability > match.length)
      match = {Role::kWord, ability};
    // 减排二氧化碳5000吨: a verb with an object.
    const bool has_object = match.role == Role::kSavingName && Ahead(text_, pos_).starts_with(U"减排二氧化");
    if (has_object) match.role = Role::kDown;
    // 10A下压降: behind a figure 下 ends a condition.
    if (text_[pos_] == U'下' && match.role == Role::kWord && match.length > 1 && Touches(Role::kUnit) &&
        !Ahead(text_, pos_).starts_with(U"下限"))
      return Emit(Role::kConditionEnd, 1);
    if (text_[pos_] == U'处' && Touches(Role::kUnit) && match.length <= 1)  // 1550nm处衰减系数
      return Emit(Role::kConditionEnd, 1);
    const bool shield = match.length > 1 && match.role == Role::kWord;
    // 十分钟 is longer than 十分, 三维 is not longer than its shield.
    if (StartsNumeral() && NumeralLength(text_, pos_) > (shield ? match.length : 0)) {
      return EmitNumber(*ReadNumeral(Ahead(text_, pos_)), pos_, 1);
    }
    if (WishesChange(match)) return Emit(Role::kFiller, match.length);
    if (const Role trailing = TrailingBound(match); trailing != Role::kWord)
      return Emit(trailing, match.length);
    if (match.length > 0 && match.role != Role::kWord && Accepts(match)) {
      Emit(match.role, match.length);
      if (match.role == Role::kClose) ReadUnitBehindBracket();
      return;
    }
    if (!in_word_) word_begin_ = pos_;
    in_word_ = true;
    pos_ += shield || BeginsName(match, Ahead(text_, pos_ + match.length)) ? match.length : 1;
  }

  bool HasFigureSinceBaseline() const {
    for (size_t i = tokens_.size(); i-- > 0;) {
      if (tokens_[i].role == Role::kNumber) return true;
      if (tokens_[i].role == Role::kBaseline) return false;
    }
    return true;
  }

  const Runes& text_;
  std::vector<Token> tokens_;
  bool baseline_ = false;  // 比, 较 stands before, with no figure yet
  const size_t end_;
  size_t pos_;
  size_t word_begin_ = 0;
  bool in_word_ = false;
};

}  // namespace

std::vector<Token> Tokenize(const Runes& text) { return Tokenizer(text, 0, text.size()).Run(); }

std::vector<Token> Tokenize(const Runes& text, size_t begin, size_t end) {
  return Tokenizer(text, begin, end).Run();
}

}  // namespace duijie::indicator
