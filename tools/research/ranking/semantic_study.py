#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the figures of docs/research/ranking.md that need the thesaurus and data/semantics/words.vec.

Needs what build_tables.py needs, and tests/quality/lists. Same data, same figures.
"""
import argparse
import pathlib
import sys

import numpy as np

import corpus
import expansion
import quality_lists
import ruled_out
import thesaurus as thesauri
import word_vectors
from build_tables import training_texts, unjudged_needs
from cosine import SIMPLE, SIMPLE_RETRIEVAL, PLAIN, all_scores, judged_scores, vectors
from measures import Pools, interval

ROOT = pathlib.Path(__file__).resolve().parents[3]
ORDER = SIMPLE.but(decay=0)
RETRIEVAL = SIMPLE_RETRIEVAL.but(decay=0)
NEED_TITLE, RECORD_TITLE = 4, 2      # boosts of titles in text vectors
FULL_BODY_WORDS = 12                 # of a record from which the vectors count fully
SHARES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
SHARE = 1.0
RULED_OUT_SHARE = 0.2
LINE_SHARES = ((0.25, 1), (0.25, 2), (0.5, 1), (0.5, 2), (1.0, 1))  # of the thesaurus, and the seed of the choice


def heading(text):
    print(f"\n## {text}", flush=True)


def print_lists(name, lists, scores):
    ndcg, first = quality_lists.per_list(lists, scores)
    low, high = interval(ndcg)
    first_low, first_high = interval(first)
    print(f"{name:44s} {ndcg.mean():.4f}  [{low:.3f}, {high:.3f}]  best first {first.mean():.3f}  "
          f"[{first_low:.2f}, {first_high:.2f}]", flush=True)


def list_similarity(lists, model, segmenter):
    """(similarity of vectors, share of the record's words that count) of each achievement."""
    words = {name: segmenter.words(texts) for name, texts in vars(lists).items() if isinstance(texts, list)}
    needs = word_vectors.text_vectors(model, [(NEED_TITLE, words["need_titles"]), (1, words["descriptions"])])
    records = word_vectors.text_vectors(model, [(RECORD_TITLE, words["titles"]), (1, words["abstracts"])])
    lengths = np.array([len(text) for text in words["abstracts"]])
    return (needs[lists.owner] * records).sum(axis=1), np.minimum(1, lengths / FULL_BODY_WORDS)


def print_by_file(lists, cosine, semantic):
    """λ chosen on the other files of lists."""
    results = [quality_lists.per_list(lists, cosine + share * semantic) for share in SHARES]
    ndcg, first = np.zeros(len(lists.files)), np.zeros(len(lists.files))
    for file in sorted(set(lists.files)):
        here = lists.files == file
        best = int(np.argmax([result[0][~here].mean() for result in results]))
        ndcg[here], first[here] = results[best][0][here], results[best][1][here]
    plain = quality_lists.per_list(lists, cosine)[0]
    gain_low, gain_high = interval(ndcg - plain)
    print(f"{'λ chosen on the other files':44s} {ndcg.mean():.4f}  best first {first.mean():.3f}; "
          f"over the cosine {np.mean(ndcg - plain):+.4f} [{gain_low:.3f}, {gain_high:.3f}]", flush=True)


def print_quality_lists(model, segmenter, boilerplate):
    lists = quality_lists.load(ROOT / "tests/quality/lists")
    heading(f"{len(lists.files)} expert lists: nDCG@10, best first")
    print_lists("plain cosine", lists, quality_lists.cosine_scores(lists, PLAIN, boilerplate))
    cosine = quality_lists.cosine_scores(lists, ORDER, boilerplate)
    print_lists("simple cosine", lists, cosine)
    semantic, share_of_body = list_similarity(lists, model, segmenter)
    print_lists("vectors alone", lists, semantic)
    for share in SHARES:
        print_lists(f"simple cosine + {share} vectors", lists, cosine + share * share_of_body * semantic)
    print_by_file(lists, cosine, share_of_body * semantic)
    routes = ruled_out.shares(lists)
    final = cosine + SHARE * share_of_body * semantic - RULED_OUT_SHARE * routes
    print_lists(f"... + {SHARE} vectors - {RULED_OUT_SHARE} ruled out", lists, final)
    print(f"ruled out: {np.count_nonzero(routes)} achievements, of grade 4 "
          f"{np.count_nonzero(routes[lists.grade == 4])}", flush=True)


def print_line_shares(data, thesaurus, segmenter, boilerplate):
    """What less of the thesaurus gives: whether writing more of it would pay."""
    heading("Vectors trained with a share of the thesaurus: lists")
    lists = quality_lists.load(ROOT / "tests/quality/lists")
    cosine = quality_lists.cosine_scores(lists, ORDER, boilerplate)
    titles, texts = training_texts(data, unjudged_needs(data))
    documents, parts = segmenter.words(texts), dict(zip(thesaurus.terms, segmenter.words(thesaurus.terms)))
    for share, seed in ((0, 1), *LINE_SHARES):
        chosen = np.random.default_rng(seed).permutation(len(thesaurus))[:int(share * len(thesaurus))]
        lines = [thesaurus.lines[line] for line in chosen]
        part = thesauri.Thesaurus(lines, sorted({term for line in lines for term in line}))
        model = word_vectors.train(documents, part if lines else None, parts)
        word_vectors.with_mean(model, documents[:len(titles)])
        semantic, _ = list_similarity(lists, model, segmenter)
        print_lists(f"{share:.0%} of the lines, choice {seed}: vectors", lists, semantic)
        print_lists("  + simple cosine", lists, cosine + semantic)


def need_words(data, segmenter):
    needs = sorted(corpus.read_json_lines(data / "need_achievement/needs.jsonl"), key=lambda need: need["id"])
    return (segmenter.words([need["title"] for need in needs]),
            segmenter.words([need["description"] or "" for need in needs]))


def print_pools(study, pools, titles, descriptions, model, segmenter):
    heading("Judged pools (titles only): nDCG@10")
    needs = word_vectors.text_vectors(model, [(NEED_TITLE, titles), (1, descriptions)])
    records = word_vectors.text_vectors(model, [(RECORD_TITLE, segmenter.words(study.titles))])
    semantic = needs @ records.T
    judged = semantic[study.pair_need, study.pair_achievement]
    cosine = judged_scores(study, ORDER)
    print(f"{'vectors alone':44s} {pools.ndcg(judged):.4f}")
    for share in (0, 0.05, 0.1, 0.2):
        print(f"{f'simple cosine + {share} vectors':44s} {pools.ndcg(cosine + share * judged):.4f}")
    return semantic


def word_weights(thesaurus, model, descriptions):
    """Of each term as a word of a need: idf, times its rarity among the needs not judged."""
    index = {term: row for row, term in enumerate(thesaurus.terms)}
    present = np.bincount(word_vectors.bags(descriptions, index).indices, minlength=len(index))
    size = len(descriptions) + 1
    rarity = np.maximum(np.log(size / (present + 1)) / np.log(size), 0.02)
    rare = model.idf.max()  # of what no text holds
    return rarity * np.array([model.idf[model.index[term]] if term in model.index else rare
                              for term in thesaurus.terms])


def print_recall(study, pools, thesaurus, scores, semantic):
    heading("Recall@100 in the whole collection: mean over needs, share of pairs")

    def show(name, values, judged=None):
        mean, share = pools.recall(values)
        order = f"  pools {pools.ndcg(judged):.4f}" if judged is not None else ""
        print(f"{name:44s} {mean:.4f} ({share:.4f}){order}", flush=True)

    cosine = all_scores(*vectors(study, ORDER))
    show("simple cosine, no decay", cosine)
    show("retrieval constants, no decay", all_scores(*vectors(study, RETRIEVAL)))
    for name, how in (("no decay", RETRIEVAL), ("decay 60", SIMPLE_RETRIEVAL)):
        needs, achievements = expansion.expanded(study, how, thesaurus, scores)
        show(f"+ terms of the thesaurus, {name}", all_scores(needs, achievements))
        back = expansion.with_feedback(study, needs, achievements)
        show(f"+ feedback, {name}", back)
        for title, values in (("cosine + feedback", cosine + back),
                              ("cosine + feedback + 0.1 vectors", cosine + back + 0.1 * semantic)):
            show(f"{title}, {name}", values, values[study.pair_need, study.pair_achievement])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", metavar="DATA", type=pathlib.Path)
    parser.add_argument("--segmenter", default=ROOT / "build/release/bin/ranking_segment")
    parser.add_argument("--text-data", default=ROOT / "build/release/share/duijie/text")
    parser.add_argument("--line-shares", action="store_true", help="also shares of the thesaurus (3 minutes)")
    arguments = parser.parse_args()
    thesaurus = thesauri.read(ROOT / "data/thesaurus")
    model = word_vectors.read(ROOT / "data/semantics/words.vec")
    boilerplate = quality_lists.read_boilerplate(ROOT / "data/semantics/need_boilerplate.tsv")
    segmenter = thesauri.Segmenter(arguments.segmenter, arguments.text_data, thesaurus.terms)
    print(f"thesaurus: {len(thesaurus)} lines, {len(thesaurus.terms)} terms; {len(model.words)} vectors")
    print_quality_lists(model, segmenter, boilerplate)
    study = corpus.load(arguments.data)
    pools = Pools(study)
    titles, descriptions = need_words(arguments.data, segmenter)
    semantic = print_pools(study, pools, titles, descriptions, model, segmenter)
    unjudged = corpus.read_json_lines(arguments.data / "need_achievement/needs_unjudged.jsonl")
    weights = word_weights(thesaurus, model, segmenter.words([need["description"] or "" for need in unjudged]))
    scores = expansion.term_scores(thesaurus, [(expansion.TITLE_BOOST, titles), (1, descriptions)], weights)
    print_recall(study, pools, thesaurus, scores, semantic)
    if arguments.line_shares:
        print_line_shares(arguments.data, thesaurus, segmenter, boilerplate)
    return 0


if __name__ == "__main__":
    sys.exit(main())
