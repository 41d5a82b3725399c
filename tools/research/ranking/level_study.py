#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the level figures of docs/research/ranking.md: boosters for P(level ≥ 2, 3, 4), cross-validated by need.

Needs what semantic_study.py needs, and Debian's python3-xgboost. Half a minute of CPU a repetition.
"""
import argparse
import pathlib
import sys

import numpy as np
import xgboost

import corpus
import thesaurus as thesauri
import word_vectors
from cosine import judged_scores
from measures import Pools
from semantic_study import NEED_TITLE, ORDER, RECORD_TITLE, ROOT, need_words

FOLDS = 10
ROUNDS = 60
PARAMETERS = {"objective": "binary:logistic", "eta": 0.06, "max_depth": 3, "min_child_weight": 10,
              "subsample": 0.7, "colsample_bytree": 0.5, "lambda": 10, "nthread": 1, "seed": 1, "verbosity": 0}
LEVELS = (2, 3, 4)
RISING, FREE = 1, 0


def similarities(study, data, model, segmenter):
    titles, descriptions = need_words(data, segmenter)
    records = word_vectors.text_vectors(model, [(RECORD_TITLE, segmenter.words(study.titles))])
    whole = word_vectors.text_vectors(model, [(NEED_TITLE, titles), (1, descriptions)])
    title = word_vectors.text_vectors(model, [(1, titles)])
    pair_records = records[study.pair_achievement]
    return {"score": judged_scores(study, ORDER), "title": judged_scores(study, ORDER.but(parts="title")),
            "vectors": (whole[study.pair_need] * pair_records).sum(axis=1),
            "title vectors": (title[study.pair_need] * pair_records).sum(axis=1)}


def percentiles(values):
    """(rank − ½) / n from the least on, ties share their mean rank."""
    order = np.sort(values)
    return (np.searchsorted(order, values, "left") + np.searchsorted(order, values, "right")) / (2 * len(values))


def within_lists(pools, scores):
    """Share of the greatest, distance to the mean in standard deviations, percentile, greatest, mean."""
    out = np.zeros((len(scores), 5))
    for pool in pools.all:
        if len(pool) == 0:
            continue
        values = scores[pool]
        deviation, greatest = values.std(), values.max()
        out[pool, 0] = values / greatest if greatest > 0 else 0
        out[pool, 1] = (values - values.mean()) / deviation if deviation > 0 else 0
        out[pool, 2] = percentiles(values)
        out[pool, 3] = greatest
        out[pool, 4] = values.mean()
    return out, (RISING, RISING, RISING, FREE, FREE)


def fold_of_pairs(study, repetition):
    order = np.random.default_rng(100 + repetition).permutation(study.groups.max() + 1)
    fold = np.empty(len(order), int)
    fold[order] = np.arange(len(order)) % FOLDS
    return fold[study.groups][study.pair_need]


def out_of_fold(study, features, directions, repetition):
    """P(level ≥ 2, 3, 4) of each pair from boosters that saw none of its need; never rising with the level."""
    fold = fold_of_pairs(study, repetition)
    parameters = {**PARAMETERS, "monotone_constraints": f"({','.join(map(str, directions))})"}
    out = np.zeros((len(study.level), len(LEVELS)))
    for number in range(FOLDS):
        test = fold == number
        for column, level in enumerate(LEVELS):
            data = xgboost.DMatrix(features[~test], label=(study.level[~test] >= level).astype(float))
            booster = xgboost.train(parameters, data, ROUNDS)
            out[test, column] = booster.predict(xgboost.DMatrix(features[test]))
    return np.minimum.accumulate(out, axis=1)


def level_score(errors):
    return 1 / (1 + errors.mean())


def level_interval(pools, errors, draws=2000, seed=5):
    random = np.random.default_rng(seed)
    sums = np.array([errors[pool].sum() for pool in pools.all])
    sizes = np.array([len(pool) for pool in pools.all])
    picks = random.integers(0, len(sizes), (draws, len(sizes)))
    return np.percentile(1 / (1 + sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)), [2.5, 97.5])


def report(study, pools, name, features, directions, scores, repetitions):
    found, ordered = [], []
    for repetition in range(repetitions):
        chances = out_of_fold(study, features, directions, repetition)
        level = 1 + (chances > 0.5).sum(axis=1)
        errors = np.abs(level - study.level)
        found.append(level_score(errors))
        ordered.append(pools.ndcg(level + scores / (1 + scores.max())))
        if repetition == 0:
            low, high = level_interval(pools, errors)
    print(f"{name:44s} {np.mean(found):.4f}  [{low:.3f}, {high:.3f}]  nDCG@10, level first then score "
          f"{np.mean(ordered):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", metavar="DATA", type=pathlib.Path)
    parser.add_argument("--segmenter", default=ROOT / "build/release/bin/ranking_segment")
    parser.add_argument("--text-data", default=ROOT / "build/release/share/duijie/text")
    parser.add_argument("--repetitions", type=int, default=2)
    arguments = parser.parse_args()
    study = corpus.load(arguments.data)
    pools = Pools(study)
    segmenter = thesauri.Segmenter(arguments.segmenter, arguments.text_data,
                                   thesauri.read(ROOT / "data/thesaurus").terms)
    model = word_vectors.read(ROOT / "data/semantics/words.vec")
    similar = similarities(study, arguments.data, model, segmenter)
    scores = similar["score"]
    relative, relative_directions = within_lists(pools, scores)
    print(f"{'level 2 for all':44s} {level_score(np.abs(2 - study.level)):.4f}; "
          f"order by score {pools.ndcg(scores):.4f}", flush=True)
    for names in (("score",), ("score", "vectors", "title vectors"), tuple(similar)):
        raw = np.stack([similar[name] for name in names], axis=1)
        rising = (RISING,) * len(names)
        report(study, pools, " + ".join(names), raw, rising, scores, arguments.repetitions)
        report(study, pools, "  + the score within the list", np.hstack([raw, relative]),
               rising + relative_directions, scores, arguments.repetitions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
