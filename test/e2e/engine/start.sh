#!/bin/sh
# Starts an engine if none answers.
set -eu
. "$(dirname -- "$0")/common.sh"

if engine_answers; then
  say "an engine is running: $(docker info --format '{{.ServerVersion}}')"
  exit 0
fi
need_root 'Starting an engine'
mkdir -p "$run_folder"

if [ -d /run/systemd/system ]; then
  systemctl start docker
else
  # a process group of its own, so that the end of this script's terminal does not end the engine
  setsid dockerd > "$run_folder/dockerd.log" 2>&1 < /dev/null &
  echo "$!" > "$run_folder/dockerd.pid"
fi

tries=0
until engine_answers; do
  tries=$((tries + 1))
  if [ "$tries" -gt 60 ]; then
    [ ! -f "$run_folder/dockerd.log" ] || tail -n 20 "$run_folder/dockerd.log" >&2
    fail 'The engine did not answer within 30 seconds.'
  fi
  sleep 0.5
done
say "started engine $(docker info --format '{{.ServerVersion}}')"
