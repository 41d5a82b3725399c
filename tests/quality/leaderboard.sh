#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ranks the graded pairs and the quality lists with Duijie, with each group of its features left out, and with every
# baseline; scores all of it the same way and rewrites the tables of docs/leaderboard.md. Build first: ./dev build.
#
#   tests/quality/leaderboard.sh DATA     DATA: needs.jsonl, achievements.jsonl, qrels.tsv as docs/evaluation.md has them
#
# Run files are kept in build/leaderboard/<set>/<system>.<pool|full>.trec; everything else is temporary.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# = 1 ] || { sed -n '3,9s/^# \{0,1\}//p' "$0"; exit 2; }
DATA=$(cd "$1" && pwd)
BUILD="build/${DUIJIE_PRESET:-release}"
BIN="$PWD/$BUILD/bin"
OUT="$PWD/build/leaderboard"
DEPTH=1000  # of the baselines over the whole collection
# shellcheck source=tools/daemon.sh
. tools/daemon.sh
own_folder leaderboard

rank() {  # rank SET SYSTEM OPTIONS...: run files of one model; the whole collection only of the pairs, by the whole model
  local set=$1 system=$2
  shift 2
  local common=(--qrels "$OUT/$set/qrels.tsv" --need-source "$set" --achievement-source "$set" --tag "$system" "$@")
  "$BIN/duijie" eval export "${common[@]}" -o "$OUT/$set/$system.pool.trec" >/dev/null
  [ "$set/$system" = pairs/duijie ] || return 0
  "$BIN/duijie" eval export "${common[@]}" --full -o "$OUT/$set/$system.full.trec" >/dev/null
}

rank_duijie() {  # rank_duijie SET
  local set=$1 version
  start_daemon "$FOLDER/$set" "share_folder = \"$FOLDER/share\"" '[limits]' 'requests_per_second = 1000000.0' 'burst = 1000000'
  local from=(--source "$set" --map id=external_id --publish)
  "$BIN/duijie" import achievements "$OUT/$set/achievements.jsonl" "${from[@]}" >/dev/null
  "$BIN/duijie" import needs "$OUT/$set/needs.jsonl" "${from[@]}" --tier 公开 >/dev/null
  rank "$set" duijie
  for version in $ABLATIONS; do rank "$set" "$version" --model "$version"; done
  stop_daemon
}

lucene_jars() {
  dpkg -L liblucene8-java 2>/dev/null |
    grep -E '^/usr/share/java/lucene-(core|analyzers-common|analyzers-smartcn)-.*\.jar$' | paste -sd:
}

rank_baselines() {  # rank_baselines SET
  local set="$OUT/$1" jars
  "$BIN/baseline_runs" --needs "$set/needs.jsonl" --achievements "$set/achievements.jsonl" --qrels "$set/qrels.tsv" \
    --out "$set" --depth "$DEPTH"
  jars=$(lucene_jars || true)
  if [ -z "$jars" ] || ! command -v javac >/dev/null; then
    echo "Lucene is left out: it needs the Debian packages of tools/debian-packages-bench.txt" >&2
    return
  fi
  mkdir -p "$FOLDER/classes"
  javac -cp "$jars" -d "$FOLDER/classes" tests/quality/baselines/LuceneBaseline.java
  for analyzer in smartcn cjk; do
    java -cp "$FOLDER/classes:$jars" LuceneBaseline "$analyzer" "$set" "$set/qrels.tsv" "$DEPTH"
  done
}

rm -rf "$OUT"
mkdir -p "$OUT/pairs" "$FOLDER/share"
cp "$DATA"/{needs.jsonl,achievements.jsonl,qrels.tsv} "$OUT/pairs"
chmod -R u+w "$OUT/pairs"
python3 tests/quality/lists_to_import.py "$OUT/lists"
cp -r "$BUILD/share/duijie/." "$FOLDER/share"
ABLATIONS=$(python3 tests/quality/ablation_models.py "$BUILD/share/duijie/models" "$FOLDER/share/models")
for set in pairs lists; do
  rank_baselines "$set"
  rank_duijie "$set"
done
python3 tests/quality/leaderboard.py --cli "$BIN/duijie" --runs "$OUT" --models "$FOLDER/share/models" \
  --document docs/leaderboard.md
