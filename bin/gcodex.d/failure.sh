# shellcheck shell=sh disable=SC2034
# Exit codes of gcodex itself, apart from those of codex (0, 1, 2, 101) and of Docker (125 to 130). The programs in the
# image that gcodex calls use the same.

WRONG_USE=64
NO_DOCKER=70
NO_ENGINE=71
NO_COMPOSE=72
NO_TOOLBOX=73
NO_ENV_FILE=74
NO_IMAGE=75
NO_MODEL=76
NO_WORKSPACE=77
NO_GATEWAY=78
FOREIGN_PROJECT=83

# fail CODE PROBLEM [FIX]
fail() {
  printf 'gcodex: %s\n' "$2" >&2
  [ -z "${3-}" ] || printf '        %s\n' "$3" >&2
  exit "$1"
}

note() {
  printf 'gcodex: %s\n' "$*" >&2
}
