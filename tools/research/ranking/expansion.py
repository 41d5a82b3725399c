# SPDX-License-Identifier: GPL-3.0-or-later
"""Candidates: terms of the thesaurus that a need touches, and feedback from the first results."""
import numpy as np
import scipy.sparse as sparse

import corpus
from cosine import all_scores, gram_weights, unit_rows, vectors
from word_vectors import bags

TITLE_BOOST = 3.0   # of the need's title, in words
TERMS = 60          # of the thesaurus, added to a need
TERM_SHARE = 0.2    # of their gram vector against the need's own
FEEDBACK_TITLES, FEEDBACK_GRAMS, FEEDBACK_SHARE = 20, 60, 0.6


def membership(thesaurus, index):
    """Terms × lines, the share of each term in each line."""
    rows, columns, shares = [], [], []
    for line, members in enumerate(thesaurus.lines):
        for term, share in members.items():
            rows.append(index[term])
            columns.append(line)
            shares.append(share)
    return sparse.csr_matrix((shares, (rows, columns)), shape=(len(index), len(thesaurus)))


def first_only(scores, limit):
    """Keeps the `limit` greatest of each row."""
    least = np.sort(scores, axis=1)[:, -limit][:, None]
    return np.where(scores >= least, scores, 0)


def term_scores(thesaurus, need_words, word_weight):
    """Needs × terms: how much a need's words ask for each term that it does not hold itself.

    need_words: [(boost, word lists)]; word_weight: of each term as a word of a need."""
    index = {term: row for row, term in enumerate(thesaurus.terms)}
    held = sum(boost * bags(texts, index, binary=False) for boost, texts in need_words).tocsr()
    asked = held.copy()
    asked.data = np.log1p(asked.data)
    shares = membership(thesaurus, index)
    lines = asked @ sparse.diags(word_weight) @ unit_rows(shares)
    scores = (lines @ shares.T).toarray()
    scores[held.toarray() > 0] = 0
    return first_only(scores, TERMS)


def expanded(study, how, thesaurus, scores):
    """(needs with the terms' grams, achievements): rows of needs are no longer of length 1."""
    vocabulary = {}
    for title in study.titles:
        for kind in corpus.grams(title):
            for gram in kind:
                vocabulary.setdefault(gram, len(vocabulary))
    weight, _ = gram_weights(study, how)
    terms = unit_rows((corpus.occurrences(thesaurus.terms, vocabulary).matrix() @ sparse.diags(weight)).tocsr())
    needs, achievements = vectors(study, how)
    return needs + TERM_SHARE * unit_rows((sparse.csr_matrix(scores) @ terms).tocsr()), achievements


def with_feedback(study, needs, achievements):
    """Scores after feedback from the best distinct titles of these very scores."""
    scores = all_scores(needs, achievements)
    out = []
    for row, first in enumerate(scores):
        best = {}
        for item in np.argsort(-first, kind="stable")[:4 * FEEDBACK_TITLES]:
            best.setdefault(study.titles[item], item)
        chosen = list(best.values())[:FEEDBACK_TITLES]
        mean = (sparse.csr_matrix(first[chosen]) @ achievements[chosen]).tocsr()
        if mean.nnz > FEEDBACK_GRAMS:
            mean.data[mean.data < np.sort(mean.data)[-FEEDBACK_GRAMS]] = 0
        out.append(needs[row] + FEEDBACK_SHARE * unit_rows(mean))
    return all_scores(sparse.vstack(out).tocsr(), achievements)
