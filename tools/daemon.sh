# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by scripts that run a daemon of their own: loopback, a free port, an empty catalog. Uses BIN of the caller.

# own_folder NAME: a temporary FOLDER, left at the caller's exit. The user's own settings do not count.
own_folder() {
  FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/duijie-$1-XXXXXX")
  export DUIJIE_CONFIG=/dev/null
  trap 'leave_folder $? || exit $?' EXIT
}

# leave_folder STATUS: stops the daemon, shows after a failure what daemons said, removes FOLDER. Ends with STATUS, or with
# that of a daemon that failed after all went well.
leave_folder() {
  local status=$1 stopped=0
  stop_daemon || stopped=$?
  [ $stopped = 0 ] || echo "the daemon ended with code $stopped" >&2
  [ "$status" != 0 ] || status=$stopped
  if [ "$status" != 0 ]; then
    echo "failed; the daemon said:" >&2
    find "$FOLDER" -name daemon.log -exec tail -n 20 {} + >&2
  fi
  rm -rf "$FOLDER"
  return "$status"
}

# start_daemon HOME [LINE...]: lines of configuration go behind the common ones, which end in [data]. Sets DAEMON, and
# DUIJIE_SERVER and DUIJIE_KEY for the command line. Its log is HOME/daemon.log.
start_daemon() {
  local home=$1
  shift
  mkdir -p "$home"
  printf '%s\n' '[server]' 'listen = "127.0.0.1:0"' "port_file = \"$home/ports\"" '[data]' "folder = \"$home/data\"" "$@" \
    >"$home/duijied.toml"
  "$BIN/duijied" --config "$home/duijied.toml" >"$home/daemon.log" 2>&1 &
  DAEMON=$!
  for _ in $(seq 600); do
    if [ -s "$home/ports" ]; then
      DUIJIE_SERVER=$(sed -n 's/^grpc=//p' "$home/ports")
      DUIJIE_KEY=$(cat "$home/data/admin.key")
      export DUIJIE_SERVER DUIJIE_KEY
      return 0
    fi
    kill -0 "$DAEMON" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# Ends with the daemon's status; nothing to do without one.
stop_daemon() {
  [ -n "${DAEMON:-}" ] || return 0
  local daemon=$DAEMON
  DAEMON=""
  kill -TERM "$daemon" 2>/dev/null || true
  wait "$daemon"
}
