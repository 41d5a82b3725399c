# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes that a need rules out in so many words, and how much of one a record takes."""
import re

import numpy as np

from corpus import normalise

CUES = ("不考虑 不采用 不使用 不用 不想 不愿 不接受 不希望 不上 不走 不要 不打算 不再 不依赖 不靠 不允许 不能用 不可用 不能 不宜 不得 不加 不增 "
        "排除 拒绝 禁用 禁止 而不是 而非 不是").split()
ROUTE = re.compile(f"(?:{'|'.join(CUES)})([^，。；、！？,;!?]{{2,20}})")
NEGATED = re.compile("[不无免非未零][^，。；、]{0,6}$")
LOOK_BACK = 7  # characters before an occurrence in a record that may negate it


def bigrams(text):
    return [text[at:at + 2] for at in range(len(text) - 1)]


def holds(record, gram):
    """Whether a record has the gram where nothing negates it."""
    at = record.find(gram)
    while at >= 0:
        if not NEGATED.search(record[max(0, at - LOOK_BACK):at]):
            return True
        at = record.find(gram, at + 1)
    return False


def shares(lists):
    """For each achievement: of the route its need rules out, the share of idf that the achievement holds."""
    records = [normalise(f"{title}。{abstract}") for title, abstract in zip(lists.titles, lists.abstracts)]
    frequency = {}
    for record in records:
        for gram in set(bigrams(record)):
            frequency[gram] = frequency.get(gram, 0) + 1
    out = np.zeros(len(records))
    for number, members in enumerate(lists.members()):
        need = normalise(f"{lists.need_titles[number]}。{lists.descriptions[number]}")
        for route in (match.group(1) for match in ROUTE.finditer(need)):
            grams = bigrams(route)
            idf = np.array([np.log((len(records) + 1) / (frequency.get(gram, 0) + 1)) for gram in grams])
            for member in members:
                held = np.array([holds(records[member], gram) for gram in grams])
                out[member] = max(out[member], idf @ held / idf.sum())
    return out
