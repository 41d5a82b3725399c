#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make models that each lack one group of features, to see what the group gives.

Usage: ablation_models.py MODELS OUT

Copies the models of the folder MODELS to OUT and adds, for the one in service, <version>-no-<group>.json: the weights of
the group are 0, the others are scaled up so that they add up to 1 again. They give no levels: those were learned for the
whole model. Prints the added versions, one a line.
"""

import json
import pathlib
import shutil
import sys

MILLION = 1_000_000  # weights have at most six decimals
PENALTIES = {"indicators_missed"}  # their weights are not among those that add up to 1
GROUPS = {  # group -> beginnings of the names of its features
    "cosine": ("ngram_cosine",),
    "other-text": ("title_cosine", "word_bm25", "title_coverage", "record_coverage"),
    "meaning": ("meaning", "title_meaning", "thesaurus", "related"),
    "indicators": ("indicators_",),
    "facts": ("field_agreement", "industry_agreement", "maturity", "budget", "cooperation_mode", "region_direction",
              "freshness"),
}


def group_of(feature):
    """A feature that no group names is a group of its own."""
    found = (group for group, beginnings in GROUPS.items() if feature.startswith(beginnings))
    return next(found, feature.replace("_", "-"))


def rescaled(weights, left_out):
    """Whole millionths that add up to a million; what rounding leaves goes to the heaviest."""
    penalties = {name: 0 if name in left_out else weight for name, weight in weights.items() if name in PENALTIES}
    kept = {name: weight for name, weight in weights.items()
            if name not in left_out and name not in PENALTIES and weight > 0}
    total = sum(kept.values())
    scaled = {name: weight * MILLION // total for name, weight in kept.items()}
    heaviest = max(scaled, key=scaled.get)
    scaled[heaviest] += MILLION - sum(scaled.values())
    return {**{name: scaled.get(name, 0) for name in weights}, **penalties}


def without(model, group):
    weights = {feature["name"]: round(feature["weight"] * MILLION) for feature in model["features"]}
    scaled = rescaled(weights, {name for name in weights if group_of(name) == group})
    features = [{**feature, "weight": scaled[feature["name"]] / MILLION} for feature in model["features"]]
    changed = {**model, "version": f"{model['version']}-no-{group}", "features": features}
    changed.pop("levels", None)
    return changed


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    source, out = map(pathlib.Path, arguments)
    shutil.copytree(source, out, dirs_exist_ok=True)
    version = (source / "in_service").read_text(encoding="utf-8").strip()
    model = json.loads((source / f"{version}.json").read_text(encoding="utf-8"))
    for group in sorted({group_of(feature["name"]) for feature in model["features"] if feature["weight"] > 0}):
        changed = without(model, group)
        text = json.dumps(changed, ensure_ascii=False, indent=1)
        (out / f"{changed['version']}.json").write_text(text, encoding="utf-8")
        print(changed["version"])


if __name__ == "__main__":
    main(sys.argv[1:])
