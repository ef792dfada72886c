#!/bin/sh
# fetch-codex.sh VERSION INTEGRITY ARCHITECTURE TARGET: takes codex for one architecture out of its npm package, after
# holding the package against its checksum.
set -eu

version=$1
integrity=$2
# the classic builder does not say for which architecture it builds: for its own
architecture=${3:-$(uname -m)}
target=$4

case $architecture in
  amd64 | x86_64) triple=x86_64-unknown-linux-musl ;;
  arm64 | aarch64) triple=aarch64-unknown-linux-musl ;;
  *)
    echo "codex is not built for $architecture; it is for amd64 and arm64." >&2
    exit 1
    ;;
esac

archive=$(npm pack --silent "@openai/codex@$version")
actual=sha512-$(node --print 'require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64")' "$archive")
if [ "$actual" != "$integrity" ]; then
  echo "The package @openai/codex@$version is not the pinned one: $actual instead of ${integrity:-no checksum at all}." >&2
  exit 1
fi

tar --extract --gzip --to-stdout --file "$archive" "package/vendor/$triple/codex/codex" > "$target.tmp"
chmod 0755 "$target.tmp"
mv "$target.tmp" "$target"
rm "$archive"
