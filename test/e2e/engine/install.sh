#!/bin/sh
# Installs what the end-to-end tests need and the machine lacks: an engine, Docker Compose v2, and the tool that makes
# base images. Debian bookworm's own engine comes without Compose v2, so these few packages are taken from the next
# release; pinning keeps everything else where it is.
set -eu
. "$(dirname -- "$0")/common.sh"

# a package's own service manager must not start a second engine beside the one of start.sh
hold_services() {
  [ -e /usr/sbin/policy-rc.d ] || [ -d /run/systemd/system ] && return
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod 0755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
}

packages=
if ! engine_answers && ! command -v dockerd > /dev/null 2>&1; then
  packages='docker.io docker-cli iptables'
fi
compose_answers || packages="$packages docker-compose"
docker buildx version > /dev/null 2>&1 || packages="$packages docker-buildx"

if [ -n "$packages" ]; then
  # shellcheck source=/dev/null
  [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" != bookworm ] || add_next_release
  hold_services
  quietly apt-get update -o DPkg::Lock::Timeout=300
  # shellcheck disable=SC2086 # a list of names
  install $packages
fi
command -v mmdebstrap > /dev/null 2>&1 || install mmdebstrap
compose_answers || fail 'Docker Compose v2 was installed and does not answer.'
say "$(docker --version), Compose $(docker compose version --short)"
