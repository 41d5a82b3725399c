#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pushes computed for graded needs: each need gets an enterprise of its own, a campaign pushes what is strongly enough related,
# and the pushes are compared with the grades. Prints the counts, and some pushes with their reasons. Build first: ./dev build.
#
#   tests/quality/real_pushes.sh DATA [SHOWN]     DATA as docs/evaluation.md has it; SHOWN: pushes to print (default 10)
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 1 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0"; exit 2; }
DATA=$(cd "$1" && pwd)
SHOWN=${2:-10}
BIN="$PWD/build/${DUIJIE_PRESET:-release}/bin"
# shellcheck source=tools/daemon.sh
. tools/daemon.sh
own_folder pushes

tests/quality/real_pushes.py make "$DATA" "$FOLDER"
start_daemon "$FOLDER"
# The campaign is to be measured alone.
"$BIN/duijie" push standing settings --enabled off >/dev/null
FROM=(--source graded --publish --tier 公开)
"$BIN/duijie" import achievements "$DATA/achievements.jsonl" --map id=external_id "${FROM[@]}"
"$BIN/duijie" import enterprises "$FOLDER/enterprises.csv" "${FROM[@]}"
"$BIN/duijie" import needs "$FOLDER/needs.csv" "${FROM[@]}"
"$BIN/duijie" --json campaign create 真实需求推送 --min-level 较强相关 --per-enterprise 5 --candidates 10 >"$FOLDER/campaign"
CAMPAIGN=$(sed -n 's/.*"name": *"\(campaigns\/[^"]*\)".*/\1/p' "$FOLDER/campaign")
"$BIN/duijie" campaign preview "$CAMPAIGN" | grep -E '^(考察配对|列入|未列入|模型版本)'
"$BIN/duijie" campaign approve "$CAMPAIGN" >/dev/null
"$BIN/duijie" --json push list --campaign "$CAMPAIGN" --limit 10000 >"$FOLDER/pushes.jsonl"
for kind in needs achievements; do "$BIN/duijie" export $kind --format jsonl -o "$FOLDER/$kind.jsonl" 2>/dev/null; done
tests/quality/real_pushes.py score "$DATA" "$FOLDER" "$SHOWN"
while read -r push; do
  printf '\n'
  "$BIN/duijie" push show "$push" | sed -n '/^需求 /,/^送达方式/{/^送达方式/!p}'
done <"$FOLDER/shown"
