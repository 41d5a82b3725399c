#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests under sanitizers: tools/dev_sanitize.sh [address|thread] (both without an argument)
#   address   every unit, contract and e2e test under the address and undefined sanitizers (preset dev); the daemons that
#             e2e tests start are from the same build, so their memory is checked up to the end of their shutdown
#   thread    under the thread sanitizer (preset tsan, clang): every suite of a test file that starts threads, that is,
#             includes <thread> or <future>; DUIJIE_TSAN_ONLY limits it to test files whose path matches a pattern
#
# Debian's libraries are not instrumented, so the thread sanitizer sees their memcpy but not the atomics that order it.
# ignore_noninstrumented_modules leaves out what they do themselves. It cannot do so for RocksDB, whose std::string code is
# resolved to the instrumented copy in the test program: tests over RocksDB are left out, the same tests over the store in
# memory are not. The only suppression is of gRPC's own health service (tools/tsan_suppressions.txt).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

JOBS="${DUIJIE_JOBS:-$(nproc)}"
DEV_BUILD="${DUIJIE_DEV_BUILD:-build/dev}"
TSAN_BUILD="${DUIJIE_TSAN_BUILD:-build/tsan}"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

configure() {  # configure PRESET FOLDER
  if [ ! -e "$2/build.ninja" ]; then cmake --preset "$1" -B "$2" --log-level=WARNING >/dev/null; fi
}

run_tests() {  # run_tests FOLDER ARGUMENTS OF CTEST...
  local folder=$1
  shift
  ctest --test-dir "$folder" -j "$JOBS" --output-on-failure --no-tests=error --quiet \
    --output-log "$folder/ctest.log" "$@" ||
    { grep -vE ' Passed +[0-9.]+ sec$' "$folder/ctest.log"; return 1; }
  grep -E 'tests passed|Total Test time' "$folder/ctest.log"
}

sanitize_address() {
  configure dev "$DEV_BUILD"
  cmake --build "$DEV_BUILD" -j "$JOBS" -- --quiet
  echo "address and undefined sanitizers: unit, contract, e2e"
  ASAN_OPTIONS=detect_leaks=1:check_initialization_order=1:strict_string_checks=1 \
    UBSAN_OPTIONS=print_stacktrace=1 \
    run_tests "$DEV_BUILD" -L '^(unit|contract|e2e)$'
}

# The test files that start threads.
threaded_files() {
  git ls-files -co --exclude-standard 'tests/unit/*_test.cc' 'tests/contract/*_test.cc' |
    { grep -E "${DUIJIE_TSAN_ONLY:-.}" || true; } | xargs -r grep -lE '#include <(thread|future)>'
}

# The test program that a test file belongs to: named in the CMakeLists.txt of the module, or of the folder itself.
program_of() {
  local folder
  folder=$(dirname "$1")
  folder=${folder#tests/unit/}
  sed -nE 's/^duijie_(module|tests)\(NAME ([a-z0-9_]+).*/\2_test/p' "$folder/CMakeLists.txt" | head -n 1
}

sanitize_thread() {
  local files programs suites failed=0
  files=$(threaded_files)
  programs=$(for file in $files; do program_of "$file"; done | sort -u)
  # shellcheck disable=SC2086
  suites=$(sed -nE 's/^TEST(_F|_P)?\(([A-Za-z0-9_]+),.*/\2.*:*\/\2.*/p' $files | sort -u | paste -sd ':')
  configure tsan "$TSAN_BUILD"
  # shellcheck disable=SC2086
  cmake --build "$TSAN_BUILD" -j "$JOBS" --target $programs -- --quiet
  echo "thread sanitizer: ${programs//$'\n'/ }"
  export TSAN_OPTIONS="ignore_noninstrumented_modules=1:halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/tools/tsan_suppressions.txt"
  for program in $programs; do
    "$TSAN_BUILD/tests/$program" --gtest_brief=1 --gtest_filter="$suites:-*RocksDb*" || failed=1
  done
  return $failed
}

case "${1:-all}" in
  address) sanitize_address ;;
  thread) sanitize_thread ;;
  all)
    sanitize_address
    sanitize_thread
    ;;
  *)
    echo "usage: ./dev sanitize [address|thread]" >&2
    exit 2
    ;;
esac
