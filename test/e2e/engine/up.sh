#!/bin/sh
# An engine with the base images loaded, on a machine that may have neither: what the end-to-end tests start with.
set -eu
here=$(dirname -- "$0")
sh "$here/install.sh"
sh "$here/start.sh"
sh "$here/base-images.sh"
