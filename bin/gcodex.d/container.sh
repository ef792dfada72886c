# shellcheck shell=sh

# Everything a container of the service needs, in the order in which a person would mend it.
prepare() {
  find_engine
  find_compose
  find_toolbox
  # in a pipe fail ends the pipe only, with the code that it was given
  find_env_files || exit "$?"
  find_image "$SERVICE"
  find_workspace
  find_owner
}

# start_codex ARGUMENT...
start_codex() {
  scan_arguments "$@"
  if [ -z "$subcommand" ] && [ -z "$asks_help" ] && ! has_terminal; then
    fail "$WRONG_USE" 'A session needs a terminal, and input or output is none.' "For scripts there is: gcodex exec 'TASK'"
  fi
  prepare
  if [ -n "$asks_help" ] || [ "$subcommand" = other ]; then
    run_in_container codex "$@"
  fi
  offer_gateway
  place_profile run_codex "$@"
}

run_codex() {
  set -- codex "$@"
  [ "$subcommand" != exec ] || set -- with-answer "$answer_file" "$@"
  [ -n "$other_model" ] || [ "$subcommand" = proto ] || set -- with-model "$@"
  run_in_container "$@"
}

has_terminal() {
  [ -t 0 ] && [ -t 1 ]
}

# run_in_container COMMAND...: a container of its own, gone with its end. The service's entry point takes the tokens out of
# the environment; `docker compose exec` would go past it.
run_in_container() {
  set -- "$SERVICE" "$@"
  folder=$(folder_in_container)
  [ -z "$folder" ] || set -- --workdir "$folder" "$@"
  [ -z "$run_as" ] || set -- --user "$run_as" "$@"
  has_terminal || set -- --no-TTY "$@"
  exec docker compose --file "$compose_file" --progress quiet run --rm "$@"
}

# Who stands in a folder of the workspace means that folder.
folder_in_container() {
  current=$(pwd -P)
  real=$(CDPATH='' cd -- "$workspace" && pwd -P)
  case $current in
    "$real"/*) printf '%s%s\n' "$WORKSPACE" "${current#"$real"}" ;;
  esac
}
