#!/bin/sh
# install.sh [FOLDER]: provides Ollama and a Python that can write its model, in one folder of the cache. Ollama comes from the
# cache, or ready-made from FOLDER/ollama-VERSION.zst, or is built from its Go module. Prints which, and how long it took.
set -eu
# shellcheck source=../../e2e/engine/common.sh
. "$(dirname -- "$0")/../../e2e/engine/common.sh"

said_by=ollama
version=0.12.3
sum='h1:dHni+/BYDig8u8r7++FLdj6ebZaG95B2ZMqVTqqqYvc='
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${TOOLBOX_REAL_OLLAMA:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/toolbox-constructs/real-ollama}
ready=${1:-}/ollama-$version.zst
begin=$(date +%s)

has_ollama() {
  # it also warns that no server answers
  [ -x "$folder/ollama" ] && OLLAMA_HOST=127.0.0.1:9 "$folder/ollama" --version 2>&1 | grep -q "version is $version\$"
}

unpack() {
  command -v zstd > /dev/null 2>&1 || install zstd
  quietly zstd --decompress --force --quiet -o "$folder/ollama.part" "$ready"
}

# The module leaves out three header libraries, which Debian has: Go leaves folders named vendor/ out of modules.
build() {
  # shellcheck source=/dev/null
  [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" != bookworm ] || add_next_release
  quietly apt-get update -o DPkg::Lock::Timeout=300
  install g++ jq libminiaudio-dev libstb-dev nlohmann-json3-dev
  provide_go
  module=$(GOFLAGS='' go mod download -json "github.com/ollama/ollama@v$version")
  [ "$(printf %s "$module" | jq --raw-output .Sum)" = "$sum" ] || fail "The module of Ollama $version is not the one that was tried."
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp -R "$(printf %s "$module" | jq --raw-output .Dir)/." "$work"
  chmod -R u+w "$work"
  headers=$work/llama/llama.cpp/vendor
  mkdir "$headers"
  ln -s /usr/include/nlohmann /usr/include/stb "$headers"
  mkdir "$headers/miniaudio"
  ln -s "$(dpkg -L libminiaudio-dev | grep '/miniaudio\.h$')" "$headers/miniaudio"
  (cd "$work" && GOFLAGS='' quietly go build -trimpath -o "$folder/ollama.part" \
    -ldflags "-s -w -X=github.com/ollama/ollama/version.Version=$version -X=github.com/ollama/ollama/server.mode=release" .)
}

provide_ollama() {
  if has_ollama; then
    way='from the cache'
    return
  fi
  if [ -f "$ready" ] && [ "$(uname -m)" = x86_64 ]; then
    way='ready-made'
    unpack
  else
    way='built from its Go module'
    build
  fi
  chmod 0755 "$folder/ollama.part"
  mv "$folder/ollama.part" "$folder/ollama"
  has_ollama || fail "$folder/ollama is not Ollama $version."
}

provide_python() {
  wanted=$(sha256sum < "$here/requirements.txt")
  [ "$(cat "$folder/venv/installed" 2> /dev/null)" != "$wanted" ] || return 0
  rm -rf "$folder/venv"
  quietly python3 -m venv "$folder/venv"
  quietly "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$here/requirements.txt"
  printf '%s\n' "$wanted" > "$folder/venv/installed"
}

mkdir -p "$folder"
provide_ollama
say "Ollama $version, $way, after $(($(date +%s) - begin)) s"
provide_python
say "all in $folder after $(($(date +%s) - begin)) s"
