#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the figures of docs/research/ranking.md.

Needs Debian's python3-numpy and python3-scipy. DATA is a folder with patents/patents.jsonl,
need_achievement/{needs,needs_unjudged,achievements}.jsonl, need_achievement/qrels.tsv,
corpora/achievement_titles.txt and corpora/csl_merged_dev_test.tsv. Same data, same figures.
"""
import argparse
import sys

import numpy as np

import corpus
from cosine import (PLAIN, RETRIEVAL, SIMPLE, SIMPLE_RETRIEVAL, TUNED, Weighting, all_scores, judged_scores,
                    vectors, with_feedback)
from measures import Pools, interval

FACTORS = {"decay": (30, 100, 300), "boilerplate": (0.3, 0.6, 1.0), "title_boost": (8, 12),
           "unigram": (1.5, 2.0), "background": (0.6, 1.0), "idf_power": (1.3, 1.6)}
NEIGHBOURS = {"unigram": (1.0, 1.5, 2.0, 3.0, 4.0), "decay": (0, 30, 100), "title_boost": (4, 12),
              "background": (0.0, 1.0), "idf_power": (1.0, 1.6), "boilerplate": (0.0, 1.0)}
MAIN = {"plain cosine": PLAIN, "plain cosine, need's counts not damped": PLAIN.but(damped=False),
        "tuned cosine, in sample": TUNED, "simple: background 0, idf_power 1, in sample": SIMPLE,
        "simple, decay 0, in sample": SIMPLE.but(decay=0)}
RECALLED = {"plain cosine": PLAIN, "tuned cosine": TUNED, "tuned, title_boost 3, boilerplate 1": RETRIEVAL,
            "simple, title_boost 3, boilerplate 1": SIMPLE_RETRIEVAL}
PARTS = {"title only": TUNED.but(parts="title"), "description only": TUNED.but(parts="description"),
         "unigrams only": TUNED.but(unigram=1e4), "bigrams only": TUNED.but(unigram=1e-6)}
SPACE = {"unigram": (0.5, 1, 1.5, 2, 2.5, 3, 4), "title_boost": (2, 4, 8, 12, 16),
         "boilerplate": (0, 0.3, 0.6, 1), "decay": (0, 30, 60, 100, 200),
         "background": (0, 0.3, 0.6, 1), "idf_power": (0.7, 1, 1.3, 1.6)}
SIMPLE_SPACE = {**SPACE, "background": (0,), "idf_power": (1,)}
SETTINGS = 100
REPETITIONS = 10
FOLDS = 10


def heading(text):
    print(f"\n## {text}", flush=True)


def line(name, *figures):
    print(f"{name:44s} " + "  ".join(f"{figure:.4f}" for figure in figures), flush=True)


def print_with_interval(name, values):
    low, high = interval(values)
    print(f"{name:44s} {values.mean():.4f}  [{low:.3f}, {high:.3f}]", flush=True)


def print_changes(study, pools, base, table):
    for field, values in table.items():
        for value in values:
            line(f"{field} {value}", pools.ndcg(judged_scores(study, base.but(**{field: value}))))


def print_pools(study, pools):
    heading("nDCG@10 in judged pools")
    for name, how in MAIN.items():
        print_with_interval(name, pools.per_need(judged_scores(study, how)))
    heading("One factor at a time from the plain cosine")
    print_changes(study, pools, PLAIN, FACTORS)
    heading("One factor at a time from the tuned cosine")
    print_changes(study, pools, TUNED, NEIGHBOURS)
    for name, how in PARTS.items():
        line(name, pools.ndcg(judged_scores(study, how)))


def print_recall(study, pools):
    heading("Recall@100 in the whole collection, level 3 or 4: mean over needs, share of pairs")
    for name, how in RECALLED.items():
        line(name, *pools.recall(all_scores(*vectors(study, how))))
    for count, share, terms in ((20, 0.6, None), (20, 0.6, 60), (10, 0.5, 60)):
        scores = with_feedback(study, RETRIEVAL, count, share, terms)
        line(f"tuned + feedback {count} titles, {share}, {terms or 'all'} grams", *pools.recall(scores))


def print_copies(study, pools):
    """What the number of copies of a title in a pool says about the level: a trace of how pools were made."""
    heading("Artefact: copies of a title in the judged pool, pairs, mean level")
    keys = [(need, study.titles[item]) for need, item in zip(study.pair_need, study.pair_achievement)]
    count = {}
    for key in keys:
        count[key] = count.get(key, 0) + 1
    copies = np.array([count[key] for key in keys])
    for number in range(1, 5):
        print(f"{number}  {(copies == number).sum():5d}  {study.level[copies == number].mean():.2f}")
    logarithm = np.log(copies) / np.log(copies).std()
    for name, how in {"plain": PLAIN, "tuned": TUNED}.items():
        scores = judged_scores(study, how)
        blend = scores / scores.std() + 0.15 * logarithm
        line(f"{name} cosine + 0.15 log(copies), standardised", pools.ndcg(blend))


def print_nested(study, pools, name, space):
    """Constants are chosen on the training needs of each fold; needs with the same title stay together."""
    random = np.random.default_rng(3)
    settings = [Weighting(**{field: float(random.choice(values)) for field, values in space.items()})
                for _ in range(SETTINGS)]
    table = np.stack([pools.per_need(judged_scores(study, how)) for how in settings])
    heading(f"{name}: nested, {SETTINGS} random settings, {REPETITIONS} x {FOLDS} folds")
    line("settings in sample: median, best", np.median(table.mean(axis=1)), table.mean(axis=1).max())
    groups = study.groups[pools.counted]
    chosen = np.zeros((REPETITIONS, len(groups)))
    for repetition in range(REPETITIONS):
        order = np.random.default_rng(100 + repetition).permutation(np.unique(study.groups))
        fold_of_group = np.empty(len(order), int)
        fold_of_group[order] = np.arange(len(order)) % FOLDS
        fold = fold_of_group[groups]
        for number in range(FOLDS):
            best = np.argmax(table[:, fold != number].mean(axis=1))
            chosen[repetition, fold == number] = table[best, fold == number]
    honest = chosen.mean(axis=0)
    plain = pools.per_need(judged_scores(study, PLAIN))
    print_with_interval("constants chosen out of sample", honest)
    print_with_interval("difference to the plain cosine", honest - plain)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", metavar="DATA")
    parser.add_argument("--nested", action="store_true", help="also the nested cross-validation (half a minute)")
    arguments = parser.parse_args()
    try:
        study = corpus.load(arguments.data)
    except FileNotFoundError as error:
        print(f"study.py: missing file of the data folder: {error.filename}", file=sys.stderr)
        return 2
    pools = Pools(study)
    print(f"{len(pools.all)} needs in {study.groups.max() + 1} groups, {len(pools.counted)} counted, "
          f"{len(study.level)} pairs, {len(study.titles)} titles, {study.background_size} background texts")
    print_pools(study, pools)
    print_recall(study, pools)
    print_copies(study, pools)
    if arguments.nested:
        print_nested(study, pools, "All six constants", SPACE)
        print_nested(study, pools, "No background, idf_power 1", SIMPLE_SPACE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
