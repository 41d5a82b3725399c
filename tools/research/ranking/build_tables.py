#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds data/semantics: need_boilerplate.tsv and words.vec.

Needs Debian's python3-numpy and python3-scipy, the program ranking_segment (ninja ranking_segment) and the
files of DATA that study.py names. No judged need, no grade and no list of tests/quality is read. The same
data on the same machine give the same bytes; another linear algebra library may round some entries otherwise.
"""
import argparse
import pathlib
import subprocess
import sys

import corpus
import thesaurus as thesauri
import word_vectors

ROOT = pathlib.Path(__file__).resolve().parents[3]
MIN_NEEDS = 2  # of a gram in need_boilerplate.tsv: what one need says is not boilerplate


def unjudged_needs(data):
    return corpus.read_json_lines(data / "need_achievement" / "needs_unjudged.jsonl")


def write_boilerplate(needs, segmenter, path):
    frequency = {}
    for grams in segmenter.grams([need["description"] or "" for need in needs]):
        for gram in set(grams):
            frequency[gram] = frequency.get(gram, 0) + 1
    rows = sorted((gram[1:], count) for gram, count in frequency.items() if count >= MIN_NEEDS)
    with open(path, "w", encoding="utf-8") as out:
        out.write("# SPDX-License-Identifier: GPL-3.0-or-later\n"
                  "# In how many descriptions of needs a gram occurs; see docs/formats/semantics.md.\n"
                  f"documents\t{len(needs)}\n")
        out.writelines(f"{gram}\t{count}\n" for gram, count in rows)
    return len(rows)


def training_texts(data, needs):
    titles = [item["title"] for item in
              sorted(corpus.read_json_lines(data / "need_achievement" / "achievements.jsonl"),
                     key=lambda item: item["id"])]
    texts = titles + corpus.background_texts(data)
    for need in needs:
        texts += [need["title"], need["description"] or ""]
    return titles, texts


def write_vectors(data, needs, arguments, path):
    thesaurus = thesauri.read(arguments.thesaurus)
    segmenter = thesauri.Segmenter(arguments.segmenter, arguments.text_data, thesaurus.terms)
    titles, texts = training_texts(data, needs)
    documents = segmenter.words(texts)
    parts = dict(zip(thesaurus.terms, segmenter.words(thesaurus.terms)))
    model = word_vectors.train(documents, thesaurus, parts)
    word_vectors.with_mean(model, documents[:len(titles)])
    word_vectors.write(model, path)
    return len(thesaurus), len(thesaurus.terms), len(model.words)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", metavar="DATA", type=pathlib.Path)
    parser.add_argument("--segmenter", default=ROOT / "build/release/bin/ranking_segment")
    parser.add_argument("--text-data", default=ROOT / "build/release/share/duijie/text")
    parser.add_argument("--thesaurus", default=ROOT / "data/thesaurus")
    parser.add_argument("--out", default=ROOT / "data/semantics", type=pathlib.Path)
    arguments = parser.parse_args()
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        needs = unjudged_needs(arguments.data)
        grams = write_boilerplate(needs, thesauri.Segmenter(arguments.segmenter, arguments.text_data),
                                  arguments.out / "need_boilerplate.tsv")
        print(f"need_boilerplate.tsv: {grams} grams of {len(needs)} needs", flush=True)
        lines, terms, words = write_vectors(arguments.data, needs, arguments, arguments.out / "words.vec")
        print(f"words.vec: {words} words; thesaurus: {lines} lines, {terms} terms")
    except FileNotFoundError as error:
        print(f"build_tables.py: missing file: {error.filename}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"build_tables.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
