# shellcheck shell=sh
# Puts the profile where codex honours it. `codex --profile X exec` ignores it without a word, in every release of 2025,
# and asks another model on another server; `codex exec --profile X` does not.

# scan_arguments ARGUMENT...: finds the subcommand as codex's own parser does, and what else matters. Sets subcommand and
# subcommand_at, profile, profile_at and profile_width, answer_file, asks_help,
# any_folder and other_model.
scan_arguments() {
  subcommand='' subcommand_at=0 profile='' profile_at=0 profile_width=0 answer_file='' asks_help='' other_model='' any_folder=''
  expected='' at=0
  for argument in "$@"; do
    at=$((at + 1))
    case $expected in
      profile) profile=$argument expected='' && continue ;;
      answer) answer_file=$argument expected='' && continue ;;
      setting) note_setting "$argument" && expected='' && continue ;;
      value) expected='' && continue ;;
      # --image takes all that follow, up to the next option
      values) case $argument in -*) expected='' ;; *) continue ;; esac ;;
    esac
    case $argument in
      --) break ;;
      -p | --profile) profile_at=$at profile_width=2 expected=profile ;;
      --profile=*) profile=${argument#--profile=} profile_at=$at profile_width=1 ;;
      -p?*) profile=${argument#-p} profile=${profile#=} profile_at=$at profile_width=1 ;;
      --output-last-message) expected=answer ;;
      --output-last-message=*) answer_file=${argument#*=} ;;
      -c | --config) expected=setting ;;
      -c?* | --config=*) note_setting "$argument" ;;
      -m | --model | -s | --sandbox | -a | --ask-for-approval | -C | --cd | --output-schema | --color) expected=value ;;
      -i | --image) expected=values ;;
      -h | --help | -V | --version) asks_help=yes ;;
      --oss) other_model=yes ;;
      --skip-git-repo-check) any_folder=yes ;;
      -*) ;;
      *) note_word "$argument" ;;
    esac
  done
}

# A model server that is named on the command line is not the one gcodex can ask.
note_setting() {
  case $1 in
    *model_provider*) other_model=yes ;;
  esac
}

note_word() {
  case $subcommand in
    '')
      case $1 in
        exec | e) subcommand=exec subcommand_at=$at ;;
        proto | p) subcommand=proto subcommand_at=$at ;;
        resume) subcommand=resume subcommand_at=$at ;;
        login | logout | mcp | completion | debug | apply | a | help) subcommand=other subcommand_at=$at ;;
      esac
      ;;
    exec) [ "$1" != help ] || [ "$at" -ne $((subcommand_at + 1)) ] || asks_help=yes ;;
  esac
}

# place_profile NEXT ARGUMENT...: calls NEXT with the arguments as codex is to have them. scan_arguments came before.
place_profile() {
  next=$1
  shift
  [ -n "$profile" ] || profile=${GCODEX_PROFILE:-garvis}
  case $subcommand in
    '')
      [ "$profile_at" -gt 0 ] || set -- --profile "$profile" "$@"
      ;;
    exec | resume | proto)
      at=0
      count=$#
      while [ "$at" -lt "$count" ]; do
        at=$((at + 1))
        argument=$1
        shift
        if [ "$at" -ge "$subcommand_at" ] || [ "$profile_at" -eq 0 ] || [ "$at" -lt "$profile_at" ] || [ "$at" -ge $((profile_at + profile_width)) ]; then
          set -- "$@" "$argument"
        fi
        [ "$at" -eq "$subcommand_at" ] || continue
        if [ "$subcommand" = proto ]; then
          set -- "$@" --config "profile=$profile"
        elif [ "$profile_at" -lt "$subcommand_at" ]; then
          set -- "$@" --profile "$profile"
        fi
        [ "$subcommand" = exec ] || continue
        # the guard is against work in a folder that nobody meant, and the container has the workspace alone
        [ -n "$any_folder" ] || set -- "$@" --skip-git-repo-check
        if [ -z "$answer_file" ]; then
          answer_file=/tmp/last-message
          set -- "$@" --output-last-message "$answer_file"
        fi
      done
      ;;
  esac
  "$next" "$@"
}
