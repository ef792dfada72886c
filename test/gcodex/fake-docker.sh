#!/bin/sh
# Stands for Docker: records its arguments, one call a line with the arguments as JSON strings, and answers as FAKE_* say.
# The file "containers" has what `docker ps` prints: service, one-off, state, id, folder of the compose file.
{
  printf '['
  separator=
  for argument in "$@"; do
    printf '%s"%s"' "$separator" "$(printf %s "$argument" | sed 's/\\/\\\\/g; s/"/\\"/g')"
    separator=,
  done
  printf ']\n'
} >> "$FAKE_STATE/calls"
containers=$FAKE_STATE/containers

# up SERVICE: replaces a container whose configuration has changed, as Compose does
up() {
  case " ${FAKE_CHANGED-} " in
    *" $1 "*) sed -i "/^$1	/d" "$containers" ;;
  esac
  grep -q "^$1	" "$containers" \
    || printf '%s\tFalse\tUp 1 second (%s)\t%s\t%s\n' "$1" "${FAKE_HEALTH:-healthy}" "new-$1" "$FAKE_STATE/dist/compose" >> "$containers"
}

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
      hangs)
        : > "$FAKE_STATE/hangs"
        exec "$(command -pv sleep)" 60
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
    shift 2
    for image in "$@"; do
      case " ${FAKE_MISSING_IMAGES-} " in
        *" $image "*) exit 1 ;;
      esac
    done
    ;;
  ' pull '*) [ -z "${FAKE_NO_REGISTRY-}" ] || exit 1 ;;
  ' network inspect '*' bridge ') printf '%s\n' fd00::1 172.17.0.1 ;;
  ' network inspect '*)
    # those that do not exist are an error, and the others are there all the same
    printf %b "${FAKE_NETWORKS-}"
    exit 1
    ;;
  ' ps '*) cat "$containers" ;;
  *' up --detach --remove-orphans --no-build '*)
    # another `up` at the same time takes the container's name away
    if ! mkdir "$FAKE_STATE/up" 2> /dev/null; then
      echo 'Error response from daemon: Conflict. The container name is already in use' >&2
      exit 1
    fi
    [ -z "${FAKE_SLOW_UP-}" ] || "$(command -pv sleep)" 0.3
    code=0
    while [ "$1" != --no-build ]; do shift; done
    shift
    for service in "$@"; do
      if [ "$service" = "${FAKE_UP_FAILS-}" ]; then code=1; else up "$service"; fi
    done
    rmdir "$FAKE_STATE/up"
    exit "$code"
    ;;
  *' exec -T '*) [ -z "${FAKE_UNHEALTHY-}" ] || exit 1 ;;
  *' run '*) exit "${FAKE_EXIT:-0}" ;;
esac
