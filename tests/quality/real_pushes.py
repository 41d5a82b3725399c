#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ends of real_pushes.sh: `make DATA OUT` gives every graded need an enterprise of its own, so that it can be pushed to;
`score DATA OUT SHOWN` counts what staff thought of the pairs in OUT/pushes.jsonl (`duijie --json push list`) and writes OUT/shown, the
names of SHOWN pushes spread evenly over the order of scores."""
import collections
import csv
import json
import pathlib
import sys

CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]


def credit_code(number):
    body = f"91131100MA{number:07d}"
    total = sum(CODE_DIGITS.index(digit) * weight for digit, weight in zip(body, CODE_WEIGHTS))
    return body + CODE_DIGITS[(31 - total % 31) % 31]


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def make(data, out):
    needs = read_lines(data / "needs.jsonl")
    with open(out / "enterprises.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["企业名称", "统一社会信用代码", "所在地区", "外部编号"])
        for number, need in enumerate(needs):
            rows.writerow([f"需求方{number}", credit_code(number), "131100", need["id"]])
    with open(out / "needs.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["需求名称", "企业统一社会信用代码", "企业名称", "需求类型", "问题描述", "同意推送", "外部编号"])
        for number, need in enumerate(needs):
            rows.writerow([need["title"], credit_code(number), f"需求方{number}", "技术难题", need["description"], "是", need["id"]])


def score(data, out, shown):
    grades = {}
    with open(data / "qrels.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades[row["need_id"], row["achievement_id"]] = int(row["level"])
    ids = {record["name"]: record["external_id"]
           for kind in ("needs", "achievements") for record in read_lines(out / f"{kind}.jsonl")}
    pushes = read_lines(out / "pushes.jsonl")
    levels = collections.Counter(grades.get((ids[push["need"]], ids[push["achievement"]])) for push in pushes)
    judged = sum(count for level, count in levels.items() if level)
    good = levels[3] + levels[4]
    pool = collections.Counter(grades.values())
    print(f"pushes {len(pushes)}, to {len({push['enterprise'] for push in pushes})} enterprises; graded {judged}: "
          + ", ".join(f"level {level}: {levels[level]}" for level in (4, 3, 2, 1)))
    print(f"precision (level 3 or 4) {good / judged:.3f}; of all graded pairs {(pool[3] + pool[4]) / sum(pool.values()):.3f}")
    best_first = sorted(pushes, key=lambda push: -float(push["score"]))
    spread = [best_first[i * len(pushes) // shown]["name"] for i in range(min(shown, len(pushes)))]
    (out / "shown").write_text("".join(name + "\n" for name in spread), encoding="utf-8")


if __name__ == "__main__":
    verb, folders, rest = sys.argv[1], [pathlib.Path(text) for text in sys.argv[2:4]], sys.argv[4:]
    if verb == "make":
        make(*folders)
    else:
        score(*folders, int(rest[0]))
