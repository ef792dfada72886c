# shellcheck shell=sh
# Finds out what the arguments ask for, and puts the profile where codex honours it: `codex --profile X exec` ignores the
# profile silently, in every release of 2025, and asks another model on another server; `codex exec --profile X` does not.

# scan_arguments ARGUMENT...: finds the subcommand as codex's own parser does. Sets mode (session, exec, resume, proto, other,
# tool, help or version), subcommand_at, profile and profile_words (their positions, each between spaces), answer_file, any_folder,
# asks_help, other_model, model, and resumes (yes with the subcommand resume, also of exec) with resumed (--last or an id).
scan_arguments() {
  mode=session subcommand_at=0 profile='' profile_words=' ' answer_file='' asks_help='' any_folder='' other_model='' model=''
  resumes='' resumed='' expected='' at=0
  for argument in "$@"; do
    at=$((at + 1))
    case $expected in
      profile) profile=$argument profile_words="$profile_words$at " expected='' && continue ;;
      answer) answer_file=$argument expected='' && continue ;;
      model) model=$argument expected='' && continue ;;
      setting) note_setting "$argument" && expected='' && continue ;;
      value) expected='' && continue ;;
      # --image takes all that follow, up to the next option
      values) case $argument in -*) expected='' ;; *) continue ;; esac ;;
    esac
    case $argument in
      --) break ;;
      -p | --profile) profile_words="$profile_words$at " expected=profile ;;
      --profile=*) profile=${argument#--profile=} profile_words="$profile_words$at " ;;
      -p?*) profile=${argument#-p} profile=${profile#=} profile_words="$profile_words$at " ;;
      --output-last-message) expected=answer ;;
      --output-last-message=*) answer_file=${argument#*=} ;;
      -c | --config) expected=setting ;;
      -c?* | --config=*) note_setting "$argument" ;;
      -m | --model) expected=model ;;
      --model=*) model=${argument#*=} ;;
      -m?*) model=${argument#-m} model=${model#=} ;;
      -s | --sandbox | -a | --ask-for-approval | -C | --cd | --output-schema | --color) expected=value ;;
      -i | --image) expected=values ;;
      -h | --help) note_question help ;;
      -V | --version) note_question version ;;
      --tool | --call) note_tool && expected=value ;;
      --tool=* | --call=* | --dry-run) note_tool ;;
      --oss) other_model=yes ;;
      --skip-git-repo-check) any_folder=yes ;;
      --last) [ -z "$resumes" ] || resumed=--last ;;
      -*) ;;
      *) note_word "$argument" ;;
    esac
  done
}

# A model server that the command line names is not the one that gcodex can check.
note_setting() {
  case ${1#--config=} in
    *model_provider*) other_model=yes ;;
    model=* | -cmodel=* | -c=model=*) model=${1##*model=} model=${model#[\"\']} model=${model%[\"\']} ;;
  esac
}

# codex itself has no such option.
note_tool() {
  [ "$mode" != session ] || mode=tool
}

# note_question MODE: before a subcommand it is for gcodex, after it for codex.
note_question() {
  asks_help=yes
  [ "$mode" != session ] || mode=$1
}

note_word() {
  case $mode in
    session)
      subcommand_at=$at
      case $1 in
        exec | e) mode=exec ;;
        proto | p) mode=proto ;;
        resume) mode=resume resumes=yes ;;
        login | logout | mcp | completion | debug | apply | a | help) mode=other ;;
        *) subcommand_at=0 ;;
      esac
      ;;
    exec)
      case $resumes:$1 in
        :help) [ "$at" -ne $((subcommand_at + 1)) ] || asks_help=yes ;;
        :resume) resumes=yes ;;
        yes:*) [ -n "$resumed" ] || resumed=$1 ;;
      esac
      ;;
    resume) [ -n "$resumed" ] || resumed=$1 ;;
  esac
}

# place_profile NEXT ARGUMENT...: calls NEXT with the arguments as codex needs them. scan_arguments must have run.
place_profile() {
  next=$1
  shift
  [ -n "$profile" ] || profile=${GCODEX_PROFILE:-garvis}
  at=0
  count=$#
  [ "$mode" != session ] || set -- "$@" --profile "$profile"
  while [ "$at" -lt "$count" ]; do
    at=$((at + 1))
    argument=$1
    shift
    case $profile_words in
      *" $at "*) ;;
      *) set -- "$@" "$argument" ;;
    esac
    [ "$at" -eq "$subcommand_at" ] || continue
    case $mode in
      proto) set -- "$@" --config "profile=$profile" ;;
      resume) set -- "$@" --profile "$profile" ;;
      exec)
        set -- "$@" --profile "$profile"
        # the check guards against work in the wrong folder, and the container has the workspace only
        [ -n "$any_folder" ] || set -- "$@" --skip-git-repo-check
        if [ -z "$answer_file" ]; then
          answer_file=/tmp/last-message
          set -- "$@" --output-last-message "$answer_file"
        fi
        ;;
    esac
  done
  "$next" "$@"
}
