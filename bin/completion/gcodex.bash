# shellcheck shell=bash
# Completion of gcodex for bash: source this file, or put it into ~/.local/share/bash-completion/completions/gcodex

_gcodex() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words
  COMPREPLY=()
  case $previous in
    -s | --sandbox) words='read-only workspace-write danger-full-access' ;;
    -a | --ask-for-approval) words='untrusted on-failure on-request never' ;;
    --color) words='always never auto' ;;
    -C | --cd | -i | --image | --output-schema | --output-last-message)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --tool | --call | -m | --model | -c | --config | -p | --profile) return ;;
    *) words=$(_gcodex_words) ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

# What the first words decide.
_gcodex_words() {
  local word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      --tool | --tool=* | --dry-run)
        echo '--tool --dry-run --call --json --profile'
        return
        ;;
      --doctor)
        echo --json
        return
        ;;
      exec | e)
        echo 'resume --config --image --model --sandbox --profile --full-auto --cd --skip-git-repo-check --output-schema --color --json --output-last-message --help'
        return
        ;;
      mcp)
        echo 'list get add remove help --config --help'
        return
        ;;
      resume)
        echo '--last --config --image --model --profile --sandbox --ask-for-approval --full-auto --cd --search --help'
        return
        ;;
      login | logout | proto | completion | debug | apply | help) return ;;
    esac
  done
  if [ "$COMP_CWORD" -eq 1 ]; then
    echo --doctor
  fi
  echo '--tool --dry-run --version --help'
  echo 'exec resume mcp proto login logout completion debug apply help --config --image --model --profile --sandbox --ask-for-approval --full-auto --cd --search'
}

complete -F _gcodex gcodex
