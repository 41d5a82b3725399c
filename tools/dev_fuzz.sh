#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the libFuzzer targets: tools/dev_fuzz.sh [--keep-corpus] [SECONDS=20] [TARGET]
# Each run works on a copy of the committed corpus; --keep-corpus merges what it found of new behaviour into
# tests/fuzz/corpus. Exit status 1 if a target fails; the input that did it is named. DUIJIE_FUZZ_SEED repeats a run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

JOBS="${DUIJIE_JOBS:-$(nproc)}"
BUILD="${DUIJIE_FUZZ_BUILD:-build/fuzz}"
FOUND=build/fuzz-findings
RSS_LIMIT_MB=2048
INPUT_TIMEOUT_S=10
export UBSAN_OPTIONS=print_stacktrace=1
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1

keep=no
if [ "${1:-}" = --keep-corpus ]; then keep=yes; shift; fi
seconds="${1:-20}"
only="${2:-}"
if ! [[ "$seconds" =~ ^[0-9]+$ ]]; then
  echo "usage: ./dev fuzz [--keep-corpus] [SECONDS] [TARGET]" >&2
  exit 2
fi

build_targets() {
  if [ ! -e "$BUILD/build.ninja" ]; then cmake --preset fuzz -B "$BUILD" --log-level=WARNING >/dev/null; fi
  cmake --build "$BUILD" -j "$JOBS" --target "${only:-duijie_fuzz_targets}" -- --quiet
}

# The number that libFuzzer printed as stat::NAME.
stat() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }

# libFuzzer's time limit is by the clock; on a busy machine any input may pass it. A real one also takes long of the processor.
is_false_timeout() {  # is_false_timeout PROGRAM INPUT
  [[ "$2" == *-timeout-* ]] && (ulimit -t "$INPUT_TIMEOUT_S" && "$1" -timeout=0 "$2") >/dev/null 2>&1
}

run_target() {  # run_target NAME; prints one line
  local name=$1 log=$work/$1.log status=0 finding
  local arguments=(-seed="$seed" -max_total_time="$seconds" -rss_limit_mb="$RSS_LIMIT_MB" -timeout="$INPUT_TIMEOUT_S"
    -print_final_stats=1 -artifact_prefix="$FOUND/$name-")
  local dictionary=tests/fuzz/dictionaries/$name.dict
  if [ -e "$dictionary" ]; then arguments+=(-dict="$dictionary"); fi
  mkdir -p "$work/$name"
  cp "tests/fuzz/corpus/$name/"* "$work/$name/"
  "$BUILD/fuzz/$name" "${arguments[@]}" "$work/$name" >"$log" 2>&1 || status=$?
  printf '%-22s %10s executions %8s/s  ' "$name" "$(stat number_of_executed_units "$log")" \
    "$(stat average_exec_per_sec "$log")"
  finding=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  if [ "$status" != 0 ] && is_false_timeout "$BUILD/fuzz/$name" "$finding"; then
    rm "$finding"
    status=0
  fi
  if [ "$status" = 0 ]; then
    echo ok
    if [ "$keep" = yes ]; then "$BUILD/fuzz/$name" -merge=1 "tests/fuzz/corpus/$name" "$work/$name" >>"$log" 2>&1; fi
    return 0
  fi
  echo "FAILED: $(grep -aE 'broken promise|runtime error|^==[0-9]+== ?ERROR' "$log" | head -n 1)"
  echo "  input: ${finding:-none written}; again: $BUILD/fuzz/$name ${finding:-}"
  cp "$log" "$FOUND/$name.log"
  echo "  log:   $FOUND/$name.log"
  return 1
}

run_and_count() {  # run_and_count PROGRAM; lines of targets that run side by side stay whole
  local name lines status=0
  name=$(basename "$1")
  lines=$(run_target "$name") || status=1
  if [ "$status" = 0 ]; then touch "$work/$name.passed"; fi
  echo "$lines"
}

build_targets
seed="${DUIJIE_FUZZ_SEED:-$((RANDOM * 32768 + RANDOM + 1))}"
echo "fuzzing ${only:-all targets}, $seconds s each, seed $seed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$FOUND"
export -f stat is_false_timeout run_target run_and_count
export BUILD FOUND RSS_LIMIT_MB INPUT_TIMEOUT_S keep seconds seed work
printf '%s\n' "$BUILD"/fuzz/${only:-*_fuzz} >"$work/programs"
xargs -P "$JOBS" -n 1 bash -c 'set -euo pipefail; run_and_count "$1"' _ <"$work/programs"
passed=$(find "$work" -name '*.passed' | wc -l)
failed=$(($(wc -l <"$work/programs") - passed))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
