#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of real_fits.sh: real_fits.py DUIJIE NEEDS SHOWN. Matches each need of NEEDS (`duijie export needs`), counts what its fit tables
say, and prints SHOWN of them: of needs that some counterpart answers at all the first such pair, and for each fifth one the first pair of
a need that nobody answers; spread evenly over the needs by their external ids, so that nobody picks."""
import collections
import json
import subprocess
import sys

SILENT_SHARE = 5  # one table in so many is of a need that nobody answers
VERDICTS = {"VERDICT_SATISFIED": "满足", "VERDICT_PARTLY": "部分满足", "VERDICT_VIOLATED": "不满足", "VERDICT_NOT_STATED": "未说明"}


def read_lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def results_of(duijie, name):
    run = subprocess.run([duijie, "--json", "match", "need", name], check=True, capture_output=True, text=True)
    return read_lines(run.stdout)


def rows_of(result):
    return result.get("explanation", {}).get("fit", {}).get("rows", [])


def is_answered(result):
    return any(row["verdict"] != "VERDICT_NOT_STATED" for row in rows_of(result))


def spread(items, count):
    count = min(count, len(items))
    return [items[i * len(items) // count] for i in range(count)]


def print_table(number, result):
    print(f"\n{number}. 需求：{result['need_title']}\n   成果：{result['achievement_title']}（第{result['rank']}名）")
    for row in rows_of(result):
        print(f"   - {row.get('indicator') or '（未写明指标名）'} {row['demand']}：{VERDICTS[row['verdict']]}", end="")
        print(f"，把握 {row['alignment']:.2f}" if row.get("alignment") else "", end="")
        print(f"，{row['conversion']}" if row.get("conversion") else "")
        print(f"     需求原文：{row.get('demand_quote', '')}")
        if row.get("stated_quote"):
            print(f"     成果原文：{row['stated_quote']}")
        print(f"     {row['text']}")
    for action in result["explanation"].get("next_actions", []):
        print(f"   下一步：{action['text']}")


def main(duijie, needs, shown):
    with open(needs, encoding="utf-8") as file:
        records = sorted(read_lines(file.read()), key=lambda record: record["external_id"])
    verdicts = collections.Counter()
    answered, silent = [], []
    pairs = 0
    for record in records:
        tables = [result for result in results_of(duijie, record["name"]) if rows_of(result)]
        if not tables:
            continue
        pairs += len(tables)
        verdicts.update(row["verdict"] for result in tables for row in rows_of(result))
        first = next((result for result in tables if is_answered(result)), None)
        (answered if first else silent).append(first or tables[0])
    print(f"needs {len(records)}, that demand figures {len(answered) + len(silent)}, that some counterpart answers {len(answered)}; "
          f"tables {pairs}, rows " + ", ".join(f"{text} {verdicts[name]}" for name, text in VERDICTS.items()))
    of_silent = min(len(silent), shown // SILENT_SHARE)
    for number, result in enumerate(spread(answered, shown - of_silent) + spread(silent, of_silent), 1):
        print_table(number, result)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
