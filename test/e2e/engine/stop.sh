#!/bin/sh
# Stops the engine that start.sh started; any other is left alone.
set -eu
. "$(dirname -- "$0")/common.sh"

if [ ! -f "$run_folder/dockerd.pid" ]; then
  say 'no engine was started by start.sh'
  exit 0
fi
pid=$(cat "$run_folder/dockerd.pid")
# the number may belong to another process by now
if grep -q '^dockerd' "/proc/$pid/comm" 2> /dev/null; then
  kill "$pid"
  tries=0
  while [ -d "/proc/$pid" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 60 ] || fail "The engine (process $pid) did not end within 30 seconds."
    sleep 0.5
  done
fi
rm -f "$run_folder/dockerd.pid"
say 'stopped'
