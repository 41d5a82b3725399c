#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the quality lists: format, spread of grades, traps, and that nothing but the text gives a grade away.

Usage: check_lists.py [FOLDER]     (default: the folder "lists" beside this file)

Prints one line per problem and exits with 1 if there is any; otherwise prints the counts and exits with 0.
"""

import json
import pathlib
import re
import statistics
import sys

TRAPS = {
    "near_miss": 40,
    "synonym": 25,
    "paraphrase": 40,
    "same_words_other_trade": 40,
    "generic_overlap": 40,
    "negation": 20,
    "scale": 10,
    "direction": 40,
    "material_swap": 40,
}  # trap -> the least number of lists that must hold it
MIN_LISTS = 72
ACHIEVEMENTS = (8, 12)
NEED_TITLE_CHARS = (8, 40)
NEED_DESCRIPTION_CHARS = (40, 200)
TITLE_CHARS = (4, 40)
ABSTRACT_CHARS = (40, 160)
MIN_DISTINCT_GRADES = 3
# 0 is the first place or the shortest abstract of a list, 1 the last or the longest; 0.5 gives nothing away.
MIDDLE = (0.40, 0.60)
LENGTH_MIDDLE = (0.35, 0.65)
MAX_MEAN_LENGTH_GAP_CHARS = 8

LIST_KEYS = {"id", "traps", "need", "achievements"}
NEED_KEYS = {"title", "description"}
ACHIEVEMENT_KEYS = {"id", "title", "abstract", "grade"}


class Checker:
    """Collects problems and statistics over all lists."""

    def __init__(self):
        self.problems = []
        self.ids = set()
        self.texts = {}
        self.trap_lists = dict.fromkeys(TRAPS, 0)
        self.industries = {}
        self.grade_lengths = {1: [], 2: [], 3: [], 4: []}
        self.best_places = []
        self.best_lengths = []
        self.lists = 0

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")

    def check_length(self, where, name, text, limits):
        if not isinstance(text, str) or text != text.strip():
            self.problem(where, f"{name} is not a trimmed string")
        elif not limits[0] <= len(text) <= limits[1]:
            self.problem(where, f"{name} has {len(text)} characters, allowed {limits[0]} to {limits[1]}")

    def check_new_id(self, where, value, pattern):
        if not re.fullmatch(pattern, value):
            self.problem(where, f"id {value} does not look like {pattern}")
        if value in self.ids:
            self.problem(where, f"id {value} is used twice")
        self.ids.add(value)

    def check_new_text(self, where, text):
        other = self.texts.setdefault(text, where)
        if other != where:
            self.problem(where, f"same text as in {other}: {text[:20]}")

    def check_need(self, where, need):
        if not NEED_KEYS <= need.keys() <= NEED_KEYS | {"industry"}:
            self.problem(where, f"need has keys {sorted(need)}")
            return
        self.check_length(where, "need title", need["title"], NEED_TITLE_CHARS)
        self.check_length(where, "need description", need["description"], NEED_DESCRIPTION_CHARS)
        self.check_new_text(where, need["title"])
        self.check_new_text(where, need["description"])
        industry = need.get("industry", "-")
        if industry != "-" and not re.fullmatch(r"[A-T][0-9]{2,4}", industry):
            self.problem(where, f"industry {industry} is not a letter and 2 to 4 digits")
        self.industries[industry[:3]] = self.industries.get(industry[:3], 0) + 1

    def check_achievement(self, list_id, place, item):
        where = f"{list_id}-{chr(ord('a') + place)}"
        if not ACHIEVEMENT_KEYS <= item.keys() <= ACHIEVEMENT_KEYS | {"traps", "why"}:
            self.problem(where, f"achievement has keys {sorted(item)}")
            return
        self.check_new_id(where, item["id"], re.escape(where))
        self.check_length(where, "title", item["title"], TITLE_CHARS)
        self.check_length(where, "abstract", item["abstract"], ABSTRACT_CHARS)
        self.check_new_text(where, item["title"])
        self.check_new_text(where, item["abstract"])
        if item["grade"] not in self.grade_lengths:
            self.problem(where, f"grade {item['grade']} is not 1, 2, 3 or 4")
            return
        self.grade_lengths[item["grade"]].append(len(item["abstract"]))
        if (item["grade"] == 4 or item.get("traps")) and not item.get("why"):
            self.problem(where, "a grade 4 or a trap needs a reason in why")

    def check_list(self, where, entry):
        if entry.keys() != LIST_KEYS:
            self.problem(where, f"list has keys {sorted(entry)}")
            return
        self.lists += 1
        list_id, items = entry["id"], entry["achievements"]
        self.check_new_id(where, list_id, r"ql-[0-9]{3}")
        self.check_need(list_id, entry["need"])
        if not ACHIEVEMENTS[0] <= len(items) <= ACHIEVEMENTS[1]:
            self.problem(list_id, f"{len(items)} achievements, allowed {ACHIEVEMENTS[0]} to {ACHIEVEMENTS[1]}")
        for place, item in enumerate(items):
            self.check_achievement(list_id, place, item)
        self.check_traps(list_id, entry["traps"], items)
        self.check_grades(list_id, items)

    def check_traps(self, list_id, traps, items):
        held = {trap for item in items for trap in item.get("traps", [])}
        if sorted(held) != traps:
            self.problem(list_id, f"traps {traps} are not those of its achievements, {sorted(held)}")
        for trap in held:
            if trap not in TRAPS:
                self.problem(list_id, f"unknown trap {trap}")
            else:
                self.trap_lists[trap] += 1

    def check_grades(self, list_id, items):
        grades = [item.get("grade", 0) for item in items]
        if len(set(grades)) < MIN_DISTINCT_GRADES:
            self.problem(list_id, f"only the grades {sorted(set(grades))}")
        if max(grades) < 3:
            self.problem(list_id, "no achievement of grade 3 or 4")
        lengths = sorted(len(item["abstract"]) for item in items)
        for place, item in enumerate(items):
            if item["grade"] == max(grades):
                self.best_places.append(place / (len(items) - 1))
                self.best_lengths.append(lengths.index(len(item["abstract"])) / (len(items) - 1))

    def check_whole(self):
        if self.lists < MIN_LISTS:
            self.problem("all", f"{self.lists} lists, at least {MIN_LISTS} wanted")
        for trap, least in TRAPS.items():
            if self.trap_lists[trap] < least:
                self.problem("all", f"trap {trap} in {self.trap_lists[trap]} lists, at least {least} wanted")
        if not self.best_places:
            return
        for name, values, limits in (
            ("place", self.best_places, MIDDLE),
            ("length rank", self.best_lengths, LENGTH_MIDDLE),
        ):
            mean = statistics.mean(values)
            if not limits[0] <= mean <= limits[1]:
                self.problem("all", f"mean {name} of the best is {mean:.2f}, allowed {limits[0]} to {limits[1]}")
        means = [statistics.mean(values) for values in self.grade_lengths.values() if values]
        if max(means) - min(means) > MAX_MEAN_LENGTH_GAP_CHARS:
            self.problem("all", f"mean abstract lengths of the grades differ by {max(means) - min(means):.1f}")

    def print_counts(self):
        print(f"lists {self.lists}, achievements {sum(map(len, self.grade_lengths.values()))}")
        for grade, lengths in self.grade_lengths.items():
            if lengths:
                print(f"grade {grade}: {len(lengths)}, mean abstract {statistics.mean(lengths):.1f} characters")
        if self.best_places:
            print(f"best: mean place {statistics.mean(self.best_places):.2f}, "
                  f"mean length rank {statistics.mean(self.best_lengths):.2f}")
        print("traps:", ", ".join(f"{trap} {count}" for trap, count in self.trap_lists.items()))
        print("industries:", ", ".join(f"{code} {count}" for code, count in sorted(self.industries.items())))


def read_lists(folder, checker):
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        checker.problem(folder, "no .jsonl files")
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            try:
                checker.check_list(where, json.loads(line))
            except (ValueError, TypeError, AttributeError, KeyError) as error:
                checker.problem(where, f"cannot be read: {error!r}")


def main(arguments):
    folder = pathlib.Path(arguments[1]) if len(arguments) > 1 else pathlib.Path(__file__).parent / "lists"
    checker = Checker()
    read_lists(folder, checker)
    checker.check_whole()
    checker.print_counts()
    for line in checker.problems:
        print(line, file=sys.stderr)
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
