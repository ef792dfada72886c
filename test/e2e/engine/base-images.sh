#!/bin/sh
# Makes sure that the base images which the Dockerfiles name are there, without a registry: from the cache, or built
# from the machine's own package mirrors. They are close stand-ins of the official images, and carry the machine's
# certificate authorities, so that apt and npm work in a build as they do outside.
set -eu
. "$(dirname -- "$0")/common.sh"

# named by the generated compose file, which has them from the inventory, and by the Dockerfiles for a build without it
named() {
  {
    sed -n "s/^ARG $1=//p" "$repository"/containers/*/Dockerfile
    find "$repository/dist/compose" -name 'docker-compose*.yml' -exec sed -n "s/^ *$1: '\{0,1\}\([^']*\)'\{0,1\}\$/\1/p" {} + 2> /dev/null || true
  } | sort -u
}

provide() {
  image=$1
  builder=$2
  if docker image inspect "$image" > /dev/null 2>&1; then
    say "$image is there"
    return
  fi
  case $image in
    *@*) fail "$image is named by digest, which only a registry can give: pull it first." ;;
  esac
  tar=$cache/$(printf %s "$image" | tr '/:' '__')-$(dpkg --print-architecture).tar
  if [ -s "$tar" ]; then
    say "loading $image"
    quietly docker load --input "$tar"
    return
  fi
  say "building $image"
  "$builder" "$image"
  docker save --output "$tar.part" "$image"
  mv "$tar.part" "$tar"
}

build_debian() {
  quietly sh "$repository/test/e2e/engine/build-debian.sh" "$1"
}

build_node() {
  quietly sh "$repository/test/e2e/engine/build-node.sh" "$1" "$debian"
}

mkdir -p "$cache"
debian=$(named DEBIAN_IMAGE)
node=$(named NODE_IMAGE)
if [ -z "$debian" ] || [ -z "$node" ]; then
  fail 'The Dockerfiles below containers/ name no DEBIAN_IMAGE or NODE_IMAGE.'
fi
for image in $debian; do
  provide "$image" build_debian
done
debian=$(printf '%s\n' "$debian" | head -n 1)
for image in $node; do
  provide "$image" build_node
done
