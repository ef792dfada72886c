#!/bin/sh
# Turns the tokens that came by the environment into files that only this user can read, and takes them out of the
# environment: whatever the agent starts must not inherit them, and codex prints the environment of MCP servers.
set -eu
umask 077

for name in $(env | sed -n 's/^\([A-Z][A-Z0-9_]*_TOKEN\)=.*/\1/p'); do
  file=/run/toolbox/$(printf %s "$name" | tr 'A-Z_' 'a-z-')
  printenv "$name" | tr -d '\n' > "$file"
  unset "$name"
done

exec "$@"
