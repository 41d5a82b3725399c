# SPDX-License-Identifier: GPL-3.0-or-later
"""Word vectors from texts and thesaurus: positive pointwise mutual information, truncated SVD.

A text and a thesaurus line are both bags of words that belong together. Two words of a text of n words meet
1/n times; two members of a line, THESAURUS_WEIGHT · share · share / (sum of the line's shares) times. Sources:
Levy, Goldberg & Dagan, Improving distributional similarity with lessons learned from word embeddings, TACL 3,
2015 (context power, eigenvalue power); Halko, Martinsson & Tropp, SIAM Review 53(2), 2011 (randomised SVD).
"""
import dataclasses
import struct

import numpy as np
import scipy.sparse as sparse

DIMENSIONS = 64
MIN_DOCUMENTS = 3         # of a word that is no thesaurus term
LONG_TERM_POINTS = 6      # a term of so many characters that no text holds is left out: its parts say enough
THESAURUS_WEIGHT = 4.0
PART_SHARE = 0.5          # of the words inside a member, against the member itself
CONTEXT_POWER = 0.75
EIGENVALUE_POWER = 0.25
ITERATIONS, OVERSAMPLING, SEED = 3, 20, 1

MAGIC = b"DJWORDS1"       # docs/formats/word_vectors.md
MAX_WORD_BYTES = 255
LARGEST = 127


@dataclasses.dataclass
class WordVectors:
    words: list            # sorted by their bytes
    idf: np.ndarray
    vectors: np.ndarray    # rows of length 1
    mean: np.ndarray       # of text vectors; subtracted, so that what all texts share does not count

    def __post_init__(self):
        self.index = {word: row for row, word in enumerate(self.words)}


def bags(documents, index, binary=True):
    """Documents × words."""
    rows, columns = [], []
    for row, words in enumerate(documents):
        for word in words:
            column = index.get(word)
            if column is not None:
                rows.append(row)
                columns.append(column)
    shape = (len(documents), len(index))
    result = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    result.sum_duplicates()
    if binary:
        result.data[:] = 1
    return result


def meetings(matrix, weights):
    return (matrix.T @ sparse.diags(weights.astype(np.float32)) @ matrix).tocsr()


def line_bags(thesaurus, parts, index):
    """Lines × words: each member's share, and a part of it for the words inside the member."""
    rows, columns, shares = [], [], []
    for row, members in enumerate(thesaurus.lines):
        line = {}
        for member, share in members.items():
            for word in {member, *parts[member]}:
                column = index.get(word)
                if column is not None:
                    value = share if word == member else share * PART_SHARE
                    line[column] = max(value, line.get(column, 0.0))
        rows += [row] * len(line)
        columns += line.keys()
        shares += line.values()
    return sparse.csr_matrix((np.array(shares, np.float32), (rows, columns)),
                             shape=(len(thesaurus), len(index)))


def positive_information(counts):
    counts = counts.tocoo()
    keep = counts.row != counts.col
    row, column, count = counts.row[keep], counts.col[keep], counts.data[keep].astype(np.float64)
    margin = np.bincount(row, count, counts.shape[0])
    context = margin ** CONTEXT_POWER / np.sum(margin ** CONTEXT_POWER)
    information = np.log(count / (margin[row] * context[column]))
    good = information > 0
    return sparse.csr_matrix((information[good].astype(np.float32), (row[good], column[good])),
                             shape=counts.shape)


def truncated_svd(matrix, rank):
    random = np.random.default_rng(SEED)
    basis = matrix @ random.standard_normal((matrix.shape[1], rank + OVERSAMPLING)).astype(np.float32)
    for _ in range(ITERATIONS):
        basis, _ = np.linalg.qr(basis)
        basis = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(basis)
    left, values, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return (basis @ left)[:, :rank], values[:rank]


def unit(rows):
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms == 0, 1, norms)


def quantised(vectors):
    """int8 rows whose greatest entry is ±127; only their direction counts."""
    greatest = np.abs(vectors).max(axis=1, keepdims=True)
    return np.rint(vectors / np.where(greatest == 0, 1, greatest) * LARGEST).astype(np.int8)


def train(documents, thesaurus=None, parts=None, dimensions=DIMENSIONS):
    """documents: lists of words. parts: term → words inside it. The mean is left 0: see with_mean."""
    frequency = {}
    for words in documents:
        for word in set(words):
            frequency[word] = frequency.get(word, 0) + 1
    terms = set(thesaurus.terms) if thesaurus else set()
    chosen = {word for word, count in frequency.items() if count >= MIN_DOCUMENTS} | terms
    words = sorted((word for word in chosen if 0 < len(word.encode()) <= MAX_WORD_BYTES), key=str.encode)
    index = {word: row for row, word in enumerate(words)}
    texts = bags(documents, index)
    counts = meetings(texts, 1 / np.maximum(np.asarray(texts.sum(axis=1)).ravel(), 1))
    if thesaurus:
        lines = line_bags(thesaurus, parts, index)
        counts = counts + THESAURUS_WEIGHT * meetings(lines, 1 / np.maximum(
            np.asarray(lines.sum(axis=1)).ravel(), 1))
    left, values = truncated_svd(positive_information(counts), dimensions)
    vectors = unit(left * values ** EIGENVALUE_POWER)
    kept = [row for row, word in enumerate(words) if np.any(vectors[row])
            and (frequency.get(word, 0) > 0 or len(word) < LONG_TERM_POINTS)]
    idf = np.array([1 + np.log((len(documents) + 1) / (frequency.get(words[row], 0) + 1)) for row in kept])
    rounded = unit(quantised(vectors[kept]).astype(np.float64))
    return WordVectors([words[row] for row in kept], idf, rounded, np.zeros(dimensions))


def text_vectors(model, weighted_fields):
    """weighted_fields: [(boost, word lists)]. Rows of length 1; 0 where no word is known."""
    counts = sum(boost * bags(texts, model.index, binary=False) for boost, texts in weighted_fields).tocsr()
    counts.data = np.log1p(counts.data)
    raw = unit(np.asarray((counts @ sparse.diags(model.idf)) @ model.vectors))
    return np.where(np.any(raw, axis=1, keepdims=True), unit(raw - model.mean), 0)


def with_mean(model, texts):
    model.mean = text_vectors(model, [(1, texts)]).mean(axis=0)
    return model


def write(model, path):
    rows = quantised(model.vectors)
    factors = model.idf / np.linalg.norm(rows.astype(np.float64), axis=1)
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<II", rows.shape[1], rows.shape[0]))
        out.write(model.mean.astype("<f4").tobytes())
        for word, factor, row in zip(model.words, factors, rows):
            encoded = word.encode()
            out.write(struct.pack("<B", len(encoded)) + encoded + struct.pack("<f", factor) + row.tobytes())


def read(path):
    content = path.read_bytes()
    if content[:8] != MAGIC:
        raise ValueError(f"{path}: not a file of word vectors")
    dimensions, count = struct.unpack_from("<II", content, 8)
    at = 16 + 4 * dimensions
    mean = np.frombuffer(content, "<f4", dimensions, 16).astype(np.float64)
    words, factors, rows = [], np.empty(count), np.empty((count, dimensions))
    for row in range(count):
        size = content[at]
        words.append(content[at + 1:at + 1 + size].decode())
        at += 1 + size
        factors[row] = struct.unpack_from("<f", content, at)[0]
        rows[row] = np.frombuffer(content, np.int8, dimensions, at + 4)
        at += 4 + dimensions
    if at != len(content):
        raise ValueError(f"{path}: {len(content) - at} bytes too many")
    return WordVectors(words, factors * np.linalg.norm(rows, axis=1), unit(rows), mean)
