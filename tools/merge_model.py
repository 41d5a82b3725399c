#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""merge_model.py SHIPPED TRAINED: gives the model file SHIPPED the levels and the card of TRAINED.

TRAINED is what model_export prints. SHIPPED is written whole, in the form of data/models; what it had of levels and
card is gone. Exits with 1 and changes nothing where the training moved the weights: its levels then belong to other
scores than those of SHIPPED.
"""
import json
import math
import sys

LEARNED = ("card", "levels")


def merged(shipped, trained):
    """SHIPPED without its levels and card, with those of TRAINED. ValueError where the weights differ."""
    own = {key: value for key, value in shipped.items() if key not in LEARNED}
    weights = [{feature["name"]: feature["weight"] for feature in model["features"]} for model in (own, trained)]
    if weights[0].keys() != weights[1].keys():
        raise ValueError("the models have other features")
    for name, weight in weights[0].items():
        if not math.isclose(weight, weights[1][name], abs_tol=1e-12):
            raise ValueError(f"the training moved the weight of {name}: {weight} to {weights[1][name]}")
    return own | {key: trained[key] for key in LEARNED}


def one_line(value):
    return json.dumps(value, ensure_ascii=False)


def formatted(model):
    """As people read it: a feature a line, a tree a line."""
    members = []
    for key, value in model.items():
        if key == "features":
            text = "[\n" + ",\n".join("    " + one_line(feature) for feature in value) + "\n  ]"
        elif key == "levels":
            text = levels_text(value)
        else:
            text = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        members.append(f"  {one_line(key)}: {text}")
    return "{\n" + ",\n".join(members) + "\n}\n"


def levels_text(levels):
    boosters = [
        f'      {{"slope": {one_line(booster["slope"])}, "intercept": {one_line(booster["intercept"])},\n'
        f'       "trees": {one_line(booster["trees"])}}}'
        for booster in levels["boosters"]
    ]
    columns = one_line(levels["columns"])
    return '{\n    "columns": ' + columns + ',\n    "boosters": [\n' + ",\n".join(boosters) + "\n    ]\n  }"


def main(shipped_path, trained_path):
    with open(shipped_path, encoding="utf-8") as file:
        shipped = json.load(file)
    with open(trained_path, encoding="utf-8") as file:
        trained = json.load(file)
    try:
        text = formatted(merged(shipped, trained))
    except ValueError as problem:
        sys.exit(f"{shipped_path}: {problem}")
    with open(shipped_path, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: merge_model.py SHIPPED TRAINED")
    main(sys.argv[1], sys.argv[2])
