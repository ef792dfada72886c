# shellcheck shell=sh
# Brings what codex talks to up to date before each run: the gateway, which gives the agent its tools and is an optional
# part that `up` alone leaves out, and the services that the compose file names as codex's dependencies, such as the relay.
# A container that still has an older configuration enforces an older policy, so codex is never started beside one.

GATEWAY=mcp-gateway

passes_health_check() {
  checked=$1
  set --
  while IFS= read -r word; do
    set -- "$@" "$word"
  done << COMMAND
$(health_command "$checked")
COMMAND
  compose exec -T "$checked" "$@" < /dev/null > /dev/null 2>&1
}

# start_stack yes|no: brings the dependencies up to date, and the gateway if it is wanted or runs. Sets gateway_problem,
# gateway_fix and gateway_code if there is no gateway to use.
start_stack() {
  wants_gateway=$1 gateway_problem='' gateway_fix='' gateway_code=$NO_GATEWAY
  lock_project
  list_containers
  refuse_foreign_project
  refuse_old_networks
  # names have no spaces
  # shellcheck disable=SC2046
  set -- $(dependencies "$SERVICE")
  provide_images "$@"
  if uses_gateway && [ -z "$gateway_problem" ]; then
    bring_up "$@" "$GATEWAY" || start_without_gateway "$@"
  else
    bring_up "$@" || fail_to_start "$@"
  fi
  unlock_project
  await_services "$@"
  # Compose runs one-shots to their end, and would only wait for what is healthy by now
  has_one_shots "$SERVICE" || no_deps=yes
}

uses_gateway() {
  has_service "$GATEWAY" && { [ "$wants_gateway" = yes ] || is_running "$GATEWAY"; }
}

# provide_images DEPENDENCY...: says which image is missing, and how to get it. Compose would pull without a word.
provide_images() {
  # shellcheck disable=SC2046
  ! image_exists $(for name in "$@" "$GATEWAY"; do service_image "$name"; done) || return 0
  for name in "$@"; do
    wanted=$(service_image "$name")
    if [ -n "$wanted" ] && ! image_exists "$wanted"; then
      ! is_built "$name" || fail "$NO_IMAGE" "The image $wanted of $name is not built." "Build it: $(compose_words) build $name"
      note "fetching the image $wanted"
      docker pull --quiet "$wanted" > /dev/null || fail "$NO_IMAGE" "The image $wanted of $name is not on this machine, and no registry provides it." \
        "Fetch it when the registry can be reached: docker pull $wanted; or load it from a file: docker load --input FILE"
    fi
  done
  wanted=$(service_image "$GATEWAY")
  if uses_gateway && ! image_exists "$wanted"; then
    gateway_code=$NO_IMAGE
    gateway_problem="The gateway's image $wanted is not built, so codex has no tools of the gateway."
    gateway_fix="Build it: $(compose_words) build $GATEWAY"
    refuse_old_gateway
  fi
}

# codex can work without the gateway, but not beside one that enforces an older policy.
refuse_old_gateway() {
  ! is_running "$GATEWAY" || fail "$gateway_code" "$gateway_problem One with an older configuration is running." \
    "$gateway_fix; or stop it: $(compose_words) stop $GATEWAY"
}

# bring_up SERVICE...: `up` leaves a container alone if its configuration, files and image are those of the compose file.
bring_up() {
  [ "$#" -gt 0 ] || return 0
  before=
  for name in "$@"; do
    case $(container_of "$name" 3) in
      *'(Paused)'*) fail "$NO_GATEWAY" "$name is paused." "Resume it: $(compose_words) unpause $name" ;;
    esac
    if is_running "$name"; then
      before="$before $name:$(container_of "$name" 4)"
    else
      note "starting $name"
    fi
  done
  compose up --detach --remove-orphans --no-build "$@" >&2 || return 1
  list_containers
  for name in $before; do
    [ "$(container_of "${name%%:*}" 4)" = "${name#*:}" ] || note "replaced ${name%%:*}, which had an older configuration"
  done
}

# start_without_gateway DEPENDENCY...
start_without_gateway() {
  list_containers
  bring_up "$@" || fail_to_start "$@"
  gateway_problem='The gateway does not start.'
  gateway_fix="The reason is above; see also: $(compose_words) logs $GATEWAY"
  refuse_old_gateway
}

fail_to_start() {
  fail "$NO_GATEWAY" "A service that codex needs does not start: $*." "The reason is above; see also: $(compose_words) logs $*"
}

# await_services DEPENDENCY...
await_services() {
  for name in "$@"; do
    await_service "$name" || fail "$NO_GATEWAY" "$name, which codex needs, does not answer." "Its log gives the reason: $(compose_words) logs $name"
  done
  if uses_gateway && [ -z "$gateway_problem" ] && ! await_service "$GATEWAY"; then
    gateway_problem='The gateway does not answer.'
    gateway_fix="Its log gives the reason: $(compose_words) logs $GATEWAY"
  fi
}

# await_service SERVICE: a check of our own is faster than the engine's first one.
await_service() {
  tries=0
  while [ "$tries" -lt 40 ]; do
    case $(container_of "$1" 3) in
      *'(healthy)'*) return 0 ;;
      Up*'(health: starting)'* | Up*'(unhealthy)'*) ! passes_health_check "$1" || return 0 ;;
      Restarting* | Exited* | Dead* | '') return 1 ;;
      Up*) return 0 ;;
    esac
    tries=$((tries + 1))
    sleep 0.5
    list_containers
  done
  return 1
}

# Sessions can go on without the gateway.
offer_gateway() {
  if [ "${GCODEX_GATEWAY-}" = off ]; then
    start_stack no
  else
    start_stack yes
  fi
  [ -z "$gateway_problem" ] || note "$gateway_problem $gateway_fix"
}

# Negotiating a tool cannot.
need_gateway() {
  has_service "$GATEWAY" || fail "$NO_GATEWAY" "$compose_file has no service $GATEWAY." 'Give the model a gateway, then: npx projen synth'
  start_stack yes
  [ -z "$gateway_problem" ] || fail "$gateway_code" "$gateway_problem" "$gateway_fix"
}
