# shellcheck shell=sh

# Checks what a container of the service needs, in the order in which a person would fix it.
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

# start_codex ARGUMENT...; scan_arguments must have run.
start_codex() {
  if [ -z "$asks_help" ]; then
    case $mode:$resumes in
      session:* | resume:*) has_terminal || fail "$WRONG_USE" 'A session needs a terminal for its input and output.' "For scripts there is: gcodex exec 'TASK'" ;;
      exec:yes) [ -n "$resumed" ] || fail "$WRONG_USE" 'exec resume needs to know which session.' "The latest one: gcodex exec 'TASK' resume --last; or name it: gcodex exec resume ID 'TASK'" ;;
    esac
  fi
  prepare
  if [ -n "$asks_help" ] || [ "$mode" = other ]; then
    no_deps=yes
    list_containers
    refuse_foreign_project
    run_in_container codex "$@"
  fi
  offer_gateway
  place_profile run_codex "$@"
}

run_codex() {
  set -- codex "$@"
  case $mode in
    proto) ;;
    exec) set -- with-answer "$answer_file" "$@" ;;
    *) set -- with-answer --session "$@" ;;
  esac
  [ -n "$other_model" ] || [ "$mode" = proto ] || set -- with-model "--host=$(host_address)" ${model:+"--model=$model"} "$@"
  [ -z "$resumes" ] || set -- with-session "${resumed:-any}" "$@"
  run_in_container "$@"
}

has_terminal() {
  [ -t 0 ] && [ -t 1 ]
}

# Set when Compose need not start the service's dependencies.
no_deps=

# run_in_container COMMAND...: runs it in a container of its own, which is removed at its end. The service's entry point
# takes the tokens out of the environment; `docker compose exec` would bypass it.
run_in_container() {
  set -- "$SERVICE" "$@"
  folder=$(folder_in_container)
  [ -z "$folder" ] || set -- --workdir "$folder" "$@"
  [ -z "$run_as" ] || set -- --user "$run_as" "$@"
  has_terminal || set -- --no-TTY "$@"
  call_compose exec run --rm ${no_deps:+--no-deps} "$@"
}

# A person in a folder of the workspace means that folder.
folder_in_container() {
  current=$(pwd -P)
  real=$(CDPATH='' cd -- "$workspace" && pwd -P)
  case $current in
    "$real"/*) printf '%s%s\n' "$WORKSPACE" "${current#"$real"}" ;;
  esac
}
