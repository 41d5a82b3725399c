#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Score the run files of leaderboard.sh with `duijie eval` and write the tables of docs/leaderboard.md.

Each line is what `duijie eval score` says of one run file; differences are what `duijie eval compare` says. The tables go
between two markers of the document; the text around them is kept.
"""
import argparse
import datetime
import json
import pathlib
import subprocess

BEGIN = "<!-- tables: written by tests/quality/leaderboard.sh -->"
END = "<!-- end of tables -->"
SCORE_OPTIONS = {"pairs": [], "lists": ["--min-judged", "1"]}
ENGINE = "the engine's own"
SYSTEMS = {  # run file -> (name, where its constants are from)
    "random": ("random order", "none; seed 20260118"),
    "xapian_words": ("Xapian 1.4 BM25, our words", ENGINE),
    "xapian_ngrams": ("Xapian 1.4 BM25, its CJK n-grams", ENGINE),
    "lucene_smartcn": ("Lucene 8 BM25, smartcn", ENGINE),
    "lucene_cjk": ("Lucene 8 BM25, CJK bigrams", ENGINE),
    "ngram_cosine": ("plain n-gram cosine", "title counts 4 times: chosen on the pairs"),
    "duijie": ("**Duijie**", "in sample"),
}
MEASURES = ("ndcg10", "p5", "mrr", "best_first")
LISTS = pathlib.Path(__file__).parent / "lists"
NO_VALUE = "–"


class Board:
    def __init__(self, cli, runs):
        self.cli, self.runs = cli, runs

    def per_need(self, group, run):
        return {need["need"]: need for need in self.ask("score", group, ["--per-need"], [run])["per_need"]}

    def ask(self, kind, group, options, files):
        paths = [str(self.runs / group / "qrels.tsv")] + [str(self.runs / group / name) for name in files]
        command = [self.cli, "--json", "eval", kind, *paths, *SCORE_OPTIONS[group], *options]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def score(self, group, run):
        return self.ask("score", group, [], [run])

    def difference(self, group, run, base, measure):
        return self.ask("compare", group, [], [base, run])["measures"][measure]

    def exists(self, group, run):
        return (self.runs / group / run).exists()

    def command(self, group, run):
        options = "".join(f" {option}" for option in SCORE_OPTIONS[group])
        return f"`duijie eval score $RUNS/{group}/qrels.tsv $RUNS/{group}/{run}{options}`"


def number(score, measure):
    low, high = score["intervals"][measure]
    return f"{score[measure]:.4f} [{low:.3f}, {high:.3f}]"


def change(difference):
    low, high = difference["interval"]
    p = difference["p"]
    return f"{difference['difference']:+.4f} [{low:+.3f}, {high:+.3f}], p {'< 0.001' if p < 0.001 else f'{p:.3f}'}"


def table(headings, rows):
    marks = ["---"] * len(headings)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [headings, marks, *rows])


def ranked_systems(board, group, kind, measure):
    """(score, run file, name, constants), best first."""
    found = []
    for system, (name, constants) in SYSTEMS.items():
        run = f"{system}.{kind}.trec"
        if board.exists(group, run):
            found.append((board.score(group, run), run, name, constants))
    return sorted(found, key=lambda entry: -entry[0][measure])


def order_table(board, group):
    rows = []
    for score, run, name, constants in ranked_systems(board, group, "pool", "ndcg10"):
        ours = run == "duijie.pool.trec"
        gain = NO_VALUE if ours else change(board.difference(group, "duijie.pool.trec", run, "ndcg10"))
        rows.append([name, *(number(score, measure) for measure in MEASURES), gain, constants, board.command(group, run)])
    headings = ["system", "nDCG@10", "P@5", "MRR", "best first", "Duijie minus this, nDCG@10", "constants", "command"]
    return table(headings, rows)


def recall_table(board, group):
    rows = []
    for score, run, name, constants in ranked_systems(board, group, "full", "recall"):
        ours = run == "duijie.full.trec"
        gain = NO_VALUE if ours else change(board.difference(group, "duijie.full.trec", run, "recall"))
        rows.append([name, number(score, "recall"), gain, constants, board.command(group, run)])
    headings = ["system", "recall@100, level ≥ 3", "Duijie minus this", "constants", "command"]
    return table(headings, rows)


def trap_table(board):
    """Means over the lists that hold a trap."""
    traps = {}
    for path in sorted(LISTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            for trap in entry["traps"]:
                traps.setdefault(trap, []).append(entry["id"])
    runs = {run: board.per_need("lists", run) for run in ("duijie.pool.trec", "ngram_cosine.pool.trec")}
    rows = []
    for trap, lists in sorted(traps.items()):
        means = [sum(scores[need][measure] for need in lists) / len(lists)
                 for scores in runs.values() for measure in ("ndcg10", "best_first")]
        rows.append([trap, str(len(lists)), *(f"{mean:.3f}" for mean in means)])
    return table(["lists that hold", "lists", "Duijie nDCG@10", "best first", "plain cosine nDCG@10", "best first"], rows)


def held_out(models, version):
    """What the model's card says of judgements that it did not learn from."""
    card = json.loads((models / f"{version}.json").read_text(encoding="utf-8")).get("card", {})
    evaluation = card.get("evaluation")
    if not evaluation:
        return f"The card of `{version}` names no figures on held-out needs; research/ranking.md does."
    parts = []
    for name, keys in (("nDCG@10", ("ndcg10",)), ("level score", ("level_score", "levelScore"))):
        estimate = next((evaluation[key] for key in keys if key in evaluation), None)
        if estimate:
            parts.append(f"{name} {estimate['value']:.4f} [{estimate.get('low', 0):.3f}, {estimate.get('high', 0):.3f}]")
    return f"Out of sample, from the card of `{version}` ({evaluation.get('method', 'held out')}): {', '.join(parts)}."


def write_constant_run(board, group):
    """Level 2, the commonest after 1 and the best constant answer, for every judged pair."""
    lines = (board.runs / group / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.split("\t")[:2] for line in lines]
    run = "always_weak.pool.trec"
    text = "".join(f"{need} Q0 {achievement} 1 2 always_weak\n" for need, achievement in pairs)
    (board.runs / group / run).write_text(text, encoding="utf-8")
    return run


def level_table(board):
    rows = []
    for group in SCORE_OPTIONS:
        for run, name in (("duijie.pool.trec", "**Duijie**"), (write_constant_run(board, group), "level 2 for every pair")):
            score = board.score(group, run)
            value = number(score, "level_score") if "level_score" in score else "gives no levels"
            rows.append([group, name, value, board.command(group, run)])
    return table(["set", "system", "level score 1/(1+MAE)", "command"], rows)


def ablation_table(board, models):
    version = (models / "in_service").read_text(encoding="utf-8").strip()
    base = "duijie.pool.trec"
    rows = [["nothing", *(f"{board.score(group, base)['ndcg10']:.4f}" for group in SCORE_OPTIONS),
             f"{board.score('pairs', base)['best_first']:.4f}", f"{board.score('lists', base)['best_first']:.4f}"]]
    for path in sorted(models.glob(f"{version}-no-*.json")):
        run = f"{path.stem}.pool.trec"
        rows.append([path.stem.removeprefix(f"{version}-no-").replace("-", " "),
                     change(board.difference("pairs", run, base, "ndcg10")),
                     change(board.difference("lists", run, base, "ndcg10")),
                     change(board.difference("pairs", run, base, "best_first")),
                     change(board.difference("lists", run, base, "best_first"))])
    return version, table(["left out", "pairs, nDCG@10", "lists, nDCG@10", "pairs, best first", "lists, best first"], rows)


def tables(board, models):
    counted = {group: board.score(group, "duijie.pool.trec") for group in SCORE_OPTIONS}
    version, ablation = ablation_table(board, models)
    about = (f"{datetime.date.today().isoformat()}, model `{version}`. Brackets: 95 %, bootstrap over needs, "
             f"{counted['pairs']['draws']:,} draws, seed {counted['pairs']['seed']}; p: paired randomisation test.")
    pairs, lists = counted["pairs"], counted["lists"]
    return "\n\n".join([
        about,
        "## Graded pairs: order of the judged pools",
        f"{pairs['needs']} needs counted, {pairs['judged_total']:,} pairs.",
        order_table(board, "pairs"),
        held_out(models, version),
        "## Graded pairs: the whole collection",
        recall_table(board, "pairs"),
        "## Expert lists",
        f"{lists['needs']} lists, {lists['judged_total']:,} achievements, each list ranked on its own.",
        order_table(board, "lists"),
        trap_table(board),
        "## Levels",
        level_table(board),
        "## What each group of features gives",
        "The model without the group minus the whole model, weights of the others scaled up. Candidates do not depend on weights.",
        ablation,
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--runs", type=pathlib.Path, required=True)
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--document", type=pathlib.Path, required=True)
    options = parser.parse_args()
    text = options.document.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    body = tables(Board(options.cli, options.runs), options.models)
    options.document.write_text(f"{head}{BEGIN}\n\n{body}\n\n{END}{tail}", encoding="utf-8")
    print(body)


if __name__ == "__main__":
    main()
