# shellcheck shell=sh

# negotiate_tool OPTION...: gcodex --tool NAME --dry-run [--call JSON] [--json]
negotiate_tool() {
  tool='' dry_run='' call='' has_call='' json='' profile=${GCODEX_PROFILE:-garvis}
  while [ "$#" -gt 0 ]; do
    case $1 in
      --tool=*) tool=${1#*=} ;;
      --call=*) call=${1#*=} has_call=yes ;;
      --profile=*) profile=${1#*=} ;;
      --tool | --call | --profile | -p)
        [ "$#" -gt 1 ] || fail "$WRONG_USE" "$1 needs a value." 'See: gcodex --help'
        case $1 in
          --tool) tool=$2 ;;
          --call) call=$2 has_call=yes ;;
          *) profile=$2 ;;
        esac
        shift
        ;;
      --dry-run) dry_run=yes ;;
      --json) json=yes ;;
      *) fail "$WRONG_USE" "'$1' is no option of gcodex --tool." 'See: gcodex --help' ;;
    esac
    shift
  done
  [ -n "$tool" ] || fail "$WRONG_USE" '--dry-run needs a tool.' 'Name it: gcodex --tool fs_read --dry-run'
  [ -n "$dry_run" ] || fail "$WRONG_USE" 'Only the model calls a tool; gcodex can negotiate it.' "Add --dry-run: gcodex --tool $tool --dry-run"
  prepare
  need_gateway
  set -- toolbox-negotiate --profile "$profile" "--tool=$tool"
  [ -z "$has_call" ] || set -- "$@" "--call=$call"
  [ -z "$json" ] || set -- "$@" --json
  run_in_container "$@"
}
