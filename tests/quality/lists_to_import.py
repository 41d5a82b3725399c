#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn the quality lists into files that `duijie import` and `duijie eval` read.

Usage: lists_to_import.py OUT [FOLDER]     (default: the folder "lists" beside this file)

Writes OUT/needs.jsonl {id, title, description, industry_codes}, OUT/achievements.jsonl {id, title, abstract} and
OUT/qrels.tsv. Import them with --map id=external_id; each list becomes a need with its own achievements.
"""

import json
import pathlib
import sys


def read_lists(folder):
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def need_line(entry):
    need = {"id": entry["id"], "title": entry["need"]["title"], "description": entry["need"]["description"]}
    if "industry" in entry["need"]:
        need["industry_codes"] = entry["need"]["industry"]
    return need


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    out = pathlib.Path(arguments[0])
    folder = pathlib.Path(arguments[1]) if len(arguments) == 2 else pathlib.Path(__file__).parent / "lists"
    needs, achievements, grades = [], [], ["need_id\tachievement_id\tlevel"]
    for entry in read_lists(folder):
        needs.append(json.dumps(need_line(entry), ensure_ascii=False))
        for achievement in entry["achievements"]:
            kept = {key: achievement[key] for key in ("id", "title", "abstract")}
            achievements.append(json.dumps(kept, ensure_ascii=False))
            grades.append(f"{entry['id']}\t{achievement['id']}\t{achievement['grade']}")
    if not needs:
        sys.exit(f"no lists in {folder}")
    out.mkdir(parents=True, exist_ok=True)
    for name, lines in (("needs.jsonl", needs), ("achievements.jsonl", achievements), ("qrels.tsv", grades)):
        (out / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(needs)} lists, {len(achievements)} achievements")


if __name__ == "__main__":
    main(sys.argv[1:])
