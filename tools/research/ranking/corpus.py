# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the graded pairs and the background texts, and turns texts into character n-grams.

Grams: text in NFKC, lower case, cut at anything but Chinese characters, Latin letters, digits and .-+%/ ;
within a piece a Chinese character is one symbol and a run of letters and digits is one symbol; unigrams and
bigrams of the symbols are counted.
"""
import dataclasses
import json
import pathlib
import re
import unicodedata

import numpy as np
import scipy.sparse as sparse

CUT = re.compile(r"[^\u4e00-\u9fffa-z0-9.\-+%/]+")
SYMBOL = re.compile(r"[\u4e00-\u9fff]|[a-z0-9][a-z0-9.\-+%/]*")


def normalise(text):
    return unicodedata.normalize("NFKC", text).lower()


def grams(text):
    """(unigrams, bigrams) in order of the text, their kind in front so that kinds never collide."""
    unigrams, bigrams = [], []
    for piece in CUT.split(normalise(text)):
        symbols = SYMBOL.findall(piece)
        unigrams += ["1" + symbol for symbol in symbols]
        bigrams += ["2" + a + b for a, b in zip(symbols, symbols[1:])]
    return unigrams, bigrams


@dataclasses.dataclass
class Occurrences:
    """Of grams that the collection knows; a position is the index among the text's grams of the same kind."""
    rows: np.ndarray
    columns: np.ndarray
    positions: np.ndarray
    shape: tuple

    def matrix(self, weights=None):
        values = np.ones(len(self.rows)) if weights is None else weights
        result = sparse.csr_matrix((values, (self.rows, self.columns)), shape=self.shape)
        result.sum_duplicates()
        return result


def occurrences(texts, vocabulary):
    rows, columns, positions = [], [], []
    for row, text in enumerate(texts):
        for kind in grams(text):
            for position, gram in enumerate(kind):
                column = vocabulary.get(gram)
                if column is not None:
                    rows.append(row)
                    columns.append(column)
                    positions.append(position)
    shape = (len(texts), len(vocabulary))
    return Occurrences(np.array(rows), np.array(columns), np.array(positions, float), shape)


def document_frequency(texts, vocabulary):
    present = occurrences(texts, vocabulary).matrix().indices
    return np.bincount(present, minlength=len(vocabulary)).astype(float)


def read_json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_rows(path):
    with open(path, encoding="utf-8") as lines:
        next(lines)
        return [line.rstrip("\n").split("\t") for line in lines]


def background_texts(data):
    """Texts that say how common a gram is outside the collection; each title and abstract is a document."""
    with open(data / "corpora" / "achievement_titles.txt", encoding="utf-8") as lines:
        texts = [line.strip() for line in lines if line.strip()]
    for patent in read_json_lines(data / "patents" / "patents.jsonl"):
        texts += [patent["title"], patent["abstract"] or ""]
    for row in read_rows(data / "corpora" / "csl_merged_dev_test.tsv"):
        texts += [row[1], row[2] + "。" + row[3].replace("_", "。")]
    return texts


@dataclasses.dataclass
class Study:
    titles: list              # normalised titles of the collection, in order of their ids
    groups: np.ndarray        # of each need: needs with the same title share one
    pair_need: np.ndarray     # the judged pairs
    pair_achievement: np.ndarray
    level: np.ndarray         # 1 unrelated to 4 strongly related
    is_unigram: np.ndarray
    achievements: sparse.csr_matrix
    need_titles: sparse.csr_matrix
    descriptions: Occurrences
    collection_df: np.ndarray
    background_df: np.ndarray
    background_size: int
    boilerplate_df: np.ndarray
    boilerplate_size: int


def load(data):
    data = pathlib.Path(data)
    judged = data / "need_achievement"
    needs = sorted(read_json_lines(judged / "needs.jsonl"), key=lambda need: need["id"])
    achievements = sorted(read_json_lines(judged / "achievements.jsonl"), key=lambda item: item["id"])
    unjudged = [need["description"] for need in read_json_lines(judged / "needs_unjudged.jsonl")]
    background = background_texts(data)
    titles = [item["title"] for item in achievements]
    vocabulary = {}
    for title in titles:
        for kind in grams(title):
            for gram in kind:
                vocabulary.setdefault(gram, len(vocabulary))
    need_row = {need["id"]: row for row, need in enumerate(needs)}
    achievement_row = {item["id"]: row for row, item in enumerate(achievements)}
    pairs = [(need_row[need], achievement_row[item], int(level))
             for need, item, level in read_rows(judged / "qrels.tsv")]
    pair_need, pair_achievement, level = np.array(pairs).T
    groups = {}
    return Study(
        titles=[normalise(title) for title in titles],
        groups=np.array([groups.setdefault(normalise(need["title"]).strip(), len(groups)) for need in needs]),
        pair_need=pair_need, pair_achievement=pair_achievement, level=level,
        is_unigram=np.array([gram[0] == "1" for gram in vocabulary]),
        achievements=occurrences(titles, vocabulary).matrix(),
        need_titles=occurrences([need["title"] for need in needs], vocabulary).matrix(),
        descriptions=occurrences([need["description"] or "" for need in needs], vocabulary),
        collection_df=document_frequency(titles, vocabulary),
        background_df=document_frequency(background, vocabulary), background_size=len(background),
        boilerplate_df=document_frequency(unjudged, vocabulary), boilerplate_size=len(unjudged))
