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
        [ "$#" -gt 1 ] || fail "$WRONG_USE" "$1 needs a value." 'gcodex --help says more.'
        case $1 in
          --tool) tool=$2 ;;
          --call) call=$2 has_call=yes ;;
          *) profile=$2 ;;
        esac
        shift
        ;;
      --dry-run) dry_run=yes ;;
      --json) json=yes ;;
      *) fail "$WRONG_USE" "'$1' is no option of gcodex --tool." 'gcodex --help says more.' ;;
    esac
    shift
  done
  [ -n "$tool" ] || fail "$WRONG_USE" 'Which tool?' 'Name it: gcodex --tool fs_read --dry-run'
  [ -n "$dry_run" ] || fail "$WRONG_USE" 'A tool is called by the model; gcodex can only negotiate it.' "Say so: gcodex --tool $tool --dry-run"
  prepare
  need_gateway
  set -- toolbox-negotiate --profile "$profile" "--tool=$tool"
  [ -z "$has_call" ] || set -- "$@" "--call=$call"
  [ -z "$json" ] || set -- "$@" --json
  run_in_container "$@"
}
