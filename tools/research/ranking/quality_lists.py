# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of tests/quality as a small collection of their own: one record each achievement."""
import dataclasses
import json
import pathlib

import numpy as np
import scipy.sparse as sparse

import corpus
from cosine import MIN_BOILERPLATE_IDF, unit_rows
from measures import CUTOFF, DISCOUNT, SAME_SCORE_DIGITS, gain

RECORD_TITLE_BOOST = 4.0


@dataclasses.dataclass
class Lists:
    files: np.ndarray      # of each list: the file that it stands in
    need_titles: list
    descriptions: list
    titles: list           # of all achievements of all lists
    abstracts: list
    owner: np.ndarray      # of each achievement: its list
    grade: np.ndarray

    def members(self):
        return [np.flatnonzero(self.owner == number) for number in range(len(self.files))]


def load(folder):
    lists, files = [], []
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        lists += rows
        files += [path.name] * len(rows)
    achievements = [(number, item) for number, row in enumerate(lists) for item in row["achievements"]]
    return Lists(np.array(files), [row["need"]["title"] for row in lists],
                 [row["need"]["description"] for row in lists],
                 [item["title"] for _, item in achievements], [item["abstract"] for _, item in achievements],
                 np.array([number for number, _ in achievements]),
                 np.array([item["grade"] for _, item in achievements]))


def read_boilerplate(path):
    """(documents, gram → documents that have it)."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")]
    return int(rows[0][1]), {gram: int(count) for gram, count in rows[1:]}


def cosine_scores(lists, how, boilerplate):
    """The cosine of docs/research/ranking.md, idf from the achievements of all lists, no decay."""
    vocabulary = {}
    for text in lists.titles + lists.abstracts:
        for kind in corpus.grams(text):
            for gram in kind:
                vocabulary.setdefault(gram, len(vocabulary))

    def counts(texts):
        return corpus.occurrences(texts, vocabulary).matrix()

    records = (RECORD_TITLE_BOOST * counts(lists.titles) + counts(lists.abstracts)).tocsr()
    needs = (how.title_boost * counts(lists.need_titles) + counts(lists.descriptions)).tocsr()
    documents, frequency = boilerplate
    rarity = np.array([max(np.log((documents + 1) / (frequency.get(gram[1:], 0) + 1)) / np.log(documents + 1),
                           MIN_BOILERPLATE_IDF) for gram in vocabulary])
    present = np.bincount(records.indices, minlength=len(vocabulary))
    unigram = np.array([gram[0] == "1" for gram in vocabulary])
    weight = np.sqrt(np.where(unigram, how.unigram, 1)) * (
        1 + np.log((records.shape[0] + 1) / (present + 1)))
    records.data, needs.data = np.log1p(records.data), np.log1p(needs.data)
    records = unit_rows((records @ sparse.diags(weight)).tocsr())
    needs = unit_rows((needs @ sparse.diags(weight * rarity ** how.boilerplate)).tocsr())
    return np.asarray(needs[lists.owner].multiply(records).sum(axis=1)).ravel()


def per_list(lists, scores):
    """(nDCG@10, whether one of the best grade is first) of each list; ties in the order of the file."""
    ndcg, first = [], []
    for members in lists.members():
        order = members[np.argsort(-np.round(scores[members], SAME_SCORE_DIGITS), kind="stable")]
        got = gain(lists.grade[order[:CUTOFF]])
        ideal = np.sort(gain(lists.grade[members]))[::-1][:CUTOFF]
        ndcg.append((got @ DISCOUNT[:len(got)]) / (ideal @ DISCOUNT[:len(ideal)]))
        first.append(lists.grade[order[0]] == lists.grade[members].max())
    return np.array(ndcg), np.array(first, float)
