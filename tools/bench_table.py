# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up the figures of ./dev bench, and writes them into a document between two markers.

Ends with 1 if a target is missed.
"""
import argparse
import datetime
import json
import os
import pathlib
import sys

BEGIN = "<!-- figures: written by ./dev bench {} -->"
END = "<!-- end of figures -->"
TITLES = {
    "load": "Import, index, memory, restart",
    "match": "Match and search over gRPC",
    "lucene": "Against Lucene 8",
    "quality": "Ranking and what is learned",
    "text": "Text analysis",
    "storage": "Storage",
    "year": "A year",
}


def machine():
    """The machine in neutral terms."""
    bytes_of_memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} cores, {round(bytes_of_memory / 2**30)} GiB memory"


def number(value):
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{digits}f}"


def row(figure):
    target = mark = ""
    if "target" in figure:
        target = f"{figure['bound'].replace('>=', '≥').replace('<=', '≤')} {number(figure['target'])}"
        mark = "met" if figure["met"] else "**missed**"
    return f"| {figure['name']} | {number(figure['value'])} | {figure['unit']} | {target} | {mark} |"


def section(bench):
    lines = [f"### {TITLES[bench['bench']]}", "", "| figure | value | unit | target | |", "| --- | ---: | --- | ---: | --- |"]
    return "\n".join(lines + [row(figure) for figure in bench["figures"]])


def write(document, benches, records, command):
    text = document.read_text(encoding="utf-8")
    begin = BEGIN.format(command)
    head, rest = text.split(begin)
    tail = rest.split(END)[1]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    about = (f"{datetime.date.today().isoformat()}, {machine()}, {records}; "
             f"load averages at the end {load}.")
    body = "\n\n".join([about] + [section(bench) for bench in benches])
    document.write_text(f"{head}{begin}\n\n{body}\n\n{END}{tail}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=pathlib.Path, required=True)
    parser.add_argument("--document", type=pathlib.Path)
    parser.add_argument("--records", default="", help="what was measured on, for the line above the tables")
    parser.add_argument("--command", default="all", help="of ./dev bench: the figures between its markers are replaced")
    parser.add_argument("benches", nargs="+")
    options = parser.parse_args()
    benches = [json.loads((options.figures / f"{name}.json").read_text(encoding="utf-8")) for name in options.benches]
    if options.document:
        write(options.document, benches, options.records, options.command)
    targets = [figure for bench in benches for figure in bench["figures"] if "target" in figure]
    missed = [figure["name"] for figure in targets if not figure["met"]]
    print(f"{len(targets) - len(missed)} of {len(targets)} targets met" + "".join(f"\n  missed: {name}" for name in missed))
    return 1 if missed else 0


sys.exit(main())
