// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/text_diff.h"

#include <algorithm>
#include <optional>

namespace duijie::push {
namespace {

using Characters = std::vector<std::string_view>;  // of one text, one code point each

Characters Split(std::string_view text) {
  Characters characters;
  size_t begin = 0;
  for (size_t i = 1; i <= text.size(); ++i) {
    if (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    characters.push_back(text.substr(begin, i - begin));
    begin = i;
  }
  return characters;
}

// Collects single characters into spans. Within a change, removals and additions may come in any order.
class SpanBuilder {
 public:
  void Keep(std::string_view text) {
    EndChange();
    kept_ += text;
  }
  void Remove(std::string_view text) {
    EndKept();
    removed_ += text;
  }
  void Add(std::string_view text) {
    EndKept();
    added_ += text;
  }
  std::vector<DiffSpan> Finish() && {
    EndKept();
    EndChange();
    return std::move(spans_);
  }

 private:
  void Flush(SpanKind kind, std::string* text) {
    if (!text->empty()) spans_.push_back({kind, std::move(*text)});
    text->clear();
  }
  void EndKept() { Flush(SpanKind::kKept, &kept_); }
  void EndChange() {
    Flush(SpanKind::kRemoved, &removed_);
    Flush(SpanKind::kAdded, &added_);
  }

  std::vector<DiffSpan> spans_;
  std::string kept_, removed_, added_;
};

struct Edit {
  SpanKind kind;
  std::string_view text;
};

// Diagonals of step d run from -d to d in steps of 2; furthest_[d][(k + d) / 2] is how far in the first text
// step d came on diagonal k.
class Myers {
 public:
  Myers(const Characters& before, const Characters& after)
      : before_(before),
        after_(after),
        rows_(static_cast<int>(before.size())),
        columns_(static_cast<int>(after.size())) {}

  // The edits in order of the texts; none if more than kMaxEdits are needed.
  std::optional<std::vector<Edit>> Run() {
    for (int d = 0; d <= std::min(rows_ + columns_, kMaxEdits); ++d) {
      if (Step(d)) return Trace(d);
    }
    return std::nullopt;
  }

 private:
  int FurthestOf(int d, int k) const {
    return furthest_[static_cast<size_t>(d)][static_cast<size_t>((k + d) / 2)];
  }

  // Whether diagonal k of step d is reached from the one above (an addition) rather than from the left.
  bool ComesFromAddition(int d, int k) const {
    return k == -d || (k != d && FurthestOf(d - 1, k - 1) < FurthestOf(d - 1, k + 1));
  }

  // True if the ends of both texts are reached.
  bool Step(int d) {
    std::vector<int> row(static_cast<size_t>(d) + 1);
    bool done = false;
    for (int k = -d; k <= d; k += 2) {
      int x = 0;
      if (d > 0) x = ComesFromAddition(d, k) ? FurthestOf(d - 1, k + 1) : FurthestOf(d - 1, k - 1) + 1;
      while (x < rows_ && x - k < columns_ && x - k >= 0 && Equal(x, x - k)) ++x;
      row[static_cast<size_t>((k + d) / 2)] = x;
      done = done || (x >= rows_ && x - k >= columns_);
    }
    furthest_.push_back(std::move(row));
    return done;
  }

  std::vector<Edit> Trace(int d) const {
    std::vector<Edit> edits;  // backwards
    int x = rows_, y = columns_;
    for (; d >= 0; --d) {
      const int k = x - y;
      const bool addition = d > 0 && ComesFromAddition(d, k);
      int from_x = 0;
      if (d > 0) from_x = addition ? FurthestOf(d - 1, k + 1) : FurthestOf(d - 1, k - 1);
      const int start_x = d == 0 ? 0 : (addition ? from_x : from_x + 1);
      while (x > start_x) {
        --x, --y;
        edits.push_back({SpanKind::kKept, before_[static_cast<size_t>(x)]});
      }
      if (d == 0) break;
      if (addition) {
        edits.push_back({SpanKind::kAdded, after_[static_cast<size_t>(--y)]});
      } else {
        edits.push_back({SpanKind::kRemoved, before_[static_cast<size_t>(--x)]});
      }
    }
    std::reverse(edits.begin(), edits.end());
    return edits;
  }

  bool Equal(int x, int y) const { return before_[static_cast<size_t>(x)] == after_[static_cast<size_t>(y)]; }

  const Characters& before_;
  const Characters& after_;
  const int rows_;
  const int columns_;
  std::vector<std::vector<int>> furthest_;
};

}  // namespace

TextDiff DiffTexts(std::string_view before, std::string_view after) {
  Characters from = Split(before), to = Split(after);
  const size_t shorter = std::min(from.size(), to.size());
  size_t head = 0, tail = 0;
  while (head < shorter && from[head] == to[head]) ++head;
  while (tail < shorter - head && from[from.size() - 1 - tail] == to[to.size() - 1 - tail]) ++tail;
  const auto middle_of = [&](const Characters& all) {
    return Characters(all.begin() + static_cast<std::ptrdiff_t>(head),
                      all.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const Characters old_middle = middle_of(from), new_middle = middle_of(to);
  SpanBuilder spans;
  for (size_t i = 0; i < head; ++i) spans.Keep(from[i]);
  TextDiff diff;
  const std::optional<std::vector<Edit>> edits = Myers(old_middle, new_middle).Run();
  diff.coarse = !edits;
  if (edits) {
    for (const Edit& edit : *edits) {
      if (edit.kind == SpanKind::kKept) spans.Keep(edit.text);
      if (edit.kind == SpanKind::kRemoved) spans.Remove(edit.text);
      if (edit.kind == SpanKind::kAdded) spans.Add(edit.text);
    }
  } else {
    for (const std::string_view character : old_middle) spans.Remove(character);
    for (const std::string_view character : new_middle) spans.Add(character);
  }
  for (size_t i = from.size() - tail; i < from.size(); ++i) spans.Keep(from[i]);
  diff.spans = std::move(spans).Finish();
  return diff;
}

}  // namespace duijie::push
