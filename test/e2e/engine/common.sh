# shellcheck shell=sh disable=SC2034
# Shared by the scripts of this folder and those that install what other suites need; they source it.

# Base images are kept here as tars: building them takes a minute, loading them two seconds.
cache=${TOOLBOX_E2E_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/toolbox-constructs/e2e}
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
run_folder=${TOOLBOX_E2E_RUN:-/run/toolbox-e2e}

say() {
  printf '%s: %s\n' "${said_by:-engine}" "$*"
}

fail() {
  printf '%s: %s\n' "${said_by:-engine}" "$*" >&2
  exit 1
}

need_root() {
  [ "$(id -u)" = 0 ] || fail "$1 needs root: run it as root, or provide an engine that answers 'docker info'."
}

engine_answers() {
  command -v docker > /dev/null 2>&1 && docker info > /dev/null 2>&1
}

compose_answers() {
  command -v docker > /dev/null 2>&1 && docker compose version > /dev/null 2>&1
}

# The machine's own package mirror: what answers here is known to the machine alone.
debian_sources() {
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [ -s "$file" ] && grep -q bookworm "$file"; then
      printf '%s\n' "$file"
      return
    fi
  done
  fail 'No Debian bookworm source of packages was found below /etc/apt.'
}

quietly() {
  log=$(mktemp)
  if ! "$@" > "$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    fail "This failed: $*"
  fi
  rm -f "$log"
}

# Lets apt know the next release of Debian. Nothing is taken from it but the few packages named here, and what only it has.
add_next_release() {
  need_root 'Adding a source of packages'
  list=/etc/apt/sources.list.d/toolbox-e2e
  from=$(debian_sources)
  case $from in
    *.sources)
      # the first entry is the release itself; updates and security have suites of their own
      awk 'BEGIN { RS = ""; ORS = "\n\n" } /bookworm/ && !/bookworm-security/ { print; exit }' "$from" \
        | sed 's/^Suites:.*/Suites: trixie/' > "$list.sources"
      ;;
    *) sed -n '/^deb .* bookworm main/{s/bookworm/trixie/;p;q;}' "$from" > "$list.list" ;;
  esac
  cat > /etc/apt/preferences.d/toolbox-e2e << 'PINS'
Package: *
Pin: release n=trixie
Pin-Priority: 100

Package: docker.io docker-cli docker-compose docker-buildx
Pin: release n=trixie
Pin-Priority: 990
PINS
}

install() {
  need_root "Installing $*"
  say "installing $*"
  quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# From Go 1.21 on, Go fetches the newer release that a module asks for.
go_is_enough() {
  command -v go > /dev/null 2>&1 && go version | grep -Eq ' go1\.(2[1-9]|[3-9][0-9])'
}

# Makes sure that Go is in PATH.
provide_go() {
  go_is_enough && return
  PATH=/usr/lib/go-1.24/bin:$PATH
  go_is_enough && return
  # bookworm has an older one; nothing else is installed from the next release
  # shellcheck source=/dev/null
  [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" != bookworm ] || add_next_release
  quietly apt-get update -o DPkg::Lock::Timeout=300
  install golang-1.24-go
}
