#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that can be said of the sources without running them. `--tidy-all` lints every file instead of those changed.
set -uo pipefail
cd "$(dirname "$0")/.."
BASE="${DUIJIE_BASE:-$(git rev-parse --verify -q HEAD~1 || git rev-parse HEAD)}"
failed=0

step() {  # step NAME COMMAND...
  local name=$1
  shift
  if "$@"; then echo "ok    $name"; else echo "FAIL  $name"; failed=1; fi
}

check_format() {
  git ls-files '*.cc' '*.h' | xargs clang-format-14 --dry-run -Werror
}

check_generated_docs() { python3 tools/api_docs.py --check; }

# The API as of BASE is what clients were built against.
check_breaking() {
  git cat-file -e "$BASE:proto" 2>/dev/null || return 0
  local old
  old=$(mktemp -d)
  git archive "$BASE" proto | tar -x -C "$old"
  node_modules/.bin/buf breaking proto --against "$old/proto"
  local status=$?
  rm -rf "$old"
  return $status
}

check_tidy() {
  local files
  if [ "${1:-}" = --tidy-all ]; then
    files=$(git ls-files 'common/*.cc' 'services/*.cc')
  else
    files=$(git diff --name-only --diff-filter=AM "$BASE" -- 'common/*.cc' 'services/*.cc')
  fi
  [ -n "$files" ] || return 0
  # Without precompiled headers, so that a missing include shows.
  cmake --preset release -B build/tidy -DDUIJIE_PCH=OFF -DDUIJIE_UNITY=OFF --log-level=WARNING >/dev/null &&
    cmake --build build/tidy --target duijie_proto -- --quiet &&
    echo "$files" | xargs -P "$(nproc)" -n 4 clang-tidy-14 --quiet -p build/tidy 2>/dev/null
}

check_registered() {
  # Every test file on disk must have reached a test program: its first suite is one that a program lists.
  [ -e build/release/build.ninja ] || return 0
  local listed
  listed=$(for program in build/release/tests/*_test; do "$program" --gtest_list_tests; done)
  local missing=0
  for file in $(git ls-files 'tests/*_test.cc'); do
    local suite
    suite=$(grep -oE '^(TEST|TEST_F|TEST_P|INSTANTIATE_TEST_SUITE_P)\([A-Za-z0-9_]+' "$file" | head -n1 | sed 's/.*(//')
    grep -q "$suite" <<<"$listed" || { echo "$file: suite $suite is in no test program"; missing=1; }
  done
  return $missing
}

step "format" check_format
step "protos: lint" node_modules/.bin/buf lint proto
step "protos: format" node_modules/.bin/buf format --exit-code -d proto
step "protos: no breaking change since $(git rev-parse --short "$BASE")" check_breaking
step "api reference is up to date" check_generated_docs
step "layers, fences, sizes, habits" python3 tests/arch/arch_test.py
step "every test file is registered" check_registered
step "clang-tidy" check_tidy "$@"
exit $failed
