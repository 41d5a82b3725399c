# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads data/thesaurus (docs/formats/thesaurus.md) and asks the product's analyzer for tokens."""
import dataclasses
import pathlib
import subprocess
import tempfile

from corpus import normalise

SEPARATOR = "、"
SHARES = (1.0, 1.0, 0.7, 0.35)  # of term, same, kinds, related: how much a member stands for its line
MIN_POINTS, MAX_POINTS = 2, 20  # of a term that becomes a word of the analyzer


@dataclasses.dataclass
class Thesaurus:
    lines: list  # of dict: normalised term → share, the greatest where a term stands twice
    terms: list  # all terms, sorted

    def __len__(self):
        return len(self.lines)


def read(folder):
    lines = []
    for path in sorted(pathlib.Path(folder).glob("*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if not row.strip() or row.startswith("#"):
                continue
            members = {}
            for column, share in zip(row.split("\t"), SHARES):
                for term in (normalise(part).strip() for part in column.split(SEPARATOR)):
                    if MIN_POINTS <= len(term) <= MAX_POINTS:
                        members[term] = max(share, members.get(term, 0.0))
            lines.append(members)
    return Thesaurus(lines, sorted({term for members in lines for term in members}))


class Segmenter:
    """The program ranking_segment, with the terms of the thesaurus as further dictionary words."""

    def __init__(self, program, text_data, terms=()):
        self.program, self.text_data, self.terms = str(program), str(text_data), list(terms)

    def _run(self, what, texts):
        lines = "".join(" ".join(text.split()) + "\n" for text in texts)
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as dictionary:
            dictionary.writelines(f"{term}\tthesaurus\n" for term in self.terms)
            dictionary.flush()
            done = subprocess.run([self.program, what, self.text_data, dictionary.name], check=True,
                                  input=lines.encode(), stdout=subprocess.PIPE)
        rows = done.stdout.decode().split("\n")[:-1]
        if len(rows) != len(texts):
            raise RuntimeError(f"{self.program}: {len(texts)} texts, {len(rows)} lines of tokens")
        return [row.split("\t") if row else [] for row in rows]

    def words(self, texts):
        return self._run("words", texts)

    def grams(self, texts):
        """Bigrams and unigrams, with 2 or 1 in front."""
        return self._run("grams", texts)
