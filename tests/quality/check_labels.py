#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates the labels described in README-indicators.md and README-demands.md and prints their counts.

Exit status 0 when every line is well formed, 1 otherwise (each problem is printed with file and line).
"""

import collections
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
HALVES = ("tune", "held_out")
COMPARATORS = {"GE", "LE", "EQ", "BETWEEN", "PLUS_MINUS", "INCREASE_BY", "DECREASE_BY"}
UPPER_REQUIRED = {"BETWEEN", "PLUS_MINUS"}
UPPER_ALLOWED = UPPER_REQUIRED | {"INCREASE_BY", "DECREASE_BY"}
VERDICTS = ("SATISFIED", "PARTLY", "VIOLATED", "NOT_STATED")
KINDS = {
    "direct", "conversion", "wording", "abstract", "same_word_other_quantity", "partial_range", "condition", "silence",
    "vague", "boundary", "relative_absolute", "tolerance", "best_of", "negation", "long_text",
}
SENTENCE_KEYS = {"id", "text", "side", "indicators"}
INDICATOR_KEYS = {"name", "comparator", "value", "upper", "unit", "condition", "span"}
VERDICT_KEYS = {"id", "kind", "need", "achievement", "target", "verdict", "why"}
TARGET_KEYS = INDICATOR_KEYS - {"span"}
NEED_KEYS = {"id", "title", "description", "demands"}
DEMAND_KEYS = TARGET_KEYS - {"condition"}
MIN_SENTENCES = 170
MIN_VERDICTS = 110
MAX_INDICATORS = 6
EMPTY_SHARE = (0.2, 0.35)


class Report:
    """Collects problems; a problem names the file and the line it is in."""

    def __init__(self):
        self.problems = []

    def expect(self, holds, where, message):
        if not holds:
            self.problems.append(f"{where}: {message}")
        return holds


def read_lines(path, report):
    """Yields (where, object) for each line; a line that is no JSON object is reported and left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.relative_to(HERE)}:{number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            report.expect(False, where, f"not JSON: {error}")
            continue
        if report.expect(isinstance(value, dict), where, "not an object"):
            yield where, value


def is_finite_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check_quantity(item, keys, texts, where, report):
    """Checks the fields that a labelled indicator and a target share; texts is where its words must occur."""
    if not report.expect(set(item) == keys, where, f"keys are {sorted(item)}"):
        return
    comparator, value, upper = item["comparator"], item["value"], item["upper"]
    report.expect(comparator in COMPARATORS, where, f"comparator {comparator!r}")
    report.expect(is_finite_number(value), where, f"value {value!r}")
    if upper is None:
        report.expect(comparator not in UPPER_REQUIRED, where, f"{comparator} without upper")
    elif report.expect(is_finite_number(upper), where, f"upper {upper!r}"):
        report.expect(comparator in UPPER_ALLOWED, where, f"{comparator} with upper")
        if comparator == "PLUS_MINUS":
            report.expect(upper > 0, where, "a tolerance must be positive")
        elif is_finite_number(value):
            report.expect(value < upper, where, "value is not below upper")
    for key in ("name", "unit", "condition"):
        if key not in keys:
            continue
        is_trimmed = isinstance(item[key], str) and item[key] == item[key].strip()
        if not report.expect(is_trimmed, where, f"{key} {item[key]!r}"):
            return
    report.expect(item["name"] in texts, where, f"name {item['name']!r} is not in the text")
    for part in item.get("condition", "").split("，"):
        report.expect(part in texts, where, f"condition {part!r} is not in the text")


def check_sentence(where, line, report):
    if not report.expect(set(line) == SENTENCE_KEYS, where, f"keys are {sorted(line)}"):
        return
    report.expect(line["side"] in ("need", "achievement"), where, f"side {line['side']!r}")
    report.expect(len(line["indicators"]) <= MAX_INDICATORS, where, "too many indicators")
    for item in line["indicators"]:
        check_quantity(item, INDICATOR_KEYS, line["text"], where, report)
        span = item.get("span", "")
        report.expect(span and span in line["text"], where, f"span {span!r} is not in the text")


def check_verdict(where, line, report):
    if not report.expect(set(line) == VERDICT_KEYS, where, f"keys are {sorted(line)}"):
        return
    report.expect(line["kind"] in KINDS, where, f"kind {line['kind']!r}")
    report.expect(line["verdict"] in VERDICTS, where, f"verdict {line['verdict']!r}")
    for key in ("need", "achievement", "why"):
        report.expect(isinstance(line[key], str) and line[key].strip(), where, f"{key} is empty")
    check_quantity(line["target"], TARGET_KEYS, line["need"], where, report)


def check_need(where, line, report):
    if not report.expect(set(line) == NEED_KEYS, where, f"keys are {sorted(line)}"):
        return
    for key in ("title", "description"):
        report.expect(isinstance(line[key], str) and line[key].strip(), where, f"{key} is empty")
    for item in line["demands"]:
        check_quantity(item, DEMAND_KEYS, line["title"] + line["description"], where, report)


def check_set(folder, check, content, report):
    """Checks both halves of one folder: each line, unique ids, no content twice or in both halves."""
    halves, ids, contents = {}, {}, {}
    for half in HALVES:
        paths = sorted((HERE / folder).glob(f"{half}*.jsonl"))
        if not report.expect(paths, f"{folder}/{half}.jsonl", "is missing"):
            continue
        halves[half] = []
        for where, line in (pair for path in paths for pair in read_lines(path, report)):
            check(where, line, report)
            key = content(line)
            identifier = line.get("id")
            report.expect(identifier not in ids, where, f"id {identifier} is also in {ids.get(identifier)}")
            report.expect(key not in contents, where, f"the same text is in {contents.get(key)}")
            ids[identifier] = contents[key] = where
            halves[half].append(line)
    return halves


def verdict_content(line):
    target = line.get("target") or {}
    return line.get("need"), line.get("achievement"), target.get("name")


def print_sentence_counts(half, lines, report):
    items = [item for line in lines for item in line["indicators"]]
    empty = sum(not line["indicators"] for line in lines)
    comparators = collections.Counter(item["comparator"] for item in items)
    sides = collections.Counter(line["side"] for line in lines)
    where = f"indicators/{half}*.jsonl"
    report.expect(len(lines) >= MIN_SENTENCES, where, f"only {len(lines)} sentences")
    share = empty / max(len(lines), 1)
    report.expect(EMPTY_SHARE[0] <= share <= EMPTY_SHARE[1], where, f"{share:.0%} without indicators")
    print(f"{where}: {len(lines)} sentences ({sides['need']} need, {sides['achievement']} achievement), "
          f"{empty} without indicators, {len(items)} indicators, "
          f"{sum(bool(item['condition']) for item in items)} with a condition")
    print("  " + ", ".join(f"{name} {comparators[name]}" for name in sorted(COMPARATORS)))


def print_verdict_counts(half, lines, report):
    where = f"verdicts/{half}*.jsonl"
    report.expect(len(lines) >= MIN_VERDICTS, where, f"only {len(lines)} verdicts")
    verdicts = collections.Counter(line["verdict"] for line in lines)
    kinds = collections.Counter(line["kind"] for line in lines)
    print(f"{where}: {len(lines)} verdicts; " + ", ".join(f"{name} {verdicts[name]}" for name in VERDICTS))
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))


def print_need_counts(half, lines, report):
    where = f"demands/{half}*.jsonl"
    empty = sum(not line["demands"] for line in lines)
    share = empty / max(len(lines), 1)
    report.expect(EMPTY_SHARE[0] <= share <= EMPTY_SHARE[1], where, f"{share:.0%} without demands")
    print(f"{where}: {len(lines)} needs, {empty} without demands, {sum(len(line['demands']) for line in lines)} demands")


def main():
    report = Report()
    sentences = check_set("indicators", check_sentence, lambda line: line.get("text"), report)
    verdicts = check_set("verdicts", check_verdict, verdict_content, report)
    needs = check_set("demands", check_need, lambda line: line.get("description"), report)
    if not report.problems:
        for half, lines in needs.items():
            print_need_counts(half, lines, report)
        for half, lines in sentences.items():
            print_sentence_counts(half, lines, report)
        for half, lines in verdicts.items():
            print_verdict_counts(half, lines, report)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
