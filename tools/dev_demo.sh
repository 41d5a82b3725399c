#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on the sample records, through the real parts: daemon, gRPC, CLI. Called by ./dev demo.
set -euo pipefail
cd "$(dirname "$0")/.."

BIN="build/${DUIJIE_PRESET:-release}/bin"
KEEP=""
[ "${1:-}" = "--keep" ] && KEEP=1
# shellcheck source=tools/daemon.sh
. tools/daemon.sh
own_folder demo

finish() {
  local status=$1
  [ -z "$KEEP" ] || [ "$status" != 0 ] || return 0
  leave_folder "$status" || exit $?
  printf '\n== 演示结束，服务已停止 ==\n'
}
trap 'finish $?' EXIT

say() { printf '\n== %s ==\n' "$*"; }
show() { printf '$ duijie %s\n' "$*"; "$BIN/duijie" "$@"; }

start_daemon "$FOLDER"

say "一、导入样例：CSV、GB18030 编码的 CSV、Excel"
show import enterprises data/samples/enterprises.csv --publish
show import achievements data/samples/achievements.csv --publish
show import achievements data/samples/achievements_extra.xlsx --publish
show import needs data/samples/needs.csv --publish
echo "# GB18030 编码、表头用别名的同一批需求，只检查不入库："
show import needs data/samples/needs_gbk.csv --dry-run
show import experts data/samples/experts.csv --publish
say "有问题的行逐行说明（只检查，不入库；退出码 3）"
show import achievements data/samples/achievements_bad_rows.csv --dry-run --skip-bad || [ $? = 3 ]

say "二、检索"
show search achievements 丝网 --limit 5 --facet region,maturity

say "三、为一条需求找成果，并说明理由"
NEED=$("$BIN/duijie" --json search needs 检测 --limit 1 | sed -n 's/.*"name": *"\(needs\/[^"]*\)".*/\1/p' | head -n 1)
show match need "$NEED" --top 3 --explain

say "四、匹配任务：全部需求对全部成果"
show run start --title "样例对接活动" --top 3 --wait
RUN=$("$BIN/duijie" --json run list | sed -n 's/.*"name": *"\(matchRuns\/[^"]*\)".*/\1/p' | head -n 1)
show run results "$RUN" --limit 12
show run export "$RUN" -o "$FOLDER/matches.xlsx"

say "五、系统状态"
show admin status

# The documents of the story stay after the demo.
DOCUMENTS="build/demo"
rm -rf "$DOCUMENTS"
# shellcheck source=tools/demo_story.sh
. tools/demo_story.sh
tell_story

if [ -n "$KEEP" ]; then
  disown "$DAEMON"
  cat <<TEXT

服务仍在运行：
  地址    $DUIJIE_SERVER
  数据    $FOLDER/data
  进程号  $DAEMON（停止：kill $DAEMON）
  使用    export DUIJIE_SERVER=$DUIJIE_SERVER DUIJIE_KEY=\$(cat $FOLDER/data/admin.key)
TEXT
fi
