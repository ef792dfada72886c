#!/bin/sh
# install.sh [FOLDER]: provides an API server of Kubernetes with its etcd, in one folder of the cache: from the cache, or
# ready-made from FOLDER/kb.zst, or built from its Go modules, which takes some minutes. Prints which, and how long it took.
set -eu
# shellcheck source=../../e2e/engine/common.sh
. "$(dirname -- "$0")/../../e2e/engine/common.sh"

said_by=api-server
version=1.36.3
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${TOOLBOX_API_SERVER:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/toolbox-constructs/api-server}
ready=${1:-}/kb.zst
begin=$(date +%s)

has_server() {
  [ -x "$folder/kube-apiserver" ] && [ -x "$folder/etcd" ] \
    && "$folder/kube-apiserver" --version | grep -qx "Kubernetes v$version"
}

unpack() {
  command -v zstd > /dev/null 2>&1 || install zstd
  quietly zstd --decompress --force --quiet -o "$folder/all.part" "$ready"
}

# The module of Kubernetes takes its staging modules from its own repository; each is published under a version of its own.
build() {
  provide_go
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp "$here/main.go" "$work"
  export GOFLAGS=-mod=mod CGO_ENABLED=0
  source=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  sed -e 's#^module .*#module api-server#' \
    -e '\#^[[:space:]]*k8s.io/kubernetes => #d' \
    -e "s#^\([[:space:]]*\)\(k8s.io/[^ ]*\) => ./staging/.*#\1\2 => \2 v0.${version#*.}#" \
    "$source/go.mod" > "$work/go.mod"
  cp "$source/go.sum" "$work/go.sum"
  (cd "$work" && quietly go mod edit "-require=k8s.io/kubernetes@v$version" \
    && quietly go build -trimpath -o "$folder/all.part" \
      -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=v$version -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36" .)
}

mkdir -p "$folder"
if has_server; then
  way='from the cache'
else
  if [ -f "$ready" ] && [ "$(uname -m)" = x86_64 ]; then
    way='ready-made'
    unpack
  else
    way='built from its Go modules'
    build
  fi
  chmod 0755 "$folder/all.part"
  mv "$folder/all.part" "$folder/all"
  # the program looks at the name by which it is called
  for name in kube-apiserver etcd; do ln -sf all "$folder/$name"; done
  has_server || fail "$folder has no API server $version."
fi
say "Kubernetes $version, $way, in $folder after $(($(date +%s) - begin)) s"
