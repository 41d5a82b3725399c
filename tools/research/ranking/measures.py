# SPDX-License-Identifier: GPL-3.0-or-later
"""nDCG@10 on judged pools, recall over the whole collection, intervals."""
import numpy as np

CUTOFF = 10
MIN_JUDGED = 10         # needs with fewer judged achievements do not count
RELEVANT = 3            # level from which an achievement is worth finding
SAME_SCORE_DIGITS = 9   # scores that agree so far are a tie, broken by id
DISCOUNT = 1 / np.log2(np.arange(CUTOFF) + 2)


def gain(levels):
    return 2.0 ** (levels - 1) - 1


class Pools:
    """Gain 2^(level-1)-1, discount log2(rank+1); counted: needs with 10 judged, one of level 3 or 4."""

    def __init__(self, study):
        self.study = study
        self.all = [np.flatnonzero(study.pair_need == need) for need in range(study.need_titles.shape[0])]
        self.counted = [need for need, pool in enumerate(self.all)
                        if len(pool) >= MIN_JUDGED and study.level[pool].max() >= RELEVANT]

    def per_need(self, scores):
        study, result = self.study, []
        for need in self.counted:
            pool = self.all[need]
            order = np.lexsort((study.pair_achievement[pool], -np.round(scores[pool], SAME_SCORE_DIGITS)))
            got = gain(study.level[pool[order[:CUTOFF]]])
            ideal = np.sort(gain(study.level[pool]))[::-1][:CUTOFF]
            result.append((got @ DISCOUNT) / (ideal @ DISCOUNT))
        return np.array(result)

    def ndcg(self, scores):
        return self.per_need(scores).mean()

    def recall(self, scores, depth=100):
        """Relevant ones among the first `depth`: (mean over needs that have any, share of all pairs)."""
        shares, found, total = [], 0, 0
        for need, pool in enumerate(self.all):
            relevant = self.study.pair_achievement[pool[self.study.level[pool] >= RELEVANT]]
            if len(relevant) == 0:
                continue
            first = np.argsort(-np.round(scores[need], SAME_SCORE_DIGITS), kind="stable")[:depth]
            hits = np.isin(relevant, first).sum()
            shares.append(hits / len(relevant))
            found += hits
            total += len(relevant)
        return np.mean(shares), found / total


def interval(values, draws=2000, seed=7):
    """95 % percentile bootstrap over needs."""
    random = np.random.default_rng(seed)
    means = values[random.integers(0, len(values), (draws, len(values)))].mean(axis=1)
    return np.percentile(means, [2.5, 97.5])
