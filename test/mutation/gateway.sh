#!/bin/sh
# Mutation testing of the gateway's policy. What its image is made from must stay as it is, its list of packages too: so Stryker goes
# into a copy. Usage: gateway.sh [FILE.ts...], files relative to the package.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=$(node -p "require('$root/node_modules/@stryker-mutator/core/package.json').version")
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

tar -C "$root/containers/mcp-gateway" --exclude=./node_modules --exclude=./lib --exclude=./build -cf - . | tar -C "$copy" -xf -
cp "$here/gateway.options.mjs" "$copy/stryker.config.mjs"
cp "$here/gateway.vitest.mjs" "$copy/vitest.mutation.config.mjs"
cp "$here/gateway.setup.mjs" "$copy/vitest.mutation.setup.mjs"
cd "$copy"
npm ci --ignore-scripts --no-audit --no-fund
npm install --no-save --ignore-scripts --no-audit --no-fund "@stryker-mutator/core@$version" "@stryker-mutator/vitest-runner@$version"

status=0
if [ $# -gt 0 ]; then
  files=$(printf '%s,' "$@")
  nice -n 19 npx stryker run --mutate "${files%,}" || status=$?
else
  nice -n 19 npx stryker run || status=$?
fi
if [ -d reports ]; then
  mkdir -p "$root/build/mutation"
  cp reports/gateway.* "$root/build/mutation/"
fi
exit "$status"
