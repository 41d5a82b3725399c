#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Measurements; ./dev bench builds first. Figures go to build/bench/*.json; `all` also rewrites the table of
# docs/benchmarks.md. Ends with 1 if a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

BUILD="build/${DUIJIE_PRESET:-release}"
OUT=build/bench
DATA="$OUT/data"
RECORDS="${DUIJIE_BENCH_RECORDS:-100000}"
NEEDS="${DUIJIE_BENCH_NEEDS:-500}"
SEED="${DUIJIE_SEED:-20260118}"
QUALITY_RECORDS=10000
QUALITY_NEEDS=200

BENCHES=(
  "all     | everything below but year and crash, and the table of docs/benchmarks.md (default)"
  "load    | import and index $RECORDS generated achievements; memory; restart"
  "match   | load, then MatchNeed and Search over gRPC for $NEEDS stored needs"
  "lucene  | load, then candidate search and whole matches against Lucene 8 on the same tokens and queries"
  "quality | cost of ranking 200 candidates and of their levels, start-up, size of models; on $QUALITY_RECORDS achievements"
  "text    | speed of the analyzer"
  "storage | commits of the record log against plain RocksDB"
  "year    | play a year with 100,000 needs and 20,000 achievements, rewrite the table of docs/simulation.md; arguments go to year_bench"
  "crash   | kill the daemon N times (default 500) under concurrent writes: ./dev bench crash [N]"
  "list    | this list"
)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_peer() {
  local missing=()
  while read -r package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done < <(grep -v '^#' tools/debian-packages-bench.txt)
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing Debian packages: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Prints the class path of the compiled peer.
peer_class_path() {
  local jars
  jars=$(dpkg -L liblucene8-java | grep -E '^/usr/share/java/lucene-(core|analyzers-common)-.*\.jar$' | paste -sd:)
  mkdir -p "$OUT/classes"
  javac -Xlint:all -cp "$jars" -d "$OUT/classes" tests/bench/lucene/LuceneBench.java
  echo "$PWD/$OUT/classes:$jars"
}

# Generates the records once per seed, size and samples.
generate() {  # generate [FOLDER RECORDS NEEDS]
  local folder=${1:-$DATA} records=${2:-$RECORDS} needs=${3:-$NEEDS} wanted
  wanted="$SEED $records $needs $(cat data/samples/*.csv data/text/domain_terms.tsv "$BUILD/bin/duijie-generate" | sha256sum)"
  [ "$(cat "$folder/made" 2>/dev/null)" != "$wanted" ] || return 0
  rm -rf "$folder"
  "$BUILD/bin/duijie-generate" --out "$folder" --seed "$SEED" --achievements "$records" --needs "$needs"
  echo "$wanted" >"$folder/made"
}

service_bench() {  # service_bench STAGES [CLASS_PATH]
  generate
  "$BUILD/bin/service_bench" --data "$DATA" --out "$OUT" --stages "$1" --needs "$NEEDS" --class-path "${2:-}"
}

quality_bench() {
  generate "$OUT/quality_data" "$QUALITY_RECORDS" "$QUALITY_NEEDS"
  "$BUILD/bin/quality_bench" --data "$OUT/quality_data" --out "$OUT" --needs "$QUALITY_NEEDS"
}

text_bench() {
  generate
  "$BUILD/bin/text_bench" --data "$DATA" --out "$OUT"
}

storage_bench() { "$BUILD/bin/storage_bench" --work "$OUT" --out "$OUT"; }

# Sums up the given figures: every target, and whether it was met.
summary() { python3 tools/bench_table.py --figures "$OUT" "$@"; }

bench_all() {
  install_peer
  local class_path
  class_path=$(peer_class_path)
  rm -f "$OUT"/*.json
  text_bench
  storage_bench
  quality_bench
  service_bench load,match,lucene "$class_path"
  summary --records "$(printf "%'d" "$RECORDS") achievements" --document docs/benchmarks.md load match lucene quality text storage
}

# The table of the document is that of the full scale, so a run with arguments of its own leaves it alone.
bench_year() {
  "$BUILD/bin/year_bench" --out "$OUT" --seed "$SEED" "$@"
  if [ $# = 0 ]; then
    summary --records "seed $SEED" --document docs/simulation.md --command year year
  else
    summary year
  fi
}

bench_crash() {
  DUIJIE_CRASH_ROUNDS="${1:-500}" "$BUILD/tests/crash_test"
}

mkdir -p "$OUT"
name="${1:-all}"
[ $# = 0 ] || shift
case "$name" in
  list) printf '  %s\n' "${BENCHES[@]}" ;;
  all) bench_all ;;
  load) service_bench load && summary load ;;
  match) service_bench load,match && summary load match ;;
  lucene) install_peer && service_bench load,lucene "$(peer_class_path)" && summary load lucene ;;
  quality) quality_bench && summary quality ;;
  text) text_bench ;;
  storage) storage_bench ;;
  year) bench_year "$@" ;;
  crash) bench_crash "$@" ;;
  *)
    echo "unknown measurement: $name" >&2
    printf '  %s\n' "${BENCHES[@]}" >&2
    exit 2
    ;;
esac
