#!/bin/sh
# Stands for Docker: notes its arguments, one call a line with the arguments as JSON strings, and answers as FAKE_* say.
{
  printf '['
  separator=
  for argument in "$@"; do
    printf '%s"%s"' "$separator" "$(printf %s "$argument" | sed 's/\\/\\\\/g; s/"/\\"/g')"
    separator=,
  done
  printf ']\n'
} >> "$FAKE_STATE/calls"

case " $* " in
  ' info '*)
    case ${FAKE_ENGINE-} in
      down)
        echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2
        exit 1
        ;;
      forbidden)
        echo 'permission denied while trying to connect to the Docker daemon socket' >&2
        exit 1
        ;;
    esac
    echo "${FAKE_ENGINE:-Debian GNU/Linux 12 (bookworm) [name=seccomp,profile=builtin]}"
    ;;
  ' version '*) echo 'Client 28.4.0, engine 28.4.0' ;;
  ' compose version '*)
    [ -z "${FAKE_NO_COMPOSE-}" ] || exit 1
    echo 2.40.3
    ;;
  ' image inspect '*)
    case " ${FAKE_MISSING_IMAGES-} " in
      *" $3 "*) exit 1 ;;
    esac
    ;;
  *' ps --status running '*) [ ! -e "$FAKE_STATE/gateway" ] || echo 0123456789ab ;;
  *' up --detach '*)
    [ -z "${FAKE_UP_FAILS-}" ] || exit 1
    : > "$FAKE_STATE/gateway"
    ;;
  *' exec -T '*) [ -z "${FAKE_UNHEALTHY-}" ] || exit 1 ;;
  *' toolbox-report '*) printf %b "${FAKE_REPORT-}" ;;
  *' run '*) exit "${FAKE_EXIT:-0}" ;;
esac
