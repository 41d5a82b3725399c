# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of n-gram cosines: one score, six constants. docs/research/ranking.md has the formulas."""
import dataclasses

import numpy as np
import scipy.sparse as sparse

MIN_BOILERPLATE_IDF = 0.02  # so that a gram of every need keeps a trace of weight


@dataclasses.dataclass(frozen=True)
class Weighting:
    unigram: float = 1.0      # weight of a unigram match, of a bigram match 1
    title_boost: float = 4.0  # of the need's title against its description
    decay: float = 0.0        # position in the description at which a gram counts half; 0: all count the same
    background: float = 0.0   # share of the background in the idf
    idf_power: float = 1.0
    boilerplate: float = 0.0  # power of the idf among needs
    damped: bool = True       # the need's counts by ln(1 + x)
    parts: str = "both"       # of the need: title, description or both

    def but(self, **changes):
        return dataclasses.replace(self, **changes)


PLAIN = Weighting()
TUNED = Weighting(unigram=2.5, title_boost=8, decay=60, background=0.5, idf_power=1.2, boilerplate=0.5)
SIMPLE = TUNED.but(background=0, idf_power=1)
RETRIEVAL = TUNED.but(title_boost=3, boilerplate=1)
SIMPLE_RETRIEVAL = SIMPLE.but(title_boost=3, boilerplate=1)


def gram_weights(study, how):
    """Of the achievement's side and of the need's side."""
    collection = study.achievements.shape[0]
    joined = study.background_size + collection
    idf_collection = 1 + np.log((collection + 1) / (study.collection_df + 1))
    idf_background = 1 + np.log((joined + 1) / (study.background_df + study.collection_df + 1))
    needs = study.boilerplate_size + 1
    idf_needs = np.maximum(np.log(needs / (study.boilerplate_df + 1)) / np.log(needs), MIN_BOILERPLATE_IDF)
    idf = idf_collection ** (1 - how.background) * idf_background ** how.background
    weight = np.sqrt(np.where(study.is_unigram, how.unigram, 1.0)) * idf ** how.idf_power
    return weight, weight * idf_needs ** how.boilerplate


def unit_rows(matrix):
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.where(norms == 0, 1.0, norms)) @ matrix).tocsr()


def vectors(study, how):
    """(needs, achievements), rows of length 1."""
    achievement_weight, need_weight = gram_weights(study, how)
    positions = study.descriptions.positions
    occurrence = 1 / (1 + positions / how.decay) if how.decay else None
    needs = how.title_boost * study.need_titles if how.parts != "description" else None
    if how.parts != "title":
        description = study.descriptions.matrix(occurrence)
        needs = description if needs is None else needs + description
    needs = needs.copy()
    needs.data = np.log1p(needs.data) if how.damped else needs.data
    needs = (needs @ sparse.diags(need_weight)).tocsr()
    achievements = study.achievements.copy()
    achievements.data = 1 + np.log(achievements.data)
    achievements = (achievements @ sparse.diags(achievement_weight)).tocsr()
    return unit_rows(needs), unit_rows(achievements)


def judged_scores(study, how):
    needs, achievements = vectors(study, how)
    pairs = achievements[study.pair_achievement].tocoo()
    products = pairs.data * needs.toarray()[study.pair_need[pairs.row], pairs.col]
    return np.bincount(pairs.row, products, minlength=len(study.level))


def all_scores(needs, achievements):
    return (needs @ achievements.T).toarray()


def with_feedback(study, how, count, share, terms=None):
    """Scores of the collection after feedback (Rocchio) from the `count` best distinct titles."""
    needs, achievements = vectors(study, how)
    scores = all_scores(needs, achievements)
    expanded = []
    for row, first in enumerate(scores):
        best = {}
        for item in np.argsort(-first, kind="stable")[:4 * count]:
            best.setdefault(study.titles[item], item)
        chosen = list(best.values())[:count]
        mean = (sparse.csr_matrix(first[chosen]) @ achievements[chosen]).tocsr()
        if terms is not None and mean.nnz > terms:
            mean.data[mean.data < np.sort(mean.data)[-terms]] = 0
        expanded.append(needs[row] + share * unit_rows(mean))
    return all_scores(sparse.vstack(expanded).tocsr(), achievements)
