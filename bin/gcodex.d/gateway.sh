# shellcheck shell=sh
# codex waits for a gateway that is named in its configuration and does not answer until its patience ends, on each start.
# So gcodex starts it: it is what gives the agent its tools, and it is an optional part that `up` alone leaves out.

GATEWAY=mcp-gateway

gateway_running() {
  [ -n "$(compose ps --status running --quiet "$GATEWAY" 2> /dev/null)" ]
}

# Its health check, made now: the engine would make it by and by.
gateway_answers() {
  set --
  while IFS= read -r word; do
    set -- "$@" "$word"
  done << COMMAND
$(health_command "$GATEWAY")
COMMAND
  compose exec -T "$GATEWAY" "$@" < /dev/null > /dev/null 2>&1
}

# start_gateway; sets gateway_problem and gateway_mend when it cannot be used.
start_gateway() {
  gateway_problem=
  gateway_mend=
  gateway_code=$NO_GATEWAY
  if ! gateway_running; then
    gateway_image=$(service_image "$GATEWAY")
    if ! image_exists "$gateway_image"; then
      gateway_code=$NO_IMAGE
      gateway_problem="The gateway's image $gateway_image is not built, so codex has no tools of the gateway."
      gateway_mend="Build it: $(compose_words) build $GATEWAY"
      return
    fi
    note 'starting the gateway'
    if ! compose up --detach --no-build "$GATEWAY" >&2; then
      gateway_problem='The gateway does not start.'
      gateway_mend="The reason stands above; see also: $(compose_words) logs $GATEWAY"
      return
    fi
  fi
  tries=0
  until gateway_answers; do
    tries=$((tries + 1))
    if [ "$tries" -ge 40 ] || ! gateway_running; then
      gateway_problem='The gateway does not answer.'
      gateway_mend="Its log says why: $(compose_words) logs $GATEWAY"
      return
    fi
    sleep 0.5
  done
}

# For sessions, which can go on without: says so and returns.
offer_gateway() {
  has_service "$GATEWAY" && [ "${GCODEX_GATEWAY-}" != off ] || return 0
  start_gateway
  [ -z "$gateway_problem" ] || note "$gateway_problem $gateway_mend"
}

# For what is about the gateway.
need_gateway() {
  has_service "$GATEWAY" || fail "$NO_GATEWAY" "$compose_file has no service $GATEWAY." 'Give the model a gateway, then: npx projen synth'
  start_gateway
  [ -z "$gateway_problem" ] || fail "$gateway_code" "$gateway_problem" "$gateway_mend"
}
