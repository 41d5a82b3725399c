// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/quantities.h"

#include <utility>

#include "common/indicator/table_heading.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

class Grouper {
 public:
  Grouper(const Runes& text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  Grouped Run() {
    while (at_ < tokens_.size()) {
      if (!TryProduct() && !TryBracketed() && !TryQuantity()) out_.tokens.push_back(tokens_[at_++]);
    }
    return std::move(out_);
  }

 private:
  struct Figure {
    double value = 0;
    std::string unit;
    bool indefinite = false;
    bool chinese = false;
    bool by_heading = false;
    size_t next = 0;  // index behind it
  };

  Role RoleAt(size_t i) const { return i < tokens_.size() ? tokens_[i].role : Role::kSentenceEnd; }

  std::string UnitText(const Token& token) const {
    std::string written = text_.Written(token.begin, token.end);
    std::erase(written, ' ');
    return written;
  }

  // [leading unit] number [unit] at index i.
  std::optional<Figure> ReadFigure(size_t i) const {
    Figure figure;
    if (RoleAt(i) == Role::kUnit && RoleAt(i + 1) == Role::kNumber) figure.unit = UnitText(tokens_[i++]);
    if (RoleAt(i) != Role::kNumber) return std::nullopt;
    const Token& number = tokens_[i++];
    figure.value = number.value;
    figure.indefinite = number.indefinite;
    figure.chinese = number.chinese;
    if (!number.implied_unit.empty()) figure.unit = std::string(number.implied_unit);
    if (figure.unit.empty() && RoleAt(i) == Role::kUnit && !LeadsNext(i))
      figure.unit = UnitText(tokens_[i++]);
    if (figure.unit.empty() && !figure.chinese) {
      figure.unit = UnitOfHeading(text_, tokens_, static_cast<size_t>(&number - tokens_.data()));
      figure.by_heading = !figure.unit.empty();
    }
    if (RoleAt(i) == Role::kFiller && text_.view(tokens_[i].begin, tokens_[i].end) == U"半") ++i;
    figure.next = i;
    return figure;
  }

  // A scale before the next number, as in 硬度HRC58 HRC60.
  bool LeadsNext(size_t i) const { return tokens_[i].begin > tokens_[i - 1].end + 1; }

  bool IsTimes(size_t i) const {
    if (RoleAt(i) != Role::kWord) return false;
    const std::u32string_view word = text_.view(tokens_[i].begin, tokens_[i].end);
    return word == U"×" || word == U"*" || word == U"X";
  }

  bool TryProduct() {
    auto figure = ReadFigure(at_);
    if (!figure || !IsTimes(figure->next)) return false;
    const size_t begin = at_;
    size_t end = figure->next;
    while (IsTimes(end)) {
      figure = ReadFigure(end + 1);
      if (!figure) break;
      end = figure->next;
    }
    Token product = tokens_[begin];
    product.role = Role::kOpaque;
    product.end = tokens_[end - 1].end;
    out_.tokens.push_back(product);
    at_ = end;
    return true;
  }

  // (3.2~3.5)×10⁻⁶/℃, (20±2)℃: the power of ten and the unit stand behind the bracket.
  bool TryBracketed() {
    if (RoleAt(at_) != Role::kOpen) return false;
    const auto first = ReadFigure(at_ + 1);
    if (!first) return false;
    const Role joint = RoleAt(first->next);
    if (joint != Role::kRange && joint != Role::kPlusMinus) return false;
    const auto second = ReadFigure(first->next + 1);
    if (!second || RoleAt(second->next) != Role::kClose) return false;
    size_t next = second->next + 1;
    double scale = 1;
    if (IsTimes(next) && RoleAt(next + 1) == Role::kNumber) {
      scale = tokens_[next + 1].value;
      next += 2;
    }
    Quantity quantity;
    if (RoleAt(next) == Role::kUnit) quantity.unit = UnitText(tokens_[next++]);
    if (next == second->next + 1) return false;
    quantity.form = joint == Role::kRange ? Form::kRange : Form::kTolerance;
    quantity.value = first->value * scale;
    quantity.upper = second->value * scale;
    if (quantity.form == Form::kRange && *quantity.upper < quantity.value)
      std::swap(*quantity.upper, quantity.value);
    Add(quantity, next);
    return true;
  }

  bool TryQuantity() {
    const bool bare = RoleAt(at_) == Role::kPlusMinus;
    const auto first = ReadFigure(bare ? at_ + 1 : at_);
    if (!first) return false;
    Quantity quantity;
    quantity.value = first->value;
    quantity.unit = first->unit;
    quantity.indefinite = first->indefinite;
    quantity.chinese = first->chinese;
    quantity.by_heading = first->by_heading;
    size_t next = first->next;
    if (bare) {
      quantity.form = Form::kTolerance;
      quantity.upper = std::exchange(quantity.value, 0);
    } else if (RoleAt(next) == Role::kPlusMinus) {
      ReadTolerance(&quantity, &next);
    } else if (JoinsRange(next)) {
      ReadRange(&quantity, &next);
    }
    Add(quantity, next);
    return true;
  }

  void ReadTolerance(Quantity* quantity, size_t* next) const {
    const auto width = ReadFigure(*next + 1);
    if (!width) return;
    quantity->form = Form::kTolerance;
    quantity->upper = width->value;
    AdoptUnit(*width, quantity);
    *next = width->next;
  }

  // ~ and -, or 至 and 到 right between two figures, or 介于 … 和 … 之间.
  bool JoinsRange(size_t i) const {
    const Role role = RoleAt(i);
    if (role == Role::kTo) {  // 由120L变为72L is no range
      const char32_t first = text_[tokens_[i].begin];
      return first == U'到' || first == U'至';
    }
    if (role == Role::kRange) return true;
    if (role != Role::kAnd || at_ == 0 || RoleAt(at_ - 1) != Role::kBetween) return false;
    return true;
  }

  // 制冷量0℃/38℃-20150W: no range leads from one to the other.
  static bool AreOfTwoKinds(const std::string& first, const std::string& last) {
    if (first == "万" || first == "亿" || first == "千") return false;  // 3.8万～4.5万m³
    const auto from = ParseUnit(first);
    const auto to = ParseUnit(last);
    return !first.empty() && !last.empty() && from && to && !Convertible(*from, *to);
  }

  void ReadRange(Quantity* quantity, size_t* next) const {
    const auto last = ReadFigure(*next + 1);
    if (!last || AreOfTwoKinds(quantity->unit, last->unit)) return;
    quantity->form = Form::kRange;
    quantity->upper = last->value;
    AdoptUnit(*last, quantity);
    if (*quantity->upper < quantity->value) std::swap(*quantity->upper, quantity->value);
    *next = last->next;
  }

  // The unit of the second figure holds for both; a first figure in another unit is converted to it.
  static void AdoptUnit(const Figure& last, Quantity* quantity) {
    if (last.unit.empty() || last.unit == quantity->unit) return;
    const auto from = ParseUnit(quantity->unit);
    const auto to = ParseUnit(last.unit);
    if (!quantity->unit.empty() && from && to && Convertible(*from, *to)) {
      quantity->value = Convert(quantity->value, *from, *to);
    }
    quantity->unit = last.unit;
  }

  void Add(Quantity quantity, size_t next) {
    Token token = tokens_[at_];
    token.role = Role::kQuantity;
    token.end = tokens_[next - 1].end;
    token.quantity = static_cast<uint32_t>(out_.quantities.size());
    quantity.begin = token.begin;
    quantity.end = token.end;
    out_.tokens.push_back(token);
    out_.quantities.push_back(std::move(quantity));
    at_ = next;
  }

  const Runes& text_;
  const std::vector<Token>& tokens_;
  Grouped out_;
  size_t at_ = 0;
};

}  // namespace

Grouped GroupQuantities(const Runes& text, const std::vector<Token>& tokens) {
  return Grouper(text, tokens).Run();
}

}  // namespace duijie::indicator
