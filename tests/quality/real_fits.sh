#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fit tables on real texts: matches every need of DATA against PATENTS, counts the verdicts of the tables, and prints some whole, so that
# a person can judge them. Build first: ./dev build.
#
#   tests/quality/real_fits.sh DATA PATENTS [SHOWN]     DATA: needs.jsonl, and needs_unjudged.jsonl if there, as docs/evaluation.md
#                                                       has them; PATENTS: patents.jsonl; SHOWN: tables to print (default 10)
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 2 ] || { sed -n '3,7s/^# \{0,1\}//p' "$0"; exit 2; }
DATA=$(cd "$1" && pwd)
PATENTS=$(realpath "$2")
SHOWN=${3:-10}
BIN="$PWD/build/${DUIJIE_PRESET:-release}/bin"
# shellcheck source=tools/daemon.sh
. tools/daemon.sh
own_folder fits

start_daemon "$FOLDER" '[limits]' 'requests_per_second = 1000000.0' 'burst = 1000000'
"$BIN/duijie" import achievements "$PATENTS" --source patents --content-id \
  --map title=title --map assignee=owner_name --map abstract=summary --publish --tier 公开 --skip-bad >/dev/null || [ $? = 3 ]
for file in "$DATA/needs.jsonl" "$DATA/needs_unjudged.jsonl"; do
  [ ! -e "$file" ] || "$BIN/duijie" import needs "$file" --source real --map id=external_id --publish --tier 公开 >/dev/null
done
"$BIN/duijie" export needs --format jsonl -o "$FOLDER/needs.jsonl" 2>/dev/null
tests/quality/real_fits.py "$BIN/duijie" "$FOLDER/needs.jsonl" "$SHOWN"
