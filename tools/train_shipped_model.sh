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
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/duijie-train-XXXXXX")
DAEMON=""

stop_daemon() {
  [ -n "$DAEMON" ] || return 0
  local daemon=$DAEMON
  DAEMON=""
  kill -TERM "$daemon" 2>/dev/null || true
  wait "$daemon"
}

finish() {
  local status=$?
  stop_daemon || [ $status != 0 ] || status=1
  [ $status = 0 ] || { echo "training failed; the daemon said:" >&2; tail -n 20 "$FOLDER/daemon.log" >&2 || true; }
  rm -rf "$FOLDER"
  exit $status
}
trap finish EXIT

start_daemon() {
  cat > "$FOLDER/duijied.toml" <<TOML
[server]
listen = "127.0.0.1:0"
metrics_listen = "127.0.0.1:0"
port_file = "$FOLDER/ports"
[data]
folder = "$FOLDER/data"
TOML
  "$BIN/duijied" --config "$FOLDER/duijied.toml" >"$FOLDER/daemon.log" 2>&1 &
  DAEMON=$!
  for _ in $(seq 300); do
    [ -s "$FOLDER/ports" ] && return
    kill -0 "$DAEMON" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# A pair whose record the index does not hold yet would be left out of the training.
wait_until_indexed() {
  for _ in $(seq 600); do
    "$BIN/duijie" --json admin status | python3 -c '
import json, sys
status = json.load(sys.stdin)
behind = [c for c in status["collections"] if c["collection"] in ("achievements", "needs")
          and int(c.get("index_revision", 0)) < int(status["revision"])]
sys.exit(1 if behind else 0)' && return
    sleep 0.2
  done
  return 1
}

import() { "$BIN/duijie" import "$@" --publish >&2; }

start_daemon
DUIJIE_SERVER=$(sed -n 's/^grpc=//p' "$FOLDER/ports")
DUIJIE_KEY=$(cat "$FOLDER/data/admin.key")
export DUIJIE_SERVER DUIJIE_KEY

import achievements "$DATA/achievements.jsonl" --source graded --map id=external_id
import needs "$DATA/needs.jsonl" --source graded --map id=external_id --tier 公开
if [ -e "$DATA/patents.jsonl" ]; then
  import achievements "$DATA/patents.jsonl" --source patents --content-id \
    --map title=title --map assignee=owner_name --map abstract=summary
fi
wait_until_indexed
"$BIN/duijie" judgement import "$DATA/qrels.tsv" --need-source graded --achievement-source graded >&2
TRAINED=$("$BIN/duijie" --json model train --seed "$SEED" --folds "$FOLDS" |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])')
stop_daemon
"$BIN/model_export" "$FOLDER/data/learning" "$TRAINED" "$VERSION" > "$FOLDER/trained.json"
python3 tools/merge_model.py "$FILE" "$FOLDER/trained.json"
echo "levels and card of $TRAINED are in $FILE" >&2
