#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Learns the levels of the shipped model anew from graded pairs and writes them, with the card of the training, into its file
# (docs/model.md, "Training and levels"). The weights of the shipped model are those in the file.
#
# usage: tools/train_shipped_model.sh DATA [FILE]
#   DATA  folder of graded data as docs/evaluation.md describes it; patents.jsonl may be missing
#   FILE  the model's file; as a rule the one of data/models/in_service
# Needs `ninja duijied duijie model_export`. Starts a daemon of its own on a free port and a temporary folder, and stops it.
set -euo pipefail
[ $# = 1 ] || [ $# = 2 ] || { sed -n '/^# usage/,/^# Needs/s/^# //p' "$0" >&2; exit 2; }
DATA=$(realpath "$1")
cd "$(dirname "$0")/.."
VERSION=$(cat data/models/in_service)
FILE=${2:-data/models/$VERSION.json}
BIN="build/${DUIJIE_PRESET:-release}/bin"
SEED=1
FOLDS=10
# shellcheck source=tools/daemon.sh
. tools/daemon.sh
own_folder train

import() { "$BIN/duijie" import "$@" --publish >&2; }

start_daemon "$FOLDER"

import achievements "$DATA/achievements.jsonl" --source graded --map id=external_id
import needs "$DATA/needs.jsonl" --source graded --map id=external_id --tier 公开
if [ -e "$DATA/patents.jsonl" ]; then
  import achievements "$DATA/patents.jsonl" --source patents --content-id \
    --map title=title --map assignee=owner_name --map abstract=summary
fi
# Imports end when the index holds their records: a pair that it lacks would be left out of the training.
"$BIN/duijie" judgement import "$DATA/qrels.tsv" --need-source graded --achievement-source graded >&2
TRAINED=$("$BIN/duijie" --json model train --seed "$SEED" --folds "$FOLDS" |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])')
stop_daemon
"$BIN/model_export" "$FOLDER/data/learning" "$TRAINED" "$VERSION" > "$FOLDER/trained.json"
python3 tools/merge_model.py "$FILE" "$FOLDER/trained.json"
echo "levels and card of $TRAINED are in $FILE" >&2
